package import Foundation
import Tables

/// Brings figures derived from somebody else's files into a casebook, each with its source.
package struct Import: Sendable {
  /// The format of the files; nil to tell it by their columns.
  package let format: Importer?
  /// The actors that get rows; nil for every state of the casebook but the counterparts.
  package let actors: [ActorID]?
  /// The years that get rows; nil for those of the files.
  package let years: ClosedRange<Int>?
  /// Whom agreement and distance are measured to.
  package let counterparts: [ActorID]
  /// The day on which the files were fetched.
  package let accessed: EDTFDate
  /// Who codes claims; nil for the first coder of the codebook.
  package let coder: String?
  package let badRows: BadRows
  /// The sheet to read of workbooks; nil to tell it by its columns.
  package let sheet: String?

  package init(
    format: Importer?, actors: [ActorID]?, years: ClosedRange<Int>?, counterparts: [ActorID],
    accessed: EDTFDate, coder: String?, badRows: BadRows, sheet: String? = nil
  ) {
    self.format = format
    self.actors = actors
    self.years = years
    self.counterparts = counterparts
    self.accessed = accessed
    self.coder = coder
    self.badRows = badRows
    self.sheet = sheet
  }

  /// Imports files into the casebook in a folder, all or nothing; a second time changes nothing.
  ///
  /// - Throws: `CasebookError` when a file cannot be read, or the casebook would have problems.
  package func run(_ urls: [URL], into folder: URL) throws -> ImportReport {
    let files = try urls.map { try DataFile(contentsOf: $0) }
    let casebookFiles = try CasebookFiles(in: folder)
    let (report, changed) = try derive(files, into: casebookFiles)
    try casebookFiles.write(changed)
    return report
  }

  /// Works out which files of a casebook change, without writing them.
  func derive(
    _ files: [DataFile], into casebookFiles: CasebookFiles
  ) throws -> (report: ImportReport, changed: [String: Data]) {
    var edit = try CasebookEdit(casebookFiles, accessed: accessed)
    try checkActors(edit.casebook)
    let files = try sheet.map { sheet in try files.map { try $0.keeping(sheet: sheet) } } ?? files
    let match = try format?.match(files) ?? Importer.recognise(files)
    var report = try match.form.read(self, match.tables, &edit)
    report.format = match.importer.name
    report.isRecognised = format == nil
    report.notes = files.flatMap(\.notes) + report.notes
    report.files = files.map(\.name)
    report.accessed = accessed.text
    report.changes = edit.changes
    report.claims = edit.claimDifference
    var (changed, after) = try edit.changedFiles()
    report.differences = VintageDifference.all(before: edit.casebook, after: after)
    if !changed.isEmpty {
      changed[report.path] = try (casebookFiles.contents[report.path] ?? Data()) + report.line
    }
    return (report, changed)
  }

  /// The actors that get rows, in the order of their names.
  func pool(_ casebook: Casebook) -> [ActorID] {
    let states = casebook.actors.filter { $0.kind == .state }.map(\.id)
    return (actors ?? states.filter { !counterparts.contains($0) }).uniqued.sorted()
  }

  private func checkActors(_ casebook: Casebook) throws {
    let known = casebook.actors.map(\.id.rawValue)
    let problems = ((actors ?? []) + counterparts).filter { casebook.actor($0) == nil }.map { id in
      Problem(
        file: "actors.csv", value: id.rawValue, message: "is no actor of this casebook",
        mend: Suggestion.question(for: id.rawValue, among: known) ?? "add it first")
    }
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
  }

  /// The counterparts, of which there must be one at least.
  func requiredCounterparts() throws -> [ActorID] {
    guard counterparts.isEmpty else { return counterparts }
    throw CasebookError.problems([
      Problem(
        file: "--counterpart", message: "is missing", mend: "name whom to measure to, such as CHN")
    ])
  }
}

extension CasebookEdit {
  /// Puts a variable and a row for each actor and year: a value, or the reason why there is none.
  mutating func put(
    _ variable: Variable, _ values: [ActorID: [Int: BoundedNumber]], actors: [ActorID],
    years: ClosedRange<Int>, source: SourceID, _ identity: Identity
  ) throws {
    try put(
      "variables",
      [
        "id": variable.id.rawValue, "title": variable.title, "unit": variable.unit,
        "channel": variable.channel.rawValue, "concept": variable.concept.rawValue,
        "direction": variable.direction.rawValue, "counterpart": variable.counterpart?.rawValue,
        "source": casebook.variable(variable.id)?.source.rawValue ?? source.rawValue,
        "method": variable.method,
      ])
    for actor in actors {
      for year in years {
        let amount = values[actor]?[year]
        let absence = amount == nil ? identity.absence(of: actor, in: year, variable) : nil
        try put(
          "series",
          [
            "variable": variable.id.rawValue, "actor": actor.rawValue, "period": String(year),
            "value": amount?.value.map(Numeral.text), "low": amount?.low.map(Numeral.text),
            "high": amount?.high.map(Numeral.text), "status": absence?.rawValue,
            "source": source.rawValue,
          ])
      }
    }
  }
}
