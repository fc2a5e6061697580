import Documents
import Foundation

/// What a client asks for.
public struct Request: Hashable, Sendable {
  /// In upper case, such as `GET`.
  public let method: String
  /// Decoded, from the first `/` on.
  public let path: String
  /// The decoded arguments in their order.
  public let query: [Argument]
  /// By lower-case name.
  public let headers: [String: String]
  public let body: [UInt8]

  /// One `name=value` of a query.
  public struct Argument: Hashable, Sendable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(
    _ method: String, _ path: String, query: [Argument] = [], headers: [String: String] = [:],
    body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// What a client may send; more is refused with a problem.
  package enum Limits {
    package static let body = 64 << 10
    /// The request line and the headers together, with what the library needs beside them.
    package static let memory = 64 << 10
    package static let headers = 16 << 10
    package static let arguments = 256
    /// The path and the arguments, decoded.
    package static let address = 8 << 10
    /// One argument, in bytes.
    package static let argument = 1_000
  }

  /// Whether the body is called JSON: pages of other sites cannot call it so unasked.
  package var isJSON: Bool {
    guard let type = headers["content-type"]?.split(separator: ";").first else { return false }
    return type.trimmingCharacters(in: .whitespaces).lowercased() == "application/json"
  }

  /// The bytes of the path and the arguments.
  package var addressLength: Int {
    query.reduce(path.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 }
  }

  package var headerLength: Int {
    headers.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 4 }
  }
}

extension Request {
  /// How much a client wants one of some media types, by RFC 9110, section 12.5.1; the first wins a tie.
  ///
  /// Nil when it wants none of them.
  package func preferred(among types: [String]) -> String? {
    guard let accept = headers["accept"] else { return types.first }
    let ranges = accept.split(separator: ",").map(MediaRange.init)
    let ranked = types.enumerated().map { place, type in
      (type: type, place: place, quality: quality(of: type, in: ranges))
    }.filter { $0.quality > 0 }
    return ranked.min { ($1.quality, $0.place) < ($0.quality, $1.place) }?.type
  }

  private func quality(of type: String, in ranges: [MediaRange]) -> Double {
    ranges.filter { $0.matches(type) }.max { $0.precision < $1.precision }?.quality ?? 0
  }

  /// Whether the client takes a packed body.
  package var acceptsGzip: Bool {
    (headers["accept-encoding"] ?? "").split(separator: ",").map(MediaRange.init)
      .contains { ["gzip", "*"].contains($0.type) && $0.quality > 0 }
  }

  /// Whether the client has a body of this name already.
  package func has(_ tag: String) -> Bool {
    (headers["if-none-match"] ?? "").split(separator: ",").contains { known in
      let name = known.trimmingCharacters(in: .whitespaces)
      return name == tag || name == "W/" + tag || name == "*"
    }
  }
}

/// One element of an `Accept` header.
private struct MediaRange {
  let type: String
  let quality: Double

  init(_ text: Substring) {
    let parts = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    type = (parts.first ?? "").lowercased()
    let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
    quality = weight.flatMap { Double($0.dropFirst(2)) }.map { min(1, max(0, $0)) } ?? 1
  }

  func matches(_ other: String) -> Bool {
    let plain = other.prefix { $0 != ";" }
    return type == plain || type == "*/*"
      || (type.hasSuffix("/*") && plain.hasPrefix(type.dropLast()))
  }

  var precision: Int { type == "*/*" ? 0 : type.hasSuffix("/*") ? 1 : 2 }
}
