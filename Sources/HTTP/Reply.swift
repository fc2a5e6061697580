/// What a server gets for a request: the response, or the work that makes it.
public enum Reply: Sendable {
  case ready(Response)
  /// The work looks now and then whether anybody still waits for it.
  case work(Lane, @Sendable (_ isWanted: @escaping @Sendable () -> Bool) -> Response)

  /// How long work takes: what takes long does not hold up what does not.
  public enum Lane: Hashable, Sendable, CaseIterable {
    /// A second or so.
    case short
    /// Up to minutes.
    case long
  }
}
