import Documents
import Synchronization

/// Responses that stay the same, by what they depend on; bounded in bytes.
package final class ResponseCache: Sendable {
  private let state = Mutex(State())
  private let limit: Int

  /// What a response depends on: the route's own reading of a request, and nothing else that a client sends.
  package struct Key: Hashable {
    private let path: String
    private let arguments: [AddressArgument]
    private let type: String
    private let isPacked: Bool

    package init(_ call: Call) {
      path = call.request.path.split(separator: "/").joined(separator: "/")
      arguments = call.accepted
      type = call.type
      isPacked = call.request.acceptsGzip
    }

    fileprivate var bytes: Int {
      arguments.reduce(path.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count + 64 }
    }
  }

  private struct State {
    var responses: [Key: Response] = [:]
    var bytes = 0
  }

  package init(limit: Int = 48 << 20) { self.limit = limit }

  package var bytes: Int { state.withLock { $0.bytes } }

  package subscript(key: Key) -> Response? {
    get { state.withLock { $0.responses[key] } }
    set {
      guard let newValue else { return }
      let bytes = newValue.keptBytes + key.bytes
      guard bytes < limit / 4 else { return }
      state.withLock { state in
        // To start over is rare, and plainer than to know which were used last.
        if state.bytes + bytes > limit { state = State() }
        guard state.responses.updateValue(newValue, forKey: key) == nil else { return }
        state.bytes += bytes
      }
    }
  }
}

extension Response {
  /// What it takes to keep the response: its own bytes, and once more those in the library's form.
  fileprivate var keptBytes: Int {
    let headers = headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 64 }
    return 2 * (body.count + headers) + 1_000
  }
}
