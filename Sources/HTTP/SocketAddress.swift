import Foundation

/// The address of a socket.
struct SocketAddress {
  private var storage = sockaddr_in6()
  private var plain = sockaddr_in()
  private let isPlain: Bool

  /// - Throws: `ServerError.noAddress`.
  init(host: String, port: Int) throws {
    let host = host == "localhost" ? "127.0.0.1" : host
    plain.sin_family = sa_family_t(AF_INET)
    plain.sin_port = in_port_t(port).bigEndian
    storage.sin6_family = sa_family_t(AF_INET6)
    storage.sin6_port = in_port_t(port).bigEndian
    if inet_pton(AF_INET, host, &plain.sin_addr) == 1 {
      isPlain = true
    } else if inet_pton(AF_INET6, host, &storage.sin6_addr) == 1 {
      isPlain = false
    } else {
      throw ServerError.noAddress(host)
    }
  }

  func withSockaddr<Value>(_ body: (UnsafePointer<sockaddr>) -> Value) -> Value {
    func bound<Address>(_ address: Address) -> Value {
      withUnsafeBytes(of: address) { bytes in
        guard let base = bytes.baseAddress else { preconditionFailure("An address has bytes.") }
        return body(base.assumingMemoryBound(to: sockaddr.self))
      }
    }
    return isPlain ? bound(plain) : bound(storage)
  }
}
