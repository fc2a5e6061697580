import Documents
import Foundation
@testable import Importing
import Testing

@testable import Evidence

/// Imports of series between states and a counterpart: alliances, trade, and joining an initiative.
@Suite struct PairSeriesTests {
  private func values(
    _ outcome: RecordFixture.Outcome, _ variable: VariableID, _ actor: ActorID
  ) -> [Double?] {
    outcome.casebook.series(variable).filter { $0.actor == actor }.map(\.value)
  }

  private static let alliances = """
    ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul
    341,365,2010,0,0,0,1,0
    365,341,2010,0,0,0,1,0
    341,365,2011,1,0,0,1,0
    346,339,2011,1,0,0,0,0
    341,365,2012,0,0,0,0,0

    """

  @Test func tellsAlliancesOfDefenceFromOthersWithZerosForStatesOfTheTable() throws {
    let outcome = try RecordFixture.imported(
      Self.alliances, by: try RecordFixture.work(years: 2010...2013, counterparts: ["RUS"]))
    #expect(outcome.report.format == "atop")
    #expect(values(outcome, "alliance-defence-RUS", "MNE") == [0, 1, 0, nil])
    #expect(values(outcome, "alliance-any-RUS", "MNE") == [1, 1, 0, nil])
    #expect(values(outcome, "alliance-any-RUS", "BIH") == [0, 0, 0, nil])
    // No row of Serbia: the table says nothing of it.
    #expect(values(outcome, "alliance-any-RUS", "SRB") == [nil, nil, nil, nil])
  }

  @Test func readsTradeAsTheCounterpartReportsItFromTheStatesSide() throws {
    let outcome = try RecordFixture.imported(
      """
      year,recipient_iso3,china_gdp,imports,exports
      2010,SRB,1,55,345
      2011,SRB,1,NA,396.5
      2010,MNE,1,0,71
      2010,XKX,1,NA,NA

      """)
    #expect(outcome.report.format == "trade")
    #expect(values(outcome, "trade-reported-exports-CHN", "SRB") == [55, nil])
    #expect(values(outcome, "trade-reported-imports-CHN", "SRB") == [345, 396.5])
    #expect(values(outcome, "trade-reported-exports-CHN", "MNE") == [0, nil])
    #expect(outcome.losses.contains("1 without an amount: XKX"))
    #expect(outcome.casebook.source("trade-reported")?.isImportOnly == true)
  }

