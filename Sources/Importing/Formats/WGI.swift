import Evidence

extension Importer {
  static let wgi = Importer(
    name: "wgi", summary: "Worldwide Governance Indicators: voice and accountability",
    forms: [WGI.table.form])
}

/// The table of voice and accountability, whose Lower and Upper bound the rank and not the estimate.
private enum WGI {
  /// The standard normal quantile of 95 %.
  private static let z = 1.6448536269514722

  static let table = YearlyTable(
    prefix: "wgi", source: .wgi, code: "wb_code", system: "worldbank", year: "year",
    measures: [
      YearlyTable.Measure(
        column: "Estimate", interval: .error(column: "StdErr", multiple: z),
        title: "Voice and accountability, Worldwide Governance Indicators", unit: "standard units",
        method: "Column Estimate; low and high are it less and plus 1.645 of StdErr, a 90 % "
          + "interval. Higher is better governed.")
    ],
    other: { column, columns in
      guard column == "Rank", columns.contains("Lower"), columns.contains("Upper") else {
        return YearlyTable.Measure(
          column: column, title: "Worldwide Governance Indicators: \(column)",
          unit: "as published", method: "Column \(column).")
      }
      return YearlyTable.Measure(
        column: column, interval: .columns(low: "Lower", high: "Upper"),
        title: "Voice and accountability, percentile rank", unit: "percentile",
        method: "Column Rank; low and high are its Lower and Upper, a 90 % interval.")
    })
}

extension ImportedSource {
  static let wgi = ImportedSource(
    id: "wgi", title: "Worldwide Governance Indicators: voice and accountability",
    author: "Daniel Kaufmann; Aart Kraay", publisher: "World Bank",
    url: "https://www.worldbank.org/en/publication/worldwide-governance-indicators",
    license: "import only: terms of its own")
}
