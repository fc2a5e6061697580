import Synchronization

/// Responses that stay the same, by what was asked for; bounded in bytes.
package final class ResponseCache: Sendable {
  private let state = Mutex(State())
  private let limit: Int

  /// What a response depends on.
  package struct Key: Hashable {
    package let path: String
    package let query: [Request.Argument]
    package let accept: String?
    package let isPacked: Bool

    package init(_ request: Request) {
      path = request.path
      query = request.query
      accept = request.headers["accept"]
      isPacked = request.acceptsGzip
    }
  }

  private struct State {
    var responses: [Key: Response] = [:]
    var bytes = 0
  }

  package init(limit: Int = 64 << 20) { self.limit = limit }

  package subscript(key: Key) -> Response? {
    get { state.withLock { $0.responses[key] } }
    set {
      guard let newValue, newValue.body.count < limit / 4 else { return }
      state.withLock { state in
        // Beginning anew is rare, and plainer than to know which were used last.
        if state.bytes + newValue.body.count > limit { state = State() }
        guard state.responses.updateValue(newValue, forKey: key) == nil else { return }
        state.bytes += newValue.body.count + 1_000
      }
    }
  }
}
