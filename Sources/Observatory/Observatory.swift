public import HTTP
import Documents
public import Evidence
public import Publishing
public import Studies

/// The live site of one casebook and one study: its pages and its interface for programs.
///
/// A plain function from requests to responses; `Server` puts it on a socket.
public struct Observatory: Sendable {
  private let routes: [Route]
  private let problemSite: Site
  private let kept = ResponseCache()
  /// The origin that may read from other sites' pages; none unless asked for.
  private let sharedWith: String?

  /// Answers the study once, and keeps what does not change.
  ///
  /// - Throws: the study's errors, or `PublishingError` when a file that pages are made with is missing.
  public init(
    _ study: Study, casebook: Casebook, version: String, resources: PublishingResources,
    threads: Int, sharedWith: String? = nil
  ) throws {
    let desk = try StudyDesk(study, casebook: casebook, threads: threads)
    let supplements = try SupplementDesk(desk, threads: threads)
    let studyRoutes = StudyRoutes(desk: desk, version: version)
    let described =
      EvidenceRoutes(casebook: casebook).all + studyRoutes.all
      + SupplementRoutes(desk: supplements, casebook: casebook, root: studyRoutes.root).all
    let description = Response(described.openAPI(version: version))
    let pages = PageRoutes(desk, supplements, version: version, resources: resources)
    problemSite = pages.own
    routes =
      try pages.all() + described + [
        Route("/openapi.json", "This description.", description),
        Route("/api/v1/openapi.json", "This description.", description),
      ]
    self.sharedWith = sharedWith
  }

  /// Answers a request; whatever goes wrong is a problem with its advice.
  public func respond(to request: Request) -> Response {
    guard request.method == "GET" || request.method == "HEAD" else {
      return secured(answer(to: request))
    }
    let key = ResponseCache.Key(request)
    if let known = kept[key] { return conditional(known, request) }
    let response = answer(to: request)
    guard response.status == 200 else { return secured(response) }
    let whole = secured(response.named(packed: request.acceptsGzip))
    guard response.isLasting else { return conditional(whole, request) }
    kept[key] = whole.reusable
    return conditional(kept[key] ?? whole, request)
  }

  private func conditional(_ response: Response, _ request: Request) -> Response {
    guard let tag = response["ETag"], request.has(tag) else { return response }
    return response.unchanged
  }

  private func secured(_ response: Response) -> Response {
    var secured = response
    secured.headers += Response.security
    if let sharedWith { secured = secured.adding("Access-Control-Allow-Origin", sharedWith) }
    return secured
  }

  private func answer(to request: Request) -> Response {
    do { return try found(request) } catch let problem as HTTPProblem {
      return response(for: problem, to: request)
    } catch {
      return response(for: .failed, to: request)
    }
  }

  /// A problem as a page for a browser, and as problem details for a program.
  private func response(for problem: HTTPProblem, to request: Request) -> Response {
    let page = "text/html"
    // Browsers name it; programs that take anything do not.
    guard request.headers["accept"]?.contains(page) ?? false else { return problem.response }
    let html = problemSite.problem(title: problem.title, detail: problem.detail)
    return problem.responding(type: page + "; charset=utf-8", body: Array(html.utf8))
  }

  private func found(_ request: Request) throws -> Response {
    guard request.query.count <= Request.Limits.arguments,
      request.addressLength <= Request.Limits.address
    else { throw HTTPProblem.tooLong }
    guard request.headerLength <= Request.Limits.headers else { throw HTTPProblem.tooManyHeaders }
    let path = request.path.split(separator: "/")
    let fitting = routes.compactMap { route in route.match(path).map { (route, $0) } }
    guard !fitting.isEmpty else {
      throw HTTPProblem.notFound("Nothing is at this address", advice: "see /openapi.json.")
    }
    let wanted = request.method == "HEAD" ? "GET" : request.method
    guard let (route, taken) = fitting.first(where: { $0.0.method == wanted }) else {
      return try other(request, methods: fitting.map(\.0.method))
    }
    guard route.body == nil || request.isJSON else { throw HTTPProblem.unsupported }
    let call = try Call(request, to: route, path: taken)
    guard call.problems.isEmpty || route.showsProblems else {
      throw HTTPProblem.badRequest(call.problems)
    }
    return try route.respond(call)
  }

  /// The response to a method that no route takes: what another site's page asks beforehand, or a problem.
  private func other(_ request: Request, methods: [String]) throws -> Response {
    let allowed = methods + (methods.contains("GET") ? ["HEAD"] : [])
    guard request.method == "OPTIONS", sharedWith != nil else {
      throw HTTPProblem.notAllowed(request.method, allowed: allowed)
    }
    return Response(204, type: "text/plain", body: [])
      .adding("Access-Control-Allow-Methods", allowed.joined(separator: ", "))
      .adding("Access-Control-Allow-Headers", "Content-Type")
  }
}
