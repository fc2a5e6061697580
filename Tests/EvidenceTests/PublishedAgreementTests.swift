@testable import Importing
import Documents
import Foundation
import Testing

@testable import Evidence

/// The roll calls against the table of agreement with China that others published from them.
@Suite(.enabled(if: PublicData.isHere, PublicData.absence))
struct PublishedAgreementTests {
  private struct Pair {
    let code: String
    let year: Int
    let all: Double
    let contested: Double
    let published: Double
  }

  private static func tally() throws -> RollCallTally {
    let files = try ["un-votes/un_votes.csv.gz", "un-votes/un_roll_calls.csv"]
      .map(PublicData.file)
    let tables = try Importer.unVotes.match(files).tables
    return try RollCallTally(votes: tables[0], calls: tables[1], badRows: .refuse)
  }

  /// Pairs the rows of both by ISO code; the votes have two letters, the table three.
  private static func rows(_ rollCalls: RollCalls) throws -> [Pair] {
    let letters = try iso2()
    var published: [(String, Int, Double)] = []
    try read("un-votes/agreement-with-china-1996-2018.latin1.csv", ["agree", "year", "iso3c.y"]) {
      row, columns in
      guard let agree = row.number(columns[0]), let year = row.year(columns[1]) else { return }
      published.append((row.text(columns[2]) ?? "", year, agree))
    }
    return try published.map { iso3, year, agree in
      let code = iso3 == "YUG" ? "YU" : letters[iso3] ?? ""
      let agreement = try #require(
        rollCalls.agreement(of: code, with: "CN")[year], "\(iso3) \(year)")
      return Pair(
        code: code, year: year, all: try #require(agreement.halfCredit),
        contested: try #require(agreement.contestedHalfCredit), published: agree)
    }
  }

  private static func iso2() throws -> [String: String] {
    var letters: [String: String] = [:]
    try read("country-codes/countrycode_codelist.csv", ["iso3c", "iso2c"]) { row, columns in
      letters[row.text(columns[0]) ?? ""] = row.text(columns[1])
    }
    return letters
  }

  private static func read(
    _ path: String, _ columns: [String], _ body: (Row, [Column]) -> Void
  ) throws {
    let table = try #require(PublicData.file(path).tables.first)
    let skipped = try table.forEachRow(
      Layout(what: path, columns: columns), badRows: .refuse, read: body, place: {})
    #expect(skipped.isEmpty)
  }

  /// Seven decimals are published.
  private static let rounding = 5.1e-8

  @Test func equalsThePublishedTableOverContestedRollCalls() throws {
    let rows = try Self.rows(Self.tally().rollCalls)
    #expect(rows.count == 4307)
    #expect(rows.allSatisfy { abs($0.contested - $0.published) < Self.rounding })
    #expect(PublicData.correlation(rows.map { ($0.contested, $0.published) }) > 0.999_999_999)
  }

  /// With the unanimous roll calls the table and the votes differ in eight sessions, and there only.
  @Test func differsFromThePublishedTableByTheUnanimousRollCallsAlone() throws {
    let rows = try Self.rows(Self.tally().rollCalls)
    let differing = rows.filter { abs($0.all - $0.published) >= Self.rounding }
    let counts = Dictionary(grouping: differing, by: \.year).mapValues(\.count)
    #expect(
      counts == [
        1996: 171, 2002: 165, 2004: 185, 2008: 181, 2009: 187, 2014: 182, 2016: 144, 2017: 186,
      ])
    #expect(differing.allSatisfy { $0.all > $0.published })
    #expect(differing.map { $0.all - $0.published }.max() ?? 1 < 0.0417)
    let all = PublicData.correlation(rows.map { ($0.all, $0.published) })
    #expect(abs(all - 0.999_895_034) < 1e-9)
  }

  /// Of 5893 the votes file has four votes, all no and none of them China's: no row differs by it.
  @Test func findsTheUnanimousRollCallsOfThoseSessions() throws {
    let unanimous = try Self.tally().unanimousRollCalls
    let listed = unanimous.filter { (1996...2018).contains($0.year) }
    #expect(
      listed.map { "\($0.year) \($0.call)" } == [
        "1996 4024", "1996 4025", "2002 4385", "2004 4534", "2008 4852", "2009 4997", "2009 5034",
        "2014 5342", "2016 5496", "2017 5574", "2011 5893",
      ])
  }
}
