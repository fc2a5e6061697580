import Documents
import Effects
import Evidence
import Indicators

/// The choices, each once.
extension Specification.Choice {
  package static let all = [
    outcomes, reliability, credibility, phases, resolution, variable, normalisation, aggregation,
    pool, stage, periods, anticipation, comparison, base, coTreated, method, factors, draws, claims,
    sources, coders, states, years, weights,
  ]

  /// The key of the mapping of the evidence that is left out.
  static let leftOutKey = "leave_out"

  static let outcomes = Self(
    Name(key: "outcomes", title: "Outcomes", help: "The outcomes that it is about (default: all)."),
    .words(.outcomes),
    Access(
      value: { $0.outcomes.isEmpty ? nil : .words($0.outcomes.sorted()) },
      assign: { value, specification in
        guard case .words(let words) = value ?? .words([]) else { return false }
        specification.outcomes = Set(words)
        return true
      },
      overlay: { other, merged in
        if !other.outcomes.isEmpty { merged.outcomes = other.outcomes }
      }))

  package static let reliability = word(
    \.reliability,
    Name(
      key: "reliability", parameter: "worst-reliability", title: "Sources graded at least",
      help: "The worst grade of sources that count."))

  package static let credibility = word(
    \.credibility,
    Name(
      key: "credibility", parameter: "worst-credibility", title: "Claims graded at least",
      help: "The worst grade of claims that count."))

  static let phases = Self(
    Name(key: "phases", title: "Phases", help: "The phases in which a deal counts."),
    .words(.fixed(Phase.allCases.map(\.rawValue))),
    .optional(
      \.phases, value: { .words($0.map(\.rawValue)) },
      read: { value in
        guard case .words(let words) = value else { return nil }
        let phases = words.compactMap { Phase(rawValue: $0) }
        return phases.count == words.count ? phases : nil
      }))

  static let resolution = word(
    \.resolution,
    Name(
      key: "resolution", parameter: "resolution", title: "Competing claims",
      help: "How rival claims are ranked."))

  static let variable = Self(
    Name(
      key: "variable", title: "Series",
      help: "The series that takes the place of the outcome's own."),
    .word(.variables), .text(\.variable, write: \.rawValue) { VariableID($0) })

  static let normalisation = word(
    \.normalisation,
    Name(
      key: "normalisation", title: "Scale of an index",
      help: "How the components of an index are put on one scale."))

  static let aggregation = word(
    \.aggregation,
    Name(
      key: "aggregation", title: "Mean of an index",
      help: "How the components of an index are combined."))

  package static let pool = Self(
    Name(
      key: "pool", parameter: "pool", title: "Compared with", help: "Whom is compared."),
    .word(.pools), .text(\.pool, write: \.self) { $0 })

  package static let stage = Self(
    Name(
      key: "stage", parameter: "stage", title: "Joining counts from",
      help: "The stage that counts as treatment."),
    .word(.stages), .text(\.stage, write: \.rawValue) { Stage($0) })

  static let periods = Self(
    Name(key: "periods", title: "Years", help: "The first and the last year."), .years,
    .optional(
      \.periods, value: { .years($0) },
      read: { if case .years(let years) = $0 { years } else { nil } }))

  package static let anticipation = whole(
    \.anticipation,
    Name(
      key: "anticipation", parameter: "anticipation", title: "Years of anticipation",
      help: "Years before treatment that may be moved.", isOfEstimation: true),
    .whole(.anticipation, inAddress: 0...10))

  package static let comparison = word(
    \.comparison,
    Name(
      key: "comparison", parameter: "comparison", title: "Comparison states",
      help: "Who is compared: the never or the not yet treated.", isOfEstimation: true))

  static let base = word(
    \.base,
    Name(
      key: "base", title: "Base period",
      help: "The period that cells before treatment are measured from.", isOfEstimation: true))

  package static let coTreated = word(
    \.coTreated,
    Name(
      key: "co_treated", parameter: "co_treated", title: "Joined another organisation too",
      help: "What is done with units that joined the other organisation."))

  package static let method = word(
    \.method,
    Name(
      key: "method", parameter: "method", title: "Estimator", help: "The estimator.",
      isOfEstimation: true))

  static let factors = whole(
    \.factors,
    Name(
      key: "factors", parameter: "factors", title: "Factors",
      help: "Factors of the estimator `factors` (default: 1).", isOfEstimation: true),
    .whole(.factors, inAddress: 0...10))

  package static let draws = whole(
    \.draws,
    Name(
      key: "draws", parameter: "draws", title: "Reassignments",
      help: "Reassignments (default: \(Specification.Method.groupTime.changedDraws), or "
        + "\(Specification.Method.factors.changedDraws) for estimators that find weights).",
      isOfEstimation: true),
    .whole(.changedDraws, inAddress: 99...9_999))

