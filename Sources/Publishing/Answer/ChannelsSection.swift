import Markup
import Documents
import Effects
import Evidence
import Indicators
import Panels
import Studies

// Each channel with its estimates, or its refusal and its raw data.
extension Pages {
  var channelsSection: HTML {
    let channels = answer.channels.map { section(of: $0) }
    return section(
      "channels", "The channels, one by one",
      "An effect is only claimed where the comparison can decide. All else is shown as data.",
      "\(html(ChannelHeatMap(answer, counts).picture))\n\(channels.joined("\n"))")
  }

  /// The p of each outcome beside the one adjusted for the others; nothing with fewer than two.
  var outcomesTogether: HTML {
    guard let together = answer.together else { return .none }
    let frame = TableFrame(
      "The outcomes together", style: "together", ["Outcome", "Channel", "p", "Adjusted p"],
      words: 2)
    let rows = answer.channels.flatMap { channel in
      channel.outcomes.compactMap { outcome -> HTML? in
        guard let found = answer.adjusted(outcome.id) else { return nil }
        let target = Place.trace(outcome: outcome.id)
        let name: HTML =
          "<a href=\"\(address(.outcome(outcome.id)))\">\(outcome.series.indicator.title)</a>"
        return frame.row([
          name, "\(channel.title)", traced(plainP(found.p), to: target),
          traced(plainP(found.adjusted), to: target),
        ])
      }
    }
    let table: HTML = rows.isEmpty ? .none : "\n\(frame.html(rows))"
    return "\n<h2>The outcomes together</h2>\n<p class=\"lead\">\(together.sentence)</p>\(table)"
  }

  /// One channel with its outcomes.
  func section(of channel: ChannelAnswer) -> HTML {
    let title: HTML = "\(channel.title) \(badge(channel.verdict))"
    let note = answer.study.channels.first { $0.id == channel.id }?.note
    let aside: HTML = note.map { "<p class=\"note\">\($0)</p>" } ?? .none
    // The headline's own text says it already.
    let lead: HTML =
      channel.headline == nil ? "<p class=\"lead\">\(answer.text(of: channel))</p>" : .none
    let outcomes = channel.outcomes.map { outcome(_: $0) }
    // In the dossier the cards of all channels stand together.
    let design: HTML =
      layout == .oneFile ? .none : channel.headline.map { card($0, of: channel) } ?? .none
    let none: HTML =
      channel.outcomes.isEmpty
      ? "<p>No outcome of this channel can be made from the casebook.</p>" : .none
    return """
      <section class="channel" id="\(Place.channel(channel.id).anchor)" \
      aria-labelledby="\(Place.channel(channel.id).anchor)-heading">
      \(heading(3, id: "\(Place.channel(channel.id).anchor)-heading", title))
      \(lead)\(aside)\(none)\(design)
      \(outcomes.joined("\n"))
      </section>
      """
  }

  private func outcome(_ outcome: OutcomeAnswer) -> HTML {
    let indicator = outcome.series.indicator
    let role: HTML =
      outcome.isHeadline ? "<span class=\"role\">the channel’s verdict</span>" : .none
    let isRefused = outcome.answerability.verdict == .undecidable
    return """
      <article class="outcome" id="\(Place.outcome(outcome.id).anchor)">
      \(heading(4, "\(indicator.title) \(badge(outcome.answerability.verdict)) \(role)"))
      <p class="what">Measures <strong>\(indicator.concept.rawValue)</strong>, in \(indicator.unit); a \
      higher value means \(sense(of: indicator.direction)).</p>
      \(isRefused ? refusal(outcome) : estimates(outcome))
      \(html(OutcomeLines(answer, outcome).picture, cells: outcome.id))
      \(isRefused ? .none : estimatePictures(outcome))
      \(trace(of: outcome))
      </article>
      """
  }

  /// Which way a higher value points.
  private func sense(of direction: Direction) -> String {
    let name = answer.name(answer.study.counterpart)
    return switch direction {
    case .toward: "a move toward \(name)"
    case .away: "a move away from \(name)"
    case .neutral: "a move neither toward nor away from \(name)"
    }
  }

