@testable import Importing
import Documents
import Foundation
import Testing

@testable import Evidence

@Suite(.enabled(if: PublicData.isHere, PublicData.absence))
struct RepeatedImportTests {
  private static let pool: [ActorID] = [
    "ALB", "ARM", "AUT", "AZE", "BGR", "BIH", "BLR", "CHE", "CYP", "CZE", "EST", "FIN", "GEO",
    "HRV", "HUN", "IRL", "KAZ", "KGZ", "LTU", "LVA", "MDA", "MKD", "MNE", "POL", "ROU", "RUS",
    "SRB", "SVK", "SVN", "SWE", "TJK", "TKM", "UKR", "UZB", "XKX",
  ]

  private static let imports: [(Importer, [String], [ActorID])] = [
    (
      .unVotes,
      ["un_votes.csv.gz", "un_roll_calls.csv", "un_roll_call_issues.csv"].map { "un-votes/\($0)" },
      ["CHN"]
    ),
    (.idealPoints, ["ideal-points/idealpoints_july2025.csv"], ["CHN", "USA"]),
    (.aidDataGCDF, ["aiddata/aiddata_gcdf3_country_year_iso3.csv"], []),
    (.memberships, ["memberships/accession_dates.csv"], []),
  ]

  private static let sources = [
    "un-votes", "un-roll-calls", "un-roll-call-issues", "ideal-points", "aiddata-gcdf",
    "public-record",
  ]

  /// Repeats every import on the committed casebook without what they brought.
  private func repeated() throws -> (before: CasebookFiles, after: CasebookFiles) {
    let committed = try CasebookFiles(in: PublicData.casebook)
    var stripped: [String: Data] = [:]
    for name in ["series", "variables", "sources", "memberships", "claims"] {
      let lines = lines(of: committed, "\(name).csv")
      let kept = lines.filter { line in
        !RepeatedImportTests.sources.contains { source in
          line.hasSuffix(",\(source)") || line.hasPrefix("\(source),")
            || line.contains(",\(source),") || line.contains(",\(source)-")
        }
      }
      stripped["\(name).csv"] = Data((kept.joined(separator: "\n") + "\n").utf8)
    }
    var files = committed.replacing(stripped)
    for (format, paths, counterparts) in RepeatedImportTests.imports {
      let isDated = format.name == "memberships"
      let work = Import(
        format: format, actors: isDated ? nil : RepeatedImportTests.pool,
        years: isDated ? nil : 1992...2024, counterparts: counterparts,
        accessed: try EDTFDate("2026-11-23"), coder: "project",
        badRows: .refuse)
      let changed = try work.derive(paths.map(PublicData.file), into: files).changed
      files = files.replacing(changed)
    }
    return (committed, files)
  }

  private func lines(of files: CasebookFiles, _ name: String) -> [String] {
    String(decoding: files.contents[name] ?? Data(), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  @Test func givesTheCommittedSeriesByteForByte() throws {
    let (committed, again) = try repeated()
    #expect(lines(of: committed, "series.csv").count > 6000)
    #expect(committed.contents["series.csv"] == again.contents["series.csv"])
    for name in ["variables", "sources", "memberships", "claims"] {
      #expect(
        Set(lines(of: committed, "\(name).csv")) == Set(lines(of: again, "\(name).csv")),
        "\(name).csv")
    }
  }

  /// The two are one release: every figure must come out the same from either.
  @Test func readsIdealPointsAlikeFromStataAndText() throws {
    let series = try ["csv", "dta"].map { form in
      let name = form == "csv" ? "idealpoints_july2025.csv" : "IdealpointsJuly2025.dta"
      let work = Import(
        format: nil, actors: RepeatedImportTests.pool, years: 2000...2024,
        counterparts: ["CHN", "USA"], accessed: try EDTFDate("2027-01-01"), coder: "project",
        badRows: .refuse)
      let files = try CasebookFiles(in: PublicData.casebook)
      let (report, changed) = try work.derive(
        [try PublicData.file("ideal-points/\(name)")], into: files)
      #expect(report.format == "ideal-points" && report.isRecognised)
      let after = try Casebook(files: files.replacing(changed))
      return after.series("ideal-point").map { [$0.value, $0.low, $0.high] }
    }
    #expect(series[0].count > 800)
    #expect(series[0] == series[1])
  }

  @Test func givesEveryStateOfThePoolARowForEveryYear() throws {
    let casebook = try Casebook(contentsOf: PublicData.casebook)
    for variable in ["un-agreement-CHN", "ideal-point", "aiddata-gcdf"] as [VariableID] {
      let series = casebook.series(variable)
      for actor in RepeatedImportTests.pool {
        #expect(series.filter { $0.actor == actor }.map(\.period) == Array(1992...2024))
      }
      #expect(series.filter { $0.actor == "XKX" }.allSatisfy { $0.status.isAbsence })
    }
  }
}
