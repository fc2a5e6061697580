import Evidence

extension Importer {
  static let freedomHouse = Importer(
    name: "freedom-house", summary: "Freedom House ratings of political rights and liberties",
    forms: [FreedomHouse.table.form])
}

/// The ratings by name of country, which follow its history: Yugoslavia, Serbia and Montenegro, Serbia.
private enum FreedomHouse {
  static let table = YearlyTable(
    prefix: "freedom-house", source: .freedomHouse, code: "fh_country", system: .name,
    year: "year", measures: [rating("pr", "Political rights"), rating("cl", "Civil liberties")],
    other: { column, _ in
      YearlyTable.Measure(
        column: column, title: "Freedom House \(column)", unit: "as published",
        method: "Column \(column).")
    })

  private static func rating(_ column: String, _ title: String) -> YearlyTable.Measure {
    YearlyTable.Measure(
      column: column, title: "\(title), Freedom House rating", unit: "rating, 1 to 7",
      method: "Column \(column): 1 is the most free, 7 the least.")
  }
}

extension ImportedSource {
  static let freedomHouse = ImportedSource(
    id: "freedom-house", title: "Freedom in the World: ratings by country and year",
    author: "Freedom House", publisher: "Freedom House", url: "https://freedomhouse.org",
    license: "import only: © Freedom House, terms of its own")
}
