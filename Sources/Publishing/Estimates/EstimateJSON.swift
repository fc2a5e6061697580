import Documents
import Effects
import Evidence
import Indicators
import Studies

extension OutcomeEstimate {
  /// The estimate as it is published: large-sample errors only where they may be shown.
  func json(side: Side) -> JSON {
    let overall = effects.overall
    let test = randomization
    return .object(defined: [
      "method": .string(method),
      "comparison": estimator.groupTime.map { .string($0.comparison.rawValue) },
      "base": estimator.groupTime.map { .string($0.base.rawValue) },
      "anticipation": estimator.anticipation.map(JSON.integer),
      "factors": estimator.factorCount.map(JSON.integer),
      "sample": .string(sample.rawValue),
      "att": .number(overall.att),
      "se": showsLargeSampleErrors ? overall.standardError.map(JSON.number) : nil,
      "interval": test.interval.map { [.number($0.lowerBound), .number($0.upperBound)] },
      "intervalMethod": test.interval.map { _ in "randomization" },
      "gapBefore": effects.gapBefore.map(JSON.number),
      "randomization": [
        "statistic": .string(estimator.statistic.rawValue),
        "p": .number(test.p),
        "oneSided": [
          "p": .number(side == .greater ? test.greater.p : test.less.p),
          "side": .string(side.rawValue),
        ],
        "floor": [
          "who": .number(test.floor.who), "whoAndWhen": .number(test.floor.whoAndWhen),
        ],
        "assignments": .integer(test.assignments), "enumerated": .bool(test.isEnumerated),
        "rejected": .number(test.rejected),
      ],
      "eventTime": .array(effects.eventTime.map(json)),
      "preTrend": preTrend,
      "sensitivity": sensitivity.map { bounds in
        .object(defined: [
          "restriction": .string(HonestSensitivity.Restriction.relativeMagnitudes.rawValue),
          "att": .number(bounds.estimate), "se": .number(bounds.standardError),
          "breakdown": bounds.breakdown.map(JSON.number),
        ])
      },
    ])
  }

  private func json(_ cell: AggregatedEffect) -> JSON {
    let interval = showsLargeSampleErrors ? cell.estimate.interval(level: 0.95) : nil
    return .object(defined: [
      "eventTime": .integer(cell.key), "att": .number(cell.estimate.att),
      "se": showsLargeSampleErrors ? cell.estimate.standardError.map(JSON.number) : nil,
      "lower": interval.map { .number($0.lowerBound) },
      "upper": interval.map { .number($0.upperBound) },
    ])
  }

  private var preTrend: JSON? {
    if showsJointTest, let test = effects.preTrend {
      return [
        "method": "wald", "statistic": .number(test.statistic),
        "degreesOfFreedom": .integer(test.degreesOfFreedom), "p": .number(test.p),
      ]
    }
    return randomization.preTrend.map { ["method": "randomization", "p": .number($0)] }
  }
}

extension Indicator {
  /// The rule that makes claims into values, when the values come from claims.
  var ruleJSON: JSON? {
    switch definition {
    case .variable: nil
    case .claims(let rule): rule.json
    case .index(let index):
      [
        "normalisation": .string(index.normalisation.rawValue),
        "aggregation": .string(index.aggregation.rawValue),
        "components": .array(
          index.components.map { ["weight": .number($0.weight), "rule": $0.rule.json] }),
      ]
    }
  }
}

extension ClaimRule {
  fileprivate var json: JSON {
    .object(defined: [
      "measure": .string(measure.word),
      "channel": .string(channel.rawValue),
      "instruments": Self.words(instruments), "phases": Self.words(phases),
      "directions": Self.words(directions), "assertions": Self.words(assertions),
      "counterpart": counterpart.map { .string($0.rawValue) },
      "minimumReliability": minimumReliability.map { .string($0.rawValue) },
      "minimumCredibility": minimumCredibility.map { .string($0.rawValue) },
      "countsForParent": countsForParent ? true : nil,
    ])
  }

  private static func words(_ words: [some RawRepresentable<String>]) -> JSON? {
    words.isEmpty ? nil : .strings(words.map(\.rawValue))
  }
}

extension ClaimRule.Measure {
  var word: String {
    switch self {
    case .count: "count"
    case .sum: "sum"
    case .activeStock: "active-stock"
    case .latestPosition: "latest-position"
    }
  }
}
