import Markup
import Evidence
import Indicators
import Scenarios
import Studies
import Documents

// What assumed accessions would change, and how such projections did in the past.
extension Pages {
  /// The scenarios of the casebook, each with a page of its own.
  var scenariosIndex: HTML {
    let items = scenarioNames.map { id -> HTML in
      let note = projection(id).map { projection -> HTML in
        "<br><span class=\"cite\">\(projection.terms(in: answer.casebook))</span>"
      }
      return
        "<li><a href=\"\(address(of: .scenario(id)))\">\(scenarioTitle(id))</a>\(note ?? .none)</li>"
    }
    return section(
      Place.scenarios.anchor, "Scenarios", scenariosLead,
      (items.isEmpty
        ? "<p>The casebook has no scenario.</p>"
        : "<ul class=\"plain\">\(items.joined("\n"))</ul>")
        + "<p><a href=\"\(address(of: .calibration))\">How projections of past accessions did</a></p>"
    )
  }

  /// The casebook's scenarios, and others that were drawn.
  var scenarioNames: [String] {
    (answer.casebook.scenarios.keys.sorted() + (supplement.projections ?? []).map(\.scenario.id))
      .uniqued
  }

  /// The scenario's projection, once it is drawn.
  private func projection(_ id: String) -> Projection? {
    supplement.projections?.first { $0.scenario.id == id }
  }

  /// What a scenario calls itself, before it is drawn too.
  private func scenarioTitle(_ id: String) -> String {
    if let known = projection(id) { return known.scenario.title }
    if case .read(let title)? = supplement.scenarios[id] { return title }
    return id
  }

  /// What is wrong with the scenario's file; nil when nothing is.
  private func faults(ofScenario id: String) -> HTML? {
    guard case .wrong(let text)? = supplement.scenarios[id] else { return nil }
    return "<p class=\"empty\">\(ScenarioFileWords.wrong("\(id).yaml"))</p>"
      + list(text.split(separator: "\n").map { "\(String($0))" })
  }

  private var scenariosLead: HTML {
    "What follows if the assumptions hold. None of it tells how probable the step is."
  }

  /// All scenarios that were drawn, one after the other, for the one file.
  var scenariosSection: HTML {
    section(
      Place.scenarios.anchor, "Scenarios", scenariosLead,
      (supplement.projections ?? []).map { scenario($0) }.joined("\n"))
  }

  /// The page of one scenario; nil when the casebook has none of this name.
  func scenarioPage(_ id: String) -> PageContent? {
    guard scenarioNames.contains(id) else { return nil }
    guard let projection = projection(id) else {
      let title = scenarioTitle(id)
      return PageContent(
        title: title,
        body: """
          <section id="\(Place.scenario(id).anchor)">\(heading(3, "\(title)"))
          \(faults(ofScenario: id) ?? pending)</section>
          """)
    }
    return PageContent(title: projection.scenario.title, body: scenario(projection))
  }

  private func scenario(_ projection: Projection) -> HTML {
    let scenario = projection.scenario
    let note: HTML = scenario.note.isEmpty ? .none : "<p class=\"lead\">\(scenario.note)</p>"
    return """
      <section class="channel" id="\(Place.scenario(scenario.id).anchor)">
      \(heading(3, "\(scenario.title)"))
      \(note)
      <p>\(projection.terms(in: answer.casebook))</p>
      \(projection.outcomes.compactMap { drawn($0, of: scenario) }.joined("\n"))
      \(refusals(projection.outcomes))
      </section>
      """
  }

  /// An outcome with its fans; nil where nothing is drawn.
  private func drawn(_ outcome: OutcomeProjection, of scenario: Scenario) -> HTML? {
    guard case .drawn(let drawn) = outcome.result else { return nil }
    let name = answer.name(outcome.step.actor)
    let fan = ProjectionFan(outcome, drawn, scenario, name: name)
    return """
      <article class="outcome">\(heading(4, "\(outcome.title) · \(name) \(badge(outcome.verdict))"))
      <p class="what">\(drawn.basis(of: outcome))</p>
      <div class="pair">\(html(fan.paths))\(html(fan.difference))</div></article>
      """
  }

