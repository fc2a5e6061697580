import Documents
import Evidence
public import Studies

extension AnswerDifference {
  /// The JSON of the difference as text: a waterfall for each channel.
  public func text(from: String, to: String) -> String {
    let json: JSON = [
      "from": .string(from), "to": .string(to), "channels": .array(channels.map(\.json)),
    ]
    return json.text(indented: true)
  }
}

extension AnswerDifference.Channel {
  fileprivate var json: JSON {
    .object(defined: [
      "id": .string(id.rawValue), "title": .string(title), "outcome": .string(outcome),
      "before": before.json, "after": after.json,
      "change": before.estimate.flatMap { before in
        after.estimate.map { .number($0 - before) }
      }, "steps": .array(steps.map(\.json)),
    ])
  }
}

extension AnswerDifference.Step {
  fileprivate var json: JSON {
    .object(defined: [
      "kind": .string(kind.rawValue), "records": .integer(records), "values": .integer(values),
      "before": before.json, "after": after.json, "part": part.map(JSON.number),
    ])
  }
}
