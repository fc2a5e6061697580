@testable import Importing
import Documents
import Foundation
import Testing

@testable import Evidence

@Suite struct COWImportTests {
  private static let states = """
    stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version
    ALB,339,Albania,1914,1,1,1939,4,7,2016
    ALB,339,Albania,1944,11,17,2016,12,31,2016
    MNG,341,Montenegro,2006,6,12,2016,12,31,2016
    YUG,345,Yugoslavia,1944,10,20,2001,6,30,2016
    XYZ,999,Nowhere,1950,1,1,2016,12,31,2016

    """

  private func withIdentity() -> CasebookFiles {
    let codebook = String(
      decoding: RecordFixture.files.contents["codebook.yaml"] ?? Data(), as: UTF8.self)
    return RecordFixture.files.replacing([
      "codebook.yaml": Data(
        codebook.replacing(
          "  - {id: loan, title: Loan}",
          with: "  - {id: loan, title: Loan}\n"
            + "  - {id: statehood, title: Statehood, imports: [identity]}"
        ).utf8)
    ])
  }

  @Test func makesClaimsOfEntriesAndRealExitsFromTheStateSystem() throws {
    let outcome = try RecordFixture.imported(Self.states, into: withIdentity())
    #expect(outcome.report.format == "cow-states")
    #expect(
      outcome.casebook.claims.map { "\($0.actor) \($0.fact) \($0.on?.text ?? "")" } == [
        "ALB alb-state-entry 1944-11-17", "MNE mne-state-entry 2006-06-12",
        "YUG yug-state-entry 1944-10-20", "YUG yug-state-exit 2001-06-30",
      ])
    #expect(outcome.losses.contains { $0.contains("did not exist") && $0.contains("339") })
    let again = try RecordFixture.imported(Self.states, into: outcome.files)
    #expect(again.report.isUnchanged)
  }

  @Test func saysWhichDayCannotBe() {
    let wrong = Self.states.replacing("2006,6,12", with: "2006,13,12")
    #expect(
      RecordFixture.problems(wrong).contains(
        "f0.csv, row 4, column styear: `2006-13-12` is no day"))
  }

  private static let borders = """
    ccode1,ccode2,conttype,stdate,enddate
    341.0,345.0,1.0,2006-06-01,2016-12-01
    341.0,347.0,1.0,2008-02-01,2016-12-01
    341.0,325.0,4.0,2006-06-01,2016-12-01
    345.0,341.0,1.0,2006-06-01,2016-12-01
    345.0,365.0,1.0,2006-06-01,2010-03-01
    345.0,310.0,1.0,1944-10-01,2016-12-01

    """

  /// 341 is Montenegro here, and Kosovo elsewhere.
  @Test func countsBordersByLandAtTheEndOfEachYear() throws {
    let outcome = try RecordFixture.imported(
      Self.borders,
      by: try RecordFixture.work(years: 2005...2011, counterparts: ["RUS"]))
    #expect(outcome.report.format == "cow-contiguity")
    func values(_ variable: VariableID, _ actor: ActorID) -> [Double?] {
      outcome.casebook.series(variable).filter { $0.actor == actor }.map(\.value)
    }
    #expect(values("land-borders", "MNE") == [nil, 1, 1, 2, 2, 2, 2])
    #expect(values("land-borders", "SRB") == [nil, 3, 3, 3, 3, 2, 2])
    #expect(values("land-border-RUS", "SRB") == [nil, 1, 1, 1, 1, 0, 0])
    #expect(values("land-border-RUS", "MNE") == [nil, 0, 0, 0, 0, 0, 0])
    #expect(values("land-borders", "ALB").allSatisfy { $0 == nil })
    #expect(outcome.losses.contains("1 of pairs without a border by land: 341"))
  }

  /// North Macedonia is in the list since 1993: its years before are not of the list.
  @Test func countsNoBordersInYearsInWhichAStateIsNotInTheList() throws {
    let outcome = try RecordFixture.imported(
      "ccode1,ccode2,conttype,stdate,enddate\n343,339,1,1993-04-01,2016-12-01\n"
        + "339,343,1,1993-04-01,2016-12-01\n339,200,4,1944-11-17,2016-12-01\n",
      by: try RecordFixture.work(years: 1991...1994))
    func values(_ actor: ActorID) -> [Double?] {
      outcome.casebook.series("land-borders").filter { $0.actor == actor }.map(\.value)
    }
    #expect(values("MKD") == [nil, nil, 1, 1])
    #expect(values("ALB") == [0, 0, 1, 1])
  }

  private static let memberships = """
    ccode,year,state,un,nato,imf,eu
    339,1990.0,albania,1.0,-1.0,0.0,-1.0
    339,2008.0,albania,1.0,0.0,1.0,0.0
    339,2009.0,albania,1.0,1.0,1.0,2.0
    339,2010.0,albania,1.0,1.0,1.0,-9.0
    346,2008.0,bosnia,1.0,1.0,1.0,0.0
    346,2009.0,bosnia,1.0,0.0,1.0,0.0
    341,2006.0,montenegro,1.0,1.0,1.0,3.0

    """

  @Test func makesMembershipsOfRunsOfYearsAndLeavesMissingYearsOpen() throws {
    let outcome = try RecordFixture.imported(Self.memberships)
    #expect(outcome.report.format == "cow-igo")
    let spells = outcome.casebook.memberships.map {
      "\($0.actor) \($0.organisation) \($0.from.text)–\($0.to?.text ?? "")"
    }
    #expect(spells == ["ALB NATO 2009–", "BIH NATO ../2008–2008", "MNE NATO ../2006–"])
    #expect(outcome.casebook.claims.first?.locator == .row(4, sheet: nil))
    #expect(outcome.report.notes.contains { $0.contains("organisations read: NATO, EU") })
  }

  /// A date of the public record is more precise than a year.
  @Test func keepsADatedMembershipAndPutsItsClaimBesideIt() throws {
    let dated = try RecordFixture.imported(
      "iso3,organisation,stage,from,note\nALB,NATO,member,2009-04-01,\n")
    let outcome = try RecordFixture.imported(Self.memberships, into: dated.files)
    let albania = outcome.casebook.memberships(in: "NATO", stage: "member")
      .filter { $0.actor == "ALB" }
    #expect(albania.map(\.from.text) == ["2009-04-01"])
    #expect(outcome.casebook.claims(of: FactID("alb-nato-member")).count == 2)
    #expect(try RecordFixture.imported(Self.memberships, into: outcome.files).report.isUnchanged)
  }

  @Test func refusesACodeOfMembershipThatNobodyKnows() {
    let wrong = Self.memberships.replacing("albania,1.0,1.0,1.0,-9.0", with: "albania,1.0,7,1.0,0")
    #expect(
      RecordFixture.problems(wrong).contains(
        "f0.csv, row 5, column nato: `7` is no code of membership"))
  }

  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func agreesWithTheDatedAccessionsToTheAlliance() throws {
    let files = try CasebookFiles(in: PublicData.casebook)
    let outcome = try RecordFixture.imported(
      [try PublicData.file("cow/cow_igo_state_year_1990_2014.csv.gz")], into: files,
      by: try RecordFixture.work(counterparts: []))
    #expect(outcome.report.rowsRead == 4_728)
    let years = outcome.casebook.claims.filter {
      $0.source == "cow-igo" && $0.counterpart == "NATO" && $0.on?.isOpenAtStart == false
    }
    #expect(years.count > 10)
    for claim in years {
      let dated = outcome.casebook.memberships(in: "NATO", stage: "member")
        .first { $0.actor == claim.actor }
      #expect(dated?.from.earliest.year == claim.on?.earliest.year, "\(claim.actor)")
    }
    let before = try Casebook(files: files).memberships
    let after = Array(outcome.casebook.memberships.prefix(before.count))
    let isKept = after == before
    #expect(isKept)
  }

  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func readsTheStatesAndBordersOfTheRelease() throws {
    let files = try CasebookFiles(in: PublicData.casebook)
    let states = try RecordFixture.imported(
      [try PublicData.file("cow/states2016.csv")], into: files, by: try RecordFixture.work())
    #expect(states.report.rowsRead == 243)
    // Entries that the casebook has from the same file are not put a second time.
    #expect(states.report.notes.contains { $0.contains("coded by hand already") })
    #expect(states.casebook.claims(of: FactID("mne-state-entry")).count == 1)
    let borders = try RecordFixture.imported(
      [try PublicData.file("cow/cow_contdir.csv")], into: files,
      by: try RecordFixture.work(years: 2000...2016))
    func borderCount(_ actor: ActorID, _ year: Int) -> Double? {
      borders.casebook.series("land-borders").first { $0.actor == actor && $0.period == year }?
        .value
    }
    // Hungary, Romania, Bulgaria, North Macedonia, Kosovo, Montenegro, Bosnia, Croatia.
    #expect(borderCount("SRB", 2010) == 8)
    #expect(borderCount("IRL", 2010) == 1)
    #expect(
      borders.casebook.series("land-border-CHN").first {
        $0.actor == "KAZ" && $0.period == 2010
      }?.value == 1)
  }
}
