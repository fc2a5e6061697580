import Evidence
import Documents

extension Importer {
  /// The format of any table, which needs a mapping to be read.
  static let generic = Importer(
    name: "generic", summary: "any table, by a file that says what its columns mean (--mapping)",
    forms: [])

  /// The format of the tables that a mapping describes.
  package static func generic(_ mapping: Mapping) -> Importer {
    Importer(
      name: generic.name, summary: generic.summary,
      forms: [
        Form(
          layouts: [mapping.layout],
          read: { work, tables, edit in
            switch mapping.content {
            case .series(let series, let period):
              try work.importSeries(series, period, mapping, in: tables[0], into: &edit)
            case .claims(let fields):
              try work.importClaims(fields, mapping, in: tables[0], into: &edit)
            }
          })
      ],
      problems: { mapping.problems(with: $0) })
  }
}

extension Mapping {
  /// Says which columns that the mapping names no table has, each at its line.
  func problems(with files: [DataFile]) -> [Problem] {
    if let problem = sheetProblem(files) { return [problem] }
    let tables = files.flatMap(\.tables)
    let columns = layout.columns
    func found(_ table: DataTable) -> Set<String> {
      Set(table.nearestNames(columns))
    }
    guard tables.allSatisfy({ $0.heading(layout) == nil }),
      let nearest = tables.max(by: { left, right in
        columns.count(where: found(left).contains) < columns.count(where: found(right).contains)
      })
    else { return [] }
    let names = found(nearest)
    var reported: Set<String> = []
    return fields.compactMap { field in
      guard let column = field.column, !names.contains(column), reported.insert(column).inserted
      else { return nil }
      let known = names.filter { !$0.isEmpty && !columns.contains($0) }.sorted()
      let others = known.prefix(12).joined(separator: ", ")
      return field.node.problem(
        "is no column of \(nearest.name)",
        advice: Suggestion.question(for: column, among: known)
          ?? (known.isEmpty
            ? "the mapping names all that it has; leave this out" : "it has \(others)"))
    }
  }

  /// Says that no sheet starts as the mapping says; nil where one does, or where there are no sheets.
  private func sheetProblem(_ files: [DataFile]) -> Problem? {
    let names = files.flatMap(\.tables).compactMap(\.sheet)
    guard let sheet, !names.isEmpty, !names.contains(where: { $0.hasPrefix(sheet) }) else {
      return nil
    }
    return Problem(
      file: actor.node.file, value: sheet,
      message: "is how no sheet of \(files.map(\.name).joined(separator: ", ")) starts",
      advice: Suggestion.question(for: sheet, among: names)
        ?? "it has \(names.joined(separator: ", "))")
  }
}
