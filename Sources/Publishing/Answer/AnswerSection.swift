import Markup
import Effects
import Evidence
import Indicators
import Panels
import Studies
import Documents

// The question and its answer, then whether the evidence can decide.
extension Pages {
  /// The question, the answer's sentence, and what must be known before any number.
  var answerSection: HTML {
    let channels = answer.channels.map { channel -> HTML in
      """
      <li class="verdict">\(heading(3, channelLink(channel)))
      \(badge(channel.verdict))
      <p>\(brief(channel))</p></li>
      """
    }
    let known = answer.asKnownOn.map { " · as known on \($0)" } ?? ""
    return """
      <section id="answer" class="answer" aria-labelledby="question">
      <h1 id="question">\(answer.study.question)</h1>
      <p class="lede">\(answer.summary)</p>
      \(answer.findings.map { finding -> HTML in "<p class=\"finding\">\(finding)</p>" })
      <p class="estimand"><strong>What is estimated.</strong> \(answer.study.estimand)</p>
      \(caveats)
      <h2>Channel by channel</h2>
      <p class="lead">The channels can disagree, and are never averaged.</p>
      <ul class="verdicts">
      \(channels.joined("\n"))
      </ul>\(outcomesTogether)
      <p class="stamp">Casebook \(answer.casebook.id)\(known) · seed \(String(answer.study.seed))</p>
      </section>
      """
  }

  private func channelLink(_ channel: ChannelAnswer) -> HTML {
    "<a href=\"\(address(.channel(channel.id)))\">\(channel.title)</a>"
  }

  /// What a channel found, or the first reason why it cannot be decided.
  private func brief(_ channel: ChannelAnswer) -> String {
    guard channel.verdict == .undecidable, let headline = channel.headline else {
      return answer.text(of: channel)
    }
    return headline.answerability.reasons.first { !$0.passed }.map { answer.text(of: $0) }
      ?? answer.text(of: channel)
  }

  private var caveats: HTML {
    guard !answer.caveats.isEmpty else { return .none }
    let items = answer.caveats.map { caveat -> HTML in "\(answer.text(of: caveat))" }
    return """
      <aside class="caveats" aria-labelledby="caveats-heading">
      <h2 id="caveats-heading">Know this before any number</h2>
      \(list(items, ordered: true, style: "caveat-list"))
      </aside>
      """
  }

  /// The design cards: one table over all channels, then a card for each.
  var decisionSection: HTML {
    let cards = answer.channels.flatMap { channel in
      channel.outcomes.filter(\.isHeadline).map { card($0, of: channel) }
    }
    return section(
      "decide", "Can the evidence decide?",
      """
      Judged from the design and the years before joining only, never from what was found. A channel \
      that cannot be decided is refused, and its raw data are shown. A p says how often dates of joining \
      dealt by chance give an effect at least as large.
      """,
      "\(overview)\n<div class=\"cards\">\n\(cards.joined("\n"))\n</div>")
  }

  private var overview: HTML {
    let frame = TableFrame(
      "What each channel’s design allows", style: "overview",
      [
        "Channel", "Verdict", "Joined", "Compared", "Years", "Smallest p, by who joined",
        "Smallest effect it would find", "p of differences before joining",
      ], words: 2)
    return frame.html(
      answer.channels.map { channel in
        let numbers = overviewNumbers(channel.headline)
        return frame.row([channelLink(channel), badge(channel.verdict)] + numbers)
      })
  }

  private func overviewNumbers(_ outcome: OutcomeAnswer?) -> [HTML] {
    guard let outcome else { return Array(repeating: "–", count: 6) }
    let design = outcome.design
    let texts = [
      "\(design.treated.count)", "\(design.comparison.count)",
      design.periods.map { "\($0.lowerBound)–\($0.upperBound)" } ?? "–",
      design.floor.map { plainP($0.deciding) } ?? "–",
      design.minimumDetectableEffect.map { plain($0) } ?? "–",
      design.preTrend.map(plainP) ?? "–",
    ]
    return texts.map { $0 == "–" ? "–" : traced($0, to: .trace(outcome: outcome.id)) }
  }

