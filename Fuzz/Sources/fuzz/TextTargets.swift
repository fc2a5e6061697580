import Foundation

@testable import Documents
@testable import Evidence
@testable import Importing
@testable import Studies
@testable import Tables

extension Target {
  /// The readers of what people write: tables, dates, codebooks, studies, mappings.
  static let ofTexts: [Target] = [
    Target(
      name: "csv",
      seeds: texts("id,name\nSRB,\"Serbia, \"\"old\"\"\"\n", "a;b\r\n1;2\r\n", "\u{FEFF}a\n\"b"),
      read: readRows),
    Target(
      name: "edtf",
      seeds: texts("2020", "2020-06-14", "2018~/2020-06?", "../2023", "2020-02-30", "2020-2X"),
      words: ["..", "/", "~", "?", "-06-14"]
    ) { _ = try? EDTFDate(String(decoding: $0, as: UTF8.self)) },
    Target(
      name: "yaml", seeds: files("Casebooks/western-balkans/codebook.yaml"),
      words: ["- ", ": ", "&a ", "*a", "<<: ", "|\n", "{", "}", "[", "]", "!!str "]
    ) { _ = try? YAMLNode(yaml: Array($0), file: "f.yaml") },
    Target(
      name: "codebook",
      seeds: files(
        "Casebooks/western-balkans/codebook.yaml", "Casebooks/new/codebook.yaml",
        "Examples/harbour-league/casebook/codebook.yaml"),
      words: ["channels:\n", "- id: ", "title: ", "outcome: true", "stages: ", "imports: ["]
    ) { bytes in
      guard let node = try? YAMLNode(yaml: Array(bytes), file: "codebook.yaml") else { return }
      _ = Codebook.read(node)
    },
    Target(
      name: "study",
      seeds: files(
        "Casebooks/western-balkans/studies/nato-china.yaml", "Casebooks/new/study.yaml"),
      words: ["outcomes:\n", "channel: ", "pool: ", "periods: ", "indicator: ", "rule: "]
    ) { bytes in
      guard let node = try? YAMLNode(yaml: Array(bytes), file: "study.yaml") else { return }
      _ = StudyReader(builtIn).study(node, id: "study")
    },
    Target(
      name: "mapping", seeds: texts(Mapping.template), words: ["is: ", "column: ", "words: {"]
    ) { bytes in
      guard let node = try? YAMLNode(yaml: Array(bytes), file: "mapping.yaml") else { return }
      _ = try? Mapping(node)
    },
  ]

  private static let builtIn: Casebook = {
    do { return try Casebook(contentsOf: Casebook.westernBalkans) } catch {
      fatalError("The built-in casebook cannot be read: \(error)")
    }
  }()

  private static func readRows(_ bytes: UnsafeBufferPointer<UInt8>) {
    for separator in [CSVReader.comma, UInt8(ascii: ";")] {
      var reader = CSVReader(bytes, separator: separator)
      var cells: [CSVReader.Cell] = []
      while reader.next(&cells, fault: { _, _ in }) {
        for cell in cells { _ = Numeral.number(reader.text(cell)) }
      }
    }
  }

  static func texts(_ texts: String...) -> [Data] { texts.map { Data($0.utf8) } }

  /// Files of the project, by their path in it.
  static func files(_ paths: String...) -> [Data] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return paths.compactMap { try? Data(contentsOf: root.appending(path: $0)) }
  }
}
