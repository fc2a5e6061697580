import Documents
import Foundation
@testable import Importing
import Testing

@testable import Evidence

@Suite struct AidDataGCOFTests {
  private static let header =
    "project_id,recommended_for_research,umbrella,year,donor,title,status,flow,usd_defl_2014,"
    + "crs_sector_name,end_actual,end_planned,year_uncertain,recipient_count,recipient_iso3,maturity"

  private static let projects = """
    \(header)
    11,True,0,2010,China,A,Completion,Loan (excluding debt rescheduling),20000000.25,Health,2012-05-01,,False,1,SRB,15
    12,True,0,2010,China,B,Implementation,Grant, ,Education,,2014-01-01,True,1,SRB, 
    13,False,1,2010,China,C,Completion,Loan (excluding debt rescheduling),90000000,Health,,,False,1,SRB, 
    14,False,0,2010,China,D,Pipeline: Pledge,Grant,1000,Health,,,False,1,MKD, 
    15,True,0,2011,China,E,Completion,Debt rescheduling,5,Action Relating to Debt,,,False,2,MNE; SRB, 
    16,True,0,2005,China,F,Completion,Grant,5,Health,,,False,1,SRB, 

    """

  @Test func makesAClaimOfEachProjectThatMayBeCounted() throws {
    let outcome = try RecordFixture.imported(Self.projects)
    #expect(outcome.report.format == "aiddata-gcof" && outcome.report.isRecognised)
    #expect(outcome.casebook.claims.map(\.id) == ["aiddata-gcof-11", "aiddata-gcof-12"])
    let loan = outcome.casebook.claims[0]
    #expect(loan.value == 20_000_000.25 && loan.currency == "USD" && loan.priceYear == 2014)
    #expect(loan.instrument == "loan" && loan.phase == .completed && loan.on?.text == "2010")
    #expect(loan.delivered?.text == "2012-05-01" && loan.until?.text == "2025~")
    #expect(loan.locator == .row(2, sheet: nil) && loan.deal == "aiddata-gcof-11")
    #expect(
      loan.statement == "China and Serbia in 2010: loan (excluding debt rescheduling) for health, "
        + "20 million US dollars of 2014, project 11.")
  }

  /// An empty amount is no zero.
  @Test func leavesAnAmountThatIsNotStatedEmpty() throws {
    let grant = try RecordFixture.imported(Self.projects).casebook.claims[1]
    #expect(grant.value == nil && grant.unit == nil && grant.currency == nil)
    #expect(grant.on?.text == "2010?" && grant.until?.text == "2014-01-01")
    #expect(grant.statement.contains("amount not stated"))
  }

  @Test func countsNothingTwiceAndSaysWhatItLeftOut() throws {
    let losses = try RecordFixture.imported(Self.projects).losses
    #expect(
      losses.contains("1 of umbrella agreements, whose parts are listed too: SRB"))
    #expect(losses.contains("1 of projects that are not recommended for sums: MKD"))
    #expect(
      losses.contains("1 of several recipients, whose amounts nobody has divided: several"))
    #expect(losses.contains { $0.contains("did not exist") })
  }

  @Test func refusesWordsThatItDoesNotKnow() {
    let sentences = RecordFixture.problems(
      Self.projects.replacing("Implementation", with: "Implementaton")
        .replacing("Debt rescheduling", with: "Barter").replacing("20000000.25", with: "\"20,25\""))
    #expect(
      sentences.contains(
        "f0.csv, row 3, column status: `Implementaton` is no known status; did you mean "
          + "`Implementation`?"))
    #expect(sentences.contains("row 6, column flow: `Barter` is no known kind of flow"))
    #expect(sentences.contains("row 2, column usd_defl_2014: `20,25` is not a number"))
  }

  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func readsAllProjectsOfTheReleaseAndRepeatsNone() throws {
    let files = try CasebookFiles(in: PublicData.casebook)
    let work = try RecordFixture.work(counterparts: [])
    let data = [try PublicData.file("aiddata/aiddata_gcof_v1.csv.gz")]
    let outcome = try RecordFixture.imported(data, into: files, by: work)
    #expect(outcome.report.rowsRead == 5_466)
    // 399 umbrellas, 694 more that are not recommended.
    #expect(outcome.losses.contains { $0.hasPrefix("399 of umbrella agreements") })
    #expect(outcome.losses.contains { $0.hasPrefix("694 of projects that are not") })
    // Ten projects are coded by hand, under other names.
    let claims = outcome.casebook.claims.filter { $0.id.rawValue.hasPrefix("aiddata-gcof-") }
    #expect(claims.allSatisfy { $0.source == "aiddata-gcof" })
    #expect(claims.count == outcome.report.rowsPlaced && claims.count > 300)
    #expect(claims.contains { $0.actor == "SRB" && $0.value == nil })
    let again = try RecordFixture.imported(data, into: outcome.files, by: work)
    #expect(again.report.isUnchanged)
  }
}
