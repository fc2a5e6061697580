import Documents
import Foundation
@testable import Importing
import Testing

@testable import Evidence

@Suite struct SourceTextsTests {
  private static let text = "Ωμέγα: 🇲🇪 signed.\r\nA second line.\n"

  /// A folder with one file, and a casebook whose article has the hash of `hashed`.
  private func passage(
    of cells: [String: String], file name: String, holding text: String,
    hashed: String = SourceTextsTests.text
  ) throws -> Passage {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appending(path: name))
    let hash = SHA256.hash(of: Data(hashed.utf8))
    let casebook = try SmallCasebook.read([
      "sources.csv": SmallCasebook.texts["sources.csv", default: ""]
        .replacing(SmallCasebook.hash, with: hash),
      "claims.csv": SmallCasebook.claims(cells),
    ])
    let claim = try #require(casebook.claims.first)
    return try SourceTexts(in: folder).passage(of: claim, in: casebook)
  }

  @Test func countsUnicodeScalarsWithTheEndExcluded() throws {
    // The flag is two scalars; a carriage return with a line feed is two as well.
    let cells = ["locator": "chars=7-9"]
    #expect(try passage(of: cells, file: "x.txt", holding: Self.text).words == "🇲🇪")
    let line = ["locator": "chars=19-27"]
    #expect(try passage(of: line, file: "x.txt", holding: Self.text).words == "A second")
  }

  @Test func reportsAChangedTextAndNeverTakesItsWords() throws {
    let changed = Self.text.replacing("signed", with: "sealed")
    let passage = try passage(
      of: ["locator": "chars=0-5"], file: "article.txt", holding: changed)
    #expect(passage.words == nil)
    #expect(
      passage
        == .changed(
          "article", expected: SHA256.hash(of: Data(Self.text.utf8)),
          found: SHA256.hash(of: Data(changed.utf8))))
    #expect(passage.description.hasPrefix("The text of article has changed: its sha256 is "))
  }

  @Test func saysWhyThereAreNoWords() throws {
    let text = Self.text
    #expect(
      try passage(of: ["locator": "chars=0-5"], file: "other.txt", holding: "Else.")
        == .noText("article", expected: SHA256.hash(of: Data(text.utf8))))
    #expect(try passage(of: [:], file: "x.txt", holding: text) == .noLocator)
    #expect(
      try passage(of: ["locator": "page=3"], file: "x.txt", holding: text) == .byHand(.page(3)))
    #expect(
      try passage(of: ["locator": "chars=30-99"], file: "x.txt", holding: text)
        == .outside(.chars(30..<99), length: 34))
  }

  @Test func showsTheCellsOfARow() throws {
    let table = "name,year\n\"A, B\",2020\nC,\n"
    #expect(
      try passage(of: ["locator": "row=2"], file: "x.csv", holding: table, hashed: table).words
        == "A, B | 2020")
    #expect(
      try passage(of: ["locator": "row=4"], file: "x.csv", holding: table, hashed: table)
        .description.contains("row=4 lies outside the text, which has 3 rows"))
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let seed = root.deletingLastPathComponent().appending(path: "shared/seed")

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: SourceTextsTests.seed.path),
      "../shared/seed is not here: the article's places were not looked up"))
  func findsThePlaceOfEveryClaimOnTheArticle() throws {
    let casebook = try Casebook(
      contentsOf: Self.root.appending(path: "Casebooks/western-balkans"))
    let texts = try SourceTexts(in: Self.seed)
    let claims = casebook.claims.filter { $0.source == "krstinovska" }
    #expect(claims.count > 100)
    for claim in claims {
      let words = try #require(texts.passage(of: claim, in: casebook).words)
      #expect(!words.isEmpty && words.first?.isWhitespace == false, "\(claim.id)")
    }
  }
}
