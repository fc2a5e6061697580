import Markup
import Documents
import Effects
import Indicators
import Studies

/// The effects that other assignments of the dates would have given, and the one observed.
struct ReassignmentHistogram {
  private let outcome: OutcomeAnswer
  private let test: RandomizationTest
  private let statistic: RankedStatistic
  private let bins: [Bin]
  private let domain: ClosedRange<Double>
  private static let count = 60

  /// The assignments whose effect lies between two values.
  private struct Bin {
    let from: Double
    let to: Double
    var within = 0
    var asFar = 0
  }

  init(_ outcome: OutcomeAnswer, _ estimate: OutcomeEstimate) {
    self.outcome = outcome
    test = estimate.randomization
    statistic = estimate.estimator.statistic
    // A perfect fit before joining makes a ratio infinite; it stands at the edge.
    let reach =
      (test.distribution + [test.observed]).map(abs).filter(\.isFinite).max() ?? 1
    let edge = reach > 0 ? reach * 1.04 : 1
    domain = -edge...edge
    bins = Self.bins(of: test, edge: edge)
  }

  private static func bins(of test: RandomizationTest, edge: Double) -> [Bin] {
    let width = 2 * edge / Double(count)
    var bins = (0..<count).map { index in
      Bin(from: -edge + Double(index) * width, to: -edge + Double(index + 1) * width)
    }
    // The same tie rule as the test's own.
    let limit = abs(test.observed) - 1e-12 * max(1, abs(test.observed))
    for effect in test.distribution {
      let place = min(
        count - 1, max(0, Int(((effect.clamped(to: edge) + edge) / width).rounded(.down))))
      if abs(effect) >= limit { bins[place].asFar += 1 } else { bins[place].within += 1 }
    }
    return bins
  }

  var picture: Picture? {
    guard !test.distribution.isEmpty else { return nil }
    return Picture(
      id: anchor("reassignment", outcome.id), title: "What chance alone would give",
      finding: finding, key: key, specification: specification, table: table,
      trace: .trace(outcome: outcome.id))
  }

  private var key: String {
    "Each bar counts reassignments of the dates of joining by the \(statistic.text) that they give; "
      + "coloured bars lie at least as far from zero as the observed \(statistic.text)."
  }

  private var finding: String {
    let asFar = bins.reduce(0) { $0 + $1.asFar }
    let kind =
      test.isEnumerated
      ? "all \(counted(test.assignments, "possible reassignment"))"
      : counted(test.assignments, "drawn reassignment")
    return
      "Of \(kind) of the dates, \(grouped(asFar)) \(asFar == 1 ? "gives" : "give") \(statistic.textWithArticle) at least as far from zero as the observed "
      + "\(signed(test.observed)): \(pStatement(test.p))."
  }

  private var table: ChartTable {
    let places = decimals(for: [domain.upperBound])
    return ChartTable(
      caption: "Reassignments by the \(statistic.text) that they give",
      header: ["From", "To", "Reassignments", "At least as far from zero as observed"],
      rows: bins.filter { $0.within + $0.asFar > 0 }.map { bin in
        [
          figure(bin.from, decimals: places), figure(bin.to, decimals: places),
          "\(bin.within + bin.asFar)", "\(bin.asFar)",
        ]
      }, wordColumns: 0)
  }

  private var specification: JSON {
    let top = Double(bins.map { $0.within + $0.asFar }.max() ?? 1) * 1.18
    let y = Chart.numbers("y", 0...top, title: "reassignments").adding(["axis": ["tickCount": 4]])
    return Chart.layered(
      height: 220,
      [
        Chart.layer(
          bars, mark: ["type": "rect", "stroke": Chart.Ink.ground, "strokeWidth": 0.6],
          encoding: [
            "x": x("a"), "x2": ["field": "b"], "y": y, "y2": ["field": "y2"],
            "color": ["field": "c", "type": "nominal", "scale": nil, "legend": nil],
          ]),
        Chart.layer(
          [["a": Chart.place(test.observed.clamped(to: domain.upperBound))]],
          mark: ["type": "rule", "stroke": Chart.Ink.text, "strokeWidth": 2],
          encoding: ["x": x("a")]),
        label(y, top: top),
      ])
  }

  private func x(_ field: JSON) -> JSON {
    Chart.numbers(
      field, domain, title: .string(statistic.axisTitle(unit: outcome.series.indicator.unit))
    ).adding(["axis": ["grid": false]])
  }

  private var bars: [JSON] {
    bins.flatMap { bin -> [JSON] in
      let bar = { (low: Int, high: Int, ink: JSON) -> JSON in
        [
          "a": Chart.place(bin.from), "b": Chart.place(bin.to), "y": .integer(low),
          "y2": .integer(high),
          "c": ink,
        ]
      }
      return [
        bar(0, bin.within, Chart.Ink.other),
        bar(bin.within, bin.within + bin.asFar, Chart.Ink.mark),
      ].filter { $0["y"] != $0["y2"] }
    }
  }

  /// The observed value in words, on the side of the rule that has room.
  private func label(_ y: JSON, top: Double) -> JSON {
    let isRight = test.observed > 0
    let text = "observed " + signed(test.observed)
    return Chart.layer(
      [
        [
          "a": Chart.place(test.observed.clamped(to: domain.upperBound)), "y": Chart.place(top),
          "t": .string(text),
        ]
      ],
      mark: [
        "type": "text", "align": isRight ? "right" : "left", "dx": isRight ? -6 : 6, "dy": 8,
        "fontWeight": 600,
      ],
      encoding: ["x": x("a"), "y": y, "text": ["field": "t", "type": "nominal"]])
  }
}

extension Double {
  /// The number, or the nearer of −edge and edge when it lies beyond.
  fileprivate func clamped(to edge: Double) -> Double { Swift.min(edge, Swift.max(-edge, self)) }
}

extension RankedStatistic {
  fileprivate var text: String {
    switch self {
    case .effect: "effect"
    case .gapRatio: "ratio of the gaps after joining to those before"
    }
  }

  fileprivate var textWithArticle: String { self == .effect ? "an effect" : "a \(text)" }

  fileprivate func axisTitle(unit: String) -> String {
    switch self {
    case .effect: "effect under reassignment, \(unit)"
    case .gapRatio: "gaps after over gaps before, under reassignment"
    }
  }
}
