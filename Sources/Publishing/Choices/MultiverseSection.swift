import Markup
import Evidence
import Indicators
import Studies

// What all defensible choices make of an outcome.
extension Pages {
  func multiverseSection(_ filter: MultiverseFilter) -> HTML {
    section(
      .multiverse, "How far it depends on choices",
      """
      Every combination of the choices that could defensibly have been made otherwise, each estimated and \
      tested in the same way.
      """,
      computed: supplement.multiverses.flatMap { multiverses -> HTML? in
        if answer.study.choices.isEmpty, multiverses.isEmpty {
          return "<p>The study names no choices that could have been made otherwise.</p>"
        }
        guard case .site = layout else {
          return multiverses.map { explorer($0, filter) }.joined("\n")
        }
        let asked = multiverses.first { $0.outcome == filter.outcome }
        if asked == nil, !filter.outcome.isEmpty { return nil }
        guard let shown = asked ?? multiverses.first(where: { !$0.points.isEmpty }) else {
          return
            "<p>No outcome has a comparison that could decide, so no combination is estimated.</p>"
        }
        return explorer(shown, filter)
      })
  }

  private func title(of multiverse: Multiverse) -> String {
    answer.outcomes.first { $0.id == multiverse.outcome }?.series.indicator.title
      ?? multiverse.outcome
  }

  private func explorer(
    _ multiverse: Multiverse, _ filter: MultiverseFilter
  ) -> HTML {
    let points = multiverse.points.filter { filter.passes($0, multiverse.choices) }
    let words = MultiverseText(multiverse).sentences
    let curve = SpecificationCurve(multiverse, points, title: title(of: multiverse)).picture
    return """
      \(outcomeLinks(shown: multiverse))
      \(heading(3, "\(title(of: multiverse)), \(multiverse.unit)"))
      \(words.map { text -> HTML in "<p>\(text)</p>" }.joined("\n"))
      \(moves(multiverse))
      \(filterForm(multiverse, filter))
      <p role="status">\(heldSentence(points, of: multiverse))</p>
      \(html(curve))
      """
  }

  private func outcomeLinks(shown: Multiverse) -> HTML {
    let able = answer.outcomes.filter { $0.answerability.verdict != .undecidable }
    guard able.count > 1, case .site = layout else { return .none }
    let items = able.map { outcome -> HTML in
      var filter = MultiverseFilter()
      filter.outcome = outcome.id
      let mark: HTML = outcome.id == shown.outcome ? " aria-current=\"page\"" : .none
      return """
        <li><a href="\(address(of: .multiverse(filter)))"\(mark)>\
        \(outcome.series.indicator.title)</a></li>
        """
    }
    return "<nav aria-label=\"Outcomes\"><ul class=\"row\">\(items)</ul></nav>"
  }

  /// A field for each choice; a file that stands alone cannot be asked again and has none.
  private func filterForm(_ multiverse: Multiverse, _ filter: MultiverseFilter) -> HTML {
    guard case .site = layout, !multiverse.points.isEmpty else { return .none }
    let fields = multiverse.choices.map { choice -> HTML in
      self.choice(
        MultiverseFilter.name(ofChoice: choice.id), choice.title,
        choice.options.enumerated().map { ("\($0.offset)", $0.element.label) },
        chosen: filter.held[choice.id].map { "\($0)" } ?? "")
    }
    var whole = MultiverseFilter()
    whole.outcome = multiverse.outcome
    return """
      <form class="filters" action="\(SitePage.multiverse(whole).path)" method="get">
      \(carried)<input type="hidden" name="outcome" value="\(multiverse.outcome)">
      \(fields.joined("\n"))
      <button type="submit">Hold these</button>
      <a href="\(address(of: .multiverse(whole)))">All specifications</a></form>
      """
  }

  /// What the specifications that pass say; the joint test is of all and is not repeated for a part.
  private func heldSentence(_ points: [Multiverse.Point], of multiverse: Multiverse) -> String {
    let estimates = points.map(\.estimate).sorted()
    guard !estimates.isEmpty else { return "No specification with an estimate passes." }
    let middle = (estimates[(estimates.count - 1) / 2] + estimates[estimates.count / 2]) / 2
    func share(_ isCounted: (Multiverse.Point) -> Bool) -> String {
      percentage(Double(points.count(where: isCounted)) / Double(points.count))
    }
    return
      "\(grouped(points.count)) of \(counted(multiverse.points.count, "specification")) pass: median "
      + "\(signed(middle)), \(share { $0.estimate > 0 }) above zero, \(share { $0.p <= 0.05 }) with "
      + "p ≤ 0.05."
  }

  /// How much each choice moves the estimate, and what each option gives.
  private func moves(_ multiverse: Multiverse) -> HTML {
    guard multiverse.summary != nil else { return .none }
    let rows = multiverse.moves.flatMap { move -> [[String]] in
      let choice = multiverse.choices[move.choice]
      return zip(choice.options, move.options).enumerated().map { place, entry in
        [
          place == 0 ? choice.title : "", entry.0.label, place == 0 ? percentage(move.share) : "",
          grouped(entry.1.count), entry.1.median.map(signed) ?? "–",
          entry.1.positive.map(percentage) ?? "–", entry.1.significant.map(percentage) ?? "–",
        ]
      }
    }
    let table = ChartTable(
      caption: "The part of the variance of the estimates that each choice explains; "
        + "\(percentage(multiverse.interactions)) is of choices together",
      header: ["Choice", "Option", "Part", "Estimates", "Median", "Above zero", "p ≤ 0.05"],
      rows: rows, wordColumns: 2)
    return "<details><summary>How much each choice matters</summary>\(html(table))</details>"
  }
}

extension MultiverseFilter {
  /// Whether a specification has every option that is held; a choice it does not know holds nothing.
  func passes(_ point: Multiverse.Point, _ choices: [Study.Choice]) -> Bool {
    zip(choices, point.options).allSatisfy { choice, option in
      held[choice.id].map { $0 == option } ?? true
    }
  }
}
