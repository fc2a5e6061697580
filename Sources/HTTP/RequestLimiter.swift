internal import CMicroHTTPD
import Foundation
import Synchronization

/// Takes requests from the library piece by piece, and hands responses back.
final class RequestLimiter: Sendable {
  private let limits: Server.Limits
  private let respond: @Sendable (Request) -> Reply
  private let lanes: [Reply.Lane: WorkLane]
  private let state = Mutex(State())

  private struct State {
    /// The open sockets, and until when each may keep a request or a response waiting.
    var deadlines: [Int32: Date] = [:]
    /// Requests whose response is being made, and those whose response has not gone yet.
    var working = 0
    var inFlight = 0
    /// What is worked out while its connection sleeps.
    var pieces: [ObjectIdentifier: WorkPiece] = [:]
    var isClosed = false
  }

  init(limits: Server.Limits, respond: @escaping @Sendable (Request) -> Reply) {
    self.limits = limits
    self.respond = respond
    lanes = [.short: WorkLane(limits.short), .long: WorkLane(limits.long)]
  }

  /// Whether a response is being made or has not gone yet.
  var isBusy: Bool { state.withLock { $0.inFlight > 0 } }
  /// Whether a response is being made.
  var isWorking: Bool { state.withLock { $0.working > 0 } }

  func close() { state.withLock { $0.isClosed = true } }

  /// Stops all that is worked out.
  func cancelWork() { state.withLock { $0.pieces.values.forEach { $0.cancel() } } }

  /// Cuts off, some times a second, the clients that are too slow, and the work for those who are gone.
  func watch() {
    let thread = Thread { [weak self] in
      while let self, !self.look() { Thread.sleep(forTimeInterval: 0.25) }
    }
    thread.start()
  }

  /// Shuts the sockets whose time is over; true once the server is closed.
  private func look() -> Bool {
    state.withLock { state in
      let now = Date.now
      for (socket, deadline) in state.deadlines where deadline < now {
        shutdown(socket, Int32(SHUT_RDWR))
        state.deadlines[socket] = nil
      }
      for piece in state.pieces.values where http_is_gone(piece.socket) != 0 { piece.cancel() }
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
    exchange.begin()
    state.withLock { state in
      state.deadlines[socket] = .distantFuture
      state.inFlight += 1
      state.working += 1
    }
  }

  /// A response has gone or its client has.
  fileprivate func finished(_ exchange: Exchange) {
    let stage = exchange.stage
    state.withLock { state in
      if stage == .begun { state.working -= 1 }
      if stage == .begun || stage == .answered { state.inFlight -= 1 }
    }
  }

  /// Takes the method and the headers of a request; what cannot be read is refused at once.
  fileprivate func take(
    headersOf connection: OpaquePointer, _ exchange: Exchange, version: String
  ) -> MHD_Result {
    let framing = Framing(headers: pairs(of: connection, .HEADER_KIND), version: version)
    guard let problem = framing.problem else { return .YES }
    begin(exchange, http_socket(connection))
    // What follows on the connection may be a part of the body: nothing of it is read.
    return send(problem.response.adding("Connection", "close"), exchange, connection)
  }

  /// Takes the next bytes of a request; none means that it has come whole, or that its response is there.
  fileprivate func take(
    _ connection: OpaquePointer, _ exchange: Exchange, upload: UnsafeRawBufferPointer
  ) -> MHD_Result {
    guard upload.isEmpty else {
      exchange.append(upload)
      return .YES
    }
    if exchange.stage == .begun {
      // The library asks once more before it puts the connection to sleep.
      guard let response = exchange.response else { return .YES }
      return send(response, exchange, connection)
    }
    begin(exchange, http_socket(connection))
    switch reply(connection, exchange) {
    case .ready(let response): return send(response, exchange, connection)
    case .work(let lane, let work):
      workOut(work, in: lane, for: exchange, connection)
      return .YES
    }
  }

  private func send(
    _ response: Response, _ exchange: Exchange, _ connection: OpaquePointer
  ) -> MHD_Result {
    let deadline = Date(timeIntervalSinceNow: TimeInterval(limits.response))
    exchange.markAnswered()
    state.withLock { state in
      state.deadlines[http_socket(connection)] = deadline
      state.working -= 1
    }
    return response.send(on: connection)
  }

  private func reply(_ connection: OpaquePointer, _ exchange: Exchange) -> Reply {
    guard !isFull else { return .ready(HTTPProblem.busy.response.adding("Connection", "close")) }
    guard !exchange.isTooLarge else { return .ready(HTTPProblem.tooLarge.response) }
    return respond(
      exchange.request(
        query: pairs(of: connection, .GET_ARGUMENT_KIND),
        headers: pairs(of: connection, .HEADER_KIND)))
  }

  /// Puts a connection to sleep until its response is worked out.
  private func workOut(
    _ work: @escaping @Sendable (@escaping @Sendable () -> Bool) -> Response,
    in lane: Reply.Lane, for exchange: Exchange, _ connection: OpaquePointer
  ) {
    let sleeping = SleepingConnection(pointer: connection)
    let piece = WorkPiece(for: http_socket(connection), work) { [self] piece, response in
      state.withLock { $0.pieces[ObjectIdentifier(piece)] = nil }
      exchange.response = response
      MHD_resume_connection(sleeping.pointer)
    }
    state.withLock { $0.pieces[ObjectIdentifier(piece)] = piece }
    MHD_suspend_connection(connection)
    guard lanes[lane]?.take(piece) != true else { return }
    piece.refuse(HTTPProblem.occupied.response)
  }
}

/// A connection that the library leaves alone until it is woken, from any thread.
private struct SleepingConnection: @unchecked Sendable { let pointer: OpaquePointer }

/// The headers or arguments of a connection; text after a zero byte is kept as it came.
private func pairs(of connection: OpaquePointer, _ kind: MHD_ValueKind) -> [Request.Argument] {
  var found: [Request.Argument] = []
  withUnsafeMutablePointer(to: &found) { list in
    _ = MHD_get_connection_values_n(
      connection, kind,
      { list, _, name, nameSize, value, valueSize in
        func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
          String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
        }
        guard name != nil else { return .YES }
        list?.assumingMemoryBound(to: [Request.Argument].self).pointee.append(
          Request.Argument(
            name: text(name, nameSize), value: text(value, value == nil ? 0 : valueSize)))
        return .YES
      }, list)
  }
  return found
}

