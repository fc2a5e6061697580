import Documents
import Foundation
import Testing

@testable import Evidence

/// What a codebook says that its words do.
@Suite struct CodebookRoleTests {
  private static func read(_ text: String) throws -> (codebook: Codebook, problems: [Problem]) {
    let yaml = """
      channels: []
      ladders: []
      instruments:
        - {id: sale, title: Sale, roles: [exposure, ends_deal]}
        - {id: credit, title: Credit, roles: [exposure]}
      \(text)
      """
    return Codebook.read(try YAMLNode(yaml: Array(yaml.utf8), file: "codebook.yaml"))
  }

  @Test func theCodeAsksForWordsByWhatTheyDo() throws {
    let (codebook, problems) = try Self.read("")
    #expect(problems.isEmpty)
    #expect(codebook.instruments(with: .exposure) == ["sale", "credit"])
    #expect(codebook.instruments(with: .endsDeal) == ["sale"])
    #expect(codebook.instruments(with: .loan).isEmpty)
  }

  @Test func aMisspeltRoleIsReportedWithTheNearest() throws {
    let (_, problems) = try Self.read("clauses: [{id: fee, title: Fee, roles: [compensatoin]}]")
    #expect(problems.count == 1)
    #expect(problems.first?.advice?.contains("compensation") == true)
  }

  @Test func aVocabularyWithoutRolesTakesNone() throws {
    let (_, problems) = try Self.read("concerns: [{id: ports, title: Ports, roles: [exposure]}]")
    #expect(problems.map(\.message) == ["the words of concerns have no roles"])
  }

  @Test func missingRolesAreThoseOfTheVocabulariesThatAreGiven() throws {
    let missing = try Self.read("").codebook.missingRoles.map { $0.rawValue }
    #expect(missing.contains("loan") && !missing.contains("exposure"))
    #expect(!missing.contains("compensation"))
  }

  @Test func theBuiltInCodebookAndThatOfANewCasebookMissNone() throws {
    for name in ["western-balkans", "new"] {
      let file = Self.root.appending(path: "Casebooks/\(name)/codebook.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      let codebook = Codebook.read(try YAMLNode(yaml: Array(text.utf8), file: "codebook.yaml"))
        .codebook
      #expect(codebook.missingRoles.isEmpty, "\(name)")
    }
  }

  @Test func everyRoleIsDocumentedWithItsMeaning() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: "Documentation/Codebook.md"), encoding: .utf8)
    let roles: [any CodebookRole] =
      InstrumentRole.allCases + ClauseRole.allCases + UnitRole.allCases
    for role in roles {
      #expect(page.contains("| `\(role.vocabulary)` | `\(role.rawValue)` | \(role.meaning) |"))
    }
  }

  /// The words of the built-in casebook are data; what computes with them asks for their roles.
  @Test func noModuleThatComputesKnowsAWordOfTheBuiltInCodebook() throws {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    let open = ["instruments", "clauses", "channels", "concerns", "denominators", "currencies"]
    let words = Set(
      open.flatMap { casebook.codebook.vocabularies[$0] ?? [] }.map(\.id)
        + casebook.codebook.ladders.values.joined().map(\.rawValue)
        + casebook.actors.map(\.id.rawValue))
    for module in ["Panels", "Effects", "Indicators", "Scenarios", "Studies"] {
      let folder = Self.root.appending(path: "Sources/\(module)")
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in try #require(files) where file.pathExtension == "swift" {
        let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
          .filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }.joined(separator: "\n")
        let literals = code.matches(of: /"([A-Za-z_-]+)"/).map { String($0.1) }
        #expect(
          words.isDisjoint(with: literals),
          "\(file.lastPathComponent): \(words.intersection(literals).sorted())")
      }
    }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL
}
