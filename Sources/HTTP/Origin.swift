/// Where a page comes from: a scheme, a host and a port, such as `https://example.org`.
public struct Origin: Hashable, Sendable, CustomStringConvertible {
  /// In lower case, without the port that the scheme has anyway.
  public let description: String
  /// The host with its port.
  let authority: String

  /// Reads an origin; nil for a path, a wildcard, `null` and anything else that is none.
  public init?(_ text: String) {
    let lowered = text.lowercased()
    guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix),
      let host = HostHeader(String(lowered.dropFirst(scheme.count)))
    else { return nil }
    let usual = scheme == "http://" ? 80 : 443
    authority = host.port.flatMap { $0 == usual ? nil : "\(host.name):\($0)" } ?? host.name
    description = scheme + authority
  }
}

/// The host that a request names: a name or an address, and perhaps a port.
struct HostHeader: Hashable {
  /// In lower case; an address of IPv6 in brackets.
  let name: String
  let port: Int?

  /// Reads `example.org`, `127.0.0.1:8010` or `[::1]:8010`; nil for anything else.
  init?(_ text: String) {
    let parts = text.lowercased().wholeMatch(
      of: /(\[[0-9a-f:.]{2,45}\]|[a-z0-9_]([a-z0-9_.-]{0,252}))(?::([0-9]{1,5}))?/)
    guard let parts else { return nil }
    // A name may end in the dot of the root.
    let host = parts.1.hasSuffix(".") ? parts.1.dropLast() : parts.1
    guard host != "null" || parts.3 != nil else { return nil }
    name = String(host)
    port = parts.3.flatMap { Int($0) }
    if let port, !(1...65_535).contains(port) { return nil }
  }

  /// Whether the name is an address, which no page of another site can take for its own.
  var isAddress: Bool {
    name.hasPrefix("[") || name.wholeMatch(of: /[0-9]{1,3}(\.[0-9]{1,3}){3}/) != nil
  }

  /// The host and the port; without that of the scheme, which a client leaves out.
  var authority: String {
    port.flatMap { [80, 443].contains($0) ? nil : "\(name):\($0)" } ?? name
  }
}