  /// The outcomes of which nothing is drawn, each reason once, and what would have to be assumed.
  private func refusals(_ outcomes: [OutcomeProjection]) -> HTML {
    let refused = outcomes.compactMap { outcome -> (OutcomeProjection, String, String)? in
      guard case .refused(let refusal) = outcome.result else { return nil }
      let words = RefusalWords(
        refusal, of: outcome, study: answer.study, casebook: answer.casebook)
      return (outcome, words.reason, words.assumption)
    }
    guard !refused.isEmpty else { return .none }
    let groups = refused.map(\.1).uniqued.map { reason -> HTML in
      let items = refused.filter { $0.1 == reason }.map { outcome, _, assumption -> HTML in
        """
        <strong>\(outcome.title) · \(answer.name(outcome.step.actor))</strong> \
        \(badge(outcome.verdict))<br>\(code(in: assumption))
        """
      }
      return "<div class=\"refusal\"><p>\(reason)</p>\(list(items))</div>"
    }
    return """
      <article class="outcome">\(heading(4, "Nothing is drawn of \(counted(refused.count, "outcome"))"))
      \(groups.joined("\n"))</article>
      """
  }

  // MARK: Calibration

  /// How projections of past accessions did, outcome by outcome.
  var calibrationSection: HTML {
    section(
      .calibration, "How projections did before",
      """
      Each past accession drawn from the values until two years before it (today’s data cut in time, not \
      the data of the time), and compared with what came. Score: how far the drawn values lie from those \
      that came (the mean continuous ranked probability score, in the outcome’s unit; smaller is better). \
      Naive: the score of a random walk.
      """, computed: supplement.replays.map { calibration($0) })
  }

  private func calibration(_ replays: [Replay]) -> HTML {
    let names = replays.map(\.outcome).uniqued
    let parts = names.map { name -> HTML in
      let own = replays.filter { $0.outcome == name }
      let title = answer.outcomes.first { $0.id == name }?.series.indicator.title ?? name
      return """
        <article class="outcome">\(heading(3, "\(title)"))
        \(replayTable(own))\(unreplayed(own))</article>
        """
    }
    guard !parts.isEmpty else { return "<p>No outcome has an estimate to replay.</p>" }
    let picture = CoverageDots(replays, answer: answer).picture
    return ([html(picture)] + parts).joined("\n")
  }

  private func replayTable(_ replays: [Replay]) -> HTML {
    let scores = replays.compactMap(\.score)
    guard !scores.isEmpty else { return "<p>None of its accessions can be replayed.</p>" }
    let digits = decimals(for: scores.flatMap { [$0.crps, $0.naive] })
    let rows = replays.compactMap { replay in
      replay.score?.row(of: "\(answer.name(replay.actor)) \(replay.event)", decimals: digits)
    }
    let all = scores.together.map {
      $0.row(of: "All, \(counted($0.count, "year"))", decimals: digits)
    }
    return html(
      ChartTable(
        caption:
          "Past accessions: how far the projection missed, and how many of the years that came lie "
          + "within each band",
        header: ["Accession", "Years", "Score", "Naive", "In 50 %", "In 80 %", "In 95 %"],
        rows: rows + [all].compactMap(\.self), wordColumns: 2))
  }

  private func unreplayed(_ replays: [Replay]) -> HTML {
    let lines = replays.compactMap { replay -> HTML? in
      guard case .notReplayable(let refusal) = replay.result else { return nil }
      return "\(answer.name(replay.actor)) \(replay.event): \(refusal.text)"
    }
    return lines.isEmpty
      ? .none
      : """
      <details><summary>\(counted(lines.count, "accession")) cannot be replayed</summary>\(list(lines))\
      </details>
      """
  }
}

extension Replay {
  /// How the projection did; nil where there could be none.
  // Inlined, it ends the optimiser of Swift 6.3.1 when coverage is measured, as `make fuzz` does.
  @inline(never) var score: Score? {
    if case .scored(let score) = result { score } else { nil }
  }
}

extension Replay.Score {
  /// The years, the scores and how many years lie within each band, after a name.
  fileprivate func row(of name: String, decimals: Int) -> [String] {
    [
      name, "\(years.lowerBound)–\(years.upperBound)",
      figure(crps, decimals: decimals), figure(naive, decimals: decimals),
      "\(covered.half)/\(count)", "\(covered.eighty)/\(count)", "\(covered.ninetyFive)/\(count)",
    ]
  }
}
