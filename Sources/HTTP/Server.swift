internal import CMicroHTTPD
public import Foundation
import Synchronization

/// A server on one address that asks a function for every response.
///
/// The function is called on several threads at once.
public final class Server: Sendable {
  private let daemon: Handle
  private let limiter: RequestLimiter
  public let host: String
  public let port: Int

  /// What a server allows; a client that wants more is refused or cut off.
  public struct Limits: Hashable, Sendable {
    public var threads = 2 * ProcessInfo.processInfo.activeProcessorCount
    /// Clients beyond them are told to come again.
    public var connections = 512
    /// Clients beyond both are cut off.
    public var refusals = 128
    /// Seconds without a byte.
    public var silence = 10
    /// Seconds that a request may take to come in whole.
    public var request = 15
    /// Seconds that a client may take to read a response.
    public var response = 60

    public init() {}
  }

  /// Starts to listen; port 0 takes a free one.
  ///
  /// - Throws: `ServerError.unusable` when the host is no address or the port is taken.
  public init(
    host: String, port: Int, limits: Limits = Limits(),
    respond: @escaping @Sendable (Request) -> Response
  ) throws {
    let address = try SocketAddress(host: host, port: port)
    limiter = RequestLimiter(limits: limits, respond: respond)
    let context = Unmanaged.passUnretained(limiter).toOpaque()
    let started = address.withSockaddr { address in
      var settings = http_settings()
      settings.address = address
      settings.threads = UInt32(limits.threads)
      settings.connections = UInt32(limits.connections + limits.refusals)
      settings.timeout = UInt32(limits.silence)
      settings.memory = Request.Limits.memory
      settings.context = context
      settings.handler = handleRequest
      settings.completed = finishRequest
      settings.connected = noteConnection
      return http_start(&settings)
    }
    guard let started else {
      throw ServerError.unusable(host: host, port: port, reason: String(cString: strerror(errno)))
    }
    daemon = Handle(pointer: started)
    self.host = host
    self.port = Int(http_port(started))
    limiter.watch()
  }

  /// What a reader types into a browser.
  public var address: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/" }

  /// Stops to listen, lets requests in flight finish for some seconds, and closes.
  public func stop(patience: TimeInterval = 10) {
    let socket = MHD_quiesce_daemon(daemon.pointer)
    let end = Date(timeIntervalSinceNow: patience)
    while limiter.isBusy, Date.now < end { usleep(10_000) }
    limiter.close()
    MHD_stop_daemon(daemon.pointer)
    if socket >= 0 { close(socket) }
  }

  private struct Handle: @unchecked Sendable { let pointer: OpaquePointer }
}

/// What keeps a server from starting.
public enum ServerError: Error, Hashable, CustomStringConvertible {
  case noAddress(String)
  case unusable(host: String, port: Int, reason: String)

  public var description: String {
    switch self {
    case .noAddress(let host):
      "\(host) is not an IP address; write one such as 127.0.0.1 or ::1."
    case .unusable(let host, let port, let reason):
      "Cannot listen on \(host) port \(port): \(reason.lowercased()); choose another port with "
        + "--port, or 0 for a free one."
    }
  }
}