  /// What the design of a headline outcome allows, with every rule that it passes or fails.
  func card(_ outcome: OutcomeAnswer, of channel: ChannelAnswer) -> HTML {
    let facts = designFacts(outcome).map { fact -> HTML in
      "<div><dt>\(fact.0)</dt><dd>\(fact.1)</dd></div>"
    }
    let reasons = outcome.answerability.reasons.map { reason -> HTML in
      let state = reason.passed ? "passes" : "fails"
      let mark = reason.passed ? "✓" : "✗"
      return """
        <li class="\(state)"><span class="mark" aria-label="\(state)">\(mark)</span> \
        <span>\(answer.text(of: reason))</span></li>
        """
    }
    let isOnChannel = if case .site(.channel, _) = layout { true } else { false }
    let title =
      isOnChannel ? heading(4, "Can the evidence decide?") : heading(3, "\(channel.title)")
    let more: HTML =
      isOnChannel
      ? .none
      : "<p class=\"more\"><a href=\"\(address(.outcome(outcome.id)))\">To the channel</a></p>"
    return """
      <article class="card" id="\(Place.card(outcome: outcome.id).anchor)">
      \(title)
      \(badge(outcome.answerability.verdict))
      <p class="what">\(outcome.series.indicator.title) (\(outcome.series.indicator.unit))</p>
      <dl class="facts">\(facts.joined("\n"))</dl>
      <ul class="reasons">
      \(reasons.joined("\n"))
      </ul>
      \(more)
      </article>
      """
  }

  /// The design of an outcome in pairs of words and values.
  func designFacts(_ outcome: OutcomeAnswer) -> [(String, HTML)] {
    let design = outcome.design
    let target = Place.trace(outcome: outcome.id)
    let named = NamedCoverage(design).text(names: answer.name)
    var facts: [(String, HTML)] = [
      ("Joined", traced(counted(design.treated.count, "state"), to: target)),
      ("Compared with", traced(counted(design.comparison.count, "state"), to: target)),
      ("Years", "\(design.periods.map { "\($0.lowerBound) to \($0.upperBound)" } ?? "none")"),
      ("The states named", "\(named)"),
    ]
    if let floor = design.floor {
      let text = "\(plainP(floor.who)) by who joined, \(plainP(floor.whoAndWhen)) by who and when"
      facts.append(("Smallest attainable p", traced(text, to: target)))
    }
    if let floor = design.namedFloor {
      let text =
        "\(plainP(floor.who)) when comparing \(floor.joined) of \(floor.of) with the rest"
      facts.append(("Named states alone", traced(text, to: target)))
    }
    if let effect = design.minimumDetectableEffect {
      facts.append(
        ("Smallest effect that would be found", traced(plain(effect), to: target)))
    }
    if let p = design.preTrend {
      facts.append(("Trend before joining", traced(pStatement(p), to: target)))
    }
    if !design.coTreated.isEmpty {
      let names = listed(design.coTreated.map { answer.name($0) })
      facts.append(("Other membership in the window", "\(names)"))
    }
    return facts
  }
}

/// What a comparison has of the states that the question names.
struct NamedCoverage {
  private let units: [DesignCard.NamedUnit]

  init(_ design: DesignCard) { units = design.named }

  /// The states by their part: those that joined and those compared with their years, then the
  /// absent ones by their reason.
  func text(names: (ActorID) -> String) -> String {
    let present = units.filter { $0.role != .absent }.map { unit in
      let name = names(unit.actor)
      return unit.role == .treated
        ? "\(name) joined (\(unit.periodsBefore) before, \(unit.periodsAfter) after)"
        : "\(name) compared (\(counted(unit.periodsBefore + unit.periodsAfter, "year")))"
    }
    let absent = units.filter { $0.role == .absent }
    let missing = absent.map(\.absence).uniqued.map { reason in
      let actors = absent.filter { $0.absence == reason }.map(\.actor)
      let who = actors.count == units.count ? "all" : listed(actors.map(names))
      return "\(who) absent" + (reason.map { ": \($0.text)" } ?? "")
    }
    let parts = present + missing
    return parts.isEmpty ? "none" : parts.joined(separator: "; ")
  }
}
