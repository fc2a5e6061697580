package import Documents
public import Evidence
public import Scenarios

extension Outlook {
  /// The JSON of the outlook as text, with what stands in the way of whom in a casebook.
  public func jsonText(in casebook: Casebook) -> String { json(in: casebook).text(indented: true) }

  /// The outlook as it is published; `Documentation/Outputs.md` says what the keys mean.
  package func json(in casebook: Casebook) -> JSON {
    [
      "organisation": .string(organisation.rawValue), "asKnownOn": .string("\(asKnownOn)"),
      "stages": .array(stages.map(\.json)),
      "obstructed": .array(
        casebook.obstructed(organisation).map { actor, obstacles in
          ["actor": .string(actor.rawValue), "obstacles": .array(obstacles.map(\.json))]
        }),
    ]
  }
}

extension Outlook.StageWait {
  fileprivate var json: JSON {
    .object(defined: [
      "stage": .string(stage.rawValue), "median": curve.median.map(JSON.number),
      "curve": .array(curve.steps.map(\.json)),
      "spells": .array(
        spells.map { spell in
          // Of a wait that lasts, the share that stood there longer.
          spell.json.adding(
            .object(defined: [
              "longer": spell.wait.hasEnded
                ? .none : .some(.number(curve.survival(after: spell.wait.length)))
            ]))
        }),
    ])
  }
}

extension KaplanMeier.Step {
  fileprivate var json: JSON {
    [
      "years": .number(time), "atRisk": .integer(atRisk), "ended": .integer(ended),
      "survival": .number(survival), "low": .number(interval.lowerBound),
      "high": .number(interval.upperBound),
    ]
  }
}

extension Outlook.Spell {
  fileprivate var json: JSON {
    .object(defined: [
      "actor": .string(actor.rawValue), "since": .string("\(since)"),
      "years": .number(wait.length), "hasEnded": .bool(wait.hasEnded),
      "next": next.map { next in
        ["stage": .string(next.stage.rawValue), "from": .string("\(next.from)")]
      }, "claims": .strings(claims.map(\.rawValue)),
    ])
  }
}

extension Obstacle {
  fileprivate var json: JSON {
    [
      "kind": .string(kind.name), "holder": .string(holder.rawValue),
      "statement": .string(statement), "claim": .string(claim.rawValue),
    ]
  }
}
