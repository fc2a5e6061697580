import Markup
package import Evidence
import Foundation
import Studies
import Documents

// The claims that pass a filter, a page at a time.
extension Pages {
  /// The list of the claims that pass a filter, with the form that sets it.
  func evidenceList(_ filter: EvidenceFilter) -> HTML {
    let superseded = answer.casebook.supersededClaims
    let passing = answer.casebook.claims.filter { passes($0, filter) }
    let last = max(1, (passing.count + EvidenceFilter.pageLength - 1) / EvidenceFilter.pageLength)
    let number = min(filter.page, last)
    let first = (number - 1) * EvidenceFilter.pageLength
    let shown = passing.dropFirst(first).prefix(EvidenceFilter.pageLength)
    let items = shown.map { claim($0, isSuperseded: superseded.contains($0.id)) }
    let total = answer.casebook.claims.count
    return section(
      "evidence", "The evidence",
      """
      \(counted(total, "claim")), each in the coder’s own words with its place in the source and all that \
      it moves.
      """,
      """
      \(form(filter))
      <p role="status">\(passing.count) of \(counted(total, "claim")) pass\
      \(last > 1 ? ", page \(number) of \(last)" : "").\
      \(filter.page > last ? " Page \(filter.page) does not exist; this is the last." : "")</p>
      <ul class="claims">
      \(items.joined("\n"))
      </ul>
      \(pager(filter, number: number, last: last))
      """)
  }

  private func pager(_ filter: EvidenceFilter, number: Int, last: Int) -> HTML {
    guard last > 1 else { return .none }
    let links = (1...last).map { place -> HTML in
      var other = filter
      other.page = place
      let mark: HTML = place == number ? " aria-current=\"page\"" : .none
      return "<li><a href=\"\(address(of: .evidence(other)))\"\(mark)>\(place)</a></li>"
    }
    return "<nav aria-label=\"Pages of claims\"><ul class=\"row pager\">\(links)</ul></nav>"
  }

  // MARK: The filter

  /// Whether a claim passes every part of a filter that is set.
  func passes(_ claim: Claim, _ filter: EvidenceFilter) -> Bool {
    let book = answer.casebook
    let isWanted = { (wanted: String, actual: String?) in wanted.isEmpty || wanted == actual }
    guard isWanted(filter.actor, claim.actor.rawValue),
      isWanted(filter.channel, claim.channel.rawValue),
      isWanted(filter.instrument, claim.instrument.rawValue),
      isWanted(filter.source, claim.source.rawValue)
    else { return false }
    guard
      isAtLeast(filter.reliability, book.source(claim.source)?.reliability?.rawValue),
      isAtLeast(filter.credibility, claim.credibility?.rawValue),
      claim.isDated(from: Int(filter.from), to: Int(filter.to))
    else { return false }
    guard !filter.entersEstimate || outputs.enterEstimate(claim.id) else { return false }
    let text = searched(claim)
    return filter.words.lowercased().split(whereSeparator: \.isWhitespace)
      .allSatisfy { text.contains($0) }
  }

  /// Whether a grade is at least as good as the one wanted; grades sort from the best.
  private func isAtLeast(_ wanted: String, _ actual: String?) -> Bool {
    guard !wanted.isEmpty else { return true }
    return actual.map { $0 <= wanted } ?? false
  }

  private func searched(_ claim: Claim) -> String {
    [
      claim.statement, claim.id.rawValue, claim.fact.rawValue, answer.name(claim.actor),
      answer.title(of: claim.channel), inWords(claim.instrument), claim.source.rawValue,
      claim.amount ?? "",
    ].joined(separator: "\n").lowercased()
  }

  private func form(_ filter: EvidenceFilter) -> HTML {
    let claims = answer.casebook.claims
    let actors = claims.map(\.actor).uniqued.map { ($0.rawValue, answer.name($0)) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    let channels = answer.casebook.codebook.channels.map { ($0.id.rawValue, $0.title) }
    let instruments = claims.map(\.instrument).uniqued.map { ($0.rawValue, inWords($0)) }.sorted {
      $0.1 < $1.1
    }
    let sources = claims.map(\.source).uniqued.map { ($0.rawValue, $0.rawValue) }
    let reliabilities = Reliability.allCases.map { ($0.rawValue, "\($0.rawValue) or better") }
    let credibilities = Credibility.allCases.map { ($0.rawValue, "\($0.rawValue) or better") }
    return """
      <form class="filters" action="/evidence" method="get" role="search">
      \(carried)
      <label>Words <input type="search" name="words" value="\(filter.words)" autocomplete="off"></label>
      \(choice("actor", "On", actors, chosen: filter.actor))
      \(choice("channel", "Channel", channels, chosen: filter.channel))
      \(choice("instrument", "Instrument", instruments, chosen: filter.instrument))
      \(choice("source", "Source", sources, chosen: filter.source))
      \(choice("reliability", "Source graded", reliabilities, chosen: filter.reliability))
      \(choice("credibility", "Claim graded", credibilities, chosen: filter.credibility))
      \(year("from", "From year", filter.from))
      \(year("to", "To year", filter.to))
      <label class="check"><input type="checkbox" name="moves"\
      \(filter.entersEstimate ? " checked" : .none as HTML)> enters an estimate</label>
      <button type="submit">Filter</button>
      <a href="\(address(of: .evidence(EvidenceFilter())))">All claims</a>
      </form>
      """
  }

  /// The reader's changed judgements as hidden fields, which a form would else lose.
  var carried: HTML {
    guard case .site(_, let query) = layout else { return .none }
    let parts = query.drop { $0 == "?" }.split(separator: "&").compactMap { part -> HTML? in
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decoded(pair.first), !name.isEmpty else { return nil }
      let value = decoded(pair.dropFirst().first) ?? ""
      return "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }
    return parts.joined("")
  }

  private func decoded(_ part: Substring?) -> String? {
    part.map { $0.replacing("+", with: " ") }?.removingPercentEncoding
  }

  private func year(_ name: String, _ label: String, _ value: String) -> HTML {
    """
    <label>\(label) <input type="number" name="\(name)" value="\(value)" inputmode="numeric" \
    class="year"></label>
    """
  }
}

extension Claim {
  /// Whether the claim's date may lie between two years; without any year, every claim's may.
  package func isDated(from: Int?, to: Int?) -> Bool {
    guard from != nil || to != nil else { return true }
    guard let date = on ?? delivered ?? ordered else { return false }
    return (from ?? .min) <= date.latest.year && date.earliest.year <= (to ?? .max)
  }
}
