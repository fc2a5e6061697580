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
