import Documents
import Markup
import Evidence
import Studies

/// A part of the pages that a link can lead to.
enum Place: Hashable {
  case answer, decide, channels, disagree, change, states, comparison, evidence, coverage, method
  case heatMap
  case scenarios, calibration, outlook, exposures, leverage, watchList, multiverse
  case scenario(String)
  case deal(DealID, ActorID)
  case channel(ChannelID)
  case card(outcome: String)
  case outcome(String)
  case lines(outcome: String)
  case trace(outcome: String)
  case state(ActorID)
  case claims(on: ActorID)
  case conflict(FactID)
  case claim(ClaimID)
  case source(SourceID)
  case variable(VariableID)

  /// The id of its element.
  var anchor: String {
    switch self {
    case .answer: "answer"
    case .decide: "decide"
    case .channels: "channels"
    case .disagree: "disagree"
    case .change: "change"
    case .states: "states"
    case .comparison: "comparison"
    case .evidence: "evidence"
    case .coverage: "coverage"
    case .method: "method"
    case .heatMap: "heat-map"
    case .scenarios: "scenarios"
    case .calibration: "calibration"
    case .outlook: "outlook"
    case .exposures: "exposures"
    case .leverage: "leverage"
    case .watchList: "watch-list"
    case .multiverse: "multiverse"
    case .scenario(let id): Markup.anchor("scenario", id)
    case .deal(let deal, let actor): Markup.anchor("deal", "\(deal)-\(actor)")
    case .channel(let id): Markup.anchor("channel", id)
    case .card(let id): Markup.anchor("card", id)
    case .outcome(let id): Markup.anchor("outcome", id)
    case .lines(let id): Markup.anchor("lines", id)
    case .trace(let id): Markup.anchor("trace", id)
    case .state(let id): Markup.anchor("state", id)
    case .claims(let id): Markup.anchor("claims", id)
    case .conflict(let id): Markup.anchor("conflict", id)
    case .claim(let id): Markup.anchor("claim", id)
    case .source(let id): Markup.anchor("source", id)
    case .variable(let id): Markup.anchor("variable", id)
    }
  }
}

// Where a place is, by the layout of the pages.
extension Pages {
  /// The address of a place: within the one file, or on its page of the site.
  func address(_ place: Place) -> String {
    guard case .site(let current, _) = layout else { return "#\(place.anchor)" }
    let page = page(of: place)
    let fragment = "#\(place.anchor)"
    if page == current { return fragment }
    // A page that is the place itself needs no fragment, but the dialog finds the element by it.
    return address(of: page) + fragment
  }

  /// The address of a whole page of the site, with the reader's changed judgements.
  func address(of page: SitePage) -> String {
    guard case .site(_, let query) = layout else { return "#\(section(of: page).anchor)" }
    let own = addressQuery(page.parameters)
    guard !own.isEmpty, !query.isEmpty else { return page.path + own + query }
    return page.path + own + "&" + query.dropFirst()
  }

  /// The page of the site that holds a place.
  private func page(of place: Place) -> SitePage {
    switch place {
    case .answer, .decide, .channels, .change, .card: .answer
    case .disagree, .conflict: .conflicts
    case .states: .states
    case .evidence: .evidence(EvidenceFilter())
    case .method, .source, .variable: .method
    case .heatMap, .comparison: .comparison
    case .coverage: .coverage
    case .scenarios: .scenarios
    case .scenario(let id): .scenario(id)
    case .calibration: .calibration
    case .outlook: .outlook
    case .exposures: .exposures
    case .leverage, .deal: .leverage(nil)
    case .watchList: .watchList(nil)
    case .multiverse: .multiverse(MultiverseFilter())
    case .channel(let id): .channel(id)
    case .outcome(let id), .lines(let id), .trace(let id):
      channel(ofOutcome: id).map { .channel($0) } ?? .answer
    case .state(let id), .claims(let id): .state(id)
    case .claim(let id): .claim(id)
    }
  }

  /// The section of the one file that stands for a page of the site.
  private func section(of page: SitePage) -> Place {
    switch page {
    case .answer: .answer
    case .channel(let id): .channel(id)
    case .states: .states
    case .state(let id): .state(id)
    case .comparison: .comparison
    case .scenarios: .scenarios
    case .scenario(let id): .scenario(id)
    case .calibration: .calibration
    case .outlook: .outlook
    case .exposures: .exposures
    case .leverage: .leverage
    case .watchList: .watchList
    case .multiverse: .multiverse
    case .evidence: .evidence
    case .claim(let id): .claim(id)
    case .conflicts: .disagree
    case .coverage: .coverage
    case .method: .method
    }
  }

  private func channel(ofOutcome id: String) -> ChannelID? {
    answer.channels.first { $0.outcomes.contains { $0.id == id } }?.id
  }
}
