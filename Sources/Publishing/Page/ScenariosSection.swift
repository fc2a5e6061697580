import Evidence
import Indicators
import Scenarios
import Studies

// What assumed accessions would change, and how such projections did in the past.
extension Pages {
  /// The scenarios of the casebook, each with a page of its own.
  var scenariosIndex: HTML {
    let items = scenarioNames.map { id -> HTML in
      let known = supplement.projections?.first { $0.scenario.id == id }
      let note = known.map { projection -> HTML in
        "<br><span class=\"cite\">\(projection.terms(in: answer.casebook))</span>"
      }
      let title = known?.scenario.title ?? id
      return "<li><a href=\"\(address(of: .scenario(id)))\">\(title)</a>\(note ?? .none)</li>"
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
    guard let projection = supplement.projections?.first(where: { $0.scenario.id == id }) else {
      return PageContent(
        title: id,
        body: """
          <section id="\(Place.scenario(id).anchor)">\(heading(3, "\(id)"))
          <p class="empty">This is still being computed; look again in a while.</p></section>
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
      \(projection.outcomes.map { outcome($0, of: scenario) }.joined("\n"))
      </section>
      """
  }

  private func outcome(_ outcome: OutcomeProjection, of scenario: Scenario) -> HTML {
    let head = heading(
      4, "\(outcome.title) · \(answer.name(outcome.step.actor)) \(badge(outcome.verdict))")
    switch outcome.result {
    case .refused(let reason, let assumption):
      return """
        <article class="outcome">\(head)
        <div class="refusal"><p><strong>Nothing is drawn.</strong> \(reason)</p>
        <p>\(assumption)</p></div></article>
        """
    case .drawn(let drawn):
      let fan = ProjectionFan(outcome, drawn, scenario, name: answer.name(outcome.step.actor))
      return """
        <article class="outcome">\(head)
        <p class="what">\(drawn.basis(of: outcome))</p>
        <div class="pair">\(html(fan.paths))\(html(fan.difference))</div></article>
        """
    }
  }

  // MARK: Calibration

  /// How projections of past accessions did, outcome by outcome.
  var calibrationSection: HTML {
    section(
      .calibration, "How projections did before",
      """
      Each past accession drawn from the values until two years before it (today’s data cut in time, not \
      the data of the time), and compared with what came.
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
    return html(
      DataTable(
        caption:
          "Score: mean continuous ranked probability score, smaller is better; naive: a random "
          + "walk. Years of what came that lie within each band",
        header: ["Accession", "Years", "Score", "Naive", "In 50 %", "In 80 %", "In 95 %"],
        rows: rows, wordColumns: 2))
  }

  private func unreplayed(_ replays: [Replay]) -> HTML {
    let lines = replays.compactMap { replay -> HTML? in
      guard case .notReplayable(let reason) = replay.result else { return nil }
      return "\(answer.name(replay.actor)) \(replay.event): \(reason)"
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
