import Documents
package import Effects
import Panels

extension EstimateReport {
  /// Reports the effects that interactive fixed effects leave.
  package init(_ found: FactorEffects, heading: Heading, error: ReplicatedError?) {
    self.init(
      found.effects, heading: heading, error: error,
      more: .object(defined: [
        "factors": .integer(found.factors),
        "comparison": .string(found.estimator.comparison.rawValue),
        "residual": finite(found.residual),
        "crossValidation": crossValidation(
          found.crossValidation.map { ("factors", .integer($0.factors), $0.error) }),
        "dropped": .array(found.dropped.map(\.json)),
      ]),
      remark: "with \(counted(found.factors, "factor"))", dropped: found.dropped)
  }

  /// Reports the effects that matrix completion leaves.
  package init(_ found: CompletionEffects, heading: Heading, error: ReplicatedError?) {
    self.init(
      found.effects, heading: heading, error: error,
      more: .object(defined: [
        "lambda": finite(found.penalty), "factors": .integer(found.factors),
        "certificate": certificate(found.residual),
        "crossValidation": crossValidation(
          found.crossValidation.map { ("lambda", .number($0.penalty), $0.error) }),
        "dropped": .array(found.dropped.map(\.json)),
      ]),
      remark: "with a penalty of \(figures([found.penalty])[0]), which leaves "
        + counted(found.factors, "factor"),
      dropped: found.dropped)
  }

  private init(
    _ effects: CounterfactualEffects, heading: Heading, error: ReplicatedError?, more: JSON,
    remark: String,
    dropped: [Dropped]
  ) {
    let cells = effects.cells.map { cell in
      JSON.object(defined: [
        "unit": .string(cell.unit), "period": .integer(cell.period.number),
        "eventTime": .integer(cell.eventTime.number), "observed": finite(cell.observed),
        "counterfactual": finite(cell.counterfactual), "att": finite(cell.effect),
      ])
    }
    let times = effects.eventTimes.map { time in
      JSON.object(defined: [
        "eventTime": .integer(time.eventTime.number), "att": finite(time.att),
        "cells": .integer(time.cells),
      ])
    }
    let body = JSON.object(defined: [
      "method": .string(heading.method), "eventTime": .array(times), "cells": .array(cells),
    ])
    let overall =
      error?.members(level: heading.level) ?? .object(defined: ["att": finite(effects.att)])
    let rows = effects.eventTimes.map { time in
      ["\(time.eventTime)", figures([time.att])[0], "\(time.cells)"]
    }
    self.init(
      json: body.adding(overall).adding(more), heading: heading,
      parts: [
        "Effect: \(figures([effects.att])[0]), \(remark).",
        table([["event time", "effect", "cells"]] + rows),
      ] + (error.map { [$0.sentences(level: heading.level)] } ?? []), dropped: dropped)
  }

  /// The same report with a test by reassignment after it.
  package func adding(_ test: RandomizationTest?) -> EstimateReport {
    guard let test else { return self }
    return EstimateReport(
      json: json.adding(["randomization": test.json]), text: text + "\n" + test.sentence + "\n")
  }
}

/// What was tried and the error of each; nil when nothing was.
private func crossValidation(_ tried: [(key: String, value: JSON, error: Double)]) -> JSON? {
  tried.isEmpty
    ? nil
    : .array(tried.map { .object(defined: [$0.key: $0.value, "error": finite($0.error)]) })
}
