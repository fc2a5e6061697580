import Documents
import Foundation
import Synchronization

/// One request while it comes in, until its response is sent.
final class Exchange: Sendable {
  private let state = Mutex(State())

  private struct State {
    var method = ""
    var path = ""
    var body: [UInt8] = []
    var isTooLarge = false
    var response: Response?
    var stage = Stage.addressed
  }

  /// How far a request has come.
  enum Stage {
    /// Its address is there.
    case addressed
    /// Its headers are there; what follows is its body.
    case arriving
    /// Its response is being made.
    case begun
    /// Its response is on its way.
    case answered
  }

  var stage: Stage { state.withLock { $0.stage } }
  var isTooLarge: Bool { state.withLock { $0.isTooLarge } }

  func arrive(_ method: String, _ path: String) {
    state.withLock { state in
      state.method = method
      state.path = path
      state.stage = .arriving
    }
  }

  func begin() { state.withLock { $0.stage = .begun } }
  func markAnswered() { state.withLock { $0.stage = .answered } }

  /// The response that was worked out; nil as long as it is not there.
  var response: Response? {
    get { state.withLock { $0.response } }
    set { state.withLock { $0.response = newValue } }
  }

  /// Keeps the next bytes of the body.
  ///
  /// What is too long is read to its end and thrown away, so that the client gets its problem; a client
  /// that never ends is cut off by the clock.
  func append(_ bytes: UnsafeRawBufferPointer) {
    let bytes = Array(bytes)
    state.withLock { state in
      state.isTooLarge = state.isTooLarge || state.body.count + bytes.count > Request.Limits.body
      if state.isTooLarge { state.body = [] } else { state.body += bytes }
    }
  }

  /// The request, with what the library read of its address and headers.
  func request(query: [Request.Argument], headers: [Request.Argument]) -> Request {
    let named = headers.map { ($0.name.lowercased(), $0.value) }
    return state.withLock { state in
      Request(
        state.method, state.path, query: query,
        headers: Dictionary(named, uniquingKeysWith: { "\($0), \($1)" }), body: state.body)
    }
  }
}
