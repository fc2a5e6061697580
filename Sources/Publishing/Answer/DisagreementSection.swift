import Markup
import Documents
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
        <p><strong>Why this one.</strong> \(conflict.why.sentence)</p>
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
    let frame = TableFrame(
      "Competing claims, side by side", label: "Claims on \(fact)",
      ["Used", "What it says", .number("Value"), "Date", "Source", "Claim"])
    return frame.html(
      claims.map { claim in
        let isUsed = used.contains(claim.id)
        let place: HTML = claim.locator.map { ", \($0.place)" } ?? .none
        let grade = answer.casebook.source(claim.source)?.grade ?? ""
        return frame.row(
          [
            isUsed ? "used" : "", isolated(claim.statement), "\(claim.amount ?? "–")",
            "\(claim.dateText)", "\(link(claim.source))\(place)<br>\(grade), \(claim.grade)",
            link(claim.id),
          ], isNamed: false, style: isUsed ? "used" : nil)
      })
  }

  private func conflictTitle(_ conflict: Conflict) -> HTML {
    let claim = answer.casebook.claim(conflict.used)
    let who = claim.map { "\(answer.name($0.actor)): " } ?? ""
    return "\(who)\(inWords(conflict.fact.rawValue.replacing("-", with: " ")))"
  }

  var changeSection: HTML {
    let items = answer.wouldChange.map { change -> HTML in "\(answer.text(of: change))" }
    return section(
      "change", "What would change our mind",
      "Computed from the designs and from the evidence that is missing.",
      items.isEmpty ? "<p>Nothing was computed.</p>" : list(items, style: "change-list"))
  }
}
