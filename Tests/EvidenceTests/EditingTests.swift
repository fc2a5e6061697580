@testable import Importing
import Foundation
import Documents
import Testing

@testable import Evidence

/// Casebooks that are started and added to, row by row.
@Suite struct EditingTests {
  private let new = NewCasebook(
    title: "The League & \"Meridia\"", question: "Did \"joining\" change\nanything?",
    counterpart: "MERIDIA", organisation: "LEAGUE", states: ["ARDEN", "NOR", "ALB"],
    periods: 2000...2020)

  private func started() throws -> CasebookFiles {
    let model = try CasebookFiles(in: Casebook.westernBalkans)
    return CasebookFiles(
      folder: URL(filePath: "/"), contents: try new.contents(like: model))
  }

  private func problems(_ body: () throws -> Void) -> [Problem] {
    do {
      try body()
      return []
    } catch CasebookError.problems(let problems) { return problems } catch {
      Issue.record("\(error)")
      return []
    }
  }

  @Test func aStartedCasebookIsValidAndHasNoClaim() throws {
    let casebook = try Casebook(files: started())
    #expect(casebook.claims.isEmpty && casebook.sources.isEmpty)
    #expect(casebook.id == "the-league-meridia")
    #expect(casebook.actors.map(\.id) == ["ARDEN", "NOR", "ALB", "MERIDIA", "LEAGUE"])
    #expect(casebook.studies.keys.sorted() == ["question"])
  }

  @Test func whatTheBuiltInCasebookKnowsOfAStateComesAlong() throws {
    let casebook = try Casebook(files: started())
    let builtIn = try Casebook(contentsOf: Casebook.westernBalkans)
    #expect(casebook.actor("ALB") == builtIn.actor("ALB"))
    #expect(
      casebook.codes.filter { $0.actor == "ALB" } == builtIn.codes.filter { $0.actor == "ALB" })
    #expect(casebook.actor("ARDEN")?.name == "ARDEN")
  }

  @Test func aNameThatCannotBeAnIDIsRefused() throws {
    let bad = NewCasebook(
      title: "T", question: "Q?", counterpart: "POWER", organisation: "ALLIANCE",
      states: ["A B", "@states@", "-x"], periods: 2000...2001)
    let model = try CasebookFiles(in: Casebook.westernBalkans)
    #expect(
      problems { _ = try bad.contents(like: model) }.map(\.value) == ["A B", "@states@", "-x"])
  }

  @Test func aFolderThatHoldsSomethingIsLeftAlone() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try new.write(to: folder)
    let before = try CasebookFiles(in: folder).sha256
    #expect(problems { try new.write(to: folder) }.first?.message == "is not empty")
    #expect(try CasebookFiles(in: folder).sha256 == before)
  }

  private func with(_ rows: [AddedRow], _ files: CasebookFiles) throws -> CasebookFiles {
    try rows.reduce(files) { files, row in files.replacing(try row.added(to: files).changed) }
  }

  private let source = AddedRow(
    .source, cells: ["id": "gazette", "type": "article", "title": "The \"Gazette\", daily"])

  private func claim(_ cells: [String: String] = [:]) -> AddedRow {
    let standard = [
      "actor": "ARDEN", "channel": "security", "instrument": "drill", "on": "2005",
      "source": "gazette", "statement": "They train, \"together\".",
    ]
    return AddedRow(.claim, cells: standard.merging(cells) { $1 })
  }

  @Test func anAddedClaimIsReadBackAsItWasGiven() throws {
    let files = try with([source], started())
    let row = claim().completed(in: try Casebook(files: files), today: "2026-11-25")
    let casebook = try Casebook(files: with([row], files))
    let added = try #require(casebook.claim("arden-drill-2005"))
    #expect(added.statement == "They train, \"together\"." && added.fact == "arden-drill-2005")
    #expect(added.coder == "analyst" && added.codedOn.text == "2026-11-25")
    #expect(casebook.source("gazette")?.title == "The \"Gazette\", daily")
  }

  @Test func aSecondClaimOfTheSameKindGetsANumberOfItsOwn() throws {
    var files = try with([source], started())
    for _ in 1...3 {
      let row = claim().completed(in: try Casebook(files: files), today: "2026-11-25")
      files = try with([row], files)
    }
    #expect(
      try Casebook(files: files).claims.map(\.id)
        == ["arden-drill-2005", "arden-drill-2005-2", "arden-drill-2005-3"])
  }

  @Test func everyProblemOfARowIsToldByItsColumn() throws {
    let files = try with([source], started())
    let row = claim(["actor": "ARDN", "channel": "securty", "on": "205"])
      .completed(in: try Casebook(files: files), today: "2026-11-25")
    let found = problems { _ = try row.added(to: files) }
    #expect(
      Set(found.map(\.place)) == [
        .row(2, column: "actor"), .row(2, column: "channel"), .row(2, column: "on"),
      ])
    #expect(found.compactMap(\.advice).contains("did you mean `ARDEN`?"))
  }

  @Test(arguments: ["2026-11-26", "2026-12", "2999"])
  func aDateOfEntryInTheFutureIsRefusedAsCheckRefusesIt(_ day: String) throws {
    let files = try with([source], started())
    let today = Day(year: 2026, month: 11, day: 25)
    let row = claim(["coded_on": day]).completed(in: try Casebook(files: files), today: "2026")
    let refused = problems { _ = try row.added(to: files, today: today) }
    #expect(refused.map(\.message) == ["is in the future"])
    let added = files.replacing(try row.added(to: files).changed)
    #expect(problems { _ = try Casebook(files: added, today: today) } == refused)
    let now = claim(["coded_on": "2026-11"]).completed(in: try Casebook(files: files), today: "")
    _ = try now.added(to: files, today: today)
  }

  @Test func whatIsChangedFromOutsideMeanwhileIsKept() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try new.write(to: folder)
    func change(_ meanwhile: () throws -> Void) throws {
      try CasebookFiles.change(in: folder, for: "a test") { files in
        let changed = try source.added(to: files).changed
        try meanwhile()
        return (changed, ())
      }
    }
    let (table, other) = (folder.appending(path: "actors.csv"), folder.appending(path: "notes.txt"))
    let before = try Data(contentsOf: table)
    #expect(
      throws: CasebookError.changedMeanwhile(
        path: folder.path, changed: ["actors.csv"], added: ["notes.txt"], removed: [])
    ) {
      try change {
        try (before + Data("X,X,state\n".utf8)).write(to: table)
        try Data().write(to: other)
      }
    }
    #expect(try CasebookFiles(in: folder).contents["actors.csv"]?.count == before.count + 10)
    try before.write(to: table)
    // The same text saved once more is no change.
    try change { try before.write(to: table) }
    #expect(try Casebook(contentsOf: folder).source("gazette") != nil)
  }

  @Test func everyKindOfRowNamesTheColumnsOfItsTable() throws {
    let files = try started()
    for kind in AddedRow.Kind.allCases {
      let text = String(decoding: files.contents["\(kind.table).csv"] ?? Data(), as: UTF8.self)
      let header = text.prefix { $0 != "\n" }.split(separator: ",").map(String.init)
      #expect(Set(header) == Set(kind.columns.map(\.name)), "\(kind)")
    }
  }
}
