import Markup
import Documents
import Evidence
import Scenarios
import Studies

/// What is left to pay of a deal's loans in one currency, year by year, between its bounds.
struct OutstandingBand {
  private let callIn: CallIn
  private let currency: String
  private let years: [(year: Int, owed: Bounds)]

  init(
    _ callIn: CallIn, _ course: [(year: Int, loans: [CallIn.Loan])], currency: String
  ) {
    self.callIn = callIn
    self.currency = currency
    years = course.compactMap { year, loans in
      let own = loans.filter { $0.currency == currency }.map(\.outstanding)
      return own.isEmpty ? nil : (year, own.reduce(Bounds(0), +))
    }
  }

  /// The picture; nil when nothing is left in any year, or nothing bounds it from above.
  var picture: Picture? {
    let highest = years.compactMap(\.owed.high).max() ?? 0
    guard highest > 0, let first = years.first, let last = years.last,
      years.allSatisfy({ $0.owed.high != nil })
    else { return nil }
    let now = years.first { $0.year == callIn.year }?.owed
    let said = now.map { "In \(callIn.year): \($0.words(plainFigure)) \(currency)." } ?? ""
    return Picture(
      id: anchor("outstanding", "\(callIn.deal)-\(callIn.actor)-\(currency)"),
      title: "Left to pay, \(currency)",
      finding:
        "Between \(first.year) and \(last.year) at most \(plainFigure(highest)) \(currency). "
        + said,
      key:
        "The band holds what the terms allow: the upper edge pays as late as they let it, the lower as "
        + "early; 0 where nothing shows that the loan was paid out. The bar marks \(callIn.year).",
      specification: specification(highest), table: table,
      trace: .deal(callIn.deal, callIn.actor))
  }

  private func specification(_ highest: Double) -> JSON {
    let shown = (years.first?.year ?? 0)...(years.last?.year ?? 0)
    let x = Chart.years("x", Double(shown.lowerBound)...Double(shown.upperBound), shown: shown)
    let y = Chart.numbers("a", 0...(highest / 1e6 * 1.05), title: .string("million \(currency)"))
    let rows = years.map { year, owed -> JSON in
      [
        "x": .integer(year), "a": Chart.place(owed.low / 1e6),
        "b": Chart.place((owed.high ?? 0) / 1e6),
      ]
    }
    return Chart.layered(
      height: 220,
      [
        Chart.layer(
          rows,
          mark: [
            "type": "area", "interpolate": "step-after", "fill": Chart.Ink.toward, "opacity": 0.28,
          ], encoding: ["x": x, "y": y, "y2": ["field": "b"]]),
        Chart.layer(
          [["x": .integer(callIn.year)]],
          mark: ["type": "rule", "stroke": Chart.Ink.quiet, "strokeWidth": 1], encoding: ["x": x]),
      ])
  }

  private var table: ChartTable {
    ChartTable(
      caption: "Left to pay at the end of the year, \(currency)",
      header: ["Year", "At least", "At most"],
      rows: years.map { year, owed in
        ["\(year)", plainFigure(owed.low), owed.high.map(plainFigure) ?? "–"]
      })
  }
}