  package static let claims = Self(
    leftOut("claims", "without-claim", "claims", "A claim that is left out."), .words(.claims),
    .texts(\.leftOut.claims, write: \.rawValue) { ClaimID($0) })

  package static let sources = Self(
    leftOut("sources", "without-source", "sources", "A source that is left out."),
    .words(.sources), .texts(\.leftOut.sources, write: \.rawValue) { SourceID($0) })

  static let coders = Self(
    leftOut("coders", "without-coder", "coders", "A coder who is left out."), .words(.coders),
    .texts(\.leftOut.coders, write: \.self) { $0 })

  package static let states = Self(
    leftOut("states", "without-state", "states", "A state that is left out."), .words(.states),
    .texts(\.leftOut.states, write: \.rawValue) { ActorID($0) })

  static let years = Self(
    leftOut("periods", "without-year", "years", "A year that is left out."), .wholes(.year),
    Access(
      value: { $0.leftOut.periods.isEmpty ? nil : .wholes($0.leftOut.periods.sorted()) },
      assign: { value, specification in
        guard case .wholes(let numbers) = value ?? .wholes([]) else { return false }
        specification.leftOut.periods = Set(numbers)
        return true
      },
      overlay: { $1.leftOut.periods.formUnion($0.leftOut.periods) }))

  package static let weights = Self(
    Name(
      key: "weights", parameter: "weights", title: "Weights of the index, separated by commas",
      help: "Weights of the index, separated by commas."), .weights,
    .optional(
      \.weights, value: { .numbers($0) },
      read: { if case .numbers(let numbers) = $0 { numbers } else { nil } }))
}

extension Specification.Choice {
  private static func leftOut(
    _ key: String, _ parameter: String, _ what: String, _ help: String
  ) -> Name {
    Name(
      key: key, group: leftOutKey, parameter: parameter, title: "Leave out \(what)", help: help)
  }

  /// A choice among the cases of an enumeration.
  private static func word<Word: RawRepresentable & CaseIterable & Sendable>(
    _ path: any WritableKeyPath<Specification, Word?> & Sendable, _ name: Name
  ) -> Self where Word.RawValue == String {
    Self(
      name, .word(.fixed(Word.allCases.map(\.rawValue))),
      .optional(
        path, value: { .word($0.rawValue) },
        read: { if case .word(let word) = $0 { Word(rawValue: word) } else { nil } }))
  }

  private static func whole(
    _ path: any WritableKeyPath<Specification, Int?> & Sendable, _ name: Name, _ kind: Kind
  ) -> Self {
    Self(
      name, kind,
      .optional(
        path, value: { .whole($0) },
        read: { if case .whole(let number) = $0 { number } else { nil } }))
  }
}

extension Specification.Choice.Access {
  /// A value that is there or not; another specification's takes its place.
  fileprivate static func optional<Chosen: Sendable>(
    _ path: any WritableKeyPath<Specification, Chosen?> & Sendable,
    value: @escaping @Sendable (Chosen) -> Specification.Choice.Value,
    read: @escaping @Sendable (Specification.Choice.Value) -> Chosen?
  ) -> Self {
    Self(
      value: { $0[keyPath: path].map(value) },
      assign: { given, specification in
        let chosen = given.flatMap(read)
        guard given == nil || chosen != nil else { return false }
        specification[keyPath: path] = chosen
        return true
      },
      overlay: { other, merged in
        if let chosen = other[keyPath: path] { merged[keyPath: path] = chosen }
      })
  }

  /// A name.
  fileprivate static func text<Name: Sendable>(
    _ path: any WritableKeyPath<Specification, Name?> & Sendable,
    write: @escaping @Sendable (Name) -> String, read: @escaping @Sendable (String) -> Name
  ) -> Self {
    .optional(
      path, value: { .word(write($0)) },
      read: { if case .word(let word) = $0 { read(word) } else { nil } })
  }

  /// A set of names; another specification's are added.
  fileprivate static func texts<Name: Sendable>(
    _ path: any WritableKeyPath<Specification, Set<Name>> & Sendable,
    write: @escaping @Sendable (Name) -> String, read: @escaping @Sendable (String) -> Name
  ) -> Self {
    Self(
      value: {
        let names = $0[keyPath: path]
        return names.isEmpty ? nil : .words(names.map(write).sorted())
      },
      assign: { value, specification in
        guard case .words(let words) = value ?? .words([]) else { return false }
        specification[keyPath: path] = Set(words.map(read))
        return true
      },
      overlay: { $1[keyPath: path].formUnion($0[keyPath: path]) })
  }
}
