import Evidence
import Studies

// Where sources disagree, and what would change the answer.
extension Pages {
  var conflictsSection: HTML {
    let items = answer.conflicts.map { conflict -> HTML in
      let claims = conflict.claims.compactMap { answer.casebook.claim($0) }
      return """
        <article class="conflict" id="\(Place.conflict(conflict.fact).anchor)">
        \(heading(3, "\(conflictTitle(conflict))"))
        \(sideBySide(claims, used: [conflict.used], of: conflict.fact))
        <p><strong>Why this one.</strong> \(conflict.why)</p>
        </article>
        """
    }
    let none: HTML = "<p>No two claims of the casebook say different things about one fact.</p>"
    return section(
      "disagree", "Where sources disagree",
      "Competing claims stand side by side; none is overwritten, and none is averaged.",
      items.isEmpty ? none : items.joined("\n"))
  }

  /// Competing claims of one fact in a table, those that are used marked.
  func sideBySide(_ claims: [Claim], used: Set<ClaimID>, of fact: FactID) -> HTML {
    let rows = claims.map { claim -> HTML in
      let isUsed = used.contains(claim.id)
      let place: HTML = claim.locator.map { ", \($0.place)" } ?? .none
      return """
        <tr\(isUsed ? " class=\"used\"" : .none as HTML)><td>\(isUsed ? "used" : "")</td>\
        <td>\(isolated(claim.statement))</td><td class="num">\(claim.amount ?? "–")</td>\
        <td>\(claim.dateText)</td><td>\(link(claim.source))\(place)<br>\
        \(answer.casebook.source(claim.source)?.grade ?? ""), \(claim.grade)</td>\
        <td>\(link(claim.id))</td></tr>
        """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Claims on \(fact)"><table>
      <caption>Competing claims, side by side</caption>
      <thead><tr><th scope="col">Used</th><th scope="col">What it says</th>\
      <th scope="col" class="num">Value</th><th scope="col">Date</th><th scope="col">Source</th>\
      <th scope="col">Claim</th></tr></thead>
      <tbody>\(rows.joined("\n"))</tbody></table></div>
      """
  }

  private func conflictTitle(_ conflict: Conflict) -> HTML {
    let claim = answer.casebook.claim(conflict.used)
    let who = claim.map { "\(answer.name($0.actor)): " } ?? ""
    return "\(who)\(inWords(conflict.fact.rawValue.replacing("-", with: " ")))"
  }

  var changeSection: HTML {
    let items = answer.wouldChange.map { text -> HTML in "\(text)" }
    return section(
      "change", "What would change our mind",
      "Computed from the designs and from the evidence that is missing.",
      items.isEmpty ? "<p>Nothing was computed.</p>" : list(items, style: "change-list"))
  }
}
