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
    /// What is worked out at once and may wait, of what takes about a second and of what takes long.
    var short = WorkLane.Limits(running: 2, waiting: 32)
    var long = WorkLane.Limits(running: 1, waiting: 8)

    public init() {}
  }

  /// Starts to listen; port 0 takes a free one.
  ///
  /// - Throws: `ServerError` when the host is no address, the port is taken, or the process may open too few
  ///   files.
  public init(
    host: String, port: Int, limits: Limits = Limits(),
    respond: @escaping @Sendable (Request) -> Reply
  ) throws {
    let address = try SocketAddress(host: host, port: port)
    let limits = try limits.fitted(toFiles: OpenFiles.left)
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
      settings.addressed = noteAddress
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

  /// Stops to listen, lets requests in flight finish for some seconds, stops the work that they wait for,
  /// and closes.
  ///
  /// - Returns: false where work did not stop in time: its threads still run.
  @discardableResult
  public func stop(patience: TimeInterval = 1) -> Bool {
    let socket = MHD_quiesce_daemon(daemon.pointer)
    wait(patience) { limiter.isBusy }
    limiter.cancelWork()
    wait(patience / 2) { limiter.isWorking }
    limiter.close()
    // The library would wait for a thread that works, and cannot close a connection that sleeps.
    guard !limiter.isWorking else { return false }
    MHD_stop_daemon(daemon.pointer)
    if socket >= 0 { close(socket) }
    return true
  }

  private func wait(_ patience: TimeInterval, while isTrue: () -> Bool) {
    let end = Date(timeIntervalSinceNow: patience)
    while isTrue(), Date.now < end { usleep(10_000) }
  }

  private struct Handle: @unchecked Sendable { let pointer: OpaquePointer }
}

/// What keeps a server from starting.
public enum ServerError: Error, Hashable, CustomStringConvertible {
  case noAddress(String)
  case unusable(host: String, port: Int, reason: String)
  /// The process may open so many more files, and a server needs more.
  case fewFiles(left: Int, needed: Int)

  public var description: String {
    switch self {
    case .noAddress(let host):
      "\(host) is not an IP address; write one such as 127.0.0.1 or ::1."
    case .unusable(let host, let port, let reason):
      "Cannot listen on \(host) port \(port): \(reason.lowercased()); choose another port with "
        + "--port, or 0 for a free one."
    case .fewFiles(let left, let needed):
      "The process may open \(left) more files, and a server needs \(needed); raise the limit, as by "
        + "`ulimit -n 1024`."
    }
  }
}
