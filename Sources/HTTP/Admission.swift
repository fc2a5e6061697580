/// Who may speak to a server: under which names it is asked, and from which sites' pages.
///
/// A page of another site can make a browser send requests here, and a name that its owner points at this
/// machine makes that page one of the same origin. Both are told by what the browser sends along.
public struct Admission: Hashable, Sendable {
  /// The names that the server answers to.
  private let names: Set<String>
  /// Whether it answers to each address: it listens on all that the machine has.
  private let takesAddresses: Bool
  /// The origin whose pages may read it, too.
  package let sharedWith: Origin?

  /// Admits the address that a server listens on, and other names of it.
  ///
  /// What listens on an address of the machine alone is also `localhost`, and so is what listens on all.
  public init(host: String, names: [String] = [], sharedWith: Origin? = nil) {
    let isEverywhere = Self.everywhere.contains(host)
    let own = host.contains(":") ? "[\(host.lowercased())]" : host.lowercased()
    let isLocal = isEverywhere || own == "localhost" || own == "[::1]" || own.hasPrefix("127.")
    let local = isLocal ? ["localhost", "127.0.0.1", "[::1]"] : []
    self.names = Set([own] + local + names.compactMap { HostHeader($0)?.name })
    takesAddresses = isEverywhere
    self.sharedWith = sharedWith
  }

  private static let everywhere = ["0.0.0.0", "::", "0:0:0:0:0:0:0:0"]

  /// Whether a server on this address is reached from other machines.
  public static func isEverywhere(_ host: String) -> Bool { everywhere.contains(host) }

  /// Whether a text can be the name of a host.
  public static func isHostName(_ text: String) -> Bool {
    HostHeader(text).map { $0.port == nil } ?? false
  }

  /// Why a request is not admitted; nil when it is.
  package func problem(with request: Request) -> HTTPProblem? {
    guard let text = request.headers["host"], let host = HostHeader(text) else {
      return .badRequest(
        "The request names no host, or more than one; send one Host header such as localhost.")
    }
    guard names.contains(host.name) || takesAddresses && host.isAddress else {
      return .misdirected(host.name, known: names.sorted())
    }
    // What only asks changes nothing, and a browser shows other sites' pages no response.
    return ["GET", "HEAD", "OPTIONS"].contains(request.method)
      ? nil : stranger(in: request, to: host)
  }

  /// The problem of a request that a page of another site sends.
  private func stranger(in request: Request, to host: HostHeader) -> HTTPProblem? {
    if let text = request.headers["origin"] {
      guard let origin = Origin(text),
        origin == sharedWith || origin.authority == host.authority
      else { return .foreign("Origin: " + text) }
      if origin == sharedWith { return nil }
    }
    // A browser sends it for pages of its own site, too; `none` stands for a person's own request.
    guard let site = request.headers["sec-fetch-site"] else { return nil }
    return ["same-origin", "none"].contains(site) ? nil : .foreign("Sec-Fetch-Site: " + site)
  }
}
