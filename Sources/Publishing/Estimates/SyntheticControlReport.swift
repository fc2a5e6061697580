import Documents
package import Effects
import Panels

extension EstimateReport {
  /// Reports the synthetic control of one unit.
  package init(
    _ effects: SyntheticControlEffects, heading: Heading, placebos: SpacePlacebos?,
    earlier: SyntheticControlEffects?, leftOut: LeftOutDonors?, interval: ConformalResult?
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
      "leaveOneOut": leftOut.map { .array($0.donors.map(\.json) + $0.needed.map(\.json)) },
      "interval": interval?.json,
      "dropped": .array(effects.dropped.map(\.json)),
    ])
    self.init(
      json: body, heading: heading,
      parts: [
        "Treated: \(effects.treated), from \(effects.cohort). "
          + "Effect: \(figures([effects.att])[0]). \(effects.fit.sentence)",
        gapTable(effects.periods), weightTable(effects.donorWeights),
      ]
        + [
          effects.predictorTable, placebos?.sentences, earlier?.placeboSentence, leftOut?.table,
          interval?.sentence,
        ].compactMap(\.self),
      dropped: effects.dropped)
  }
}

extension GapFit {
  /// The size of the gaps, as a sentence.
  fileprivate var sentence: String {
    let errors = figures([preRMSPE, postRMSPE])
    let times = ratio.isFinite ? ", \(figure(ratio, decimals: 1)) times as much" : ""
    return "Root mean square gap: \(errors[0]) before, \(errors[1]) from then on\(times)."
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
      "dropped": .array(failed.map(\.json)),
    ]
  }

  /// The test, and the donors that could not be held against the treated unit.
  fileprivate var sentences: String {
    let uncounted =
      failed.isEmpty
      ? ""
      : "\nNot counted, as they could not play it:\n" + failed.map(\.line).joined(separator: "\n")
    return "Placebos in space: \(pStatement(p)), no result could be below \(floorFigure(floor))."
      + uncounted
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

extension SyntheticControlEffects {
  fileprivate var placeboSentence: String {
    "Placebo in time, as if treated from \(cohort): effect \(figures([att])[0]). \(fit.sentence)"
  }

  /// How the predictors are weighted, as shares of one; nil without predictors.
  fileprivate var predictorTable: String? {
    guard !predictorWeights.isEmpty else { return nil }
    return Publishing.table(
      [["predictor", "weight"]]
        + predictorWeights.map { [$0.name, figure($0.weight, decimals: 3)] })
  }
}

extension LeftOutDonor {
  fileprivate var json: JSON {
    .object(defined: [
      "unit": .string(unit), "att": finite(att), "preRMSPE": finite(fit.preRMSPE),
      "postRMSPE": finite(fit.postRMSPE), "rmspeRatio": finite(fit.ratio),
    ])
  }
}

extension LeftOutDonors {
  /// The effect without each donor that carries weight, and those that cannot be left out.
  fileprivate var table: String {
    let rows = donors.map { [$0.unit] + figures([$0.att, $0.fit.preRMSPE, $0.fit.ratio]) }
    let left =
      rows.isEmpty
      ? [] : [Publishing.table([["without", "effect", "error before", "ratio"]] + rows)]
    let kept =
      needed.isEmpty
      ? [] : ["Could not be left out:\n" + needed.map(\.line).joined(separator: "\n")]
    return (left + kept).joined(separator: "\n")
  }
}
