package import Documents

/// One column of a table that a record reads.
package struct Column {
  package let name: String
  /// The place in the row; nil when an optional column is not in the table.
  package let place: Int?
  package let isRequired: Bool

  package init(name: String, place: Int?, isRequired: Bool) {
    self.name = name
    self.place = place
    self.isRequired = isRequired
  }
}

/// The header row of a table: gives out columns, and remembers which were asked for.
package struct Header {
  package let names: [String]
  private let places: [String: Int]
  package private(set) var columns: [Column] = []

  package init(_ names: [String]) {
    self.names = names
    places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  /// Finds a column whose cells must not be empty.
  package mutating func required(_ name: String) -> Column { column(name, isRequired: true) }

  /// Finds a column that may be empty or absent.
  package mutating func optional(_ name: String) -> Column { column(name, isRequired: false) }

  private mutating func column(_ name: String, isRequired: Bool) -> Column {
    let column = Column(name: name, place: places[name], isRequired: isRequired)
    columns.append(column)
    return column
  }

  /// Finds columns that are missing, unknown or given twice.
  package func problems(in file: String) -> [Problem] {
    let known = columns.map(\.name)
    var problems: [Problem] = []
    let unknown = names.filter { !known.contains($0) }
    for column in columns where column.isRequired && column.place == nil {
      let misspelt = Suggestion.nearest(to: column.name, among: unknown)
      problems.append(
        Problem(
          file: file, place: .row(1, column: column.name), message: "the column is missing",
          advice: misspelt.map { "rename `\($0)`" } ?? "add it"))
    }
    for name in unknown {
      problems.append(
        Problem(
          file: file, place: .row(1, column: name), message: "the table has no such column",
          advice: Header.advice(unknown: name, known: known.filter { !names.contains($0) })))
    }
    for (place, name) in names.enumerated() where places[name] != place {
      problems.append(
        Problem(
          file: file, place: .row(1, column: name), message: "the column is there twice",
          advice: "keep one"))
    }
    return problems
  }

  private static func advice(unknown name: String, known: [String]) -> String {
    if name.contains(";") { return "separate the columns with commas, not semicolons" }
    if name.contains("\t") { return "separate the columns with commas, not tabs" }
    if name.isEmpty { return "name the column or delete it" }
    return Suggestion.question(for: name, among: known) ?? "delete it, or put it in a note"
  }
}
