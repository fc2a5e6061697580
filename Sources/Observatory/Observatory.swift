public import HTTP
import Documents
public import Evidence
public import Publishing
public import Studies
import LinearAlgebra

/// The live site of one casebook and one study: its pages and its interface for programs.
///
/// A plain function from requests to responses; `Server` puts it on a socket.
public struct Observatory: Sendable {
  private let routes: [Route]
  private let problemSite: Site
  private let kept = ResponseCache()
  private let admission: Admission

  /// What whoever runs the server decides.
  public struct Settings: Sendable {
    public var threads: Int
    public var admission: Admission
    /// The most reassignments that a client may ask for.
    public var mostDraws: Int

    public init(threads: Int, admission: Admission, mostDraws: Int = Self.usualDraws) {
      self.threads = threads
      self.admission = admission
      self.mostDraws = mostDraws
    }

    /// As many as an address may name.
    public static var usualDraws: Int {
      guard case .whole(_, let range) = Specification.Choice.draws.kind else {
        preconditionFailure("The number of draws is a whole number.")
      }
      return range.upperBound
    }
  }

  /// Answers the study once, reads every file that is served, and keeps what does not change.
  ///
  /// - Throws: the study's errors, or `PublishingError` when a file that pages are made with is missing.
  public init(
    _ study: Study, casebook: Casebook, version: String, resources: PublishingResources,
    settings: Settings
  ) throws {
    let desk = try StudyDesk(
      study, casebook: casebook, threads: settings.threads, mostDraws: settings.mostDraws)
    let supplements = try SupplementDesk(desk, threads: settings.threads)
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
    admission = settings.admission
  }

  /// Answers a request; whatever goes wrong is a problem with its advice.
  public func respond(to request: Request) -> Response {
    switch reply(to: request) {
    case .ready(let response): response
    case .work(_, let work): work { true }
    }
  }

  /// The response to a request, or the work that makes it where that takes a while.
  public func reply(to request: Request) -> Reply {
    do {
      try admit(request)
      let path = request.path.split(separator: "/")
      let fitting = routes.compactMap { route in route.match(path).map { (route, $0) } }
      guard !fitting.isEmpty else {
        throw HTTPProblem.notFound("Nothing is at this address", advice: "see /openapi.json.")
      }
      let wanted = request.method == "HEAD" ? "GET" : request.method
      guard let (route, taken) = fitting.first(where: { $0.0.method == wanted }) else {
        return .ready(shared(try other(request, methods: fitting.map(\.0.method))))
      }
      return try reply(to: Call(request, to: route, path: taken), route)
    } catch { return .ready(response(for: error, to: request)) }
  }

  /// - Throws: `HTTPProblem` for a request that is not taken, whatever it asks for.
  private func admit(_ request: Request) throws {
    if let problem = admission.problem(with: request) { throw problem }
    guard request.query.count <= Request.Limits.arguments,
      request.addressLength <= Request.Limits.address
    else { throw HTTPProblem.tooLong }
    guard request.headerLength <= Request.Limits.headers else { throw HTTPProblem.tooManyHeaders }
  }

  private func reply(to call: Call, _ route: Route) throws -> Reply {
    guard route.body == nil || call.request.isJSON else { throw HTTPProblem.unsupported }
    guard call.problems.isEmpty || route.showsProblems else {
      throw HTTPProblem.badRequest(call.problems)
    }
    if let known = known(call, route) { return .ready(known) }
    guard let lane = try route.lane(call) else { return .ready(answer(call, route)) }
    return .work(lane) { isWanted in
      Cancellation.$current.withValue(Cancellation(whileWanted: isWanted)) {
        // Somebody else may have asked for the same meanwhile.
        known(call, route) ?? answer(call, route)
      }
    }
  }

  /// What is kept for a call.
  private func known(_ call: Call, _ route: Route) -> Response? {
    guard route.method == "GET", call.problems.isEmpty else { return nil }
    return kept[ResponseCache.Key(call)].map { conditional($0, call.request) }
  }

  private func answer(_ call: Call, _ route: Route) -> Response {
    let response: Response
    do { response = try route.respond(call) } catch {
      return self.response(for: error, to: call.request)
    }
    guard route.method == "GET", response.status == 200, !Cancellation.isCancelled else {
      return shared(response)
    }
    let whole = shared(response.named(packed: call.request.acceptsGzip))
    guard response.isLasting, call.problems.isEmpty else { return conditional(whole, call.request) }
    let key = ResponseCache.Key(call)
    kept[key] = whole.reusable
    return conditional(kept[key] ?? whole, call.request)
  }

  private func conditional(_ response: Response, _ request: Request) -> Response {
    guard let tag = response["ETag"], request.has(tag) else { return response }
    return response.unchanged
  }

  private func shared(_ response: Response) -> Response {
    guard let origin = admission.sharedWith else { return response }
    return response.adding("Access-Control-Allow-Origin", origin.description)
  }

  /// What went wrong as a page for a browser, and as problem details for a program.
  private func response(for error: any Error, to request: Request) -> Response {
    let problem =
      error as? HTTPProblem ?? (error is WorkCancelled ? HTTPProblem.stopped : HTTPProblem.failed)
    let page = "text/html"
    // Browsers name it; programs that take anything do not.
    guard request.headers["accept"]?.contains(page) ?? false else {
      return shared(problem.response)
    }
    let html = problemSite.problem(title: problem.title, detail: problem.detail)
    return shared(problem.responding(type: page + "; charset=utf-8", body: Array(html.utf8)))
  }

  /// The response to a method that no route takes: what another site's page asks beforehand, or a problem.
  private func other(_ request: Request, methods: [String]) throws -> Response {
    let allowed = methods + (methods.contains("GET") ? ["HEAD"] : [])
    guard request.method == "OPTIONS", admission.sharedWith != nil else {
      throw HTTPProblem.notAllowed(request.method, allowed: allowed)
    }
    return Response(204, type: "text/plain", body: [])
      .adding("Access-Control-Allow-Methods", allowed.joined(separator: ", "))
      .adding("Access-Control-Allow-Headers", "Content-Type")
  }
}
