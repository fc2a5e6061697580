package import Documents

/// Why a request is refused, as problem details (RFC 9457).
package struct HTTPProblem: Error, Hashable {
  package let status: Int
  package let title: String
  /// What came, and what would be right.
  package let detail: String
  /// The methods that would do; for 405.
  package var allowed: [String] = []
  /// Everything that is wrong, where it is more than one thing.
  package var problems: [String] = []
  /// After how many seconds another try makes sense.
  package var retryAfter: Int?

  package static func notFound(_ what: String, advice: String) -> HTTPProblem {
    notFound("\(what); \(advice)")
  }

  package static func notFound(_ detail: String) -> HTTPProblem {
    HTTPProblem(status: 404, title: "Not found", detail: detail)
  }

  package static func badRequest(_ detail: String) -> HTTPProblem {
    HTTPProblem(status: 400, title: "Bad request", detail: detail)
  }

  package static func badRequest(_ problems: [ArgumentProblem]) -> HTTPProblem {
    let sentences = problems.map(\.sentence)
    var problem = badRequest(sentences.joined(separator: " "))
    problem.problems = sentences
    return problem
  }

  package static func misdirected(_ host: String, known: [String]) -> HTTPProblem {
    HTTPProblem(
      status: 421, title: "Misdirected request",
      detail: "\(Problem.shortened(host)) came as Host; this server answers to "
        + "\(known.joined(separator: ", ")). Use one of them; whoever runs the server can give it "
        + "further host names when it starts.")
  }

  /// A page of another site sent it.
  package static func foreign(_ header: String) -> HTTPProblem {
    HTTPProblem(
      status: 403, title: "Forbidden",
      detail: "\(Problem.shortened(header)) came; requests that work something out are taken from "
        + "this site's own pages, and from the origin that the server is shared with.")
  }

  package static func notAllowed(_ method: String, allowed: [String]) -> HTTPProblem {
    HTTPProblem(
      status: 405, title: "Method not allowed",
      detail: "\(method) came; this address takes \(allowed.joined(separator: ", ")).",
      allowed: allowed)
  }

  package static func notAcceptable(_ types: [String]) -> HTTPProblem {
    HTTPProblem(
      status: 406, title: "Not acceptable",
      detail: "This address can give \(types.joined(separator: ", ")); ask for one of them.")
  }

  package static let tooLarge = HTTPProblem(
    status: 413, title: "Content too large",
    detail: "The body is longer than \(Request.Limits.body) bytes; send less.")

  package static let tooLong = HTTPProblem(
    status: 414, title: "URI too long",
    detail: "The address has more than \(Request.Limits.arguments) arguments or more than "
      + "\(Request.Limits.address) bytes; shorten it.")

  package static let unsupported = HTTPProblem(
    status: 415, title: "Unsupported media type",
    detail: "The body is taken as JSON only; send it with Content-Type: application/json.")

  package static let tooManyHeaders = HTTPProblem(
    status: 431, title: "Request header fields too large",
    detail: "The headers have more than \(Request.Limits.headers) bytes; send less.")

  package static let failed = HTTPProblem(
    status: 500, title: "Internal server error",
    detail: "The server could not answer; the fault is its own.")

  package static let busy = HTTPProblem(
    status: 503, title: "Service unavailable",
    detail: "Too many clients are connected; try again in some seconds.", retryAfter: 5)

  /// Too much is being worked out already.
  package static let occupied = HTTPProblem(
    status: 503, title: "Service unavailable",
    detail: "Too many answers are being worked out; try again in some seconds.", retryAfter: 10)

  /// Nobody waits for the response, or the server is closing.
  package static let stopped = HTTPProblem(
    status: 503, title: "Service unavailable",
    detail: "The work was stopped before it was done; try again.", retryAfter: 10)

  /// Nothing is wrong: what was asked for is being worked out.
  package static func unfinished(_ what: String) -> HTTPProblem {
    HTTPProblem(
      status: 202, title: "Not ready yet", detail: "\(what); ask again in some seconds.",
      retryAfter: 2)
  }

  package var response: Response {
    let body: JSON = .object(defined: [
      "type": "about:blank", "title": .string(title), "status": .integer(status),
      "detail": .string(detail), "problems": problems.isEmpty ? nil : .strings(problems),
    ])
    return responding(
      type: status < 400 ? "application/json" : "application/problem+json",
      body: Array((body.text(indented: false) + "\n").utf8))
  }

  /// The problem with another body, such as a page.
  package func responding(type: String, body: [UInt8]) -> Response {
    var response = Response(status, type: type, body: body)
    response.isLasting = false
    if !allowed.isEmpty { response = response.adding("Allow", allowed.joined(separator: ", ")) }
    if let retryAfter { response = response.adding("Retry-After", "\(retryAfter)") }
    return response
  }
}
