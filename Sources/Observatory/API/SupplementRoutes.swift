import HTTP
import Documents
import Evidence
import Publishing
import Scenarios

/// The addresses of what a study shows beyond its answer: scenarios, replays, waits and exposures.
struct SupplementRoutes {
  let desk: SupplementDesk
  let casebook: Casebook
  /// The address of the study.
  let root: String

  var all: [Route] { [scenarios, scenario, replays, outlook, exposures] }

  private var scenarios: Route {
    Route(
      listing: root + "/scenarios", "The scenarios that assume a step of this study.",
      ["id", "title", .init("draws", "integer")]
    ) { [desk] _ in
      try desk.projections().map { projection in
        [
          "id": .string(projection.scenario.id), "title": .string(projection.scenario.title),
          "draws": .integer(projection.scenario.draws),
        ]
      }
    }
  }

  private var scenario: Route {
    Route(
      "GET", root + "/scenarios/{id}",
      "A scenario: each outcome without and with the step, with bands, or why nothing is drawn."
    ) { [desk, casebook] call in
      if let problem = desk.problem(withScenario: call["id"] ?? "") {
        throw HTTPProblem.notFound("The scenario's file is wrong", advice: problem)
      }
      let projections = try desk.projections()
      guard let found = projections.first(where: { $0.scenario.id == call["id"] }) else {
        throw HTTPProblem.notFound(
          "No scenario of this study has this id", advice: "see the list of scenarios.")
      }
      return Response(found.json(in: casebook))
    }
  }

  private var replays: Route {
    Route("GET", root + "/replays", "Past steps drawn from earlier data, against what came.") {
      [desk] _ in Response(try desk.replays().json)
    }
  }

  private var outlook: Route {
    Route(
      "GET", root + "/outlook",
      "How long states stood on each stage of the ladder, who waits, and what stands in the way."
    ) { [desk, casebook] _ in Response(try desk.waits().json(in: casebook)) }
  }

  private var exposures: Route {
    Route(
      "GET", root + "/exposures",
      "What ties states to the power, what a call-in of the debts would ask, and the watch list.",
      parameters: [
        .init(
          "year", "The year to look at (default: that of the last record).", .whole(1000...2999))
      ] + desk.parameters.relief(of: desk.debts) + PageParameters.weights
    ) { [desk] call in
      let problems =
        Relief.problems(in: call.accepted) + WatchWeights.problems(in: call.accepted)
      guard problems.isEmpty else { throw HTTPProblem.badRequest(problems) }
      return Response(
        try desk.exposures(
          in: call.number("year"), relief: Relief(call.accepted),
          weights: WatchWeights(call.accepted)
        ).json)
    }
  }
}
