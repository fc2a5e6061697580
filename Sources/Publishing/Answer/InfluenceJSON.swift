package import Documents
import Evidence
public import Studies

extension Influence {
  /// The JSON of the influence as text.
  public var text: String { json.text(indented: true) }

  /// The influence as it is published: the key `influence` of `answer.json`.
  package var json: JSON {
    .object(defined: [
      "draws": draws.map(JSON.integer),
      "outcomes": .array(outcomes.map(\.json)),
    ])
  }
}

extension Influence.OutcomeInfluence {
  fileprivate var json: JSON {
    [
      "channel": .string(channel.rawValue), "outcome": .string(outcome),
      "headline": .bool(isHeadline), "whole": whole.json,
      "parts": .array(
        parts.map { part in
          [
            "kind": .string(part.kind.rawValue), "name": .string(part.name),
            "without": part.without.json,
          ]
        }),
      "unmoved": .object(defined: [
        "claim": count(.claim), "source": count(.source), "coder": count(.coder),
        "state": count(.state), "period": count(.period),
      ]),
      "flips": .array(
        flips.map { set in
          [
            "kind": .string(set.kind.rawValue), "names": .strings(set.names),
            "flip": .string(set.flip.rawValue), "smallest": .bool(set.isSmallest),
            "without": set.without.json,
          ]
        }),
    ]
  }
}

extension Influence.OutcomeInfluence {
  fileprivate func count(_ kind: Influence.PartKind) -> JSON? { unmoved[kind].map(JSON.integer) }
}

extension Influence.Standing {
  var json: JSON {
    .object(defined: [
      "att": estimate.map(JSON.number), "p": p.map(JSON.number),
      "verdict": verdict.map { .string($0.rawValue) },
    ])
  }
}
