import Documents
import Evidence
import Foundation
import Studies
import Testing

@testable import Publishing

/// Compares texts with the files in `Golden/`; with `FULCRUM_GOLDEN=rewrite` writes them anew.
@Suite struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden", directoryHint: .isDirectory)
  private static let isRewriting =
    ProcessInfo.processInfo.environment["FULCRUM_GOLDEN"] == "rewrite"

  @Test func terminalAnswer() throws {
    try compare(TerminalAnswer(Sample.answer()).text(), with: "terminal.txt")
  }

  @Test func answerJSON() throws {
    try compare(Sample.answer().json(version: "0.0").text(indented: true), with: "answer.json")
  }

  @Test func panelTable() throws {
    let table = try #require(Sample.answer().outcomes.last?.panel.table)
    try compare(table, with: "arms-deals.csv")
  }

  @Test(arguments: ["answer", "decide", "disagree", "outcome-arms-deals", "claim-guns", "method"])
  func part(id: String) throws {
    let answer = try Sample.answer()
    let page = Pages(answer, version: "0.0")
    let html = page.dossier(json: [], style: "", script: "", charts: "")
    let start = try #require(html.range(of: "id=\"\(id)\""))
    let end = ["</section>", "</article>", "</li>\n<li class=\"claim\""]
      .compactMap { html.range(of: $0, range: start.upperBound..<html.endIndex)?.lowerBound }.min()
    let part = html[start.lowerBound..<(end ?? html.endIndex)]
    try compare(String(part) + "\n", with: "\(id).html")
  }

  @Test(arguments: [
    "heat-map", "timeline-AAA", "lines-vote-distance", "event-time-vote-distance",
    "reassignment-vote-distance",
  ])
  func specification(id: String) throws {
    let page = Pages(try Sample.answer(), version: "0.0")
    let html = page.dossier(json: [], style: "", script: "", charts: "")
    let opening = "<script type=\"application/json\" id=\"\(id)-spec\">"
    let start = try #require(html.range(of: opening)).upperBound
    let end = try #require(html.range(of: "</script>", range: start..<html.endIndex)).lowerBound
    try compare(html[start..<end].replacing("},{", with: "},\n{") + "\n", with: "\(id).vl.json")
  }

  @Test func referenceOfTheColumns() throws {
    let folder = Self.folder.appending(path: "../../../Documentation").standardizedFileURL
    let text = ColumnReference.markdown(of: Casebook.tables.map(\.schema))
    try compare(text, with: "Columns.md", in: folder)
  }

  @Test func descriptionOfTheBuiltInTables() throws {
    let folder = Self.folder.appending(path: "../../../Casebooks/western-balkans")
      .standardizedFileURL
    let text = try String(
      contentsOf: folder.appending(path: "datapackage.json"), encoding: .utf8)
    let own = try #require(text.range(of: "  \"resources\": ["))
    let codebook = try Casebook(contentsOf: folder).codebook
    let resources: JSON = [
      "resources": .array(Casebook.tables.map { $0.schema.resource(codebook) })
    ]
    try compare(
      text[..<own.lowerBound] + resources.text(indented: true).dropFirst("{\n".count),
      with: "datapackage.json", in: folder)
  }

  @Test(arguments: ["harbour-league", "river-commission"])
  func exampleAnswer(_ example: String) throws {
    let folder = Self.folder.appending(path: "../../../Examples/\(example)").standardizedFileURL
    let casebook = try Casebook(contentsOf: folder.appending(path: "casebook"))
    let study = try #require(casebook.studies.values.first)
    let answer = try Study(contentsOf: study, for: casebook).answer(from: casebook, threads: 2)
    try compare(TerminalAnswer(answer).text(), with: "answer.txt", in: folder)
  }

  private func compare(_ text: some StringProtocol, with name: String, in folder: URL = folder)
    throws
  {
    let file = folder.appending(path: name)
    if Self.isRewriting { try Data(text.utf8).write(to: file) }
    let golden = Self.lines(try String(contentsOf: file, encoding: .utf8))
    let lines = Self.lines(String(text))
    let difference = zip(lines, golden).enumerated().first { $0.element.0 != $0.element.1 }
    #expect(
      lines == golden,
      """
      \(name), line \((difference?.offset ?? -1) + 1): ‘\(difference?.element.0 ?? "")’; `make golden` \
      rewrites
      """)
  }

  /// The lines of a text, its long numbers to nine digits: the last bits differ across processors.
  private static func lines(_ text: String) -> [String] {
    let rounded = text.replacing(/-?[0-9]+\.[0-9]{9,}(e-?[0-9]+)?/) { match in
      Double(match.0).map { String(format: "%.8e", $0) } ?? String(match.0)
    }
    return rounded.components(separatedBy: "\n")
  }
}
