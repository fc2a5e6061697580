package import Effects
import Panels

extension EstimateReport {
  /// Reports the effects that interactive fixed effects leave.
  package init(_ found: FactorEffects, heading: Heading) {
    let effects = found.effects
    let body = JSON.object(defined: [
      "method": .string(heading.method), "att": finite(effects.att),
      "factors": .integer(found.factors),
      "cells": .array(
        effects.cells.map { cell in
          .object(defined: [
            "unit": .string(cell.unit), "period": .integer(cell.period.number),
            "eventTime": .integer(cell.eventTime.number), "observed": finite(cell.observed),
            "counterfactual": finite(cell.counterfactual), "att": finite(cell.effect),
          ])
        }),
      "crossValidation": found.crossValidation.isEmpty
        ? nil
        : .array(
          found.crossValidation.map { tried in
            .object(defined: [
              "factors": .integer(tried.factors), "error": finite(tried.error),
            ])
          }),
      "dropped": .array(found.dropped.map(\.json)),
    ])
    let rows = effects.eventTimes.map { time in
      ["\(time.eventTime)", figures([time.att])[0], "\(time.cells)"]
    }
    self.init(
      json: body, heading: heading,
      parts: [
        "Effect: \(figures([effects.att])[0]), with \(counted(found.factors, "factor")).",
        table([["event time", "effect", "cells"]] + rows),
      ], dropped: found.dropped)
  }

  /// The same report with a test by reassignment after it.
  package func adding(_ test: RandomizationTest?) -> EstimateReport {
    guard let test else { return self }
    return EstimateReport(
      json: json.adding(["randomization": test.json]), text: text + "\n" + test.sentence + "\n")
  }
}