  private func refusal(_ outcome: OutcomeAnswer) -> HTML {
    let failed = outcome.answerability.reasons.filter { !$0.passed }.map { reason -> HTML in
      "\(answer.text(of: reason))"
    }
    return """
      <div class="refusal"><p><strong>Refused.</strong> This comparison cannot decide the question, so no \
      effect is given:</p>
      \(list(failed))
      </div>
      \(atHand(outcome))
      """
  }

  /// The raw data of a refused outcome: what the claims say of each state, or its last value.
  private func atHand(_ outcome: OutcomeAnswer) -> HTML {
    let claims = outcome.series.evidence.compactMap { evidence -> Claim? in
      if case .claim(let id) = evidence { answer.casebook.claim(id) } else { nil }
    }
    let frame = TableFrame(
      "What is known; nobody searched the rest",
      label: "What is known, \(outcome.series.indicator.title)", style: "at-hand", ["", ""])
    let rows = outcome.series.actors.compactMap { actor -> HTML? in
      let own = claims.filter { answer.state(of: $0.actor) == actor || $0.actor == actor }
      return own.isEmpty ? nil : frame.row(["\(answer.name(actor))", list(own.map { item($0) })])
    }
    guard !rows.isEmpty else { return "<p class=\"empty\">No claim is about it.</p>" }
    return frame.html(rows)
  }

  private func estimatePictures(_ outcome: OutcomeAnswer) -> HTML {
    guard let main = outcome.estimates.first else { return .none }
    return """
      <div class="pair">
      \(html(EventTimePlot(outcome, main).picture))
      \(html(ReassignmentHistogram(outcome, main).picture))
      </div>
      """
  }

  // MARK: Estimates

  private func estimates(_ outcome: OutcomeAnswer) -> HTML {
    guard let main = outcome.estimates.first else {
      return "<p class=\"refusal\">No estimate was made.</p>"
    }
    return """
      <p class="says">\(answer.text(of: outcome))</p>
      \(headline(outcome, main))
      \(estimateTable(outcome))
      """
  }

  private func headline(_ outcome: OutcomeAnswer, _ main: OutcomeEstimate) -> HTML {
    let target = Place.trace(outcome: outcome.id)
    let words = EstimateWords(outcome, main)
    return """
      <div class="estimate">
      <dl class="figures">
      <div><dt>Effect</dt><dd class="big">\(traced(words.effect, to: target))</dd>\
      <dd>\(outcome.series.indicator.unit)</dd></div>
      <div><dt>95 % interval</dt><dd class="big">\(traced(words.interval, to: target))</dd>\
      <dd>by reassignment of the dates</dd></div>
      <div><dt>Placebo p</dt><dd class="big">\(traced(words.p, to: target))</dd>\
      <dd>two-sided; one-sided \(traced(words.oneSided(answer), to: target))</dd></div>
      </dl>
      <p class="words">\(answer.sentence(outcome.evidence))</p>
      </div>
      """
  }

  private func estimateTable(_ outcome: OutcomeAnswer) -> HTML {
    let title = outcome.series.indicator.title
    let frame = TableFrame(
      "Estimates, in \(outcome.series.indicator.unit)", label: "Estimates, \(title)",
      [
        "Method", "States", "Effect", "95 % interval", "p", "p, one-sided", "Smallest p",
        "Assignments", "Standard error",
      ], words: 2)
    let target = Place.trace(outcome: outcome.id)
    return frame.html(
      outcome.estimates.map { estimate in
        let words = EstimateWords(outcome, estimate)
        let numbers = [
          words.effect, words.interval, words.p, words.oneSided(answer),
          words.smallestP, words.assignments, words.standardError,
        ].map { traced($0, to: target) }
        return frame.row(["\(inWords(estimate.method))", "\(estimate.sample.text)"] + numbers)
      })
  }
}