// MARK: What the library calls, on its own threads

private func limiter(_ context: UnsafeMutableRawPointer?) -> RequestLimiter? {
  context.map { Unmanaged<RequestLimiter>.fromOpaque($0).takeUnretainedValue() }
}

private func exchange(_ known: UnsafeMutableRawPointer) -> Exchange {
  Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
}

/// Called with the address of a request, before the library takes it apart.
///
/// The library has no room for the parts of an address that has thousands, and would keep its client
/// waiting: such a client is told here, and its connection shut.
let noteAddress:
  @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) ->
    UnsafeMutableRawPointer? = { _, address, connection in
      if let address, let connection, hasTooMuch(address) {
        refuse(http_socket(connection), .tooLong)
      }
      return Unmanaged.passRetained(Exchange()).toOpaque()
    }

/// Whether an address is longer than any that is taken, or has more arguments.
private func hasTooMuch(_ address: UnsafePointer<CChar>) -> Bool {
  let bytes = UnsafeRawBufferPointer(start: address, count: strlen(address))
  // Three bytes may stand for one.
  return bytes.count > 3 * Request.Limits.address
    || bytes.count { $0 == UInt8(ascii: "&") } > Request.Limits.arguments
}

/// Writes a problem on a socket past the library, and shuts it.
private func refuse(_ socket: Int32, _ problem: HTTPProblem) {
  let response = problem.response.adding("Connection", "close")
  let bytes = response.wireForm(problem.title)
  _ = bytes.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  shutdown(socket, Int32(SHUT_RDWR))
}

/// Called once for a request's headers, then for each piece of its body, then for its end.
let handleRequest: MHD_AccessHandlerCallback = {
  context, connection, path, method, version, upload, size, slot in
  guard let limiter = limiter(context), let connection, let size, let known = slot?.pointee else {
    return .NO
  }
  let exchange = exchange(known)
  guard exchange.stage != .addressed else {
    exchange.arrive(
      method.map { String(cString: $0) } ?? "", path.map { String(cString: $0) } ?? "")
    return limiter.take(
      headersOf: connection, exchange, version: version.map { String(cString: $0) } ?? "")
  }
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
