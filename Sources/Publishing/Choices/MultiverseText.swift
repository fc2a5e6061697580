import Evidence
public import Studies

/// A multiverse as text for a terminal: what all defensible choices say together.
public struct MultiverseText: Sendable {
  private let multiverse: Multiverse

  public init(_ multiverse: Multiverse) { self.multiverse = multiverse }

  /// Writes what was tried, what it says together, the curve and what each choice moves.
  public func text(width: Int = 92, isColoured: Bool = false) -> String {
    let layout = TextLayout(width: min(max(width, 60), 120), isColoured: isColoured)
    let title = "\(multiverse.outcome) (\(multiverse.channel)), \(multiverse.unit)"
    var parts = [
      [layout.emphasised(printable(title), .strong), layout.wrapped(counts)].joined(
        separator: "\n")
    ]
    if let summary = multiverse.summary {
      parts.append(sentences(summary).map { layout.wrapped($0) }.joined(separator: "\n"))
      parts.append(CurveText(multiverse.points).text(layout))
      parts.append(moves(layout))
      parts.append(layout.wrapped(footing))
    } else {
      parts.append(layout.wrapped(refusal))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// What was tried and what it says together, a sentence or more each.
  package var sentences: [String] {
    [counts] + (multiverse.summary.map { sentences($0) + [footing] } ?? [refusal])
  }

  // MARK: What was tried

  private var counts: String {
    let counts = multiverse.counts
    let impossible = ImpossibleCombination.allCases.compactMap { rule in
      counts.impossible[rule].map { "\(grouped($0)) since \(rule.text)" }
    }
    let left = SpecificationResult.Reason.allCases.compactMap { reason in
      counts.left[reason].map { "\(grouped($0)) with \(reason.text)" }
    }
    var sentences = [
      "\(counted(multiverse.choices.count, "choice")), "
        + "\(counted(counts.combinations, "combination")); \(grouped(counts.possible)) can be"
        + (impossible.isEmpty ? "." : " (not \(listed(impossible))).")
    ]
    if counts.isSampled {
      sentences.append(
        "\(grouped(counts.sampled)) of them are drawn by the seed \(multiverse.seed).")
    }
    if counts.planned < counts.sampled {
      sentences.append(
        "\(grouped(counts.sampled - counts.planned)) repeat others: the same numbers and estimator."
      )
    }
    if !counts.isComplete {
      sentences.append("Only \(grouped(counts.done)) of \(grouped(counts.planned)) are done.")
    }
    if multiverse.summary != nil || !left.isEmpty {
      sentences.append(
        "\(counted(multiverse.points.count, "specification")) "
          + "\(multiverse.points.count == 1 ? "has" : "have") an estimate"
          + (left.isEmpty ? "." : "; left out are \(listed(left))."))
    }
    return sentences.joined(separator: " ")
  }

  private var refusal: String {
    let able = multiverse.counts.left[.notAsked] ?? 0
    return "The study's own comparison cannot decide, so no combination is estimated. "
      + (able == 0
        ? "None has a design that could."
        : "\(counted(able, "combination has", "combinations have")) a design that could, by who "
          + "takes part.")
  }

  // MARK: What it says

  private func sentences(_ summary: Multiverse.Summary) -> [String] {
    let joint = summary.joint
    let thesis = multiverse.isThesisPositive.map { $0 ? "above" : "below" }
    let skipped = Double(joint.undefined) / Double(max(1, joint.cells))
    return [
      "Median \(signed(summary.median)); eight in ten lie between \(signed(summary.tenth)) and "
        + "\(signed(summary.ninetieth)). Above zero are \(percentage(summary.positive)), "
        + "\(percentage(summary.significantPositive)) with p ≤ 0.05; below zero "
        + "\(percentage(summary.negative)), \(percentage(summary.significantNegative)) with "
        + "p ≤ 0.05."
        + (thesis.map { " The thesis expects a change \($0) zero." } ?? ""),
      "Taken together, under the same \(counted(joint.draws, "permutation")) of who joined when: a "
        + "median as far from zero has \(pStatement(joint.medianP)); as large a share with p ≤ 0.05 "
        + (thesis.map { "\($0) zero" } ?? "on either side")
        + " (\(percentage(joint.share)), in the middle permutation \(percentage(joint.medianShare))) "
        + "has \(pStatement(joint.shareP))."
        + (joint.undefined == 0
          ? ""
          : " \(percentage(skipped)) of the specifications' permutations are not admissible "
            + "there, or leave nothing to estimate, and were skipped"
            + (joint.blunt == 0
              ? "."
              : "; so many that \(counted(joint.blunt, "specification")) cannot reach p ≤ 0.05.")),
    ]
  }

  private func moves(_ layout: TextLayout) -> String {
    let heads = [
      "What moves the estimate", "Share", "Option", "Estimates", "Median", "Above 0", "p ≤ 0.05",
    ]
    let rows = multiverse.moves.flatMap { move -> [[String]] in
      let choice = multiverse.choices[move.choice]
      return zip(choice.options, move.options).enumerated().map { place, entry in
        [
          place == 0 ? choice.id : "", place == 0 ? percentage(move.share) : "", entry.0.label,
          grouped(entry.1.count), entry.1.median.map(signed) ?? "–",
          entry.1.positive.map(percentage) ?? "–", entry.1.significant.map(percentage) ?? "–",
        ]
      }
    }
    let table = ([heads] + rows).map { row in
      [row[0], row[2], row[1]] + row[3...]
    }
    return layout.table(table, wordColumns: 2) + "\n"
      + layout.wrapped(
        "\(percentage(multiverse.interactions)) of the variance of the estimates is of choices "
          + "together, not of one by itself.")
  }

  private var footing: String {
    "p ranks each specification's estimate among those under \(grouped(multiverse.draws)) "
      + "permutations (synthetic control: its RMSPE ratio); it is exact only if the states were "
      + "exchangeable. Seed \(multiverse.seed)."
  }
}

/// The estimates in ascending order, drawn with characters.
struct CurveText {
  private let points: [Multiverse.Point]

  private static let height = 12

  init(_ points: [Multiverse.Point]) { self.points = points.sorted { $0.estimate < $1.estimate } }

  /// Draws a mark for each slice of the estimates: `●` where at least half of it has p ≤ 0.05.
  func text(_ layout: TextLayout) -> String {
    guard let low = points.first?.estimate, let high = points.last?.estimate else { return "" }
    let (bottom, top) = (min(low, 0), max(high, 0))
    let labels = [top, 0, bottom].map(signed)
    let margin = (labels.map(\.count).max() ?? 0) + 2
    let columns = max(1, min(points.count, layout.width - margin))
    let step = top > bottom ? (top - bottom) / Double(Self.height - 1) : 1
    func row(_ value: Double) -> Int { Int(((top - value) / step).rounded()) }
    var rows = [[Character]](
      repeating: [Character](repeating: " ", count: columns), count: Self.height)
    rows[row(0)] = [Character](repeating: "─", count: columns)
    for column in 0..<columns {
      let slice = points[
        (column * points.count / columns)..<max(
          column * points.count / columns + 1, (column + 1) * points.count / columns)]
      let found = slice.count { $0.p <= 0.05 }
      let middle = slice[slice.startIndex + slice.count / 2].estimate
      rows[row(middle)][column] = 2 * found >= slice.count ? "●" : "·"
    }
    let lines = rows.enumerated().map { place, row in
      let label =
        place == 0 ? signed(top) : place == Self.height - 1 ? signed(bottom) : ""
      let mark = place == self.row(0, top, step) ? "0" : label
      return String(repeating: " ", count: max(0, margin - 2 - mark.count)) + mark + "  "
        + String(row)
    }
    return
      (lines.map(trimmed) + [
        layout.wrapped("The estimates in order; ● where half of a column or more has p ≤ 0.05.")
      ]).joined(separator: "\n")
  }

  private func row(_ value: Double, _ top: Double, _ step: Double) -> Int {
    Int(((top - value) / step).rounded())
  }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
