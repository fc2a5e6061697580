public import Importing
public import Evidence
import Indicators
public import Studies
import Documents

/// Follows one thing both ways: what it rests on, and what it moves in an answer.
public struct TraceText: Sendable {
  private let casebook: Casebook
  /// The answer and what evidence moves in it; nil where the study has none.
  private let answered: (answer: Answer, outputs: EvidenceOutputs)?
  /// The sources' texts that the reader has; nil when none were given.
  private let texts: SourceTexts?

  public init(_ answer: Answer, texts: SourceTexts? = nil) {
    casebook = answer.casebook
    answered = (answer, EvidenceOutputs(answer, counts: answer.factCounts))
    self.texts = texts
  }

  /// Follows evidence to its source only, for a casebook whose study has no answer yet.
  public init(unanswered casebook: Casebook, texts: SourceTexts? = nil) {
    self.casebook = casebook
    answered = nil
    self.texts = texts
  }

  /// Writes the trace of a claim, a fact, a series value (`variable/actor/period`) or an outcome.
  ///
  /// - Throws: `PublishingError.unknownID` with the nearest names.
  public func text(of id: String) throws -> String {
    casebook.noting(try lines(of: id))
  }

  private func lines(of id: String) throws -> String {
    if let claim = casebook.claim(ClaimID(id)) { return lines(of: claim) }
    if let fact = casebook.fact(FactID(id)) { return lines(of: fact) }
    if let value = value(id) { return lines(of: value) }
    if let outcome = outcomes.first(where: { $0.id == id }) { return lines(of: outcome) }
    throw PublishingError.unknownID(id, nearest: nearest(to: id))
  }

  private var outcomes: [OutcomeAnswer] { answered?.answer.outcomes ?? [] }

  private func nearest(to id: String) -> [String] {
    let groups = [
      outcomes.map(\.id), casebook.claims.map(\.id.rawValue),
      casebook.facts.map(\.rawValue), casebook.variables.map(\.id.rawValue),
    ]
    var found: [String] = []
    for group in groups {
      if let near = Suggestion.nearest(to: id, among: group), !found.contains(near) {
        found.append(near)
      }
    }
    return found
  }

  // MARK: A claim and a fact

  private func lines(of claim: Claim) -> String {
    let rule = casebook.fact(claim.fact).map { fact -> String in
      let isUsed = fact.readings.contains { $0.used.id == claim.id }
      let others = fact.claims.count - 1
      return "Fact \(fact.id): \(isUsed ? "this claim is used" : "another claim is used")"
        + (others > 0 ? " of \(others + 1). \(fact.rule.sentence)" : ".")
    }
    let corrected =
      casebook.supersededClaims.contains(claim.id)
      ? "Corrected by a later claim; kept, and never used." : nil
    return
      ([heading("claim", claim.id.rawValue)] + rests(on: claim) + [rule, corrected]
      + moved { $0.outputs(of: claim.id) }).compactMap { $0 }.joined(separator: "\n") + "\n"
  }

