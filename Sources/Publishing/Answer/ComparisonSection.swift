import Markup
import Evidence
import Indicators
import Studies
import Documents

// The states side by side: by channel, over time, against other dates, and on the map.
extension Pages {
  /// The dossier shows the counts and the reassignments with the channels.
  var comparisonSection: HTML {
    let counts: HTML =
      layout == .oneFile ? .none : html(ChannelHeatMap(answer, self.counts).picture)
    let outcomes = answer.channels.compactMap(\.headline).filter { !$0.estimates.isEmpty }
    return section(
      "comparison", "The states side by side",
      "How much is coded of each state and channel, and how those that joined differ from the others.",
      "\(counts)\n\(outcomes.map(comparison).joined("\n"))")
  }

  private func comparison(_ outcome: OutcomeAnswer) -> HTML {
    let map = StateMap(answer, outcome)
    let dates: HTML =
      layout == .oneFile
      ? .none
      : outcome.estimates.first.map { estimate in
        """
        <div class="pair">
        \(html(EventTimePlot(outcome, estimate).picture))
        \(html(ReassignmentHistogram(outcome, estimate).picture))
        </div>
        """
      } ?? .none
    let title = outcome.series.indicator.title
    return """
      <section class="compared" aria-label="\(title)">
      \(heading(3, "<a href=\"\(address(.outcome(outcome.id)))\">\(title)</a>"))
      \(html(GroupsOverTime(outcome).picture))
      \(dates)
      <div class="pair">
      \(html(map.tiles))
      \(html(map.map))
      </div>
      </section>
      """
  }

  /// The states with pages of their own.
  var statesIndex: HTML {
    let named = Set(answer.study.named)
    let others = statesWithPages.filter { !named.contains($0) }
    let more: HTML =
      others.isEmpty
      ? .none
      : "\(heading(3, "Other states of the pools compared"))\(stateList(others))"
    return section(
      "states", "The states", "The states that the question names.",
      "\(stateList(answer.study.named))\n\(more)")
  }

  private func stateList(_ states: [ActorID]) -> HTML {
    let rows = states.map { state -> HTML in
      let claims = answer.claims(on: state).count
      return """
        <li><a href="\(address(.state(state)))">\(answer.name(state))</a> \
        <span class="cite">\(counted(claims, "claim"))</span></li>
        """
    }
    return "<ul class=\"columns\">\(rows.joined("\n"))</ul>"
  }

  /// The states that have a page on the site: the named, then those of any outcome's pool.
  var statesWithPages: [ActorID] {
    (answer.study.named + answer.outcomes.flatMap(\.series.actors)).uniqued
  }
}
