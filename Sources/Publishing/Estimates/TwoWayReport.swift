import Documents
package import Effects
import Panels

extension EstimateReport {
  /// Reports two-way fixed effects, with the comparisons that they are a mean of where those are known.
  package init(_ effects: TwoWayEffects, heading: Heading) {
    let comparisons = effects.decomposition?.map { part -> JSON in
      [
        "treated": .integer(part.treated.number),
        "comparison": part.comparison.start.map { .integer($0.number) } ?? .string("never"),
        "weight": .number(part.weight), "estimate": .number(part.estimate),
      ]
    }
    let parts = effects.decomposition.map { parts in
      "It is a mean of these comparisons of cohorts:\n"
        + table(
          [["treated, compared with", "weight", "estimate"]]
            + parts.map { part in
              let other = part.comparison.start.map { "\($0)" } ?? "never treated"
              return ["\(part.treated), \(other)"] + figures([part.weight, part.estimate])
            })
    }
    self.init(
      regression: heading, effects.overall, units: effects.units.count, rows: [],
      members: .object(defined: ["decomposition": comparisons.map(JSON.array)]),
      parts: parts.map { [$0] } ?? [], dropped: effects.dropped)
  }

  /// Reports the regression of Sun and Abraham.
  package init(_ effects: SunAbrahamEffects, heading: Heading) {
    self.init(
      regression: heading, effects.overall, units: effects.units.count,
      rows: effects.eventTime.named("event time") + effects.cohort.named("cohort"),
      members: .object(defined: [
        "cells": effects.cells.json(level: heading.level),
        "eventTime": effects.eventTime.json("eventTime", level: heading.level),
        "cohort": effects.cohort.json("cohort", level: heading.level),
        "preTrend": effects.preTrend?.json,
      ]), parts: effects.preTrend.map { [$0.sentence] } ?? [], dropped: effects.dropped)
  }

  /// Reports imputation.
  package init(_ effects: ImputationEffects, heading: Heading) {
    let test = effects.preTrend?.test
    self.init(
      regression: heading, effects.overall, units: effects.units.count,
      rows: effects.eventTime.named("event time"),
      members: .object(defined: [
        "cells": effects.cells.json(level: heading.level),
        "eventTime": effects.eventTime.json("eventTime", level: heading.level),
        "preTrend": test?.json,
      ]), parts: test.map { [$0.sentence] } ?? [], dropped: effects.dropped)
  }

  private init(
    regression heading: Heading, _ overall: Estimate, units: Int, rows: [(String, Estimate)],
    members: JSON, parts: [String], dropped: [Dropped]
  ) {
    let head: JSON = ["method": .string(heading.method), "units": .integer(units)]
    let tail: JSON = ["dropped": .array(dropped.map(\.json))]
    self.init(
      json: head.adding(overall.members(level: heading.level)).adding(members).adding(tail),
      heading: heading,
      parts: [estimateTable([("overall", overall)] + rows, level: heading.level)] + parts,
      dropped: dropped)
  }
}

/// A table of estimates with their errors and pointwise intervals.
func estimateTable(_ rows: [(String, Estimate)], level: Double) -> String {
  let percent = figure(100 * level, decimals: level == 0.95 ? 0 : 1)
  return table(
    [["", "effect", "error", "lower \(percent) %", "upper \(percent) %"]]
      + rows.map { [$0.0] + figures($0.1.row(level: level)) })
}

extension WaldTest {
  var json: JSON {
    .object(defined: [
      "statistic": finite(statistic), "degreesOfFreedom": .integer(degreesOfFreedom),
      "p": finite(p),
    ])
  }

  /// The test of the effects before treatment in one sentence.
  var sentence: String { "Joint test of the effects before treatment: \(pStatement(p))." }
}

extension [CellEffect] {
  func json(level: Double) -> JSON {
    .array(
      map { cell in
        let key: JSON = [
          "cohort": .integer(cell.cohort.number), "period": .integer(cell.period.number),
        ]
        return key.adding(cell.estimate.members(level: level))
      })
  }
}

extension [AggregatedEffect] {
  func named(_ kind: String) -> [(String, Estimate)] { map { ("\(kind) \($0.key)", $0.estimate) } }

  func json(_ key: String, level: Double) -> JSON {
    .array(
      map { effect in
        JSON.object([JSON.Member(key: key, value: .integer(effect.key))])
          .adding(effect.estimate.members(level: level))
      })
  }
}
