import Documents
package import Effects
import Panels

extension EstimateReport {
  /// Reports augmented synthetic controls, cohort by cohort.
  package init(_ effects: AugmentedEffects, heading: Heading, interval: ConformalResult?) {
    let cohorts = effects.cohorts.map { cohort in
      JSON.object(defined: [
        "cohort": .integer(cohort.cohort.number), "treated": .strings(cohort.treated),
        "att": finite(cohort.att), "periods": .integer(cohort.periods.count),
        "gaps": gaps(cohort.periods), "donorWeights": weights(cohort.donorWeights),
        "lambda": finite(cohort.penalty), "preRMSPE": finite(cohort.fit.preRMSPE),
        "postRMSPE": finite(cohort.fit.postRMSPE), "rmspeRatio": finite(cohort.fit.ratio),
        "certificate": certificate(cohort.residual),
      ])
    }
    let head: JSON = .object(defined: [
      "method": .string(heading.method), "interval": interval?.json,
      "dropped": .array(effects.dropped.map(\.json)),
    ])
    // One cohort stands for itself, with its keys at the top.
    let body =
      cohorts.count == 1
      ? head.adding(cohorts[0])
      : head.adding(.object(defined: ["att": finite(effects.att), "cohorts": .array(cohorts)]))
    self.init(
      json: body, heading: heading,
      parts: ["Effect: \(figures([effects.att])[0])."]
        + effects.cohorts.flatMap { cohort in
          [
            "Treated from \(cohort.cohort): \(cohort.treated.joined(separator: ", ")).",
            gapTable(cohort.periods), weightTable(cohort.donorWeights),
          ]
        } + [interval?.sentence].compactMap(\.self), dropped: effects.dropped)
  }
}
