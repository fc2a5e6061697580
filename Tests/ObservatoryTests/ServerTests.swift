@testable import HTTP
import Documents
import Foundation
import Synchronization
import Testing

@testable import Observatory

/// The server on a real socket, with clients that behave well and badly.
@Suite struct ServerTests {
  private func server(
    _ limits: Server.Limits = Server.Limits(),
    _ respond: @escaping @Sendable (Request) -> Response = { request in
      .text("\(request.method) \(request.path) \(request.body.count)", type: "text/plain")
    }
  ) throws -> Server {
    try Server(host: "127.0.0.1", port: 0, limits: limits) { .ready(respond($0)) }
  }

  @Test func aRequestReachesTheFunctionAndItsResponseTheClient() throws {
    let server = try server { request in
      .text(
        "\(request.path) \(request.query.map { "\($0.name)=\($0.value)" }) "
          + "\(request.headers["x-a"] ?? "")", type: "text/plain")
    }
    defer { server.stop() }
    let client = try Client(port: server.port)
    client.send("GET /a%20b?c=d%26e&f HTTP/1.1\r\nHost: x\r\nX-A: y\r\nConnection: close\r\n\r\n")
    #expect(client.receive().hasSuffix("/a b [\"c=d&e\", \"f=\"] y"))
  }

  @Test func aBodyIsTakenUpToItsLimitAndRefusedBeyond() throws {
    let server = try server()
    defer { server.stop() }
    for (count, expected) in [(Request.Limits.body, "200"), (Request.Limits.body + 1, "413")] {
      let client = try Client(port: server.port)
      client.send(
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \(count)\r\n\r\n")
      client.send(String(repeating: "a", count: count))
      #expect(client.receive().hasPrefix("HTTP/1.1 \(expected)"))
    }
  }

  @Test func malformedRequestsAreRefusedAndTheRestIsServed() throws {
    let server = try server()
    defer { server.stop() }
    for text in [
      "nonsense\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "\0\0\0\0\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 70_000) + "\r\n\r\n",
    ] {
      let client = try Client(port: server.port)
      client.send(text)
      let status = client.receive().split(separator: " ").dropFirst().first.flatMap { Int($0) }
      let isRefused = status.map { (400...599).contains($0) } ?? true
      #expect(isRefused, "\(text.prefix(40))")
    }
    #expect(try Client(port: server.port).get("/").hasPrefix("HTTP/1.1 200"))
  }

  @Test func aClientThatDribblesItsRequestIsCutOffWhileOthersAreServed() throws {
    var limits = Server.Limits()
    limits.request = 1
    let server = try server(limits)
    defer { server.stop() }
    let slow = try (0..<20).map { _ in try Client(port: server.port) }
    for client in slow { client.send("GET / HTTP/1.1\r\nHost: x\r\n") }
    let start = Date.now
    var cut = 0
    while cut < slow.count, Date.now.timeIntervalSince(start) < 20 {
      #expect(try Client(port: server.port).get("/").hasPrefix("HTTP/1.1 200"))
      for client in slow { client.send("X-A: b\r\n") }
      cut = slow.count { $0.isClosed }
      Thread.sleep(forTimeInterval: 0.1)
    }
    #expect(cut == slow.count)
  }

  @Test func moreClientsThanThereIsRoomForAreToldToComeAgain() throws {
    var limits = Server.Limits()
    limits.connections = 8
    let server = try server(limits) { request in
      HTTPProblem.notFound("\(request.path)", advice: "no.").response
    }
    defer { server.stop() }
    let idle = try (0..<8).map { _ in try Client(port: server.port) }
    for client in idle { client.send("GET / HTTP/1.1\r\n") }
    Thread.sleep(forTimeInterval: 0.3)
    let refused = try Client(port: server.port).get("/")
    #expect(refused.hasPrefix("HTTP/1.1 503") && refused.contains("Retry-After: 5"))
    for client in idle { client.close() }
    Thread.sleep(forTimeInterval: 0.5)
    #expect(try Client(port: server.port).get("/").hasPrefix("HTTP/1.1 404"))
  }

  @Test func aRequestInFlightIsFinishedWhenTheServerStops() throws {
    let hasBegun = Atomic(false)
    let server = try server { _ in
      hasBegun.store(true, ordering: .sequentiallyConsistent)
      Thread.sleep(forTimeInterval: 0.5)
      return .text("finished", type: "text/plain")
    }
    let client = try Client(port: server.port)
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    while !hasBegun.load(ordering: .sequentiallyConsistent) { Thread.sleep(forTimeInterval: 0.01) }
    server.stop()
    #expect(client.receive().hasSuffix("finished"))
    #expect(throws: ClientError.self) { try Client(port: server.port) }
  }

  @Test func aServerStopsHoweverOftenOneIsStarted() throws {
    for _ in 0..<200 { try server().stop() }
  }

  @Test func aPortThatIsTakenAndAHostThatIsNoneAreSaid() throws {
    let server = try server()
    defer { server.stop() }
    #expect(throws: ServerError.self) { _ = try bare("127.0.0.1", server.port) }
    #expect(throws: ServerError.noAddress("example")) { _ = try bare("example", 0) }
  }

  private func bare(_ host: String, _ port: Int) throws -> Server {
    try Server(host: host, port: port) { _ in .ready(.text("", type: "text/plain")) }
  }
}

struct ClientError: Error {}

/// A client on a bare socket.
final class Client {
  private let socket: Int32
  private var isOpen = true

  init(port: Int) throws {
    socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
    }
    guard status == 0 else { throw ClientError() }
    var wait = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close() }

  /// A number that is closed twice may be that of another's socket by then.
  func close() {
    guard isOpen else { return }
    isOpen = false
    _ = Foundation.close(socket)
  }

  func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  /// All bytes until the server closes, or those of one response that says how long it is.
  func receive() -> String {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      received += buffer[..<count]
      if isWhole(received) { break }
    }
    return String(decoding: received, as: UTF8.self)
  }

  private func isWhole(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n"),
      let length = text.firstMatch(of: /(?i)content-length: (\d+)/).flatMap({ Int($0.1) })
    else { return false }
    return text[end.upperBound...].utf8.count >= length
  }

  func get(_ path: String) -> String {
    send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    return receive()
  }

  var isClosed: Bool {
    var byte: UInt8 = 0
    return recv(socket, &byte, 1, Int32(MSG_DONTWAIT | MSG_PEEK)) == 0
      || (errno != EAGAIN && errno != EWOULDBLOCK)
  }
}