  private func lines(of fact: ResolvedFact) -> String {
    var lines = [heading("fact", fact.id.rawValue)]
    for reading in fact.readings {
      let per = reading.denominator.map { " of \($0)" } ?? ""
      lines.append("Used\(per): \(reading.used.id). \(reading.rule.sentence)")
      for claim in reading.claims { lines += [""] + rests(on: claim) }
    }
    lines += moved { outputs in fact.claims.flatMap { outputs.outputs(of: $0.id) }.uniqued }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a claim says, and where its source says it.
  private func rests(on claim: Claim) -> [String] {
    var about = [
      casebook.name(of: claim.actor), casebook.title(of: claim.channel), inWords(claim.instrument),
      claim.dateText,
    ]
    if let amount = claim.amount { about.append(amount) }
    about.append(claim.assertion.rawValue)
    let source = casebook.source(claim.source)
    let place = claim.locator.map { ", \($0.place)" } ?? ", place not stated"
    return [
      "  \(claim.id): \(printable(claim.statement))",
      "  \(about.joined(separator: " · "))",
      "  Source \(claim.source)\(place): \(printable(source?.citation ?? "not in sources.csv"))",
      "  \(source?.grade ?? ""), \(claim.grade); coded by \(claim.coder) on \(claim.codedOn.text)",
    ] + words(at: claim)
  }

  /// The words at the claim's place; nothing when no texts were given.
  private func words(at claim: Claim) -> [String] {
    guard let passage = texts?.passage(of: claim, in: casebook) else { return [] }
    return passage.words.map { ["  In the source: “\(printable($0))”"] }
      ?? ["  \(printable(passage.description))"]
  }

  // MARK: A series value

  private func value(_ id: String) -> SeriesValue? {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let period = Int(parts[2]) else { return nil }
    return casebook.series(VariableID(parts[0])).first {
      $0.actor.rawValue == parts[1] && $0.period == period
    }
  }

  private func lines(of value: SeriesValue) -> String {
    let id = EvidenceID.value(value.variable, value.actor, value.period)
    let variable = casebook.variable(value.variable)
    let source = (value.source ?? variable?.source).flatMap { casebook.source($0) }
    let number = value.value.map { plainFigure($0) } ?? "no value (\(value.status.reason))"
    let bounds = value.low.flatMap { low in
      value.high.map { " (\(plainFigure(low)) to \(plainFigure($0)))" }
    }
    let lines =
      [
        heading("series value", id.description),
        "  \(variable?.title ?? value.variable.rawValue), \(casebook.name(of: value.actor)), "
          + "\(value.period): \(number)\(bounds ?? "") \(variable?.unit ?? "")",
        variable?.method.map { "  How: \(printable($0))" },
        "  Source \(source?.id.rawValue ?? "not stated"): \(printable(source?.citation ?? ""))",
        source?.sha256.map { "  File with sha256 \($0)" },
      ].compactMap { $0 } + moved { $0.outputs(of: id) }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: An outcome

  private func lines(of outcome: OutcomeAnswer) -> String {
    let estimate = outcome.estimates.first.map { estimate -> String in
      let words = EstimateWords(outcome, estimate)
      return "  Estimate \(words.effect) (95 % \(words.interval)), p \(words.p)"
    }
    let claims = outcome.trace.compactMap { evidence -> String? in
      guard case .claim(let id) = evidence, let claim = casebook.claim(id) else {
        return nil
      }
      return "  claim \(id): \(printable(claim.statement))"
    }
    let values = outcome.trace.filter { if case .value = $0 { true } else { false } }
    let shown = values.prefix(Self.valuesShown).map { "  value \($0)" }
    let more =
      values.count > shown.count
      ? ["  … and \(grouped(values.count - shown.count)) more values, all in \(outcome.panelFile)"]
      : []
    return
      ([
        heading("outcome", outcome.id),
        "  \(outcome.series.indicator.title), in \(outcome.series.indicator.unit): "
          + outcome.answerability.verdict.rawValue, estimate ?? "  Refused: no estimate.",
        "Rests on \(counted(claims.count, "claim")) and \(counted(values.count, "series value")):",
      ] + claims + shown + more).joined(separator: "\n") + "\n"
  }

  private static let valuesShown = 20

  private func heading(_ kind: String, _ id: String) -> String { "\(kind) \(printable(id))" }

  private func moved(by find: (EvidenceOutputs) -> [EvidenceOutputs.Output]) -> [String] {
    guard let answered else {
      return ["What it moves is not known: `fulcrum answer` says why the study has no answer."]
    }
    let outputs = find(answered.outputs)
    return outputs.isEmpty
      ? ["Moves nothing in this answer."]
      : ["Moves:"] + outputs.map { "  - \(printable(answered.answer.text(of: $0)))" }
  }
}

extension ObservationStatus {
  /// Why there is no value.
  fileprivate var reason: String {
    switch self {
    case .impossible: "it cannot exist"
    case .notSearched: "not searched, or not covered by the source"
    case .withheld: "withheld"
    case .observed, .estimated, .provisional, .imputed, .breakInSeries: "missing"
    }
  }
}
