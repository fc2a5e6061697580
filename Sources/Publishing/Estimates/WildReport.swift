import Documents
package import Effects

extension EstimateReport {
  /// The same report with a wild bootstrap after it.
  package func adding(_ test: WildTest?, level: Double) -> EstimateReport {
    guard let test else { return self }
    return EstimateReport(
      json: json.adding(["wild": test.json]), text: text + "\n" + test.sentence(level) + "\n")
  }
}

extension WildTest {
  fileprivate var json: JSON {
    .object(defined: [
      "p": .number(p),
      "interval": interval.map { [.number($0.lowerBound), .number($0.upperBound)] },
      "draws": .integer(draws), "enumerated": .bool(isEnumerated), "clusters": .integer(clusters),
    ])
  }

  /// The test in one sentence.
  fileprivate func sentence(_ level: Double) -> String {
    let way = isEnumerated ? "all" : "drawn"
    let percent = figure(100 * level, decimals: level == 0.95 ? 0 : 1)
    let ends = interval.map { figures([$0.lowerBound, $0.upperBound]).joined(separator: " to ") }
    return
      "Wild bootstrap: \(pStatement(p)) over \(counted(draws, "pattern")) of signs (\(way)) of "
      + "\(counted(clusters, "cluster")); the \(percent) % interval is \(ends ?? "unbounded")."
  }
}
