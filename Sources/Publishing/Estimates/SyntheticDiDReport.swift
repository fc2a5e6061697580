package import Effects
import Panels

extension EstimateReport {
  /// Reports synthetic difference in differences.
  package init(_ effects: SyntheticDiDEffects, heading: Heading, errorMethod: String?) {
    let estimator = effects.estimator
    let other: SyntheticDiD.Mode = estimator.mode == .exact ? .frankWolfe : .exact
    let cohorts = effects.cohorts.map(\.json)
    let replications = effects.replications
    let head = JSON.object(defined: [
      "method": .string(heading.method), "variant": .string(estimator.variant.rawValue),
      "mode": .string(estimator.mode.rawValue),
      "se": finite(effects.overall.standardError), "seMethod": errorMethod.map(JSON.string),
      "replications": replications?.json,
      "otherMode": .object(defined: [
        "mode": .string(other.rawValue), "att": finite(effects.otherModeATT),
      ]),
      "placebo": replications.flatMap { all in
        all.placebo.map { test in
          [
            "p": .number(test.p), "floor": .number(test.floor),
            "estimates": .array(all.estimates.compactMap { finite($0) }),
          ]
        }
      },
      "dropped": .array(effects.dropped.map(\.json)),
    ])
    let body =
      cohorts.count == 1
      ? head.adding(cohorts[0])
      : head.adding(
        .object(defined: ["att": finite(effects.overall.att), "cohorts": .array(cohorts)]))
    let error = effects.overall.standardError.map { ", error \(figures([$0])[0])" } ?? ""
    let missing = replications.map(\.undefinedSentence) ?? errorMethod.map(withoutReplications)
    let test = replications?.placebo.map {
      "Placebos: \(pStatement($0.p)), no result could be below \(figure($0.floor, decimals: 4))."
    }
    self.init(
      json: body, heading: heading,
      parts: [
        "Effect: \(figures([effects.overall.att])[0])\(error). In the other mode (\(other.rawValue)): "
          + "\(figures([effects.otherModeATT])[0])."
      ]
        + effects.cohorts.flatMap { cohort in
          [
            "Treated from \(cohort.cohort): \(cohort.treated.joined(separator: ", ")).",
            weightTable(cohort.unitWeights),
          ]
        } + [test, missing ?? nil].compactMap(\.self), dropped: effects.dropped)
  }
}

extension SyntheticDiDCohort {
  fileprivate var json: JSON {
    .object(defined: [
      "cohort": .integer(cohort.number), "treated": .strings(treated), "att": finite(att),
      "unitWeights": weights(unitWeights),
      "timeWeights": .object(
        timeWeights.map { JSON.Member(key: "\($0.period)", value: .number($0.weight)) }),
      "zeta": .object(defined: ["unit": finite(unitPenalty), "time": finite(timePenalty)]),
      "noise": finite(noise), "certificate": residual.map(certificate),
      "coefficients": coefficients.isEmpty ? nil : .array(coefficients.compactMap { finite($0) }),
    ])
  }
}
