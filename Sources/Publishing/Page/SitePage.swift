package import Documents
package import Evidence
package import Scenarios

/// One page of the live site.
package enum SitePage: Hashable, Sendable {
  case answer
  case channel(ChannelID)
  case states
  case state(ActorID)
  case comparison
  case multiverse(MultiverseFilter)
  case scenarios
  case scenario(String)
  case calibration
  case outlook
  case exposures
  case leverage(Relief?)
  case watchList(WatchWeights?)
  case evidence(EvidenceFilter)
  case claim(ClaimID)
  case conflicts
  case coverage
  case method

  /// Where the page is, from the root of the site.
  package var path: String {
    switch self {
    case .answer: "/"
    case .channel(let id): "/channels/\(percentEncoded(id.rawValue))"
    case .states: "/states"
    case .state(let id): "/states/\(percentEncoded(id.rawValue))"
    case .comparison: "/comparison"
    case .multiverse: "/multiverse"
    case .scenarios: "/scenarios"
    case .scenario(let id): "/scenarios/\(percentEncoded(id))"
    case .calibration: "/calibration"
    case .outlook: "/outlook"
    case .exposures: "/exposures"
    case .leverage: "/exposures/leverage"
    case .watchList: "/exposures/watch-list"
    case .evidence: "/evidence"
    case .claim(let id): "/evidence/claims/\(percentEncoded(id.rawValue))"
    case .conflicts: "/conflicts"
    case .coverage: "/coverage"
    case .method: "/method"
    }
  }

  /// What the page's own query says, in a fixed order.
  package var parameters: [AddressArgument] {
    switch self {
    case .evidence(let filter): filter.parameters
    case .multiverse(let filter): filter.parameters
    case .watchList(let weights?):
      WatchWeights.fields.map { name, _, path in
        AddressArgument(name: name, value: addressNumber(weights[keyPath: path]))
      }
    case .leverage(let relief?): relief.parameters
    default: []
    }
  }

  /// What the arguments of the page's own query cannot be together.
  package func problems(in arguments: [AddressArgument]) -> [ArgumentProblem] {
    switch self {
    case .leverage: Relief.problems(in: arguments)
    case .watchList: WatchWeights.problems(in: arguments)
    case .evidence: EvidenceFilter.problems(in: arguments)
    default: []
    }
  }

  /// The pages that every page leads to, with what the reader calls them.
  static let main: [(page: SitePage, label: String)] = [
    (.answer, "Answer"), (.comparison, "Comparison"), (.states, "States"),
    (.multiverse(MultiverseFilter()), "Choices"), (.scenarios, "Scenarios"),
    (.outlook, "Outlook"), (.exposures, "Exposures"),
    (.evidence(EvidenceFilter()), "Evidence"), (.conflicts, "Conflicts"),
    (.coverage, "Coverage"), (.method, "Method"),
  ]

  /// The page of the main ones under which this one stands.
  var main: SitePage {
    switch self {
    case .channel: .answer
    case .state: .states
    case .scenario, .calibration: .scenarios
    case .leverage, .watchList: .exposures
    case .multiverse: .multiverse(MultiverseFilter())
    case .claim, .evidence: .evidence(EvidenceFilter())
    case .answer, .states, .comparison, .scenarios, .outlook, .exposures, .conflicts, .coverage,
      .method:
      self
    }
  }
}
