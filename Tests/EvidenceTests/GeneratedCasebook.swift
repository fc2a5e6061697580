import Evidence
import Foundation
import Testing

/// A casebook of any size, for measuring: shapes and lengths as in the built-in one.
enum GeneratedCasebook {
  /// Writes the files of a casebook with that many claims, each right.
  static func texts(claims count: Int) -> [String: String] {
    var texts = SmallCasebook.texts
    let actors = ["MNE", "SRB", "XKX", "CHN"]
    let statement =
      "\"Says that the state agreed, \"\"in principle\"\", to buy equipment of kind %, and why.\""
    let header = SmallCasebook.claims().dropLast()
    var lines = [String(header)]
    lines.reserveCapacity(count + 1)
    for number in 0..<count {
      let year = 2007 + number % 17
      let actor = actors[number % 3]
      lines.append(
        "generated-claim-number-\(number),generated-fact-number-\(number / 2),deal-\(number / 7),,"
          + "\(actor),,CHN;SRB,CHN,security,arms_purchase,reported,toward,completed,"
          + "\(year)-0\(1 + number % 9),\(year - 1),\(year),,\(number).5,,,money,EUR,\(year),,"
          + statement.replacing("%", with: String(number))
          + ",article,chars=\(number)-\(number + 80),"
          + "\(1 + number % 6),project,2026-01-\(10 + number % 10),"
          + (number % 10 == 9 ? "generated-claim-number-\(number - 9)" : ""))
    }
    texts["claims.csv"] = lines.joined(separator: "\n") + "\n"
    return texts
  }

}

@Suite struct GeneratedCasebookTests {
  @Test func hasAsManyClaimsAsAsked() throws {
    let casebook = try Casebook(files: CasebookFiles(texts: GeneratedCasebook.texts(claims: 200)))
    #expect(casebook.claims.count == 200)
    #expect(casebook.facts.count == 100)
  }

  /// Run as `FULCRUM_GENERATE=100000:/tmp/big swift test --filter writesALargeOneToMeasure`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["FULCRUM_GENERATE"] != nil))
  func writesALargeOneToMeasure() throws {
    let request = ProcessInfo.processInfo.environment["FULCRUM_GENERATE"] ?? ""
    let parts = request.split(separator: ":")
    let count = try #require(Int(parts[0]))
    let folder = URL(filePath: String(parts[1]))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in GeneratedCasebook.texts(claims: count) {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
  }
}
