@testable import HTTP
import Documents
import Foundation
import Synchronization
import Testing

@testable import Observatory

/// What takes long: who waits for it, and what is kept of it.
@Suite struct WorkTests {
  private let plain = Response.text("done", type: "text/plain")

  /// A server all of whose requests for `/long` wait until they are let go or stopped.
  private func server(_ gate: Gate) throws -> Server {
    var limits = Server.Limits()
    limits.long = WorkLane.Limits(running: 1, waiting: 2)
    return try Server(host: "127.0.0.1", port: 0, limits: limits) { [plain] request in
      guard request.path == "/long" else { return .ready(plain) }
      return .work(.long) { isWanted in
        gate.begun.add(1, ordering: .relaxed)
        while isWanted(), !gate.isOpen.load(ordering: .acquiring) {
          Thread.sleep(forTimeInterval: 0.01)
        }
        if !isWanted() { gate.stopped.add(1, ordering: .relaxed) }
        return plain
      }
    }
  }

  private func asking(_ server: Server) throws -> Client {
    let client = try Client(port: server.port)
    client.send("GET /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    return client
  }

  private func wait(until isTrue: () -> Bool) {
    for _ in 0..<1000 where !isTrue() { Thread.sleep(forTimeInterval: 0.01) }
  }

  @Test func whatTakesLongWaitsInItsOwnLaneAndMoreIsToldToComeAgain() throws {
    let gate = Gate()
    let server = try server(gate)
    defer { server.stop() }
    let clients = try (0..<8).map { _ in
      defer { Thread.sleep(forTimeInterval: 0.05) }
      return try asking(server)
    }
    for _ in 0..<20 {
      #expect(try Client(port: server.port).get("/").hasPrefix("HTTP/1.1 200"))
    }
    gate.isOpen.store(true, ordering: .releasing)
    let received = clients.map { $0.receive() }
    #expect(received.count { $0.hasPrefix("HTTP/1.1 200") && $0.hasSuffix("done") } == 3)
    let refused = received.filter { $0.hasPrefix("HTTP/1.1 503") }
    #expect(refused.count == 5 && refused.allSatisfy { $0.contains("Retry-After: 10") })
  }

  @Test func theWorkOfAClientWhoHasGoneStops() throws {
    let gate = Gate()
    let server = try server(gate)
    defer { server.stop() }
    let client = try asking(server)
    wait { gate.begun.load(ordering: .relaxed) == 1 }
    client.close()
    wait { gate.stopped.load(ordering: .relaxed) == 1 }
    #expect(gate.stopped.load(ordering: .relaxed) == 1)
  }

  @Test func aServerStopsTheWorkThatItsClientsWaitFor() throws {
    let gate = Gate()
    let server = try server(gate)
    let clients = try (0..<3).map { _ in try asking(server) }
    wait { gate.begun.load(ordering: .relaxed) == 1 }
    #expect(server.stop(patience: 0.2))
    #expect(clients.allSatisfy { !$0.receive().contains("500") })
  }

  @Test func fewFilesAreForFewConnections() throws {
    let few = try Server.Limits().fitted(toFiles: 34)
    #expect(few.connections + few.refusals + 2 * few.threads + 12 <= 34 && few.connections > 4)
    #expect(throws: ServerError.self) { try Server.Limits().fitted(toFiles: 12) }
    #expect(try Server.Limits().fitted(toFiles: 4_000) == Server.Limits())
  }

  // MARK: The cache

  private func call(_ accept: String, path: String = "/x") throws -> Call {
    let route = Route("GET", "/x", "", types: ["application/json", "text/csv"]) { _ in plain }
    return try Call(Request("GET", path, headers: ["accept": accept]), to: route, path: [:])
  }

  @Test func whatAClientInventsIsNoKeyOfTheCache() throws {
    let first = try ResponseCache.Key(call("text/csv"))
    for accept in [
      "text/csv;q=0.5", "text/*, a/b", "text/csv, " + String(repeating: "x", count: 9000),
    ] {
      #expect(try ResponseCache.Key(call(accept)) == first, "\(accept.prefix(20))")
    }
    #expect(try ResponseCache.Key(call("text/csv", path: "//x/")) == first)
    let other = try ResponseCache.Key(call("application/json"))
    #expect(other != first)
  }

  @Test func theCacheStaysWithinItsBytes() throws {
    let cache = ResponseCache(limit: 100_000)
    for n in 0..<500 {
      cache[try ResponseCache.Key(call("*/*", path: "/\(n)"))] = Response.text(
        String(repeating: "a", count: 5_000), type: "text/plain")
      #expect(cache.bytes <= 100_000)
    }
    #expect(cache.bytes > 10_000)
    cache[try ResponseCache.Key(call("*/*", path: "/long"))] = Response.text(
      String(repeating: "a", count: 50_000), type: "text/plain")
    #expect(try cache[ResponseCache.Key(call("*/*", path: "/long"))] == nil)
  }
}

/// What lets work go, and how much of it was stopped.
private final class Gate: Sendable {
  let isOpen = Atomic(false)
  let begun = Atomic(0)
  let stopped = Atomic(0)
}
