import HTTP
import Documents
import Evidence
import Foundation
import Indicators
import Publishing
import Studies

/// The addresses of a study: its answer, what moves it, and its answer under other judgements.
struct StudyRoutes {
  let desk: StudyDesk
  let version: String

  var all: [Route] {
    [
      studies, description, wholeAnswer, recompute, estimate, influence, multiverse,
      specifications, trace,
    ]
  }

  private var study: Study { desk.answer.study }
  var root: String { "/api/v1/studies/\(study.id)" }
  private var judgements: [Route.Parameter] { desk.bounds.parameters }
  private var outcome: Route.Parameter {
    .init("outcome", "One of the study's outcomes.", .word(desk.outcomes))
  }

  private var studies: Route {
    Route(
      listing: "/api/v1/studies", "The studies that are served.", ["id", "question", "estimand"]
    ) { [study] _ in
      [
        [
          "id": .string(study.id), "question": .string(study.question),
          "estimand": .string(study.estimand),
        ]
      ]
    }
  }

  private var description: Route {
    Route(root, "The study: its question, pools, channels and outcomes.", Response(study.json))
  }

  private var wholeAnswer: Route {
    Route(
      "GET", root + "/answer", "The answer as answer.json, under changed judgements if any.",
      parameters: judgements, lane: { [desk] in try desk.lane(of: $0) }
    ) { [desk, version] call in Response(try desk.answer(to: call).json(version: version)) }
  }

  private var recompute: Route {
    Route(
      "POST", root + "/recompute",
      "The answer under a specification: one line of JSON as in the multiverse's tables.",
      parameters: [
        .init(
          "channel", "Only this channel.", .word(study.channels.map(\.id.rawValue)))
      ],
      body: .init(
        "A specification, such as {\"anticipation\": 1, \"draws\": 999}.",
        schema: desk.bounds.schema), lane: { [desk] in try desk.laneOfBody($0) }
    ) { [desk, version] call in
      let specification = try desk.specification(in: call.request.body)
      guard let channel = call["channel"] else {
        return Response(try desk.answer(under: specification).json(version: version))
      }
      return Response(
        desk.answer.json(try desk.channel(ChannelID(channel), under: specification)))
    }
  }

  private var estimate: Route {
    Route(
      "POST", root + "/estimate",
      "The estimate of one outcome under a specification, by any estimator.",
      parameters: [outcome],
      body: .init(
        "A specification, such as {\"method\": \"synthetic-did\", \"draws\": 200}.",
        schema: desk.bounds.schema), lane: { [desk] in try desk.laneOfBody($0) }
    ) { [desk] call in
      guard let outcome = call["outcome"] else {
        throw HTTPProblem.badRequest("outcome is missing; give one in the address.")
      }
      return Response(
        try desk.estimate(of: outcome, under: desk.specification(in: call.request.body)).json)
    }
  }

  private var influence: Route {
    Route(
      "GET", root + "/influence", "The answer without each piece of evidence in turn.",
      parameters: [.init("claim", "Only without this claim, worked out at once.")],
      lane: { $0["claim"] == nil ? nil : .short }
    ) { [desk] call in
      if let claim = call["claim"] { return Response(try desk.influence(of: ClaimID(claim)).json) }
      let (value, share) = try desk.influence.value()
      guard let value else { throw HTTPProblem.unfinished("Influence", share) }
      return Response(value.json)
    }
  }

  private var multiverse: Route {
    Route(
      "GET", root + "/multiverse", "What all defensible choices say of an outcome.",
      parameters: [outcome]
    ) { [desk] call in Response(try desk.multiverse(of: call["outcome"]).json) }
  }

  private var specifications: Route {
    Route(
      listing: root + "/specifications", "The specifications of the multiverse of an outcome.",
      [
        "specification", .init("estimate", "number"), .init("p", "number"),
        .init("treated", "integer"), .init("compared", "integer"),
      ], filters: [outcome]
    ) { [desk] call in
      try desk.multiverse(of: call["outcome"]).points.map { point in
        [
          "specification": .string(point.specification.line), "estimate": .number(point.estimate),
          "p": .number(point.p), "treated": .integer(point.treated),
          "compared": .integer(point.compared),
        ]
      }
    }
  }

  private var trace: Route {
    Route(
      "GET", "/api/v1/trace",
      "What a claim, fact, series value or outcome rests on and moves, as text.",
      parameters: [.init("id", "The id; a series value as variable/actor/period.")],
      types: ["text/plain"]
    ) { [desk] call in
      guard let id = call["id"] else {
        throw HTTPProblem.badRequest("id is missing; name a claim, a fact, an outcome or a value.")
      }
      do {
        return .text(
          try TraceText(desk.answer).text(of: id), type: "text/plain; charset=utf-8")
      } catch let error as PublishingError {
        throw HTTPProblem.notFound("\(error)")
      }
    }
  }
}

extension HTTPProblem {
  /// What is being worked out, and how far it is.
  static func unfinished(_ what: String, _ share: Double) -> HTTPProblem {
    unfinished("\(what) is being worked out: \(Int(share * 100)) % is done")
  }
}

extension Study {
  fileprivate var json: JSON {
    [
      "id": .string(id), "question": .string(question), "estimand": .string(estimand),
      "counterpart": .string(counterpart.rawValue), "named": .strings(named.map(\.rawValue)),
      "treatment": [
        "organisation": .string(treatment.organisation.rawValue),
        "stage": .string(treatment.stage.rawValue),
      ],
      "periods": [.integer(periods.lowerBound), .integer(periods.upperBound)],
      "pools": .array(
        pools.sorted { $0.key < $1.key }.map { name, pool in
          [
            "id": .string(name), "title": .string(pool.title), "note": .string(pool.note),
            "actors": .strings(pool.actors.map(\.rawValue)),
          ]
        }),
      "channels": .array(
        channels.map { channel in
          [
            "id": .string(channel.id.rawValue), "title": .string(channel.title),
            "outcomes": .array(channel.outcomes.map(\.json)),
          ]
        }),
    ]
  }
}

extension Study.Outcome {
  fileprivate var json: JSON {
    .object(defined: [
      "id": .string(id), "title": .string(indicator.title), "unit": .string(indicator.unit),
      "headline": .bool(isHeadline), "pool": .string(pool),
      "smallestEffect": smallestEffect.map(JSON.number),
    ])
  }
}

extension SpecifiedEstimate {
  fileprivate var json: JSON {
    .object(defined: [
      "method": .string(method.rawValue), "treated": .integer(treated),
      "compared": .integer(compared), "undecidable": undecidable.map { .string($0.rawValue) },
      "estimate": estimate.map(JSON.number), "p": p.map(JSON.number),
    ])
  }
}
