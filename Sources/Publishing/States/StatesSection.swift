import Markup
import Documents
import Evidence
import Indicators
import Panels
import Studies

// One page for each state that the question names.
extension Pages {
  var statesSection: HTML {
    let pages = answer.study.named.map(statePage)
    let links = answer.study.named.map { state -> HTML in
      "<a href=\"\(address(.state(state)))\">\(answer.name(state))</a>"
    }
    return section(
      "states", "The states", .none,
      "\(list(links, style: "row"))\n\(pages.joined("\n"))")
  }

  func statePage(_ state: ActorID) -> HTML {
    let own = answer.claims(on: state)
    let target = Place.state(state).anchor
    return """
      <article class="state" id="\(target)" aria-labelledby="\(target)-heading">
      \(heading(3, id: "\(target)-heading", "\(answer.name(state))"))
      \(html(StateTimeline(answer, state: state).picture))
      \(latest(own))
      \(standing(state))
      \(exposures(own))
      \(channels(of: state, own))
      </article>
      """
  }

  /// The five claims with the latest dates.
  private func latest(_ claims: [Claim]) -> HTML {
    let dated = claims.enumerated().compactMap { place, claim in
      (claim.on ?? claim.delivered ?? claim.ordered).map { (place, $0, claim) }
    }
    let last = dated.sorted {
      ($0.1.latest, $0.1.earliest, $1.0) > ($1.1.latest, $1.1.earliest, $0.0)
    }.prefix(5)
    let items = last.map { item($0.2) }
    return items.isEmpty ? .none : "\(heading(4, "Latest claims"))\(list(items))"
  }

  /// The state's values in each outcome: the last one observed.
  private func standing(_ state: ActorID) -> HTML {
    let frame = TableFrame(
      "The last value observed of each outcome", label: "Latest values, \(answer.name(state))",
      ["Outcome", "Kind", .number("Value"), .number("Year")])
    let rows = answer.outcomes.compactMap { outcome -> HTML? in
      guard let row = outcome.series.actors.firstIndex(of: state) else { return nil }
      let cells = outcome.series.cells[row]
      let indicator = outcome.series.indicator
      let start: [HTML] = [
        "<a href=\"\(address(.outcome(outcome.id)))\">\(indicator.title)</a>",
        "\(indicator.concept.rawValue)",
      ]
      guard let last = cells.lastIndex(where: { $0.cell.value != nil }),
        let value = cells[last].cell.value
      else { return frame.row(start + ["–", "\(cells.last?.cell.absence?.text ?? "no value")"]) }
      let text = (cells[last].isAtLeast && indicator.isAmount ? "≥ " : "") + plainFigure(value)
      return frame.row(
        start + [
          traced(text, to: .trace(outcome: outcome.id)), "\(outcome.series.periods[last])",
        ])
    }
    guard !rows.isEmpty else { return .none }
    return heading(4, "Where it stands") + "\n" + frame.html(rows)
  }

  /// Debts, shares and clauses: what gives leverage.
  private func exposures(_ claims: [Claim]) -> HTML {
    let shares = claims.filter { $0.of != nil && $0.amount != nil }.map { claim -> HTML in
      "<strong>\(claim.amount ?? "")</strong>: \(item(claim))"
    }
    let deals = Set(claims.compactMap(\.deal))
    let clauses = answer.casebook.clauses.filter { deals.contains($0.deal) }
      .map { clause -> HTML in
        let about = [clause.trigger.map { "when \($0)" }, clause.consequence]
          .compactMap { $0 }.joined(separator: ": ")
        return """
          Clause: \(inWords(clause.kind))\(about.isEmpty ? "" : ", \(about)") \
          <span class="cite">deal \(clause.deal) · \(link(clause.claim))</span>
          """
      }
    let unstated: [HTML] =
      clauses.isEmpty && !deals.isEmpty
      ? ["Contract clauses: not stated in \(counted(deals.count, "deal")) on file."] : []
    let items = shares + clauses + unstated
    return items.isEmpty ? .none : "\(heading(4, "Exposures"))\(list(items))"
  }

  /// All claims on a state by channel, documents among them, and those on groups it belongs to.
  private func channels(of state: ActorID, _ own: [Claim]) -> HTML {
    let parts = answer.casebook.codebook.channels.compactMap { channel -> HTML? in
      let claims = own.filter { $0.channel == channel.id }
      let cell = counts[state, channel.id]
      guard !claims.isEmpty || cell != nil else { return nil }
      let search = cell.map { $0.search == .searched ? "searched" : inWords($0.search.text) }
      let note: HTML = search.map { " <span class=\"cite\">\($0)</span>" } ?? .none
      guard !claims.isEmpty else {
        return "<p class=\"empty\"><strong>\(channel.title)</strong>: no claim.\(note)</p>"
      }
      return """
        <details><summary><strong>\(channel.title)</strong>: \(counted(claims.count, "claim"))\(note)\
        </summary>\(list(firstOf: claims, item))</details>
        """
    }
    let groups = answer.claims(onGroupsOf: state)
    let onGroups: HTML =
      groups.isEmpty
      ? .none
      : """
      <details><summary>\(counted(groups.count, "claim")) on groups it belongs to: they name no state \
      and count for none</summary>\(list(firstOf: groups, item))</details>
      """
    return """
      <div id="\(Place.claims(on: state).anchor)">\(heading(4, "Channel by channel"))
      \(parts.joined("\n"))
      \(onGroups)</div>
      """
  }
}

extension Indicator {
  /// Whether more evidence could only raise its values; a position can turn either way.
  var isAmount: Bool {
    if case .claims(let rule) = definition { rule.measure != .latestPosition } else { true }
  }
}

extension FactCell.Search {
  var text: String {
    switch self {
    case .searched: "searched"
    case .notSearched: "not fully searched"
    case .impossible: "impossible"
    case .withheld: "withheld"
    }
  }
}
