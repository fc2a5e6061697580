import Markup
import Evidence
import Foundation
import Indicators
import Scenarios
import Studies
import Documents

/// How many of the years that came lie within each band, beside what the band says.
struct CoverageDots {
  private let rows: [(title: String, band: Double, share: Double, years: Int)]

  init(_ replays: [Replay], answer: Answer) {
    rows = replays.map(\.outcome).uniqued.flatMap { name in
      let scores = replays.filter { $0.outcome == name }.compactMap(\.score)
      let years = scores.reduce(0) { $0 + $1.count }
      let title = answer.outcomes.first { $0.id == name }?.series.indicator.title ?? name
      let covered = [
        (0.5, scores.reduce(0) { $0 + $1.covered.half }),
        (0.8, scores.reduce(0) { $0 + $1.covered.eighty }),
        (0.95, scores.reduce(0) { $0 + $1.covered.ninetyFive }),
      ]
      return years == 0
        ? [] : covered.map { (title, $0.0, Double($0.1) / Double(years), years) }
    }
  }

  var picture: Picture? {
    let narrow = rows.filter { $0.band == 0.95 }.min { $0.share < $1.share }
    guard let narrow else { return nil }
    return Picture(
      id: "coverage-dots", title: "How many years lie within each band",
      finding:
        "The 95 % band held at least \(percentage(narrow.share)) of the years of every outcome; the "
        + "fewest, of \(counted(narrow.years, "year")), in \(narrow.title).",
      key: "Dots: the share of years within the band. Ticks: what the band says.",
      specification: specification, table: table, trace: .calibration)
  }

  /// The place of a row: its outcome and its band, of which the axis shows the band.
  private func place(_ title: String, _ band: Double?) -> JSON {
    .string(title.replacing("|", with: "/") + "|" + (band.map(percentage) ?? ""))
  }

  /// A title in lines that a phone has room for.
  private func lines(_ title: String) -> JSON {
    guard title.count > Self.line else { return .strings([title]) }
    let end = title.prefix(Self.line).lastIndex(of: " ") ?? title.endIndex
    return .strings([
      String(title[..<end]), title[end...].trimmingCharacters(in: .whitespaces),
    ])
  }

  /// How many characters of a title a phone shows in a line.
  private static let line = 42

  private var specification: JSON {
    let titles = rows.map(\.title).uniqued
    // An empty row above each title takes its first line where it has two.
    let order = titles.flatMap { title in
      [.string(title.replacing("|", with: "/") + "||"), place(title, nil)]
        + rows.filter { $0.title == title }.map { place(title, $0.band) }
    }
    let x = Chart.numbers("x", 0...1.02, title: "share of years").adding(["axis": ["format": "%"]])
    let y: JSON = [
      "field": "t", "type": "nominal", "title": nil, "sort": .array(order),
      "scale": ["domain": .array(order)],
      "axis": ["labelExpr": "split(datum.label, '|')[1]", "grid": false, "ticks": false],
    ]
    func points(_ value: (Int) -> Double) -> [JSON] {
      rows.indices.map { ["t": place(rows[$0].title, rows[$0].band), "x": Chart.place(value($0))] }
    }
    return Chart.layered(
      height: .integer(20 * order.count),
      [
        Chart.layer(
          titles.map { ["t": place($0, nil), "x": 0, "l": lines($0)] },
          mark: [
            "type": "text", "align": "left", "fontWeight": 600, "lineHeight": 14,
            "dy": ["expr": "isArray(datum.l) ? -14 * (length(datum.l) - 1) : 0"],
          ],
          encoding: ["x": x, "y": y, "text": ["field": "l"]]),
        Chart.layer(
          points { rows[$0].band },
          mark: ["type": "tick", "stroke": Chart.Ink.text, "thickness": 2, "size": 16],
          encoding: ["x": x, "y": y]),
        Chart.layer(
          points { rows[$0].share },
          mark: ["type": "circle", "size": 70, "fill": Chart.Ink.member, "opacity": 1],
          encoding: ["x": x, "y": y]),
      ])
  }

  private var table: ChartTable {
    ChartTable(
      caption: "Years that came within each band", header: ["Outcome", "Band", "Years", "Within"],
      rows: rows.map { [$0.title, percentage($0.band), "\($0.years)", percentage($0.share)] })
  }
}
