import Documents
package import Effects
import Panels

extension EstimateReport {
  /// Reports synthetic difference in differences.
  package init(_ effects: SyntheticDiDEffects, heading: Heading, errorMethod: String?) {
    let estimator = effects.estimator
    let other: SyntheticDiD.Mode = estimator.mode == .exact ? .frankWolfe : .exact
    let replications = effects.replications
    let error = errorMethod.map {
      ReplicatedError(method: $0, replications: replications, estimate: effects.overall)
    }
    let head = JSON.object(defined: [
      "method": .string(heading.method), "variant": .string(estimator.variant.rawValue),
      "mode": .string(estimator.mode.rawValue),
      "otherMode": .object(defined: [
        "mode": .string(other.rawValue), "att": finite(effects.otherModeATT),
      ]),
      "placebo": replications.flatMap(\.placeboJSON),
      "dropped": .array(effects.dropped.map(\.json)),
    ]).adding(
      error?.members(level: heading.level) ?? .object(defined: ["att": finite(effects.overall.att)])
    )
    // One cohort stands for itself, with its keys at the top; its effect is the overall one.
    let body =
      effects.cohorts.count == 1
      ? head.adding(effects.cohorts[0].details)
      : head.adding(.object(defined: ["cohorts": .array(effects.cohorts.map(\.json))]))
    let test = replications?.placebo.map {
      "Placebos: \(pStatement($0.p)), no result could be below \(floorFigure($0.floor))."
    }
    self.init(
      json: body, heading: heading,
      parts: [
        "Effect: \(figures([effects.overall.att])[0]). In the other mode (\(other.rawValue)): "
          + "\(figures([effects.otherModeATT])[0])."
      ]
        + effects.cohorts.flatMap { cohort in
          [
            "Treated from \(cohort.cohort): \(cohort.treated.joined(separator: ", ")).",
            weightTable(cohort.unitWeights),
          ]
        } + [error?.sentences(level: heading.level), test].compactMap(\.self),
      dropped: effects.dropped)
  }
}

extension Replications {
  fileprivate var placeboJSON: JSON? {
    placebo.map { test in
      [
        "p": .number(test.p), "floor": .number(test.floor),
        "estimates": .array(estimates.compactMap { finite($0) }),
      ]
    }
  }
}

extension SyntheticDiDCohort {
  fileprivate var json: JSON { .object(defined: ["att": finite(att)]).adding(details) }

  /// All but the effect.
  fileprivate var details: JSON {
    .object(defined: [
      "cohort": .integer(cohort.number), "treated": .strings(treated),
      "unitWeights": weights(unitWeights),
      "timeWeights": .object(
        timeWeights.map { JSON.Member(key: "\($0.period)", value: .number($0.weight)) }),
      "zeta": .object(defined: ["unit": finite(unitPenalty), "time": finite(timePenalty)]),
      "noise": finite(noise), "certificate": residual.map(certificate),
      "coefficients": coefficients.isEmpty ? nil : .array(coefficients.compactMap { finite($0) }),
    ])
  }
}
