import HTTP
import Markup
import Documents
import Evidence
import Foundation
import Publishing
import Scenarios
import Studies

/// The addresses of the pages and of the files that they are made with.
struct PageRoutes {
  private let desk: StudyDesk
  private let version: String
  /// The pages of the study's own answer.
  let own: Site
  private let judgements: [Route.Parameter]
  private let resources: PublishingResources
  private let supplements: SupplementDesk

  init(
    _ desk: StudyDesk, _ supplements: SupplementDesk, version: String,
    resources: PublishingResources
  ) {
    self.desk = desk
    self.version = version
    self.resources = resources
    own = Site(desk.answer, version: version)
    judgements = desk.bounds.parameters
    self.supplements = supplements
  }

  /// - Throws: `PublishingError` when a file that pages are made with is missing.
  func all() throws -> [Route] {
    try pages + assets() + own.downloads().map(download)
  }

  private static let html = "text/html; charset=utf-8"

  private var pages: [Route] {
    [
      page("/", "The answer.") { _ in .answer },
      page("/channels/{id}", "A channel.") { .channel(ChannelID($0["id"] ?? "")) },
      page("/states", "The states.") { _ in .states },
      page("/states/{id}", "A state.") { .state(ActorID($0["id"] ?? "")) },
      page("/comparison", "States and channels side by side.") { _ in .comparison },
      page("/multiverse", "What other choices give.", more: parameters.multiverse) { call in
        .multiverse(MultiverseFilter(call.accepted))
      },
      page("/scenarios", "The scenarios.") { _ in .scenarios },
      page("/scenarios/{id}", "A scenario.") { .scenario($0["id"] ?? "") },
      page("/calibration", "How projections did before.") { _ in .calibration },
      page("/outlook", "How long states wait.") { _ in .outlook },
      page("/exposures", "What ties states to the power.") { _ in .exposures },
      page("/exposures/leverage", "What a call-in would ask.", more: relief) { call in
        .leverage(Relief(call.accepted))
      },
      page("/exposures/watch-list", "The watch list.", more: PageParameters.weights) { call in
        .watchList(WatchWeights(call.accepted))
      },
      page("/evidence", "The claims.", more: parameters.evidence) { call in
        .evidence(EvidenceFilter(call.accepted))
      },
      page("/evidence/claims/{id}", "A claim.") { .claim(ClaimID($0["id"] ?? "")) },
      page("/conflicts", "Where sources disagree.") { _ in .conflicts },
      page("/coverage", "What was searched.") { _ in .coverage },
      page("/method", "Method and data.") { _ in .method },
    ]
  }

  private var parameters: PageParameters {
    PageParameters(study: desk.answer.study, casebook: desk.answer.casebook)
  }

  private var relief: [Route.Parameter] { parameters.relief(of: supplements.debts) }

  private func page(
    _ path: String, _ summary: String, more: [Route.Parameter] = [],
    _ page: @escaping @Sendable (Call) -> SitePage
  ) -> Route {
    Route(
      "GET", path, summary, parameters: judgements + more, types: ["text/html"],
      showsProblems: true, lane: { [self] call in lane(of: call, page(call)) }
    ) { [self] call in try response(to: call, page(call)) }
  }

  /// Where a page is worked out; judgements that cannot be had are said on it.
  private func lane(of call: Call, _ page: SitePage) -> Reply.Lane? {
    if case .claim = page { return .short }
    return (try? desk.lane(of: call)) ?? nil
  }

  /// The page; where arguments were not understood it says so, and is shown without them.
  private func response(to call: Call, _ page: SitePage) throws -> Response {
    let names = Set(judgements.map(\.name))
    let extra = try supplements.supplement(for: page)
    var problems = call.problems + page.problems(in: call.accepted)
    var chosen = call.accepted.filter { names.contains($0.name) }
    // What is worked out beyond the answer is of the study's own judgements.
    var site = own
    do {
      let judgement = try Judgement(call)
      if extra == nil { site = try self.site(under: judgement) }
    } catch let problem as HTTPProblem where problem.status == 400 {
      problems.append(ArgumentProblem(name: nil, message: problem.detail))
      chosen = []
    }
    if let extra { site.supplement = extra.supplement }
    if case .claim(let id) = page, chosen.isEmpty {
      site.influence = try desk.influence(of: id)
    }
    let query = addressQuery(chosen)
    let insert =
      Site.notUnderstood(problems) + controls(of: page, chosen)
      + changes(of: site, on: page, query: query, isOwn: extra != nil)
    guard
      let html = site.html(
        page, query: query, insert: insert,
        scripts: page.hasControls ? ["/assets/observatory.js"] : [])
    else {
      throw HTTPProblem.notFound("This page does not exist", advice: "begin at the answer, /.")
    }
    var response = Response(
      problems.isEmpty ? 200 : 400, type: Self.html, body: Array(html.utf8))
    response.isLasting = problems.isEmpty && extra?.isWhole ?? true
    return response
  }

  /// The form of the judgements, where the page shows what they change.
  private func controls(of page: SitePage, _ chosen: [AddressArgument]) -> HTML {
    guard page.hasControls else { return .none }
    let values = Dictionary(grouping: chosen, by: \.name).mapValues { $0.map(\.value) }
    return ControlsForm(desk.answer.study, in: desk.answer.casebook, chosen: values)
      .html(to: page.path)
  }

  /// What the changed judgements do; nothing where none is changed.
  private func changes(of site: Site, on page: SitePage, query: String, isOwn: Bool) -> HTML {
    if query.isEmpty { return .none }
    return isOwn ? site.unchangedNote : site.changes(from: desk.answer, on: page, query: query)
  }

  /// The pages of the answer under changed judgements; the study's own when none is changed.
  private func site(under judgement: Judgement?) throws -> Site {
    guard let judgement else { return own }
    return Site(try desk.answer(under: judgement.specification), version: version)
  }

  private func assets() throws -> [Route] {
    let script = "text/javascript; charset=utf-8"
    return [
      asset("pages.css", "text/css; charset=utf-8", try resources.page("pages.css")),
      asset("pages.js", script, try resources.page("pages.js")),
      asset("observatory.js", script, try resources.page("observatory.js")),
      asset("vega.js", script, try resources.charts()),
    ]
  }

  private func asset(_ name: String, _ type: String, _ text: String) -> Route {
    Route("/assets/\(name)", "A file of the pages.", types: [type], .text(text, type: type))
  }

  private func download(_ file: Download) -> Route {
    let path = "/downloads/\(file.name)"
    @Sendable func response(_ text: String) -> Response {
      .text(text, type: file.mediaType).adding("Content-Disposition", "attachment")
    }
    guard file.mediaType.hasPrefix("text/csv") else {
      return Route(path, "A download.", types: [file.mediaType], response(file.text))
    }
    return Route(
      "GET", path, "A table to download.", parameters: [.forSpreadsheets], types: [file.mediaType]
    ) { call in
      response(call["spreadsheet"] == nil ? file.text : SpreadsheetText.csv(file.text))
    }
  }
}

extension SitePage {
  /// Whether the page shows what judgements change.
  fileprivate var hasControls: Bool {
    switch self {
    case .answer, .channel, .comparison: true
    default: false
    }
  }
}
