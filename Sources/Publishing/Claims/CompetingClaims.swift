import Evidence
import Markup
import Studies

extension Pages {
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
}
