import Evidence
import Indicators
import Scenarios
import Studies
import Tables

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
        "The band of 95 % held \(percentage(narrow.share)) of \(counted(narrow.years, "year")) "
        + "at the least (\(narrow.title)).",
      key: "Dots: the share of years within the band. Ticks: what the band says.", isWide: true,
      specification: specification, table: table, trace: .calibration)
  }

  private func label(_ row: (title: String, band: Double, share: Double, years: Int)) -> String {
    "\(row.title) · \(percentage(row.band))"
  }

  private var specification: JSON {
    let x = Chart.numbers("x", 0...1.02, title: "share of years").adding(["axis": ["format": "%"]])
    let y: JSON = [
      "field": "t", "type": "nominal", "title": nil, "sort": nil,
      "axis": ["labelLimit": 400, "grid": true],
    ]
    func points(_ value: (Int) -> Double) -> [JSON] {
      rows.indices.map { ["t": .string(label(rows[$0])), "x": Chart.place(value($0))] }
    }
    return Chart.layered(
      height: .integer(22 * rows.count),
      [
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

  private var table: DataTable {
    DataTable(
      caption: "Years that came within each band", header: ["Outcome", "Band", "Years", "Within"],
      rows: rows.map { [$0.title, percentage($0.band), "\($0.years)", percentage($0.share)] })
  }
}
