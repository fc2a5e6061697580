import Documents
package import Effects
import Panels

extension EstimateReport {
  /// Reports the synthetic controls of several treated units.
  package init(_ effects: StaggeredEffects, heading: Heading, errors: StaggeredErrors?) {
    let overall = Estimate(att: effects.att, standardError: errors?.overall)
    let dropped =
      effects.dropped
      + (errors?.failed ?? []).map { $0.dropped(saying: { "left out in turn: \($0)" }) }
    let times = effects.eventTimes.map { time in
      (
        time,
        Estimate(
          att: time.att, standardError: errors.flatMap { $0.eventTimes[time.eventTime] })
      )
    }
    let body = JSON.object(defined: [
      "method": .string(heading.method), "nu": finite(effects.share),
      "seMethod": errors == nil ? nil : .string("jackknife"),
      "eventTime": .array(
        times.map { time, estimate in
          .object(defined: ["eventTime": .integer(time.eventTime.number)]).adding(
            estimate.members(level: heading.level)
          ).adding(["units": .integer(time.cells)])
        }),
      "units": .array(effects.units.map(\.json)),
      "balance": effects.balance.json, "separateBalance": effects.separateBalance.json,
      "certificate": certificate(effects.residual),
      "dropped": .array(dropped.map(\.json)),
    ]).adding(overall.members(level: heading.level))
    let error = overall.standardError.map { ", error \(figures([$0])[0])" } ?? ""
    self.init(
      json: body, heading: heading,
      parts: [
        "Effect: \(figures([effects.att])[0])\(error). The average of the units counts "
          + "\(figure(effects.share, decimals: 3)) against each of them.",
        table(
          [["event time", "effect", "error", "lower", "upper", "units"]]
            + times.map { time, estimate in
              ["\(time.eventTime)"] + figures(estimate.row(level: heading.level))
                + ["\(time.cells)"]
            }),
        table(
          [["treated", "from", "effect", "error before"]]
            + effects.units.map { unit in
              [unit.unit, "\(unit.cohort)"] + figures([unit.att, unit.fit.preRMSPE])
            }),
      ], dropped: dropped)
  }
}

extension StaggeredUnit {
  fileprivate var json: JSON {
    .object(defined: [
      "unit": .string(unit), "cohort": .integer(cohort.number), "att": finite(att),
      "gaps": gaps(periods), "donorWeights": weights(donorWeights),
      "preRMSPE": finite(fit.preRMSPE), "postRMSPE": finite(fit.postRMSPE),
      "rmspeRatio": finite(fit.ratio),
    ])
  }
}

extension PoolingBalance {
  fileprivate var json: JSON {
    .object(defined: ["separate": finite(separate), "pooled": finite(pooled)])
  }
}
