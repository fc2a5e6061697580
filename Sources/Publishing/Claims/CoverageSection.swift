import Markup
import Evidence
import Indicators
import Panels
import Studies

// What was observed, what was searched and empty, and what nobody looked for.
extension Pages {
  var coverageSection: HTML {
    let states = answer.study.named.map { html(CoverageGrid(answer, state: $0).picture) }
    let pools = answer.channels.compactMap(\.headline).filter { outcome in
      outcome.answerability.verdict != .undecidable
    }.map { html(CoverageGrid(answer, outcome: $0).picture) }
    let wider: HTML =
      pools.isEmpty
      ? .none
      : "\(heading(3, "The wider pools"))\n<div class=\"pair\">\(pools.joined("\n"))</div>"
    return section(
      "coverage", "What was searched",
      "Nothing found is a zero only where somebody searched. What was not searched has no number at all.",
      """
      <p class="key">Filled: observed. Paler, ≥: at least what is on file, since not all was searched. Blank: \
      searched, and zero. Hatched: not searched, or not covered. ×: cannot exist. Dotted: withheld.</p>
      \(html(kinds))
      \(heading(3, "The states named"))
      <div class="pair">\(states.joined("\n"))</div>
      \(wider)
      """)
  }

  /// How many years of each outcome are of each kind.
  private var kinds: ChartTable {
    let shown = CoverageKind.allCases.filter { kind in
      answer.outcomes.contains { outcome in
        outcome.series.cells.joined().contains {
          CoverageKind($0, of: outcome.series.indicator) == kind
        }
      }
    }
    return ChartTable(
      caption: "Years of states behind each outcome, by what stands behind them",
      header: ["Outcome", "Channel"] + shown.map(\.text),
      rows: answer.channels.flatMap { channel in
        channel.outcomes.map { outcome in
          let series = outcome.series
          let all = series.cells.joined().map { CoverageKind($0, of: series.indicator) }
          return [series.indicator.title, channel.title]
            + shown.map { kind in grouped(all.filter { $0 == kind }.count) }
        }
      }, wordColumns: 2)
  }
}
