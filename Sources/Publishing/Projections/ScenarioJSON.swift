public import Evidence
import Indicators
public import Scenarios
import Studies
package import Documents

extension Projection {
  /// The JSON of the scenario and its projections as text.
  public func jsonText(in casebook: Casebook) -> String {
    json(in: casebook).text(indented: true)
  }

  /// The scenario as it is published; `Documentation/Outputs.md` says what the keys mean.
  package func json(in casebook: Casebook) -> JSON {
    [
      "scenario": .string(scenario.id), "title": .string(scenario.title),
      "study": .string(scenario.study), "steps": .array(scenario.steps.map(\.json)),
      "transfer": [.number(scenario.transfer.lowerBound), .number(scenario.transfer.upperBound)],
      "anticipation": .integer(scenario.anticipation), "draws": .integer(scenario.draws),
      "seed": .string(String(scenario.seed)),
      "outcomes": .array(outcomes.map { json($0, in: casebook) }),
    ]
  }

  /// A long table of all fans: outcome, actor, year, series, median and bounds.
  public var table: String {
    let head = [
      "outcome", "actor", "year", "series", "median", "low50", "high50", "low80", "high80",
      "low95", "high95",
    ]
    let rows = outcomes.flatMap { outcome -> [[String]] in
      guard case .drawn(let drawn) = outcome.result else { return [] }
      let parts = [
        ("baseline", drawn.baseline), ("path", drawn.path), ("difference", drawn.difference),
      ]
      return parts.flatMap { name, fans in
        fans.map { fan in
          [outcome.outcome, outcome.step.actor.rawValue, "\(fan.year)", name]
            + fan.numbers.map { "\($0)" }
        }
      }
    }
    return ([head] + rows).map(CSVWriter.row).joined()
  }
}

extension Scenario.Step {
  fileprivate var json: JSON {
    [
      "actor": .string(actor.rawValue), "organisation": .string(organisation.rawValue),
      "stage": .string(stage.rawValue), "year": .integer(year), "leaves": .bool(leaves),
    ]
  }
}

extension Projection {
  private func json(_ outcome: OutcomeProjection, in casebook: Casebook) -> JSON {
    let head: JSON = [
      "outcome": .string(outcome.outcome), "channel": .string(outcome.channel.rawValue),
      "unit": .string(outcome.unit), "actor": .string(outcome.step.actor.rawValue),
      "verdict": .string(outcome.verdict.rawValue),
    ]
    let bounded = head.adding(outcome.range.json)
    switch outcome.result {
    case .refused(let refusal):
      let words = RefusalWords(refusal, of: outcome, study: study, casebook: casebook)
      return bounded.adding([
        "refused": ["reason": .string(words.reason), "assumption": .string(words.assumption)]
      ])
    case .drawn(let drawn): return bounded.adding(drawn.json)
    }
  }
}

extension ValueRange {
  /// Nothing where there is no bound.
  fileprivate var json: JSON {
    guard self != .unbounded else { return [:] }
    return [
      "range": .object(defined: ["low": least.map(JSON.number), "high": most.map(JSON.number)])
    ]
  }
}

extension OutcomeProjection.Drawn {
  fileprivate var json: JSON {
    let effect: JSON =
      switch origin {
      case .estimated: ["origin": "estimated"]
      case .assumed(let reason): ["origin": "assumed", "reason": .string(reason)]
      }
    return .object(defined: [
      "effect": effect,
      "baselineModels": .array(
        candidates.candidates.enumerated().map { place, candidate in
          .object(defined: [
            "model": .string(candidate.fit.model.name),
            "rollingError": candidate.rollingError.map(JSON.number),
            "weight": .number(candidate.weight), "chosen": .bool(place == candidates.chosen),
          ])
        }),
      "baseline": .array(baseline.map(\.json)), "path": .array(path.map(\.json)),
      "difference": .array(difference.map(\.json)),
    ])
  }
}

extension Fan {
  /// The median and the bounds of 50, 80 and 95 %.
  fileprivate var numbers: [Double] {
    [
      median, half.lowerBound, half.upperBound, eighty.lowerBound, eighty.upperBound,
      ninetyFive.lowerBound, ninetyFive.upperBound,
    ]
  }

  fileprivate var json: JSON {
    func pair(_ range: ClosedRange<Double>) -> JSON {
      [.number(range.lowerBound), .number(range.upperBound)]
    }
    return [
      "year": .integer(year), "median": .number(median), "50": pair(half), "80": pair(eighty),
      "95": pair(ninetyFive),
    ]
  }
}
