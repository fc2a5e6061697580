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
    judgements = Judgement.parameters(desk.answer.study, desk.answer.casebook)
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
      page("/multiverse", "What other choices give.", more: held) { call in
        .multiverse(MultiverseFilter(Self.parameters(call)))
      },
      page("/scenarios", "The scenarios.") { _ in .scenarios },
      page("/scenarios/{id}", "A scenario.") { .scenario($0["id"] ?? "") },
      page("/calibration", "How projections did before.") { _ in .calibration },
      page("/outlook", "How long states wait.") { _ in .outlook },
      page("/exposures", "What ties states to the power.") { _ in .exposures },
      page("/exposures/leverage", "What a call-in would ask.", more: Self.relief) { call in
        .leverage(Relief(Self.parameters(call)))
      },
      page("/exposures/watch-list", "The watch list.", more: Self.weights) { call in
        .watchList(WatchWeights(Self.parameters(call)))
      },
      page("/evidence", "The claims.", more: Self.filters) { call in
        .evidence(EvidenceFilter(Self.parameters(call)))
      },
      page("/evidence/claims/{id}", "A claim.") { .claim(ClaimID($0["id"] ?? "")) },
      page("/conflicts", "Where sources disagree.") { _ in .conflicts },
      page("/coverage", "What was searched.") { _ in .coverage },
      page("/method", "Method and data.") { _ in .method },
    ]
  }

  private static func parameters(_ call: Call) -> [AddressArgument] {
    call.request.query.map { .init(name: $0.name, value: $0.value) }
  }

  private static let weights = WatchWeights.names.sorted().map {
    Route.Parameter($0, "How much a respect counts.")
  }

  private static let relief = Relief.names.map {
    Route.Parameter($0, "What is assumed of loans.")
  }

  /// The choices of the study, each of which can be held at one of its options.
  private var held: [Route.Parameter] {
    [.init("outcome", "The outcome.")]
      + Set(desk.answer.study.choices.map(\.id)).sorted().map {
        .init(MultiverseFilter.name(ofChoice: $0), "The place of the option that is held.")
      }
  }

  private static let filters = EvidenceFilter.names.sorted().map {
    Route.Parameter($0, "A filter of the evidence.")
  }

  private func page(
    _ path: String, _ summary: String, more: [Route.Parameter] = [],
    _ page: @escaping @Sendable (Call) -> SitePage
  ) -> Route {
    Route("GET", path, summary, parameters: judgements + more, types: ["text/html"]) {
      [self] call in try response(to: call, page(call))
    }
  }

  private func response(to call: Call, _ page: SitePage) throws -> Response {
    let chosen = judgements.map { (name: $0.name, values: call.all($0.name)) }
      .filter { !$0.values.isEmpty }
    let query = addressQuery(
      chosen.flatMap { name, values in values.map { .init(name: name, value: $0) } })
    let judgement = try Judgement(call, for: desk.answer.study, in: desk.answer.casebook)
    let extra = try supplements.supplement(for: page)
    // What is worked out beyond the answer is of the study's own judgements.
    var site = extra == nil ? try self.site(under: judgement) : own
    if let extra { site.supplement = extra.supplement }
    if case .claim(let id) = page, chosen.isEmpty {
      site.influence = try desk.influence(of: id)
    }
    var insert = HTML.none
    if page.hasControls {
      let form = ControlsForm(
        desk.answer.study, in: desk.answer.casebook,
        chosen: Dictionary(uniqueKeysWithValues: chosen.map { ($0.name, $0.values) }))
      insert = form.html(to: page.path)
    }
    if !chosen.isEmpty, extra != nil {
      insert = insert + site.unchangedNote
    } else if !chosen.isEmpty {
      insert = insert + site.changes(from: desk.answer, on: page, query: query)
    }
    guard
      let html = site.html(
        page, query: query, insert: insert,
        scripts: page.hasControls ? ["/assets/observatory.js"] : [])
    else {
      throw HTTPProblem.notFound("There is no such page", mend: "begin at the answer, /.")
    }
    var response = Response.text(html, type: Self.html)
    response.isLasting = extra?.isWhole ?? true
    return response
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
    let response = Response.text(file.text, type: file.mediaType)
      .adding("Content-Disposition", "attachment")
    return Route("/downloads/\(file.name)", "A download.", types: [file.mediaType], response)
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
