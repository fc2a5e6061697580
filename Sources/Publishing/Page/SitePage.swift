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
  package var parameters: [EvidenceFilter.Parameter] {
    switch self {
    case .evidence(let filter): filter.parameters
    case .multiverse(let filter): filter.parameters
    case .watchList(let weights?):
      WatchWeights.fields.map { name, _, path in
        EvidenceFilter.Parameter(name: name, value: plainFigure(weights[keyPath: path]))
      }
    case .leverage(let relief?): relief.parameters
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

/// Arguments as the query of an address, with its `?`; empty without any.
package func addressQuery(_ arguments: [EvidenceFilter.Parameter]) -> String {
  let parts = arguments.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }
  return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
}

/// A text as one segment of a path or one part of a query: only unreserved characters as they are.
func percentEncoded(_ text: String) -> String {
  var encoded = ""
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      encoded.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      encoded += "%" + (digits.count == 1 ? "0" : "") + digits
    }
  }
  return encoded
}
