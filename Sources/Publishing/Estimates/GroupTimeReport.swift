import Documents
package import Effects
package import Panels

extension EstimateReport {
  /// Reports group-time effects.
  package init(_ effects: GroupTimeEffects, of panel: Panel, heading: Heading) {
    let level = heading.level
    let body = JSON.object(defined: [
      "method": .string(heading.method), "units": .integer(effects.units.count),
      "periods": .integer(panel.periods.count),
      "dropped": .array(effects.dropped.map(\.json)),
      "cells": effects.cells.json(level: level),
      "aggregations": [
        "overall": effects.overall.members(level: level),
        "eventTime": effects.eventTime.json("eventTime", level: level),
        "cohort": effects.cohort.json("cohort", level: level),
        "period": effects.period.json("period", level: level),
      ],
      "preTrend": effects.preTrend?.json,
      "band": effects.criticalValue.map { ["criticalValue": .number($0)] },
    ])
    let rows =
      [("overall", effects.overall)] + effects.eventTime.cells.named("event time")
      + effects.cohort.cells.named("cohort") + effects.period.cells.named("period")
    self.init(
      json: body, heading: heading,
      parts: [estimateTable(rows, level: level)]
        + [effects.bandSentence(level), effects.preTrend?.sentence].compactMap(\.self),
      dropped: effects.dropped)
  }
}

extension GroupTimeEffects {
  /// How wide the bands are that hold all effects at once; nil without a bootstrap.
  fileprivate func bandSentence(_ level: Double) -> String? {
    let bands = [
      ("event times", eventTime.criticalValue), ("cohorts", cohort.criticalValue),
      ("periods", period.criticalValue), ("cells", criticalValue),
    ].compactMap { name, value in
      value.map { "all \(name) at once: \(figure($0, decimals: 2)) errors" }
    }
    guard !bands.isEmpty else { return nil }
    let percent = figure(100 * level, decimals: level == 0.95 ? 0 : 1)
    return "Bands of \(percent) % on both sides of \(bands.joined(separator: "; "))."
  }
}

extension Aggregation {
  fileprivate func json(_ key: String, level: Double) -> JSON {
    .object(defined: [
      "overall": summary.members(level: level),
      "cells": cells.json(key, level: level),
      "band": criticalValue.map { ["criticalValue": .number($0)] },
    ])
  }
}

extension RandomizationTest {
  /// The test as it is published; the one-sided p is that of the side the estimate lies on.
  var json: JSON {
    .object(defined: [
      "p": .number(p),
      "oneSided": [
        "p": .number(observed < 0 ? less.p : greater.p),
        "side": .string(observed < 0 ? "less" : "greater"),
      ],
      "floor": ["who": .number(floor.who), "whoAndWhen": .number(floor.whoAndWhen)],
      "assignments": .integer(assignments), "enumerated": .bool(isEnumerated),
      "rejected": .number(rejected), "undefined": .integer(undefined),
      "interval": interval.map { [.number($0.lowerBound), .number($0.upperBound)] },
    ])
  }

  /// The test in one sentence.
  var sentence: String {
    let way = isEnumerated ? "all" : "drawn"
    let skipped =
      undefined == 0 ? "" : " \(undefined) more left nothing to estimate and are not counted."
    return "Randomization: \(pStatement(p)) over \(counted(assignments, "assignment")) (\(way)); "
      + "no result could be below \(floor.words(floorFigure)).\(skipped)"
  }
}
