import TestSupport
import Testing

@testable import Documents

@Suite struct YAMLNodeTests {
  private func read(_ text: String) throws -> YAMLNode {
    try YAMLNode(yaml: Array(text.utf8), file: "x.yaml")
  }

  private func problem(_ text: String) -> String {
    do { return "\(try read(text))" } catch { return "\(error)" }
  }

  @Test func keepsValuesWithTheirPlaces() throws {
    let root = try read("a: 1\nb:\n  - x\n  - \"2\"\nc: true\nd: no\ne:\n")
    #expect(root["a"]?.integer == 1 && root["a"]?.number == 1)
    #expect(root["b"]?.elements?.map(\.text) == ["x", "2"])
    #expect(root["b"]?.elements?[1].integer == nil)
    #expect(root["c"]?.boolean == true && root["d"]?.boolean == nil && root["d"]?.text == "no")
    #expect(root["e"]?.isNull == true && root["f"] == nil)
    let second = try #require(root["b"]?.elements?[1])
    #expect(second.line == 4 && second.column == 5)
    #expect(second.problem("is odd").description == "x.yaml, line 4, column 5: `2` is odd.")
  }

  @Test func readsJSONAsYAMLInFlowStyle() throws {
    let root = try read("{\n\t\"a\": [1, 2.5, null], \"b\": \"\\u010d\\/\"\n}")
    #expect(root["a"]?.elements?[1].number == 2.5)
    #expect(root["a"]?.elements?[2].isNull == true)
    #expect(root["b"]?.text == "č/")
  }

  @Test func followsAliasesAndRefusesToUnfoldWithoutEnd() throws {
    #expect(try read("a: &x [1, 2]\nb: *x\n")["b"]?.elements?.count == 2)
    let laughs = (1...9).map { level in
      "l\(level): &l\(level) [\((0..<9).map { _ in level == 1 ? "lol" : "*l\(level - 1)" }.joined(separator: ", "))]"
    }.joined(separator: "\n")
    #expect(
      problem(laughs)
        == "x.yaml, line 6, column 10: the document unfolds to more than 100000 values; "
        + "write it without aliases, or split it.")
    #expect(
      problem("a: *x\n")
        == "x.yaml, line 1, column 4: an alias names no anchor before it; write the value out.")
  }

  @Test func refusesWhatIsDeeperOrOtherThanOneDocument() {
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(problem(deep).contains("is nested deeper than 64 levels; flatten it"))
    #expect(
      problem("a: 1\n---\nb: 2\n").contains("a second document starts; keep one document per file"))
    #expect(problem("").contains("is empty"))
    #expect(
      problem("a: 1\na: 2\n") == "x.yaml, line 2, column 1: `a` is given twice; keep one of them.")
    #expect(problem("a: [1\n").hasPrefix("x.yaml, line 2, column 1: cannot be read as YAML: "))
    #expect(problem("? [a]\n: b\n").contains("a key is not a text"))
  }

  @Test func neverTrapsOnRandomBytes() {
    var random = SeededGenerator(seed: 4)
    let alphabet = Array("a:-[]{}&*x,\"'\n\t |>#!?%".utf8) + [0, 0xFF, 0xC3]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      _ = try? YAMLNode(yaml: bytes, file: "x.yaml")
    }
  }
}
