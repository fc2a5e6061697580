package import Documents

/// One address of the observatory, with what its description says of it.
///
/// The description is made of the routes themselves, so that the two cannot differ.
package struct Route: Sendable {
  package let method: String
  /// Segments after the first `/`; one in braces takes any text and names it: `{id}`.
  package let segments: [String]
  package let summary: String
  package let parameters: [Parameter]
  /// The media types that it can give, the first unless the client asks for another.
  package let types: [String]
  /// The JSON Schema of what it gives as JSON.
  package let schema: JSON
  /// What the body of a request holds; nil when it takes none.
  package let body: Body?
  /// Whether its response itself says what is wrong with the arguments.
  package let showsProblems: Bool
  /// Which lane a call is worked out in; nil for what is there at once.
  package let lane: @Sendable (Call) throws -> Reply.Lane?
  package let respond: @Sendable (Call) throws -> Response

  /// The JSON that a request brings.
  package struct Body: Sendable {
    package let meaning: String
    package let schema: JSON

    package init(_ meaning: String, schema: JSON) {
      self.meaning = meaning
      self.schema = schema
    }
  }

  /// An argument of the query.
  package struct Parameter: Hashable, Sendable {
    package let name: String
    package let meaning: String
    package let kind: Kind

    /// What a parameter's text must be.
    package enum Kind: Hashable, Sendable {
      /// Text of `Request.Limits.argument` bytes at most.
      case text
      case whole(ClosedRange<Int>)
      case number(ClosedRange<Double>)
      /// So many numbers of a range, with commas between them.
      case weights(Int, ClosedRange<Double>)
      case word([String])
      /// One of some words; may be given several times.
      case words([String])
    }

    package init(_ name: String, _ meaning: String, _ kind: Kind = .text) {
      self.name = name
      self.meaning = meaning
      self.kind = kind
    }
  }

  package init(
    _ method: String, _ path: String, _ summary: String, parameters: [Parameter] = [],
    types: [String] = ["application/json"], schema: JSON = ["type": "object"],
    body: Body? = nil, showsProblems: Bool = false,
    lane: @escaping @Sendable (Call) throws -> Reply.Lane? = { _ in nil },
    respond: @escaping @Sendable (Call) throws -> Response
  ) {
    self.method = method
    segments = path.split(separator: "/").map(String.init)
    self.summary = summary
    self.parameters = parameters
    self.types = types
    self.schema = schema
    self.body = body
    self.showsProblems = showsProblems
    self.lane = lane
    self.respond = respond
  }

  /// A route whose response is the same for every reader, and made once.
  package init(
    _ path: String, _ summary: String, types: [String] = ["application/json"], _ lasting: Response
  ) {
    self.init("GET", path, summary, types: types) { _ in lasting }
  }

  package var path: String { "/" + segments.joined(separator: "/") }

  /// The texts of the braces when a path fits; nil when it does not.
  package func match(_ path: [Substring]) -> [String: String]? {
    guard path.count == segments.count else { return nil }
    var taken: [String: String] = [:]
    for (segment, text) in zip(segments, path) {
      if segment.hasPrefix("{") {
        taken[String(segment.dropFirst().dropLast())] = String(text)
      } else if segment != text {
        return nil
      }
    }
    return taken
  }
}
