import Markup
import Documents
import Evidence
import Indicators
import Panels
import Studies

/// The outcome of those that joined and of the others by year: medians within bands of the states.
struct GroupsOverTime {
  private let outcome: OutcomeAnswer
  private let groups: [Group]

  private struct Group {
    let name: String
    let ink: JSON
    let years: [Year]
  }

  /// How the values of a group's states lie in one year.
  private struct Year {
    let year: Int
    let count: Int
    /// The 10th, 25th, 50th, 75th and 90th percentile.
    let quantiles: [Double]
  }

  init(_ outcome: OutcomeAnswer) {
    self.outcome = outcome
    let panel = outcome.panel
    let joined = panel.units.indices.filter { outcome.joined(.init(panel.units[$0])) != nil }
    let others = panel.units.indices.filter { !joined.contains($0) }
    groups = [
      Group(name: "joined", ink: Chart.Ink.member, years: Self.years(of: joined, in: panel)),
      Group(name: "others", ink: Chart.Ink.neutral, years: Self.years(of: others, in: panel)),
    ]
  }

  private static func years(of rows: [Int], in panel: Panel) -> [Year] {
    panel.periods.indices.compactMap { column in
      let values = rows.compactMap { panel.cell(unit: $0, period: column).value }.sorted()
      guard values.count >= 3 else { return nil }
      return Year(
        year: panel.periods[column].number, count: values.count,
        quantiles: [0.1, 0.25, 0.5, 0.75, 0.9].map { quantile($0, of: values) })
    }
  }

  /// A quantile of ascending values, between neighbours by their distance (Hyndman and Fan 1996, 7).
  private static func quantile(_ share: Double, of values: [Double]) -> Double {
    let place = share * Double(values.count - 1)
    let low = Int(place)
    let high = min(low + 1, values.count - 1)
    return values[low] + (place - Double(low)) * (values[high] - values[low])
  }

  /// The picture; nil when a group never has three states with a value.
  var picture: Picture? {
    guard groups.allSatisfy({ !$0.years.isEmpty }) else { return nil }
    return Picture(
      id: anchor("groups", outcome.id),
      title: "\(outcome.series.indicator.title): those that joined, and the others",
      finding: finding, key: key, specification: specification, table: table,
      trace: .trace(outcome: outcome.id))
  }

  private var key: String {
    "Lines: the median state of each group, those that joined at any time of these years and the others. "
      + "Bands: the middle half of the states, and all but a tenth at either end. They show how states "
      + "differ, not how uncertain an effect is."
  }

  private var shared: (first: (Year, Year), last: (Year, Year))? {
    let other = Dictionary(uniqueKeysWithValues: groups[1].years.map { ($0.year, $0) })
    let pairs = groups[0].years.compactMap { year in other[year.year].map { (year, $0) } }
    guard let first = pairs.first, let last = pairs.last else { return nil }
    return (first, last)
  }

  private var finding: String {
    guard let shared else { return "No year shows three states of both groups." }
    let places = decimals(for: groups.flatMap { $0.years.map { $0.quantiles[2] } })
    let text = [shared.first, shared.last].map { pair in
      "\(figure(pair.0.quantiles[2], decimals: places)) against "
        + "\(figure(pair.1.quantiles[2], decimals: places)) in \(pair.0.year)"
    }
    return "Median of those that joined against the others: \(text[0]), \(text[1])."
  }

  private var table: ChartTable {
    let places = decimals(for: groups.flatMap { $0.years.flatMap(\.quantiles) })
    return ChartTable(
      caption: "\(outcome.series.indicator.title), \(outcome.series.indicator.unit), by group",
      header: ["Group", "Year", "States", "10 %", "25 %", "Median", "75 %", "90 %"],
      rows: groups.flatMap { group in
        group.years.map { year in
          [group.name, "\(year.year)", "\(year.count)"]
            + year.quantiles.map { figure($0, decimals: places) }
        }
      })
  }

  private var specification: JSON {
    let years = groups.flatMap { $0.years.map(\.year) }
    let shown = (years.min() ?? 0)...(years.max() ?? 0)
    let x = Double(shown.lowerBound)...(Double(shown.upperBound) + 0.12 * Double(shown.count))
    let domain = Chart.domain(of: groups.flatMap { $0.years.flatMap(\.quantiles) })
    let xAxis = Chart.years("x", x, shown: shown)
    let yAxis = { (field: JSON) in
      Chart.numbers(field, domain, title: .string(outcome.series.indicator.unit))
    }
    let layers = groups.flatMap { group -> [JSON] in
      let rows = group.years.map { year -> JSON in
        .object(
          [JSON.Member(key: "x", value: .integer(year.year))]
            + zip(["a", "b", "m", "c", "d"], year.quantiles).map {
              JSON.Member(key: $0, value: Chart.place($1))
            })
      }
      let band = { (low: JSON, high: JSON, opacity: JSON) in
        Chart.layer(
          rows, mark: ["type": "area", "color": group.ink, "opacity": opacity],
          encoding: ["x": xAxis, "y": yAxis(low), "y2": ["field": high]])
      }
      let line = Chart.layer(
        rows, mark: ["type": "line", "color": group.ink, "strokeWidth": 2.5],
        encoding: ["x": xAxis, "y": yAxis("m")])
      let label = Chart.layer(
        rows.suffix(1).map { $0.adding(["t": .string(group.name)]) },
        mark: ["type": "text", "align": "left", "dx": 6, "fontWeight": 600, "color": group.ink],
        encoding: ["x": xAxis, "y": yAxis("m"), "text": ["field": "t", "type": "nominal"]])
      return [band("a", "d", 0.12), band("b", "c", 0.2), line, label]
    }
    return Chart.layered(height: 280, layers)
  }
}
