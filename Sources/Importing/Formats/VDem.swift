import Evidence

extension Importer {
  static let vdem = Importer(
    name: "vdem", summary: "V-Dem indices with their intervals; --variables names others",
    forms: [VDem.table.form])
}

/// The country-year table of Varieties of Democracy.
private enum VDem {
  static let table = YearlyTable(
    prefix: "vdem", source: .vdem, code: "country_id", system: "vdem", year: "year",
    measures: [
      index("v2x_polyarchy", "Electoral democracy index"),
      index("v2x_libdem", "Liberal democracy index"),
      index("v2x_partipdem", "Participatory democracy index"),
      index("v2x_delibdem", "Deliberative democracy index"),
      index("v2x_egaldem", "Egalitarian democracy index"),
    ],
    other: { column, columns in
      let bounds = ["\(column)_codelow", "\(column)_codehigh"]
      guard bounds.allSatisfy(columns.contains) else {
        return YearlyTable.Measure(
          column: column, title: "V-Dem \(column)", unit: "as published",
          method: "Column \(column), which has no interval.")
      }
      return index(column, "V-Dem \(column)")
    },
    // The licence of the values is not that of the others beside them.
    file: "series-vdem")

  private static func index(_ column: String, _ title: String) -> YearlyTable.Measure {
    YearlyTable.Measure(
      column: column, interval: .columns(low: "\(column)_codelow", high: "\(column)_codehigh"),
      title: title, unit: "index",
      method: "Column \(column); low and high are its codelow and codehigh, about one standard "
        + "deviation of the measurement model to each side.")
  }
}

extension ImportedSource {
  static let vdem = ImportedSource(
    id: "vdem", title: "V-Dem country-year dataset", author: "V-Dem Institute",
    publisher: "Varieties of Democracy (V-Dem) Project", url: "https://www.v-dem.net",
    license: "CC-BY-SA-4.0")
}
