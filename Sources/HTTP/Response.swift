import Foundation
package import Documents
import Tables

/// What a client gets.
public struct Response: Sendable {
  public var status: Int
  public var headers: [Header]
  public var body: [UInt8]
  /// Whether the same request would get the same for as long as the server runs.
  package var isLasting = true
  /// The form in which the library sends it, where it is sent more than once.
  var prepared: PreparedResponse?

  /// One header field.
  public struct Header: Hashable, Sendable {
    public let name: String
    public let value: String
  }

  package init(_ status: Int = 200, type: String, body: [UInt8], headers: [Header] = []) {
    self.status = status
    self.headers =
      [Header(name: "Content-Type", value: type)] + headers + Self.security
      + [Header(name: "Cache-Control", value: "no-store")]
    self.body = body
  }

  package init(_ json: JSON) {
    self.init(
      type: "application/json", body: Array(json.text(indented: false).utf8))
  }

  package static func text(_ text: String, type: String) -> Response {
    Response(type: type, body: Array(text.utf8))
  }

  public subscript(name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  package func adding(_ name: String, _ value: String) -> Response {
    var response = self
    response.headers.append(Header(name: name, value: value))
    return response
  }

  /// The same with another value of a header that it has.
  fileprivate func replacing(_ name: String, _ value: String) -> Response {
    var response = self
    response.headers.removeAll { $0.name == name }
    return response.adding(name, value)
  }
}

extension Response {
  /// The headers that every response carries: nothing runs, frames or leaks that is not the site's own.
  package static let security: [Header] = [
    Header(
      name: "Content-Security-Policy",
      value: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    Header(name: "X-Content-Type-Options", value: "nosniff"),
    Header(name: "Referrer-Policy", value: "no-referrer"),
    Header(name: "X-Frame-Options", value: "DENY"),
    Header(name: "Cross-Origin-Resource-Policy", value: "same-origin"),
  ]

  /// Bodies shorter than this are sent as they are.
  private static let shortest = 1_000

  /// Named for conditional requests, and packed where the client takes that and it pays.
  package func named(packed: Bool) -> Response {
    let tag = SHA256.hash(of: Data(body)).prefix(32)
    var response = adding("Vary", "Accept, Accept-Encoding")
    if isLasting { response = response.replacing("Cache-Control", "no-cache") }
    if packed, body.count >= Self.shortest, let small = Gzip.pack(Data(body)) {
      response.body = Array(small)
      return response.adding("Content-Encoding", "gzip").adding("ETag", "\"\(tag)-gzip\"")
    }
    return response.adding("ETag", "\"\(tag)\"")
  }

  /// The same response, made once in the library's form to be sent many times.
  package var reusable: Response {
    var response = self
    response.prepared = PreparedResponse()
    return response
  }

  /// The bytes of the response as they go over a connection that is then closed.
  func wireForm(_ reason: String) -> [UInt8] {
    let lines =
      ["HTTP/1.1 \(status) \(reason)", "Content-Length: \(body.count)"]
      + headers.map { "\($0.name): \($0.value)" }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  /// What says that the client has this body already.
  package var unchanged: Response {
    var response = self
    response.status = 304
    response.body = []
    response.prepared = nil
    response.headers.removeAll { ["Content-Type", "Content-Encoding"].contains($0.name) }
    return response
  }
}
