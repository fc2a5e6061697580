import Markup
import Evidence
import Studies
import Documents

// Every claim: what it says, where it stands, how it is graded and what it moves.
extension Pages {
  var evidenceSection: HTML {
    let superseded = answer.casebook.supersededClaims
    let groups = answer.casebook.codebook.channels.compactMap { channel -> HTML? in
      let claims = answer.casebook.claims.filter { $0.channel == channel.id }
      guard !claims.isEmpty else { return nil }
      let items = listedClaims(of: channel.id).map {
        claim($0, isSuperseded: superseded.contains($0.id))
      }
      let more: HTML = leftOut(of: claims.count).map { "<p class=\"note\">\($0)</p>" } ?? .none
      return """
        <details class="group"><summary><strong>\(channel.title)</strong>: \
        \(counted(claims.count, "claim"))</summary>
        <ul class="claims">
        \(items.joined("\n"))
        </ul>\(more)</details>
        """
    }
    let total = answer.casebook.claims.count
    return section(
      "evidence", "The evidence",
      """
      \(counted(total, "claim")), each in the coder’s own words with its place in the source and all that \
      it moves.
      """,
      """
      \(filters)
      <p id="claim-count" class="js-only" role="status">\(counted(total, "claim"))</p>
      <div id="claims">
      \(groups.joined("\n"))
      </div>
      """)
  }

  private var filters: HTML {
    let actors = answer.casebook.claims.map(\.actor).uniqued.map { ($0.rawValue, answer.name($0)) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    let channels = answer.casebook.codebook.channels.map { ($0.id.rawValue, $0.title) }
    let sources = answer.casebook.claims.map(\.source).uniqued.map { ($0.rawValue, $0.rawValue) }
    return """
      <form class="filters js-only" id="filters" role="search">
      <label>Words <input type="search" name="words" autocomplete="off"></label>
      \(choice("actor", "On", actors))
      \(choice("channel", "Channel", channels))
      \(choice("source", "Source", sources))
      <label class="check"><input type="checkbox" name="moves"> enters an estimate</label>
      </form>
      """
  }

  func choice(
    _ name: String, _ label: String, _ options: [(String, String)], chosen: String = ""
  ) -> HTML {
    Publishing.choice(name, label, options, chosen: chosen, otherwise: "all")
  }

  func claim(_ claim: Claim, isSuperseded: Bool) -> HTML {
    let outputs = outputs.outputs(of: claim.id)
    let corrected: HTML =
      isSuperseded
      ? "<p class=\"note\">Corrected by a later claim; kept, and never used.</p>" : .none
    let differences = influence.map { self.differences(without: claim, $0) } ?? []
    return """
      <li class="claim" id="\(Place.claim(claim.id).anchor)" data-actor="\(claim.actor)" \
      data-channel="\(claim.channel)" data-source="\(claim.source)"\
      \(self.outputs.enterEstimate(claim.id) ? " data-moves" : .none as HTML)>
      <p class="statement">\(isolated(claim.statement))</p>
      \(corrected)
      <p class="meta">\(meta(claim))</p>
      <p class="meta">\(place(claim))</p>
      <p class="moves"><strong>Moves:</strong> \(moves(of: outputs)).</p>\(list(differences))
      </li>
      """
  }

  /// What a claim moves, each with a link to its place.
  func moves(of outputs: [EvidenceOutputs.Output]) -> HTML {
    let links = outputs.map { output -> HTML in
      "<a href=\"\(address(place(of: output)))\">\(answer.text(of: output))</a>"
    }
    return links.isEmpty ? "nothing in this answer" : links.joined(", ")
  }

  private func meta(_ claim: Claim) -> HTML {
    var parts = [
      answer.name(claim.actor), answer.title(of: claim.channel), inWords(claim.instrument),
      claim.dateText,
    ]
    if let counterpart = claim.counterpart { parts[0] += " and \(answer.name(counterpart))" }
    if let amount = claim.amount { parts.append(amount) }
    if let direction = claim.direction { parts.append(direction.rawValue) }
    if let phase = claim.phase { parts.append(phase.rawValue) }
    parts.append(claim.assertion.rawValue)
    return "\(parts.joined(separator: " · "))"
  }

  private func place(_ claim: Claim) -> HTML {
    let locator = claim.locator.map { ", \($0.place)" } ?? ", place not stated"
    let source = answer.casebook.source(claim.source)
    return """
      Source \(link(claim.source))\(locator) · \(source?.grade ?? ""), \(claim.grade) · coded by \
      \(claim.coder) on \(claim.codedOn.text) · fact \(claim.fact) · claim \
      <a href="\(address(.claim(claim.id)))">\(claim.id)</a>
      """
  }

  /// The place in the page of what a claim moves.
  private func place(of output: EvidenceOutputs.Output) -> Place {
    switch output {
    case .estimate(let id), .rawData(let id): .outcome(id)
    case .conflict(let fact): .conflict(fact)
    case .ladder(let actor), .recognition(let actor), .clauses(let actor), .coverage(let actor),
      .statePage(let actor):
      answer.study.named.contains(actor) ? .state(actor) : .states
    case .concerns: .evidence
    case .count: .heatMap
    }
  }
}
