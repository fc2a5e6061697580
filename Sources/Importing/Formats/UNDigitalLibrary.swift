import Evidence
import Documents

extension Importer {
  static let unDigitalLibrary = Importer(
    name: "un-digital-library", summary: "the same from the UN Digital Library's table of votes",
    forms: [
      Form(
        layouts: [DigitalLibrary.votes],
        read: { work, tables, edit in
          try work.importUNDigitalLibrary(tables[0], into: &edit)
        })
    ])
}

extension RollCallTally {
  /// Reads the UN Digital Library's table of votes: a row is one state's vote in one roll call.
  ///
  /// - Throws: `CasebookError.problems`.
  init(library found: FoundTable, badRows: BadRows) throws {
    var tally = RollCallTally()
    tally.skipped = try found.table.forEachRow(found.layout, badRows: badRows) { row, columns in
      let code = row.bytes(columns[1])
      return (
        call: row.bytes(columns[0]),
        year: DigitalLibrary.year(row, session: columns[4], date: columns[5]),
        state: code.isEmpty ? row.bytes(columns[2]) : code,
        vote: DigitalLibrary.vote(row, columns[3])
      )
    } place: { record in
      if let year = record.year { tally.list(record.call, in: year) }
      tally.count(record.vote, of: record.state, in: record.call)
    }
    self = tally
  }
}

/// The layout and words of the UN Digital Library.
enum DigitalLibrary {
  static let votes = Layout(
    what: "votes", columns: ["undl_id", "ms_code", "ms_name", "ms_vote", "session", "date"])

  static let adoptedOnly =
    "adopted resolutions only: the export of `un-votes` has votes on paragraphs and amendments too, so "
    + "take all years of a comparison from one of the two"

  /// Reads the letter of a vote; nil for X, which is no vote, and NV, as version 1 describes it.
  static func vote(_ row: Row, _ column: Column) -> RollCallVote? {
    switch row.text(column) {
    case "Y": return .yes
    case "A": return .abstain
    case "N": return .no
    case "X", "NV", nil: return nil
    case let letter?:
      row.report(
        column: column.name, value: letter, "is no vote",
        advice: "write Y (yes), A (abstains), N (no) or X (does not vote)")
      return nil
    }
  }

  /// Finds the year of a roll call's session: session + 1945; of a special session, which has a
  /// count of its own, the regular one that was open on the day.
  static func year(_ row: Row, session: Column, date: Column) -> Int? {
    if let text = row.text(session), let session = Int(text), (1...8000).contains(session) {
      return session + 1945
    }
    return row.date(date).map { date in
      date.earliest.month >= 9 ? date.earliest.year : date.earliest.year - 1
    }
  }
}

extension Import {
  /// Imports the UN Digital Library's votes as yearly agreement with the counterparts.
  func importUNDigitalLibrary(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    _ = try requiredCounterparts()
    let tally = try RollCallTally(library: found, badRows: badRows)
    let source = try edit.put(.unDigitalLibrary, of: found.table)
    var report = try putAgreement(tally, of: found, system: "iso3", source, into: &edit)
    report.notes.append(DigitalLibrary.adoptedOnly)
    return report
  }
}

extension ImportedSource {
  static let unDigitalLibrary = ImportedSource(
    id: "un-digital-library", title: "United Nations Digital Library: voting data",
    author: nil, publisher: "United Nations, Dag Hammarskjöld Library",
    url: "https://digitallibrary.un.org", license: "Terms of the United Nations Digital Library")
}
