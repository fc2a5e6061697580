package import Documents
import Evidence
public import Scenarios

extension [Replay] {
  /// The JSON of the replays as text.
  public var jsonText: String { json.text(indented: true) }

  /// The replays as they are published; `Documentation/Outputs.md` says what the keys mean.
  package var json: JSON { ["replays": .array(map(\.json))] }
}

extension Replay {
  fileprivate var json: JSON {
    let head: JSON = [
      "outcome": .string(outcome), "actor": .string(actor.rawValue), "year": .integer(event),
    ]
    switch result {
    case .notReplayable(let refusal):
      return head.adding(["notReplayable": .string(refusal.text)])
    case .scored(let score): return head.adding(score.json)
    }
  }
}

extension Replay.Score {
  fileprivate var json: JSON {
    [
      "from": .integer(years.lowerBound), "to": .integer(years.upperBound),
      "years": .integer(count), "crps": .number(crps), "naive": .number(naive),
      "in50": .integer(covered.half), "in80": .integer(covered.eighty),
      "in95": .integer(covered.ninetyFive),
    ]
  }
}
