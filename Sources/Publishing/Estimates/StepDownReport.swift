import Documents
package import Effects

extension EstimateReport {
  /// Joins the reports of several outcomes, with their p's adjusted for each other when tested.
  package init(
    _ reports: [(outcome: String, report: EstimateReport)], method: String, stepDown: StepDown?
  ) {
    let outcomes = reports.map { outcome, report in
      JSON.object([JSON.Member(key: "outcome", value: .string(outcome))]).adding(report.json)
    }
    let names = reports.map(\.outcome)
    self.init(
      json: .object(defined: [
        "method": .string(method), "outcomes": .array(outcomes),
        "stepDown": stepDown.map { $0.json(names) },
      ]),
      text: (reports.map(\.report.text) + (stepDown.map { [$0.table(names)] } ?? []))
        .joined(separator: "\n"))
  }
}

extension StepDown {
  /// The p's of some outcomes, in their order.
  func json(_ outcomes: [String]) -> JSON {
    .object(defined: [
      "outcomes": .array(
        outcomes.indices.map { place in
          [
            "outcome": .string(outcomes[place]), "p": .number(p[place]),
            "adjustedP": .number(adjusted[place]), "undefined": .integer(undefined[place]),
          ]
        }),
      "assignments": .integer(assignments), "enumerated": .bool(isEnumerated),
      "rejected": .number(rejected),
    ])
  }

  fileprivate func table(_ outcomes: [String]) -> String {
    let rows = outcomes.indices.map { place in
      [outcomes[place]] + figures([p[place], adjusted[place]]) + ["\(undefined[place])"]
    }
    let way = isEnumerated ? "all" : "drawn"
    return "The outcomes together, under \(counted(assignments, "assignment")) (\(way)):\n"
      + Publishing.table([["outcome", "p", "adjusted p", "undefined"]] + rows) + "\n"
  }
}
