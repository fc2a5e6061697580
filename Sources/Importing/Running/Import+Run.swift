import Documents
import Evidence
package import Foundation

extension Import {
  /// Imports files into the casebook in a folder, all or nothing; a second time changes nothing.
  ///
  /// Of a sister, which is the same data in another form, only the actors are compared.
  /// - Throws: `CasebookError` when a file cannot be read, or the casebook would have problems; then
  ///   nothing was written.
  package func run(_ urls: [URL], into folder: URL, sister: [URL] = []) throws -> ImportReport {
    let files = try urls.map { try DataFile(contentsOf: $0, limits: limits) }
    for file in files { file.hash.begin() }
    let sisters = try sister.map { try DataFile(contentsOf: $0, limits: limits) }
    return try CasebookFiles.change(in: folder, for: "fulcrum import", limits: limits) { casebook in
      let (report, changed) = try derive(files, into: casebook, sister: sisters)
      return (changed, report)
    }
  }

  /// Works out which files of a casebook change, without writing them.
  func derive(
    _ files: [DataFile], into casebookFiles: CasebookFiles, sister: [DataFile] = []
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
    if !sister.isEmpty {
      report.sister = SisterDifference(
        files: sister.map(\.name), own: report.actors, without: report.actorsWithoutRows,
        sister: try actors(in: sister, match.importer, casebookFiles))
    }
    var (changed, after) = try edit.changedFiles(today: today)
    try check(edit.casebook, after)
    report.alike = edit.borne.flatMap { claims, releases in
      claims.compactMap { after.claim($0) }
        .compactMap { AlikeClaims(to: $0, in: after, own: releases) }
    }
    let hashes = Set(files.map(\.hash.text))
    report.importOnly = after.sources.filter {
      $0.isImportOnly && $0.sha256.map(hashes.contains) ?? false
    }.map(\.id)
    report.differences = VintageDifference.all(
      before: edit.casebook, after: after, asked: edit.asked)
    report.publishedAgreement = PublishedAgreement.all(
      with: counterparts, put: edit.asked.keys, in: after)
    if !changed.isEmpty {
      changed[report.path] = try (casebookFiles.contents[report.path] ?? Data()) + report.line
    }
    return (report, changed)
  }

  /// The actors of whom files have rows.
  private func actors(
    in files: [DataFile], _ importer: Importer, _ casebookFiles: CasebookFiles
  ) throws -> [ActorID] {
    var edit = try CasebookEdit(casebookFiles, accessed: accessed, isTrial: true)
    let match = try importer.match(files)
    return try match.form.read(self, match.tables, &edit).actors
  }

  private func checkActors(_ casebook: Casebook) throws {
    let known = casebook.actors.map(\.id.rawValue)
    let named = (actors ?? []) + counterparts + split
    var problems = named.filter { casebook.actor($0) == nil }.map { id in
      let byName = casebook.actors.first { $0.name.lowercased() == id.rawValue.lowercased() }
      return Problem(
        file: "actors.csv", value: id.rawValue, message: "is no actor of this casebook",
        advice: byName.map { "did you mean `\($0.id)`?" }
          ?? Suggestion.question(for: id.rawValue, among: known) ?? "add it first")
    }
    let predecessors = Set(casebook.successions.map(\.predecessor))
    problems += split.filter { casebook.actor($0) != nil && !predecessors.contains($0) }.map { id in
      Problem(
        file: "successions.csv", value: id.rawValue, message: "has no successor to be told of",
        advice: "add a row with it as predecessor, or do not split it")
    }
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
  }
}
