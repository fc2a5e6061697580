import Documents

/// Whether the headers of a request say in one way only where its body ends.
///
/// A proxy in front that reads them otherwise would take a part of the body for another request.
struct Framing {
  let headers: [Request.Argument]
  /// Such as `HTTP/1.1`.
  let version: String

  /// Why the request cannot be read; nil when it can.
  var problem: HTTPProblem? {
    if let header = headers.first(where: { !$0.name.isToken }) {
      return .badRequest(
        "`\(Problem.shortened(header.name))` is not the name of a header; write letters, digits "
          + "and hyphens, with the colon next to them.")
    }
    if let header = headers.first(where: { $0.value.hasControls }) {
      return .badRequest(
        "The header \(header.name) has a control character; send visible characters only.")
    }
    return single("host") ?? single("content-length") ?? single("content-type") ?? coding
  }

  private func values(_ name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name }.map(\.value)
  }

  private func single(_ name: String) -> HTTPProblem? {
    let count = values(name).count
    return count < 2 ? nil : .badRequest("The header \(name) came \(count) times; send it once.")
  }

  /// The problem of a body that is sent in a way of its own.
  private var coding: HTTPProblem? {
    let codings = values("transfer-encoding")
    guard let coding = codings.first else { return nil }
    guard codings.count == 1, coding.lowercased() == "chunked", version == "HTTP/1.1" else {
      return .badRequest(
        "The body came as \(Problem.shortened(codings.joined(separator: ", "))); send it with "
          + "Content-Length, or by HTTP/1.1 with Transfer-Encoding: chunked.")
    }
    return values("content-length").isEmpty
      ? nil
      : .badRequest(
        "Content-Length and Transfer-Encoding came together; send one of them.")
  }
}

extension String {
  /// Whether it can name a header (RFC 9110, section 5.6.2).
  fileprivate var isToken: Bool {
    !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  fileprivate var hasControls: Bool {
    utf8.contains { ($0 < 0x20 && $0 != UInt8(ascii: "\t")) || $0 == 0x7F }
  }
}
