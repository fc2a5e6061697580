import Documents
package import Effects

extension EstimateReport {
  /// Reports how far parallel trends may fail.
  package init(_ bounds: HonestBounds, _ sensitivity: HonestSensitivity, heading: Heading) {
    let body = JSON.object(defined: [
      "restriction": .string(sensitivity.restriction.rawValue),
      "estimate": finite(bounds.estimate), "se": finite(bounds.standardError),
      "bounds": .array(
        bounds.bounds.map { bound in
          .object(defined: [
            "m": .number(bound.m), "lower": finite(bound.lower), "upper": finite(bound.upper),
          ])
        }),
      "breakdown": finite(bounds.breakdown),
    ])
    let rows = bounds.bounds.map { bound in
      [plainFigure(bound.m)] + figures([bound.lower, bound.upper])
    }
    let loss = bounds.breakdown.map { "The sign is lost from m = \(figures([$0])[0])." }
    self.init(
      json: body, heading: heading,
      parts: [
        "Effect: \(figures([bounds.estimate])[0]), error \(figures([bounds.standardError])[0]).",
        table([["m", "lower", "upper"]] + rows), loss ?? "No m loses the sign.",
      ], dropped: [])
  }
}
