internal import CMicroHTTPD
import Foundation
import Synchronization

/// Takes requests from the library piece by piece, and hands responses back.
final class RequestLimiter: Sendable {
  private let limits: Server.Limits
  private let respond: @Sendable (Request) -> Response
  private let state = Mutex(State())

  /// The open sockets, and until when each may keep a request or a response waiting.
  private struct State {
    var deadlines: [Int32: Date] = [:]
    var inFlight = 0
    var isClosed = false
  }

  init(limits: Server.Limits, respond: @escaping @Sendable (Request) -> Response) {
    self.limits = limits
    self.respond = respond
  }

  var isBusy: Bool { state.withLock { $0.inFlight > 0 } }

  func close() { state.withLock { $0.isClosed = true } }

  /// Cuts off, once a second, the clients that are too slow.
  func watch() {
    let thread = Thread { [weak self] in
      while let self, !self.cutSlow() { Thread.sleep(forTimeInterval: 1) }
    }
    thread.start()
  }

  /// Shuts the sockets whose time is over; true once the server is closed.
  private func cutSlow() -> Bool {
    state.withLock { state in
      let now = Date.now
      for (socket, deadline) in state.deadlines where deadline < now {
        shutdown(socket, Int32(SHUT_RDWR))
        state.deadlines[socket] = nil
      }
      return state.isClosed
    }
  }

  /// A connection is there, or ready for its next request.
  func await(_ socket: Int32) {
    let deadline = Date(timeIntervalSinceNow: TimeInterval(limits.request))
    state.withLock { $0.deadlines[socket] = deadline }
  }

  func forget(_ socket: Int32) { state.withLock { $0.deadlines[socket] = nil } }

  private var isFull: Bool { state.withLock { $0.deadlines.count > limits.connections } }

  private func begin(_ exchange: Exchange, _ socket: Int32) {
    exchange.hasBegun = true
    state.withLock { state in
      state.deadlines[socket] = .distantFuture
      state.inFlight += 1
    }
  }

  private func allowSending(_ socket: Int32) {
    let deadline = Date(timeIntervalSinceNow: TimeInterval(limits.response))
    state.withLock { $0.deadlines[socket] = deadline }
  }

  /// A response has gone or its client has.
  fileprivate func finished(_ exchange: Exchange) {
    guard exchange.hasBegun else { return }
    state.withLock { $0.inFlight -= 1 }
  }

  /// Takes the next bytes of a request; none means that it has come whole.
  fileprivate func take(
    _ connection: OpaquePointer, _ exchange: Exchange, upload: UnsafeRawBufferPointer
  ) -> MHD_Result {
    guard upload.isEmpty else {
      exchange.append(upload)
      return .YES
    }
    let socket = http_socket(connection)
    begin(exchange, socket)
    let response = answer(connection, exchange)
    allowSending(socket)
    return response.send(on: connection)
  }

  private func answer(_ connection: OpaquePointer, _ exchange: Exchange) -> Response {
    guard !isFull else { return HTTPProblem.busy.response.adding("Connection", "close") }
    guard !exchange.isTooLarge else { return HTTPProblem.tooLarge.response }
    let headers = pairs(of: connection, .HEADER_KIND).map { ($0.name.lowercased(), $0.value) }
    let request = Request(
      exchange.method, exchange.path, query: pairs(of: connection, .GET_ARGUMENT_KIND),
      headers: Dictionary(headers, uniquingKeysWith: { "\($0), \($1)" }), body: exchange.body)
    return respond(request)
  }
}

/// One request while it comes in.
private final class Exchange {
  let method: String
  let path: String
  private(set) var body: [UInt8] = []
  private(set) var isTooLarge = false
  var hasBegun = false

  init(method: String, path: String) {
    self.method = method
    self.path = path
  }

  /// Keeps the next bytes of the body.
  ///
  /// What is too long is read to its end and thrown away, so that the client gets its problem; a client
  /// that never ends is cut off by the clock.
  func append(_ bytes: UnsafeRawBufferPointer) {
    isTooLarge = isTooLarge || body.count + bytes.count > Request.Limits.body
    if isTooLarge { body = [] } else { body.append(contentsOf: bytes) }
  }
}

/// The headers or arguments of a connection.
private func pairs(of connection: OpaquePointer, _ kind: MHD_ValueKind) -> [Request.Argument] {
  var found: [Request.Argument] = []
  withUnsafeMutablePointer(to: &found) { list in
    _ = MHD_get_connection_values(
      connection, kind,
      { list, _, name, value in
        guard let name else { return .YES }
        list?.assumingMemoryBound(to: [Request.Argument].self).pointee.append(
          Request.Argument(
            name: String(cString: name), value: value.map { String(cString: $0) } ?? ""))
        return .YES
      }, list)
  }
  return found
}

// MARK: What the library calls, on its own threads

private func limiter(_ context: UnsafeMutableRawPointer?) -> RequestLimiter? {
  context.map { Unmanaged<RequestLimiter>.fromOpaque($0).takeUnretainedValue() }
}

/// Called once for a request's headers, then for each piece of its body, then for its end.
let handleRequest: MHD_AccessHandlerCallback = {
  context, connection, path, method, _, upload, size, slot in
  guard let limiter = limiter(context), let connection, let slot, let size else { return .NO }
  guard let known = slot.pointee else {
    let exchange = Exchange(
      method: method.map { String(cString: $0) } ?? "",
      path: path.map { String(cString: $0) } ?? "")
    slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
    return .YES
  }
  let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
  let bytes = UnsafeRawBufferPointer(start: upload, count: size.pointee)
  size.pointee = 0
  return limiter.take(connection, exchange, upload: bytes)
}

let finishRequest: MHD_RequestCompletedCallback = { context, connection, slot, _ in
  guard let limiter = limiter(context), let slot, let known = slot.pointee else { return }
  limiter.finished(Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue())
  slot.pointee = nil
  if let connection { limiter.await(http_socket(connection)) }
}

let noteConnection: MHD_NotifyConnectionCallback = { context, connection, _, what in
  guard let limiter = limiter(context), let connection else { return }
  let socket = http_socket(connection)
  if what == .CONNECTION_NOTIFY_STARTED { limiter.await(socket) } else { limiter.forget(socket) }
}
