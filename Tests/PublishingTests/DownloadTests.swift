import Documents
import Foundation
import Studies
import Testing

@testable import Evidence
@testable import Publishing

@Suite struct DownloadTests {
  private let files: [String: String]

  init() throws {
    let downloads = try Sample.answer().downloads(version: "0.0")
    files = Dictionary(uniqueKeysWithValues: downloads.map { ($0.name, $0.text) })
  }

  @Test func describesEveryTableThatItOffersWithItsColumns() throws {
    let text = try #require(files["datapackage.json"])
    let package = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let resources = try #require(package["resources"] as? [[String: Any]])
    #expect(resources.count == files.keys.filter { $0.hasSuffix(".csv") }.count)
    for resource in resources {
      let path = try #require(resource["path"] as? String)
      let schema = try #require(resource["schema"] as? [String: Any])
      let fields = try #require(schema["fields"] as? [[String: Any]]).compactMap { $0["name"] }
      let header = try #require(files[path]?.prefix { $0 != "\n" })
      #expect(header == fields.map { "\($0)" }.joined(separator: ","))
    }
    #expect((package["sources"] as? [[String: Any]])?.count == 2)
  }

  @Test func listsEveryClaimOnceWithWhatItMoves() throws {
    let table = try #require(files["claims.csv"])
    let rows = table.split(separator: "\n").dropFirst()
    #expect(rows.count == (try Sample.answer().casebook.claims.count))
    let guns = try #require(rows.first { $0.hasPrefix("guns,") })
    #expect(guns.contains("the raw data of ‘Arms deals’ (arms-deals), which is refused"))
    #expect(try #require(rows.first { $0.hasPrefix("debt-a,") }).contains(",rival,"))
    #expect(try #require(rows.first { $0.hasPrefix("debt-b,") }).contains(",used,"))
  }

  @Test func citesEverySourceInEachFormAndEscapesWhatTheFormsReserve() throws {
    let bibTeX = try #require(files["citation.bib"])
    #expect(bibTeX.matches(of: /(?m)^@misc\{/).count == 3)
    #expect(bibTeX.contains("url = {https://example.org/records?a=1&b=2}"))
    #expect(
      bibTeX.contains("title = {{Did joining the League change how states deal with Farland?}}"))
    let csl = try #require(files["citation.csl.json"])
    let items = try #require(
      try JSONSerialization.jsonObject(with: Data(csl.utf8)) as? [[String: Any]])
    #expect(items.compactMap { $0["id"] as? String } == ["fulcrum-league", "records", "paper"])
    let accessed = items[1]["accessed"] as? [String: [[Int]]]
    #expect(accessed == ["date-parts": [[2024, 1, 5]]])
    let citation = try #require(files["CITATION.cff"])
    #expect(citation.contains("date-released: \"2024-02-01\""))
    #expect(citation.contains("url: \"https://example.org/records?a=1\\u0026b=2\""))
    let followsAScript = citation.contains("javascript:")
    #expect(!followsAScript)
  }
}