  @Test func readsBilateralTradeInBothDirections() throws {
    let outcome = try RecordFixture.imported(
      """
      exp,imp,time,export
      SRB,CHN,2008,5467773.0
      CHN,SRB,2008,490647968.0
      SRB,ALB,2008,1
      SRB,CHN,2012,0.0
      SRB,CHN,1992,9

      """)
    #expect(
      values(outcome, "trade-bilateral-exports-CHN", "SRB").suffix(5) == [
        5467773, nil, nil, nil, 0,
      ])
    #expect(
      values(outcome, "trade-bilateral-imports-CHN", "SRB").suffix(5) == [
        490647968, nil, nil, nil, nil,
      ])
    #expect(outcome.losses.contains("1 of pairs without a counterpart: SRB-ALB"))
    #expect(outcome.losses.contains { $0.contains("did not exist") })
  }

  @Test(arguments: ["2017", "2017.0", "May 2017", "2017-05-14 00:00:00"])
  func readsDatesOfJoiningAsPeopleWriteThem(_ date: String) throws {
    let outcome = try RecordFixture.imported(
      "Country,Country Code,Region,IncomeGroup,Likely date of joining,Likely date of exit\n"
        + "Montenegro,MNE,Europe,Upper,\(date),\nSerbia,SRB,Europe,Upper,,\n"
        + "Albania,ALB,Europe,Upper,2017,Dec 2023\n")
    #expect(outcome.report.format == "bri")
    #expect(
      outcome.casebook.claims.map {
        "\($0.id) \($0.on?.text.prefix(4) ?? "") \($0.direction?.rawValue ?? "")"
      } == [
        "bri-mne-joining 2017 toward", "bri-alb-joining 2017 toward", "bri-alb-exit 2023 away",
      ])
    #expect(outcome.losses == ["1 without a date of joining: SRB"])
  }

  @Test func refusesADateThatIsNone() {
    #expect(
      RecordFixture.problems("Country Code,join_year\nMNE,soon\n").contains(
        "f0.csv, row 2, column join_year: `soon` is not a date; write 2017, 2017-05, 2017-05-14 or "
          + "May 2017."))
  }

  // MARK: Chinese finance by other codes

  private static let byISO =
    "Country Code,year,usd_const_2021\nMNE,2010,60\nMNE,2011,6.25\nSRB,2010,9\nSRB,2011,3\n"
    + "BIH,2010,1\nXKX,2010,2\n"

  /// As in the public tables: no code was found for Serbia, so that its rows are gone; Kosovo, which the
  /// public table by ISO codes has not either, is in this one.
  @Test(arguments: ["ccode", "gwcode"])
  func namesTheActorsWhomATableByCodesHasLost(_ column: String) throws {
    let first = try RecordFixture.imported(Self.byISO)
    let broken =
      "\(column),year,oof_amt,oof_adj,oda_amt,oda_adj,vof_amt,vof_adj\n"
      + "341,2010,50,50,10,10,0,0\n341,2011,6,6,0,0,0.25,0.25\n346,2010,1,1,0,0,0,0\n"
    let second = try RecordFixture.imported(
      broken, into: first.files, by: try RecordFixture.work(accessed: "2027-01-01"))
    #expect(second.report.format == "aiddata-gcdf")
    let difference = try #require(second.report.differences.first)
    #expect(difference.actorsLost == ["SRB", "XKX"] && difference.changed == 0)
    #expect(
      second.casebook.series("aiddata-gcdf").first { $0.actor == "SRB" && $0.period == 2010 }?
        .value == 9)
  }

  // The table by `ccode` has no row of Serbia; the one by `gwcode` has those since it is 340. Kosovo is
  // in no form, the one by ISO codes included.
  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func findsWhomThePublicTablesByCodesHaveLost() throws {
    let files = try CasebookFiles(in: PublicData.casebook)
    let lost = try ["cow_gcdf", "gw_gcdf"].map { name in
      let outcome = try RecordFixture.imported(
        [try PublicData.file("aiddata/\(name).csv")], into: files,
        by: try RecordFixture.work(years: 2000...2021, accessed: "2027-01-01"))
      let difference = try #require(outcome.report.differences.first)
      // Russia's, in 2016 to 2018: the tables differ there.
      #expect(difference.changed == 3 && difference.largest?.actor == "RUS")
      #expect(outcome.report.actorsWithoutRows.contains("XKX"))
      return difference.actorsLost
    }
    #expect(lost == [["SRB"], []])
  }

  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func readsThePublicTablesOfTradeAndJoining() throws {
    let files = try CasebookFiles(in: PublicData.casebook)
    func imported(_ path: String) throws -> RecordFixture.Outcome {
      try RecordFixture.imported(
        [try PublicData.file(path)], into: files, by: try RecordFixture.work())
    }
    let reported = try imported("china-trade/china-reported-trade-2002-2017.csv")
    #expect(
      reported.casebook.series("trade-reported-imports-CHN")
        .first { $0.actor == "SRB" && $0.period == 2017 }?.value == 545_639_029)
    let bilateral = try imported("china-trade/china_bilateral_trade_4yearly.csv")
    #expect(
      bilateral.casebook.series("trade-bilateral-imports-CHN")
        .first { $0.actor == "SRB" && $0.period == 2008 }?.value == 490_647_968)
    // The table calls Romania ROM.
    let romania = bilateral.casebook.series("trade-bilateral-imports-CHN")
      .filter { $0.actor == "ROU" && $0.value != nil }
    #expect(romania.count > 5)
    let joined = try imported("bri/bri_membership_with_region_income.csv")
    #expect(joined.casebook.claim("bri-mkd-joining")?.on?.text == "2013")
    #expect(joined.losses.contains("4 without a date of joining: AUT COD NER RUS"))
  }
}
