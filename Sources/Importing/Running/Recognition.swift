import Documents
import Evidence

extension Importer {
  /// A form of an importer with a table for each of its layouts.
  struct Match: Sendable {
    let importer: Importer
    let form: Form
    let tables: [FoundTable]

    /// How many columns tell the form: the more, the surer.
    var columns: Int { tables.reduce(0) { $0 + $1.layout.columns.count } }
  }

  /// Finds the format whose columns files have.
  ///
  /// - Throws: `CasebookError.problems` when none has, or two have as many.
  static func recognise(_ files: [DataFile]) throws -> Match {
    let matches = all.flatMap { importer in importer.matches(files) }
    let most = matches.map(\.columns).max()
    let best = matches.filter { $0.columns == most }
    if let match = best.first, best.allSatisfy({ $0.importer.name == match.importer.name }) {
      return match
    }
    throw CasebookError.problems(
      best.isEmpty
        ? UnknownFiles(files).problems
        : [
          Problem(
            file: files.map(\.name).joined(separator: ", "),
            message: "the columns are those of "
              + best.map(\.importer.name).uniqued.joined(separator: " and "),
            advice: "name one before the file")
        ])
  }

  /// The forms for which each layout is in exactly one of the files, and no file is left over.
  func matches(_ files: [DataFile]) -> [Match] {
    let all = files.flatMap(\.tables)
    return forms.compactMap { form in
      // What a form lacks takes long to say, and nobody asks it of the many that are not meant.
      let hasAll = form.layouts.allSatisfy { layout in
        all.contains { $0.heading(layout) != nil }
      }
      guard hasAll, let tables = try? tables(form, among: files) else { return nil }
      return Match(importer: self, form: form, tables: tables)
    }
  }

  /// Finds the form in which files are.
  ///
  /// - Throws: `CasebookError.problems` with the columns that the nearest form lacks.
  func match(_ files: [DataFile]) throws -> Match {
    guard !forms.isEmpty else {
      throw CasebookError.problems([
        Problem(
          file: "fulcrum import", message: "--mapping is missing",
          advice: "name a mapping file; `fulcrum import generic --template` prints one to fill in")
      ])
    }
    if let match = matches(files).max(by: { $0.columns < $1.columns }) { return match }
    let known = problems(files)
    guard known.isEmpty else { throw CasebookError.problems(known) }
    // Which columns a file of another format lacks is nobody's question.
    guard let other = try? Importer.recognise(files), other.importer.name != name else {
      let form = forms.max { $0.share(of: files) < $1.share(of: files) } ?? forms[0]
      return Match(importer: self, form: form, tables: try tables(form, among: files))
    }
    throw CasebookError.problems([
      Problem(
        file: files.map(\.name).joined(separator: ", "),
        message: "the columns are those of \(other.importer.name), not of \(name)",
        advice: "name that format, or none")
    ])
  }

  private func tables(_ form: Form, among files: [DataFile]) throws -> [FoundTable] {
    var used: Set<ObjectIdentifier> = []
    let tables = try form.layouts.map { layout in
      let found = files.flatMap(\.tables).filter { $0.heading(layout) != nil }
      guard found.count == 1, let table = found.first else {
        throw CasebookError.problems(Importer.problems(layout, files, found))
      }
      used.insert(ObjectIdentifier(table.hash))
      return FoundTable(table: table, layout: layout)
    }
    let unused = files.filter { !used.contains(ObjectIdentifier($0.hash)) }
    guard unused.isEmpty else {
      throw CasebookError.problems(
        unused.map {
          Problem(file: $0.name, message: "is not needed by \(name)", advice: "leave it out")
        })
    }
    return tables
  }

  private static func problems(
    _ layout: Layout, _ files: [DataFile], _ found: [DataTable]
  ) -> [Problem] {
    guard found.isEmpty else {
      return [
        Problem(
          file: found.map(\.name).joined(separator: ", "),
          message: "\(found.count) tables hold \(layout.what)",
          advice: found.contains { $0.sheet != nil }
            ? "name one of them, a sheet with --sheet" : "name one of them")
      ]
    }
    let lacking = files.flatMap(\.tables).map { $0.problems(of: layout) }
    let nearest = lacking.min { $0.count < $1.count } ?? []
    let first = Problem(
      file: files.map(\.name).joined(separator: ", "), message: "no table holds \(layout.what)",
      advice: "name a file with the columns \(layout.columns.joined(separator: ", "))")
    return [first] + nearest
  }
}
