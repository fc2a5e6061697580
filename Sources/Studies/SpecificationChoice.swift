package import Documents
package import Evidence

extension Specification {
  /// One choice that a specification can make: its names, what it takes and where its value is kept.
  ///
  /// A line of JSON, an option of the multiverse and the parameters of an address are read and written
  /// through `all`; nothing else lists the choices.
  package struct Choice: Sendable {
    /// The key in a line of JSON and in an option of the multiverse.
    package let key: String
    /// The key of the mapping that the choice is a part of; nil: the specification itself.
    package let group: String?
    /// The name in an address; nil where an address cannot carry the choice.
    package let parameter: String?
    /// What a form calls the choice.
    package let title: String
    /// What is chosen, in one sentence.
    package let help: String
    package let kind: Kind
    /// Whether it decides how the panel is estimated, not what is in it.
    let isOfEstimation: Bool
    private let access: Access

    /// How the value is found in a specification, replaced (nil: by none) and joined with another's.
    struct Access: Sendable {
      let value: @Sendable (Specification) -> Value?
      let assign: @Sendable (Value?, inout Specification) -> Bool
      let overlay: @Sendable (Specification, inout Specification) -> Void
    }

    init(_ name: Name, _ kind: Kind, _ access: Access) {
      key = name.key
      group = name.group
      parameter = name.parameter
      title = name.title
      help = name.help
      isOfEstimation = name.isOfEstimation
      self.kind = kind
      self.access = access
    }

    /// What a choice is called.
    struct Name {
      let key: String
      var group: String?
      var parameter: String?
      let title: String
      let help: String
      var isOfEstimation = false
    }

    /// What a choice takes.
    package enum Kind: Hashable, Sendable {
      case word(Vocabulary)
      case words(Vocabulary)
      /// A whole number, in an address within narrower bounds.
      case whole(Bounded<Int>, inAddress: ClosedRange<Int>)
      case wholes(Bounded<Int>)
      /// Numbers, one for each component of the index, each a `Bounded.weight`.
      case weights
      /// The first and the last year.
      case years
    }

    /// Where the words of a choice come from.
    package enum Vocabulary: Hashable, Sendable {
      case fixed([String])
      case outcomes, pools, stages, variables, claims, sources, coders, states
    }

    /// What was chosen, as a codec carries it.
    package enum Value: Hashable, Sendable {
      case word(String)
      case words([String])
      case whole(Int)
      case wholes([Int])
      case numbers([Double])
      case years(ClosedRange<Int>)
    }
  }
}

extension Specification.Choice {
  /// What a specification chooses; nil: nothing.
  package func value(in specification: Specification) -> Value? { access.value(specification) }

  /// Replaces what a specification chooses, by nothing where that is nil.
  ///
  /// - Returns: false, and the specification as it was, for a value that the choice does not take.
  package func assign(_ value: Value?, in specification: inout Specification) -> Bool {
    access.assign(value, &specification)
  }

  /// Adds what another specification chooses, which counts where both choose.
  func overlay(_ other: Specification, on specification: inout Specification) {
    access.overlay(other, &specification)
  }

  /// The value that some texts of an address mean; nil where they mean none.
  package func value(ofTexts texts: [String]) -> Value? {
    guard let first = texts.first else { return nil }
    switch kind {
    case .word: return .word(first)
    case .words: return .words(texts)
    case .whole(let bounds, _): return bounds.number(first).map { .whole($0) }
    case .wholes(let bounds):
      let numbers = texts.compactMap { bounds.number($0) }
      return numbers.count == texts.count ? .wholes(numbers) : nil
    case .weights:
      let parts = first.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Bounded.weight.number($0.filter { $0 != " " }) }
      return numbers.count == parts.count ? .numbers(numbers) : nil
    case .years: return Bounded.years(first).map { .years($0) }
    }
  }
}

extension Specification.Choice.Value {
  /// The value in the texts of an address.
  package var texts: [String] {
    switch self {
    case .word(let word): [word]
    case .words(let words): words
    case .whole(let number): ["\(number)"]
    case .wholes(let numbers): numbers.map { "\($0)" }
    case .numbers(let numbers): [numbers.map { "\($0)" }.joined(separator: ",")]
    case .years(let years): ["\(years.lowerBound)-\(years.upperBound)"]
    }
  }

  /// The value in an object of JSON.
  var json: Any {
    switch self {
    case .word(let word): word
    case .words(let words): words
    case .whole(let number): number
    case .wholes(let numbers): numbers
    case .numbers(let numbers): numbers
    case .years: texts[0]
    }
  }
}

extension Specification.Choice.Vocabulary {
  /// The words that there are to choose among.
  package func words(
    outcomes: [String], pools: [String], in casebook: Casebook
  ) -> [String] {
    switch self {
    case .fixed(let words): words
    case .outcomes: outcomes
    case .pools: pools
    case .stages: Set(casebook.codebook.ladders.values.joined().map(\.rawValue)).sorted()
    case .variables: casebook.variables.map(\.id.rawValue)
    case .claims: casebook.claims.map(\.id.rawValue)
    case .sources: casebook.sources.map(\.id.rawValue)
    case .coders: Set(casebook.claims.map(\.coder)).sorted()
    case .states: casebook.actors.map(\.id.rawValue)
    }
  }

  /// The words that there are in a study and its casebook.
  package func words(in study: Study, _ casebook: Casebook) -> [String] {
    words(outcomes: study.outcomeIDs, pools: study.pools.keys.sorted(), in: casebook)
  }
}
