package import Effects
import Panels

extension EstimateReport {
  /// Reports the synthetic control of one unit.
  package init(
    _ effects: SyntheticControlEffects, heading: Heading, placebos: SpacePlacebos?,
    earlier: SyntheticControlEffects?, interval: ClosedRange<Double>?
  ) {
    let body = JSON.object(defined: [
      "method": .string(heading.method), "treated": .string(effects.treated),
      "att": finite(effects.att), "periods": .integer(effects.periods.count),
      "gaps": gaps(effects.periods), "donorWeights": weights(effects.donorWeights),
      "predictorWeights": effects.predictorWeights.isEmpty
        ? nil
        : .object(
          effects.predictorWeights.map { JSON.Member(key: $0.name, value: .number($0.weight)) }),
      "preRMSPE": finite(effects.fit.preRMSPE), "postRMSPE": finite(effects.fit.postRMSPE),
      "rmspeRatio": finite(effects.fit.ratio), "certificate": certificate(effects.residual),
      "placebo": placebos.map(\.json) ?? earlier.map(\.placeboJSON),
      "interval": interval.map { [.number($0.lowerBound), .number($0.upperBound)] },
      "dropped": .array(effects.dropped.map(\.json)),
    ])
    let test = placebos.map {
      "Placebos in space: \(pStatement($0.p)), no result could be below "
        + "\(figure($0.floor, decimals: 4))."
    }
    let range = interval.map { interval in
      let ends = figures([interval.lowerBound, interval.upperBound])
      return "Conformal interval: \(ends[0]) to \(ends[1])."
    }
    self.init(
      json: body, heading: heading,
      parts: [
        "Treated: \(effects.treated), from \(effects.cohort). "
          + "Effect: \(figures([effects.att])[0]).",
        gapTable(effects.periods), weightTable(effects.donorWeights),
      ] + [test, range].compactMap(\.self), dropped: effects.dropped)
  }

  /// Reports augmented synthetic controls, cohort by cohort.
  package init(_ effects: AugmentedEffects, heading: Heading) {
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
      "method": .string(heading.method), "dropped": .array(effects.dropped.map(\.json)),
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
        }, dropped: effects.dropped)
  }

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
        } + [test].compactMap(\.self), dropped: effects.dropped)
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

extension SpacePlacebos {
  fileprivate var json: JSON {
    [
      "p": .number(p), "floor": .number(floor),
      "units": .array(
        units.map { unit in
          .object(defined: [
            "unit": .string(unit.unit), "preRMSPE": finite(unit.fit.preRMSPE),
            "postRMSPE": finite(unit.fit.postRMSPE), "ratio": finite(unit.fit.ratio),
          ])
        }),
    ]
  }
}

extension SyntheticControlEffects {
  /// The same control had the treatment begun earlier.
  fileprivate var placeboJSON: JSON {
    .object(defined: [
      "period": .integer(cohort.number), "att": finite(att), "gaps": gaps(periods),
      "rmspeRatio": finite(fit.ratio),
    ])
  }
}

func certificate(_ residual: Double) -> JSON {
  .object(defined: ["residual": finite(residual)])
}

func gaps(_ periods: [SyntheticPeriod]) -> JSON {
  .array(
    periods.map { period in
      .object(defined: [
        "period": .integer(period.period.number), "observed": finite(period.observed),
        "synthetic": finite(period.synthetic), "gap": finite(period.gap),
      ])
    })
}

func weights(_ weights: [UnitWeight]) -> JSON {
  .object(weights.map { JSON.Member(key: $0.unit, value: .number($0.weight)) })
}

private func gapTable(_ periods: [SyntheticPeriod]) -> String {
  table(
    [["period", "observed", "synthetic", "gap"]]
      + periods.map { ["\($0.period)"] + figures([$0.observed, $0.synthetic, $0.gap]) })
}

/// The donors that carry weight, the heaviest first.
private func weightTable(_ weights: [UnitWeight]) -> String {
  let carrying = weights.filter { abs($0.weight) >= 0.0005 }
    .sorted { ($1.weight, $0.unit) < ($0.weight, $1.unit) }
  return table(
    [["donor", "weight"]] + carrying.map { [$0.unit, figure($0.weight, decimals: 3)] })
}
