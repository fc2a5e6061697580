import Markup
import Documents
import Evidence
import Indicators
import Studies

// One claim: what it says and where, its rivals, its history, and all that it moves.
extension Pages {
  func claimPage(_ claim: Claim) -> HTML {
    let facts = claimFacts(claim).map { name, value -> HTML in
      "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
    }
    return """
      <article class="claim-page" id="\(Place.claim(claim.id).anchor)">
      <header>\(heading(2, "Claim <code>\(claim.id)</code>"))
      <p class="lede">\(isolated(claim.statement))</p></header>
      \(history(of: claim))
      <dl class="facts wide">\(facts.joined("\n"))</dl>
      \(heading(3, "What it moves"))
      <p class="moves">\(moves(of: outputs.outputs(of: claim.id))).</p>
      \(weight(of: claim))
      \(rivals(of: claim))
      \(sameDeal(as: claim))
      </article>
      """
  }

  /// What the claim states, where its source says it, and how far both can be trusted.
  private func claimFacts(_ claim: Claim) -> [(String, HTML)] {
    let source = answer.casebook.source(claim.source)
    let cited: HTML =
      source.map { source in
        let address: HTML = source.url.map { " \(Markup.link(to: $0, $0))" } ?? .none
        return "\(isolated(source.reference))\(address) (\(link(source.id)))"
      } ?? "\(claim.source)"
    let stated: [(String, HTML?)] = [
      ("On", actorLink(claim.actor)),
      ("By", claim.by.map { actorLink($0) }),
      ("With", claim.with.isEmpty ? nil : "\(listed(claim.with.map { answer.name($0) }))"),
      ("Counterpart", claim.counterpart.map { "\(answer.name($0))" }),
      ("Channel", channelLink(claim.channel)),
      ("Instrument", "\(inWords(claim.instrument))"),
      ("Direction", claim.direction.map { "\($0.rawValue)" }),
      ("Phase", claim.phase.map { "\(inWords($0.rawValue))" }),
      ("Date", "\(claim.on?.text ?? "not stated")"),
      ("Ordered", claim.ordered.map { "\($0.text)" }),
      ("Delivered", claim.delivered.map { "\($0.text)" }),
      ("Until", claim.until.map { "\($0.text)" }),
      ("Value", claim.amount.map { "\($0)" }),
      ("Said as", "\(claim.assertion.rawValue)"),
      ("Source", cited),
      ("Place in the source", "\(claim.locator?.place ?? "not stated")"),
      ("Grade", "\(source?.grade ?? "source not graded"); \(claim.grade)"),
      ("Licence of the source", "\(source?.license ?? "not stated")"),
      ("Coded", "by \(claim.coder) on \(claim.codedOn.text)"),
    ]
    return stated.compactMap { name, value in value.map { (name, $0) } }
  }

  /// An actor's name, with a link where it has a page of its own.
  func actorLink(_ actor: ActorID) -> HTML {
    guard let state = answer.state(of: actor) else { return "\(answer.name(actor))" }
    return "<a href=\"\(address(.state(state)))\">\(answer.name(actor))</a>"
  }

  private func channelLink(_ channel: ChannelID) -> HTML {
    guard answer.channels.contains(where: { $0.id == channel }) else {
      return "\(answer.title(of: channel))"
    }
    return "<a href=\"\(address(.channel(channel)))\">\(answer.title(of: channel))</a>"
  }

  /// Which claim it corrects, and which corrects it.
  private func history(of claim: Claim) -> HTML {
    let later = answer.casebook.claims.filter { $0.supersedes == claim.id }
    let items: [HTML] =
      later.map { "Corrected by \(link($0.id)) on \($0.codedOn.text); kept, and never used." }
      + (claim.supersedes.map { ["Corrects \(link($0)), which stays in the casebook."] } ?? [])
    return items.map { item -> HTML in "<p class=\"note\">\(item)</p>" }.joined("\n")
  }

  /// What the answer is without the claim, where that was asked.
  private func weight(of claim: Claim) -> HTML {
    guard let influence else { return .none }
    let items = differences(without: claim, influence)
    let without = addressQuery([AddressArgument(name: "without-claim", value: claim.id.rawValue)])
    return """
      \(items.isEmpty ? "<p>Without it no estimate changes.</p>" : list(items))
      <p><a href="\(SitePage.answer.path)\(without)">The whole answer without it</a></p>
      """
  }

  /// The outcomes that change when a claim is left out, each with it and without it.
  func differences(without claim: Claim, _ influence: Influence) -> [HTML] {
    influence.outcomes.compactMap { outcome in
      outcome.parts.first { $0.kind == .claim && $0.name == claim.id.rawValue }
        .map { difference(of: outcome, without: $0.without) }
    }
  }

  /// An outcome with a piece of evidence and without it.
  private func difference(
    of outcome: Influence.OutcomeInfluence, without: Influence.Standing
  ) -> HTML {
    let words = { (standing: Influence.Standing) in
      standing.estimate.map { estimate in
        "\(signed(estimate))" + (standing.p.map { " (\(pStatement($0)))" } ?? "")
      } ?? "no estimate"
    }
    let title = answer.outcomes.first { $0.id == outcome.outcome }?.series.indicator.title
    let verdict: HTML =
      without.verdict.map { verdict -> HTML in
        verdict == outcome.whole.verdict ? .none : "; then it is \(badge(verdict))"
      } ?? .none
    return """
      <a href="\(address(.outcome(outcome.outcome)))">\(title ?? outcome.outcome)</a>: \
      \(words(outcome.whole)) with it, \(words(without)) without\(verdict)
      """
  }

  /// All claims on the same fact, and the rule by which one is used.
  private func rivals(of claim: Claim) -> HTML {
    guard let fact = answer.casebook.fact(claim.fact) else { return .none }
    let title = heading(3, "The fact <code>\(fact.id)</code>")
    guard fact.claims.count > 1 || !fact.superseded.isEmpty else {
      return "\(title)<p>No other claim speaks of it.</p>"
    }
    let rules = fact.readings.map { reading -> HTML in
      let per: HTML = reading.denominator.map { " of \($0)" } ?? .none
      return "Used\(per): \(link(reading.used.id)). \(reading.rule.sentence)"
    }
    return """
      \(title)
      \(sideBySide(fact.claims + fact.superseded, used: Set(fact.readings.map(\.used.id)), of: fact.id))
      \(list(rules))
      """
  }

  /// The other claims on the deal that the claim belongs to.
  private func sameDeal(as claim: Claim) -> HTML {
    guard let deal = claim.deal else { return .none }
    let others = answer.casebook.claims(of: deal).filter { $0.id != claim.id }
    guard !others.isEmpty else { return .none }
    return """
      \(heading(3, "Also on the deal <code>\(deal)</code>"))
      \(list(others.map { item($0) }))
      """
  }
}
