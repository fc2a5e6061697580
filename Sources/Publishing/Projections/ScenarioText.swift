import Documents
public import Evidence
import Indicators
import Panels
public import Scenarios
import Studies

/// A scenario's projections as text for a terminal.
public struct ScenarioText: Sendable {
  private let projection: Projection
  private let casebook: Casebook

  /// Takes a scenario's projections, and the casebook by which actors are named.
  public init(_ projection: Projection, casebook: Casebook) {
    self.projection = projection
    self.casebook = casebook
  }

  /// Writes each outcome with and without the step, the years in columns.
  public func text(width: Int = 92, isColoured: Bool = false) -> String {
    let layout = TextLayout(width: min(max(width, 60), 120), isColoured: isColoured)
    let opening = [
      layout.emphasised(printable(projection.scenario.title), .strong),
      projection.scenario.note.isEmpty ? nil : layout.wrapped(projection.scenario.note),
      layout.wrapped(projection.terms(in: casebook)),
    ]
    let outcomes = projection.outcomes.map { outcome($0, layout) }
    return (opening.compactMap { $0 } + outcomes).joined(separator: "\n\n") + "\n"
  }

  private func outcome(_ outcome: OutcomeProjection, _ layout: TextLayout) -> String {
    let title =
      "\(outcome.title) · \(casebook.name(of: outcome.step.actor)) (\(outcome.verdict.rawValue))"
    let head = layout.emphasised(printable(title), .strong)
    switch outcome.result {
    case .refused(let refusal):
      let words = RefusalWords(refusal, of: outcome, study: projection.study, casebook: casebook)
      return [
        head, layout.wrapped("No projection: \(words.reason)"), layout.wrapped(words.assumption),
      ].joined(separator: "\n")
    case .drawn(let drawn):
      return [
        head, layout.wrapped(drawn.basis(of: outcome)),
        layout.table(table(drawn, outcome.step), wordColumns: 1),
      ].joined(separator: "\n")
    }
  }

  /// The years from the one before the step makes a difference.
  private func table(_ drawn: OutcomeProjection.Drawn, _ step: Scenario.Step) -> [[String]] {
    let first = step.year - projection.scenario.anticipation - 1
    let places = drawn.difference.map { [$0.ninetyFive.lowerBound, $0.ninetyFive.upperBound] }
    let digits = decimals(
      for: (drawn.baseline + drawn.path).map(\.median) + places.joined())
    func value(_ number: Double) -> String { figure(number, decimals: digits) }
    func range(_ range: ClosedRange<Double>) -> String {
      "\(value(range.lowerBound)) to \(value(range.upperBound))"
    }
    let rows = drawn.baseline.indices.filter { drawn.baseline[$0].year >= first }.map { place in
      let (without, with, change) = (
        drawn.baseline[place], drawn.path[place], drawn.difference[place]
      )
      return [
        "\(without.year)", value(without.median), range(without.eighty), value(with.median),
        range(with.eighty), value(change.median), range(change.ninetyFive),
      ]
    }
    return [["Year", "Without", "80 %", "With", "80 %", "Difference", "95 %"]] + rows
  }
}

extension Projection {
  /// What is assumed, and how to read the bands.
  package func terms(in casebook: Casebook) -> String {
    let steps = scenario.steps.map { $0.sentence(in: casebook) }
    let share =
      scenario.transfer.lowerBound == scenario.transfer.upperBound
      ? percentage(scenario.transfer.lowerBound)
      : "\(percentage(scenario.transfer.lowerBound)) to \(percentage(scenario.transfer.upperBound))"
    return "Assumed: \(listed(steps)); \(share) of the effect that earlier accessions had carries "
      + "over. Each band holds 50, 80 or 95 % of \(grouped(scenario.draws)) draws. It is what "
      + "follows if the assumptions hold, and tells no probability of the step."
  }
}

extension OutcomeProjection.Drawn {
  /// Where the effect and the path without the step come from, and why the projection ends.
  package func basis(of outcome: OutcomeProjection) -> String {
    let chosen = candidates.candidates[candidates.chosen].fit.model.name
    let others = candidates.candidates.map { "\($0.fit.model.name) \(percentage($0.weight))" }
    let effect =
      switch origin {
      case .estimated: "Effect: as estimated from earlier accessions."
      case .assumed(let reason): "Effect: assumed, not estimated. \(reason)"
      }
    let ending =
      switch end {
      case .horizon: ""
      case .lastEventTime(let years):
        " It ends \(counted(years, "year")) after the step: no state was seen for longer."
      }
    let verdict =
      outcome.verdict == .undecidable
      ? " The evidence itself cannot decide this outcome." : ""
    return
      "In \(outcome.unit)\(outcome.range.words). \(effect)\(verdict) Without the step: \(chosen) foresaw past years best "
      + "(drawn: \(others.joined(separator: ", "))).\(ending)"
  }
}

extension ValueRange {
  /// Where values lie, after a unit; nothing where there is no bound.
  fileprivate var words: String {
    switch (least, most) {
    case (let least?, let most?): ", from \(plainFigure(least)) to \(plainFigure(most))"
    case (let least?, nil): ", never below \(plainFigure(least))"
    case (nil, let most?): ", never above \(plainFigure(most))"
    case (nil, nil): ""
    }
  }
}

extension Scenario.Step {
  /// The step in words: `Serbia at the stage “Member” of NATO from 2030`.
  fileprivate func sentence(in casebook: Casebook) -> String {
    let name = casebook.name(of: actor)
    let title = casebook.codebook.title(of: stage, with: organisation)
    return
      "\(name) \(leaves ? "no longer at" : "at") the stage “\(title)” of "
      + "\(casebook.name(of: organisation)) from \(year)"
  }
}
