import Evidence
import Studies

extension Answer {
  /// What a reader calls an actor; its id when the casebook has no such actor.
  func name(_ actor: some CustomStringConvertible) -> String {
    casebook.name(of: ActorID(rawValue: actor.description))
  }
}
