/// Why an answer could not be published.
public enum PublishingError: Error, Hashable, CustomStringConvertible {
  /// The chart library that set-up makes is not there.
  case noChartBundle(path: String)
  /// A style sheet or script of the pages is not there.
  case noPageFile(path: String)
  /// Nothing in the casebook or the answer has this name.
  case unknownID(String, nearest: [String])

  public var description: String {
    switch self {
    case .noChartBundle(let path):
      "\(path) is missing, so the dossier would have no pictures; run `make set-up`, which makes it."
    case .noPageFile(let path):
      "\(path) is missing; run fulcrum from a complete copy of the project."
    case .unknownID(let id, let nearest):
      "‘\(id)’ is not a claim, fact, series value (variable/actor/period) or outcome"
        + (nearest.isEmpty
          ? "; `fulcrum answer` lists the outcomes, claims.csv the claims."
          : "; did you mean \(alternatives(nearest))?")
    }
  }
}
