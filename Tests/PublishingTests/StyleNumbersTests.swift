import Documents
import Foundation
import Studies
import Testing

@testable import Evidence
@testable import Publishing

/// House styles change labels and notes, and no number.
@Suite struct StyleNumbersTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Examples/river-commission").standardizedFileURL

  /// The answer of an example, its actors named in a style.
  private static func answer(_ style: String) throws -> Answer {
    var casebook = try Casebook(contentsOf: root.appending(path: "casebook"))
    let study = try #require(casebook.studies.values.first)
    let actor = try #require(casebook.actors.first { $0.kind == .state })
    let label = HouseStyle.Label(
      actor: actor.id, name: "\(actor.name)*", note: "No position is implied.", source: nil,
      from: nil, to: nil)
    casebook.codebook.styles = [HouseStyle(id: "house", title: "The House", labels: [label])]
    return try Study(contentsOf: study, for: casebook)
      .answer(from: try casebook.named(by: style), threads: 2)
  }

  private static let neutral = Result { try answer(HouseStyle.neutral) }
  private static let house = Result { try answer("house") }

  /// The tree of `answer.json` without what it says of names, and with the plain label.
  private func plain(_ answer: Answer, label: String) throws -> String {
    let text = answer.json(version: "0").text(indented: false)
    var tree = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(tree.removeValue(forKey: "names") != nil)
    let data = try JSONSerialization.data(withJSONObject: tree, options: .sortedKeys)
    return String(decoding: data, as: UTF8.self).replacing("\(label)*", with: label)
  }

  @Test func keepsEveryNumberByteForByte() throws {
    let (neutral, house) = (try Self.neutral.get(), try Self.house.get())
    let actor = try #require(house.casebook.nameNotes.first?.actor)
    let label = try #require(neutral.casebook.actor(actor)?.name)
    #expect(try plain(house, label: label) == plain(neutral, label: label))
    #expect(house.outcomes.map(\.panel.table) == neutral.outcomes.map(\.panel.table))
    let terminal = TerminalAnswer(house).text(width: 120).replacing("\(label)*", with: label)
    let digits = { (text: String) in text.filter { $0.isNumber || $0 == "." || $0 == "−" } }
    let notes = digits(TerminalAnswer(neutral).text(width: 120))
    #expect(digits(terminal).hasPrefix(notes) || digits(terminal) == notes)
  }

  @Test func showsTheLabelAndItsNoteInEveryOutput() throws {
    let house = try Self.house.get()
    let note = try #require(house.casebook.nameNotes.first)
    #expect(note.name.hasSuffix("*"))
    let page = Pages(house, version: "0")
    let html = page.dossier(json: [], style: "", script: "", charts: "")
    #expect(html.contains("<strong>\(note.name)</strong>: No position is implied."))
    #expect(house.json(version: "0").text(indented: false).contains(note.name))
    let value = try #require(house.casebook.series.first { $0.actor == note.actor })
    let trace = try TraceText(house).text(of: "\(value.variable)/\(value.actor)/\(value.period)")
    #expect(trace.contains(note.name) && trace.contains("No position is implied."))
    let terminal = TerminalAnswer(house).text()
    #expect(terminal.contains("NAMES (THE HOUSE)") == terminal.contains(note.name))
  }

  @Test func saysWhichFiguresMustNotBeHandedOn() throws {
    var casebook = try Casebook(contentsOf: Self.root.appending(path: "casebook"))
    let study = try #require(casebook.studies.values.first)
    let first = try #require(casebook.sources.first)
    casebook.sources[0] = Source(
      id: first.id, type: first.type, title: first.title, author: first.author,
      publisher: first.publisher, issued: first.issued, accessed: first.accessed, url: first.url,
      language: first.language, license: "import only: terms of its own", sha256: first.sha256,
      reliability: first.reliability)
    let answer = try Study(contentsOf: study, for: casebook).answer(from: casebook, threads: 2)
    #expect(TerminalAnswer(answer).text().contains("must not be handed on (import only)"))
    let page = Pages(answer, version: "0")
    #expect(
      page.dossier(json: [], style: "", script: "", charts: "")
        .contains("Figures of this source must not be handed on."))
    #expect(answer.json(version: "0").text(indented: false).contains("\"importOnly\":true"))
  }
}
