import Evidence

extension Importer {
  static let polity = Importer(
    name: "polity", summary: "Polity5 scores; --variables names others",
    forms: [
      Polity.table(code: "polity_annual_ccode", telling: "polity_annual_country").form,
      Polity.table(code: "ccode", telling: "scode").form,
    ])
}

/// The annual table of Polity5, whose numbers are its own: 341 is Kosovo, 347 Serbia and Montenegro.
private enum Polity {
  /// Interruption, interregnum and transition: no scores.
  private static let absences: Set<Double> = [-66, -77, -88]

  static func table(code: String, telling: String) -> YearlyTable {
    YearlyTable(
      prefix: "polity", source: .polity, code: code, system: "polity", year: "year",
      measures: [
        YearlyTable.Measure(
          column: "polity2", title: "Revised combined Polity score", unit: "score, −10 to 10",
          method: "Column polity2: democracy less autocracy; an interregnum counts as 0 and a "
            + "transition as steps between what came before and after.")
      ],
      other: { column, _ in
        YearlyTable.Measure(
          column: column, title: "Polity5 \(column)", unit: "as published",
          method: "Column \(column); −66, −77 and −88 are no scores.")
      },
      absences: absences, telling: [telling, "polity2"])
  }
}

extension ImportedSource {
  static let polity = ImportedSource(
    id: "polity", title: "Polity5 annual time series, 1800-2018",
    author: "Monty G. Marshall; Ted Robert Gurr", publisher: "Center for Systemic Peace",
    url: "https://www.systemicpeace.org/inscrdata.html",
    license: "import only: terms of its own")
}
