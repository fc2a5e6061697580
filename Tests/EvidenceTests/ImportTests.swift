@testable import Importing
import Documents
import Foundation
import Testing

@testable import Evidence

@Suite struct ImportTests {
  /// The small casebook with codes and empty tables to import into.
  private func files() -> CasebookFiles {
    var texts = SmallCasebook.texts
    texts["codes.csv"] = """
      actor,system,code,from,to
      CHN,unvotes,CN,,
      MNE,unvotes,ME,,
      YUG,unvotes,YU,,2002
      SRB,unvotes,YU,2006,
      CHN,idealpoints,CHN,,
      MNE,idealpoints,MNE,,
      SRB,idealpoints,YUG,2006,
      CHN,cow,710,,
      MNE,cow,341,2006,
      SRB,cow,345,2006,
      XKX,cow,347,2008,
      MNE,polity,348,2006,
      XKX,polity,341,2008,
      CHN,iso3,CHN,,
      MNE,iso3,MNE,,
      SRB,iso3,SRB,,
      XKX,iso3,XKX,,

      """
    texts["variables.csv"] =
      "id,title,unit,channel,concept,direction,counterpart,source,method\n"
    texts["series.csv"] = "variable,actor,period,value,low,high,status,source\n"
    texts["memberships.csv"] = "actor,organisation,stage,from,to,claim\n"
    let names = texts.keys.filter { $0.hasSuffix(".csv") }.sorted()
    texts["datapackage.json"] =
      "{\"name\": \"small\", \"title\": \"Small\", \"version\": \"1\", \"resources\": ["
      + names.map { "{\"path\": \"\($0)\"}" }.joined(separator: ", ") + "]}"
    return CasebookFiles(texts: texts)
  }

  private func work(
    _ format: Importer?, years: ClosedRange<Int>?, actors: [ActorID] = ["MNE", "SRB", "XKX"],
    badRows: BadRows = .refuse
  ) throws -> Import {
    Import(
      format: format, actors: actors, years: years, counterparts: ["CHN"],
      accessed: try EDTFDate("2026-11-23"), coder: "project",
      badRows: badRows)
  }

  private static let votes = DataFile(
    name: "votes.csv",
    text: """
      rcid,country,country_code,vote
      1.0,China,CN,yes
      1.0,Montenegro,ME,no
      1.0,Yugoslavia,YU,yes
      2.0,China,CN,abstain
      2.0,Montenegro,ME,yes
      2.0,Yugoslavia,YU,abstain
      3.0,China,CN,no
      3.0,Montenegro,ME,no
      4.0,Montenegro,ME,yes
      5.0,China,CN,yes
      5.0,Yugoslavia,YU,no
      9.0,China,CN,yes
      5.0,Albania,AL,yes

      """)

  private static let calls = DataFile(
    name: "calls.csv", text: "rcid,session\n1,65.0\n2,65.0\n3,65.0\n4,65.0\n5,47.0\n")

  private func lines(_ data: Data?, _ prefix: String) -> [String] {
    String(decoding: data ?? Data(), as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix(prefix) }
  }

  @Test func countsAgreementWithHalfCreditAndIdenticalVotes() throws {
    let (report, changed) = try work(.unVotes, years: 2010...2010)
      .derive([ImportTests.calls, ImportTests.votes], into: files())
    #expect(
      lines(changed["series.csv"], "un-") == [
        "un-agreement-CHN,MNE,2010,0.5,,,,un-votes",
        "un-agreement-CHN,SRB,2010,1,,,,un-votes",
        "un-agreement-CHN,XKX,2010,,,,L,un-votes",
        "un-agreement-contested-CHN,MNE,2010,0.25,,,,un-votes",
        "un-agreement-contested-CHN,SRB,2010,1,,,,un-votes",
        "un-agreement-contested-CHN,XKX,2010,,,,L,un-votes",
        "un-agreement-identical-CHN,MNE,2010,0.3333333333333333,,,,un-votes",
        "un-agreement-identical-CHN,SRB,2010,1,,,,un-votes",
        "un-agreement-identical-CHN,XKX,2010,,,,L,un-votes",
      ])
    #expect(report.actorsWithoutRows == ["XKX"])
    #expect(report.rowsRead == 13 && report.rowsPlaced == 9)
    #expect(
      report.losses.map { "\($0.rows) \($0.reason): \($0.codes.joined(separator: " "))" } == [
        "1 of actors not asked for: YU", "1 of roll calls that are not listed: CN",
        "1 of states outside the casebook: AL (Albania)", "1 of years not asked for: CN",
      ])
  }

  private static let issues = DataFile(
    name: "issues.csv", text: "rcid,short_name,issue\n1.0,hr,Human rights\n2.0,ec,Economy\n")

  /// The first roll call, in which the two are opposed, is on human rights.
  @Test func leavesOutTheRollCallsOfAnIssue() throws {
    let (report, changed) = try work(.unVotes, years: 2010...2010)
      .derive([Self.issues, ImportTests.calls, ImportTests.votes], into: files())
    let all = lines(changed["series.csv"], "un-agreement-CHN,")
    let without = lines(changed["series.csv"], "un-agreement-without-hr-CHN,")
    #expect(all.first == "un-agreement-CHN,MNE,2010,0.5,,,,un-votes")
    #expect(without.first == "un-agreement-without-hr-CHN,MNE,2010,0.75,,,,un-votes")
    #expect(lines(changed["series.csv"], "un-agreement-without-me-CHN,").isEmpty)
    #expect(lines(changed["sources.csv"], "un-roll-call-issues,").count == 1)
    #expect(report.notes.contains("1 of them on human rights"))
  }

  private static let undl = DataFile(
    name: "library.csv",
    text: """
      undl_id,ms_code,ms_name,ms_vote,session,date
      1,CHN,CHINA,Y,65,2010-11-01
      1,MNE,MONTENEGRO,A,65,2010-11-01
      1,SRB,SERBIA,N,65,2010-11-01

      """)

  @Test func readsTheVotesOfTheDigitalLibrary() throws {
    let (report, changed) = try work(.unDigitalLibrary, years: 2010...2010)
      .derive([ImportTests.undl], into: files())
    #expect(
      lines(changed["series.csv"], "un-agreement-CHN") == [
        "un-agreement-CHN,MNE,2010,0.5,,,,un-digital-library",
        "un-agreement-CHN,SRB,2010,0,,,,un-digital-library",
        "un-agreement-CHN,XKX,2010,,,,L,un-digital-library",
      ])
    #expect(report.rowsPlaced == 3)
    #expect(report.notes.contains { $0.hasPrefix("adopted resolutions only: ") })
  }

  private static let agreementTable = DataFile(
    name: "agreement.csv",
    text: """
      ccode1,ccode2,agree,year,IdealPointAll.x,IdealPointAll.y,IdealPointDistance
      710,341,0.75,2010,-1,1,2
      345,710,0.5,2010,-1,1,2
      345,341,0.9,2010,-1,1,2
      710,347,NA,2010,-1,1,2

      """)

  /// 341 is Montenegro and 345 Serbia in the Correlates of War; elsewhere 341 is Kosovo.
  @Test func readsAPublishedTableOfAgreementByItsOwnCodes() throws {
    let (report, changed) = try work(.agreementTable, years: 2010...2010)
      .derive([ImportTests.agreementTable], into: files())
    #expect(
      lines(changed["series.csv"], "un-agreement") == [
        "un-agreement-published-CHN,MNE,2010,0.75,,,,agreement-table",
        "un-agreement-published-CHN,SRB,2010,0.5,,,,agreement-table",
        "un-agreement-published-CHN,XKX,2010,,,,L,agreement-table",
      ])
    #expect(
      report.losses.map(\.reason) == ["of pairs without a counterpart", "without an agreement"])
  }

  @Test func givesACodeToTheActorWhoHasItInTheYear() throws {
    let casebook = try Casebook(files: files())
    let identity = Identity(casebook)
    #expect(identity.place("YU", of: "unvotes", in: 1992) == .actor("YUG"))
    guard case .outsideCasebook(let union) = identity.place("YU", of: "unvotes", in: 2004) else {
      Issue.record("YU of 2004 is not Serbia and Montenegro")
      return
    }
    #expect(union.name == "Serbia and Montenegro")
    #expect(identity.place("YU", of: "unvotes", in: 2006) == .actor("SRB"))
    #expect(identity.place("ME", of: "unvotes", in: 2005) == .outsideExistence("MNE"))
    #expect(identity.place("SRB", of: "unvotes", in: 2010) == .unknownCode)
  }

  @Test func keepsTheIntervalOfAnIdealPointAndMeasuresTheDistance() throws {
    let file = DataFile(
      name: "points.csv",
      text: """
        iso3c,year,idealpointfp,q5fp,q95fp,idealpointall,q5all,q95all
        CHN,2010.0,-0.75,-1,-0.5,-1,-1.5,-0.5
        MNE,2010.0,1.25,1,1.5,2,1.5,2.5
        YUG,2005.0,0.9,0.8,1,0.9,0.8,1
        YUG,2010.0,,,,,,

        """)
    let (_, changed) = try work(.idealPoints, years: 2010...2010).derive([file], into: files())
    #expect(
      lines(changed["series.csv"], "ideal") == [
        "ideal-point,MNE,2010,1.25,1,1.5,,ideal-points",
        "ideal-point,SRB,2010,,,,L,ideal-points",
        "ideal-point,XKX,2010,,,,L,ideal-points",
        "ideal-point-all,MNE,2010,2,1.5,2.5,,ideal-points",
        "ideal-point-all,SRB,2010,,,,L,ideal-points",
        "ideal-point-all,XKX,2010,,,,L,ideal-points",
        "ideal-point-distance-CHN,MNE,2010,2,,,,ideal-points",
        "ideal-point-distance-CHN,SRB,2010,,,,L,ideal-points",
        "ideal-point-distance-CHN,XKX,2010,,,,L,ideal-points",
        "ideal-point-distance-all-CHN,MNE,2010,3,,,,ideal-points",
        "ideal-point-distance-all-CHN,SRB,2010,,,,L,ideal-points",
        "ideal-point-distance-all-CHN,XKX,2010,,,,L,ideal-points",
      ])
  }

  private static let finance = DataFile(
    name: "gcdf.csv",
    text: """
      Country Code,year,projects,usd_const_2021
      MNE,2008,1,1500000000.25
      SRB,2005,1,10
      AFG,2005,1,10
      AFG,2009,1,10

      """)

  @Test func tellsAnObservedZeroFromNotCoveredAndFromImpossible() throws {
    let (report, changed) = try work(.aidDataGCDF, years: 2005...2010)
      .derive([ImportTests.finance], into: files())
    #expect(
      lines(changed["series.csv"], "aiddata-gcdf,MNE") == [
        "aiddata-gcdf,MNE,2005,,,,M,aiddata-gcdf", "aiddata-gcdf,MNE,2006,0,,,,aiddata-gcdf",
        "aiddata-gcdf,MNE,2007,0,,,,aiddata-gcdf",
        "aiddata-gcdf,MNE,2008,1500000000.25,,,,aiddata-gcdf",
        "aiddata-gcdf,MNE,2009,0,,,,aiddata-gcdf", "aiddata-gcdf,MNE,2010,,,,L,aiddata-gcdf",
      ])
    #expect(
      lines(changed["series.csv"], "aiddata-gcdf,XKX").allSatisfy { $0.contains(",,,,L,") })
    #expect(report.actorsWithoutRows == ["SRB", "XKX"])
    #expect(
      report.losses.contains {
        $0.reason == "of years in which the actor did not exist" && $0.codes == ["SRB"]
      })
  }

  private static let steps = DataFile(
    name: "steps.csv",
    text: """
      iso3,organisation,stage,from,note
      MNE,NATO,member,2017-06-05,
      MNE,NATO,partner,2006-12-14,Partnership
      DEU,NATO,member,1955-05-06,

      """)

  @Test func bearsEachMembershipByAClaimOnTheFactThatOthersAreAbout() throws {
    var base = files()
    let claim = SmallCasebook.claims([
      "id": "mne-2017", "fact": "mne-joins", "actor": "MNE", "counterpart": "NATO",
      "channel": "accession", "instrument": "ladder_step", "on": "2017",
    ])
    base = base.replacing(["claims.csv": Data(claim.utf8)])
    let (report, changed) = try work(.memberships, years: nil).derive(
      [ImportTests.steps], into: base)
    #expect(report.rowsPlaced == 2)
    let casebook = try Casebook(files: base.replacing(changed))
    #expect(
      casebook.memberships(in: "NATO", stage: "member").map(\.claim)
        == ["public-record-mne-nato-member"])
    let fact = try #require(casebook.fact("mne-joins"))
    #expect(fact.claims.map(\.id) == ["public-record-mne-nato-member", "mne-2017"])
    #expect(fact.rule == .reliability)
    #expect(casebook.claims(of: "mne-nato-partner" as FactID).map(\.credibility) == [.possible])
  }

  @Test func passesOverOrganisationsAndStagesThatTheCodebookHasNot() throws {
    let text =
      "iso3,organisation,stage,from\nMNE,NATO,member,2017\nMNE,NATO,observer,2015\n"
      + "MNE,OSCE,member,2006\n"
    let (report, changed) = try work(.memberships, years: nil).derive(
      [DataFile(name: "steps.csv", text: text)], into: files())
    #expect(report.rowsPlaced == 1 && lines(changed["memberships.csv"], "MNE").count == 1)
    #expect(
      report.losses.map { "\($0.reason): \($0.codes)" } == [
        "of organisations without a ladder in the codebook: [\"OSCE\"]",
        "of stages that the ladder has not: [\"NATO observer\"]",
      ])
  }

  @Test func refusesAStageThatIsNearToOne() {
    let text = "iso3,organisation,stage,from\nMNE,NATO,membr,2017\n"
    #expect {
      _ = try work(.memberships, years: nil).derive(
        [DataFile(name: "steps.csv", text: text)], into: files())
    } throws: {
      "\($0)".contains(
        "steps.csv, row 2, column stage: `membr` is no stage of NATO; did you mean `member`?")
    }
  }

  @Test(arguments: ["un-votes", "ideal-points", "aiddata-gcdf", "memberships"])
  func changesNothingTheSecondTime(_ name: String) throws {
    let points = DataFile(
      name: "points.csv",
      text: "iso3c,year,idealpointfp,q5fp,q95fp,idealpointall,q5all,q95all\nMNE,2010,1,0,2,1,0,2\n")
    let data: [DataFile] =
      switch name {
      case "un-votes": [ImportTests.votes, ImportTests.calls]
      case "un-digital-library": [ImportTests.undl]
      case "agreement-table": [ImportTests.agreementTable]
      case "ideal-points": [points]
      case "aiddata-gcdf": [ImportTests.finance]
      default: [ImportTests.steps]
      }
    let format = try #require(Importer.named(name))
    let (first, changed) = try work(format, years: nil).derive(data, into: files())
    #expect(!first.isUnchanged && !changed.isEmpty)
    let (second, again) = try work(format, years: nil)
      .derive(data, into: files().replacing(changed))
    #expect(second.isUnchanged && again.isEmpty)
  }

  @Test func keepsOlderVintagesWhenANewFileComes() throws {
    let (_, changed) = try work(.aidDataGCDF, years: 2008...2008)
      .derive([ImportTests.finance], into: files())
    let newer = DataFile(
      name: "gcdf.csv", text: "Country Code,year,usd_const_2021\nMNE,2008,7\nSRB,2008,8\n")
    let later = Import(
      format: .aidDataGCDF, actors: ["MNE"], years: 2008...2008, counterparts: [],
      accessed: try EDTFDate("2027-03-01"), coder: "project", badRows: .refuse)
    let (_, again) = try later.derive([newer], into: files().replacing(changed))
    let casebook = try Casebook(files: files().replacing(changed).replacing(again))
    #expect(casebook.series("aiddata-gcdf").first { $0.actor == "MNE" }?.value == 7)
    #expect(casebook.series.count { $0.actor == "MNE" } == 2)
    #expect(casebook.sources.last?.id == "aiddata-gcdf-2027-03-01")
  }

  /// As in the two tables by country code that lost Serbia when its code was looked up.
  @Test func namesTheActorsThatANewerReleaseHasLost() throws {
    let older = DataFile(
      name: "gcdf.csv",
      text: "Country Code,year,usd_const_2021\nMNE,2010,5\nMNE,2011,6\nSRB,2010,9\nSRB,2011,3\n")
    let (_, changed) = try work(.aidDataGCDF, years: 2010...2011).derive([older], into: files())
    let base = files().replacing(changed)
    let newer = DataFile(
      name: "gcdf.csv", text: "Country Code,year,usd_const_2021\nMNE,2010,5\nMNE,2011,8\n")
    let later = Import(
      format: nil, actors: ["MNE", "SRB", "XKX"], years: 2010...2011, counterparts: [],
      accessed: try EDTFDate("2027-03-01"), coder: "project", badRows: .refuse)
    let (report, again) = try later.derive([newer], into: base)
    let difference = try #require(report.differences.first)
    #expect(report.differences.count == 1 && difference.variable == "aiddata-gcdf")
    #expect(difference.actorsLost == ["SRB"] && difference.actorsGained.isEmpty)
    #expect(difference.same == 1 && difference.changed == 1)
    #expect(difference.added == 0 && difference.gone == 2)
    #expect(difference.largest?.before == 6 && difference.largest?.after == 8)
    let after = try Casebook(files: base.replacing(again))
    #expect(
      after.series("aiddata-gcdf").filter { $0.actor == "SRB" }.map(\.value) == [9, 3],
      "the older values stand")
    #expect(after.series("aiddata-gcdf").filter { $0.actor == "MNE" }.map(\.value) == [5, 8])
    let audits = lines(again["imports/aiddata-gcdf.jsonl"], "{")
    #expect(audits.count == 2 && audits.last?.contains("\"actorsLost\":[\"SRB\"]") == true)
    let (_, third) = try later.derive([newer], into: base.replacing(again))
    #expect(third.isEmpty)
  }

  @Test func namesTheActorsThatASisterTableHasAlone() throws {
    let sister = DataFile(
      name: "sister.csv",
      text: "Country Code,year,usd_const_2021\nMNE,2010,5\nSRB,2010,9\nSRB,2011,3\n")
    let own = DataFile(
      name: "own.csv", text: "Country Code,year,usd_const_2021\nMNE,2010,5\nXKX,2010,8\n")
    let (report, changed) = try work(.aidDataGCDF, years: 2010...2011)
      .derive([own], into: files(), sister: [sister])
    #expect(
      report.sister
        == SisterDifference(
          files: ["sister.csv"], own: ["MNE", "XKX"], without: report.actorsWithoutRows,
          sister: ["MNE", "SRB"]))
    #expect(report.sister?.actorsLost == ["SRB"] && report.sister?.actorsGained == ["XKX"])
    #expect(lines(changed["series.csv"], "aiddata-gcdf,SRB").allSatisfy { $0.contains(",L,") })
  }

  // MARK: Serbia and Montenegro

  /// The small casebook with the union of 2003 to 2006.
  private func filesWithUnion() -> CasebookFiles {
    let base = files()
    var changed: [String: Data] = [:]
    for (name, more) in [
      ("actors.csv", "SCG,Serbia and Montenegro,state,,,2003,2006,\n"),
      ("codes.csv", "SCG,unvotes,YU,2003,2005\nSCG,idealpoints,YUG,2003,2005\n"),
    ] {
      changed[name] = (base.contents[name] ?? Data()) + Data(more.utf8)
    }
    changed["successions.csv"] = Data(ImportTests.successions.utf8)
    changed["datapackage.json"] = Data(
      String(decoding: base.contents["datapackage.json"] ?? Data(), as: UTF8.self)
        .replacing("{\"path\": \"actors.csv\"}", with: ImportTests.paths).utf8)
    return base.replacing(changed)
  }

  private static let successions =
    "predecessor,successor,kind,on,claim\nSCG,MNE,split,2006-06-12,\nSCG,SRB,continuation,2006,\n"
  private static let paths = "{\"path\": \"actors.csv\"}, {\"path\": \"successions.csv\"}"

  private func splitting(_ split: [ActorID], _ format: Importer) throws -> Import {
    Import(
      format: format, actors: ["MNE", "SCG", "SRB"], years: 2005...2006, counterparts: ["CHN"],
      accessed: try EDTFDate("2026-11-23"), coder: "project", badRows: .refuse, split: split)
  }

  private static let withdrawn = DataFile(
    name: "library.csv",
    text: """
      undl_id,ms_code,ms_name,ms_vote,session,date
      1,CHN,CHINA,Y,58,2003-12-22
      1,SCG,SERBIA AND MONTENEGRO,Y,58,2003-12-22
      2,CHN,CHINA,Y,55,2000-12-04
      2,YUG,YUGOSLAVIA,A,55,2000-12-04
      2,SUN,USSR,NV,55,2000-12-04

      """)

  /// The Digital Library keeps the codes that states had at the time of the vote.
  @Test func placesVotesUnderWithdrawnCodes() throws {
    let outcome = try RecordFixture.imported(
      [ImportTests.withdrawn], into: filesWithUnion(),
      by: try RecordFixture.work(actors: ["SCG", "YUG"], years: 2000...2003))
    #expect(
      outcome.casebook.series("un-agreement-CHN").filter { $0.value != nil }.map {
        "\($0.actor) \($0.period) \($0.value ?? .nan)"
      } == ["SCG 2003 1.0", "YUG 2000 0.5"])
    #expect(
      outcome.losses == ["1 of states outside the casebook: SUN (Russia)"])
  }

  private static let points = DataFile(
    name: "points.csv",
    text: """
      iso3c,year,idealpointfp,q5fp,q95fp,idealpointall,q5all,q95all
      YUG,2005,1,0,2,1,0,2
      YUG,2006,3,2,4,3,2,4
      MNE,2006,5,4,6,5,4,6

      """)

  @Test func keepsAUnionWholeUnlessItIsSplitByChoice() throws {
    let whole = try splitting([], .idealPoints).derive([ImportTests.points], into: filesWithUnion())
    #expect(
      lines(whole.changed["series.csv"], "ideal-point,") == [
        "ideal-point,MNE,2005,,,,M,ideal-points", "ideal-point,MNE,2006,5,4,6,,ideal-points",
        "ideal-point,SCG,2005,1,0,2,,ideal-points", "ideal-point,SCG,2006,,,,L,ideal-points",
        "ideal-point,SRB,2005,,,,M,ideal-points", "ideal-point,SRB,2006,3,2,4,,ideal-points",
      ])
    #expect(whole.report.notes == ["SCG stands as one: its one row is told of none of MNE, SRB"])
    let split = try splitting(["SCG"], .idealPoints)
      .derive([ImportTests.points], into: filesWithUnion())
    #expect(
      lines(split.changed["series.csv"], "ideal-point,M") == [
        "ideal-point,MNE,2005,1,0,2,,ideal-points", "ideal-point,MNE,2006,5,4,6,,ideal-points",
      ])
    #expect(
      lines(split.changed["series.csv"], "ideal-point,SRB") == [
        "ideal-point,SRB,2005,1,0,2,,ideal-points", "ideal-point,SRB,2006,3,2,4,,ideal-points",
      ])
    #expect(split.report.notes == ["SCG is split: what its one row says is told of MNE, SRB"])
  }

  @Test func tellsTheVotesOfASplitUnionOfEachSuccessor() throws {
    let calls = DataFile(name: "calls.csv", text: "rcid,session\n1,60\n2,61\n")
    let votes = DataFile(
      name: "votes.csv",
      text: """
        rcid,country,country_code,vote
        1,China,CN,yes
        1,Yugoslavia,YU,yes
        2,China,CN,yes
        2,Yugoslavia,YU,no
        2,Montenegro,ME,yes

        """)
    let (_, changed) = try splitting(["SCG"], .unVotes)
      .derive([calls, votes], into: filesWithUnion())
    #expect(
      lines(changed["series.csv"], "un-agreement-CHN,") == [
        "un-agreement-CHN,MNE,2005,1,,,,un-votes", "un-agreement-CHN,MNE,2006,1,,,,un-votes",
        "un-agreement-CHN,SCG,2005,1,,,,un-votes", "un-agreement-CHN,SCG,2006,,,,L,un-votes",
        "un-agreement-CHN,SRB,2005,1,,,,un-votes", "un-agreement-CHN,SRB,2006,0,,,,un-votes",
      ])
  }

  @Test func splitsNobodyWithoutSuccessors() {
    #expect(throws: CasebookError.self) {
      try splitting(["CHN"], .idealPoints).derive([ImportTests.points], into: filesWithUnion())
    }
  }

  @Test func refusesASecondReleaseOfTheSameDay() throws {
    let (_, changed) = try work(.aidDataGCDF, years: 2008...2008)
      .derive([ImportTests.finance], into: files())
    let other = DataFile(name: "b.csv", text: "Country Code,year,usd_const_2021\nMNE,2008,7\n")
    #expect(throws: CasebookError.self) {
      try work(.aidDataGCDF, years: 2008...2008).derive(
        [other], into: files().replacing(changed))
    }
  }

  @Test func writesTheAuditIntoItsFolderAndRenamesAll() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "fulcrum-import-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, data) in files().contents { try data.write(to: folder.appending(path: name)) }
    let (_, changed) = try work(.aidDataGCDF, years: 2008...2008)
      .derive([ImportTests.finance], into: try CasebookFiles(in: folder))
    try CasebookFiles.change(in: folder, for: "a test") { _ in (changed, ()) }
    let written = try CasebookFiles(in: folder)
    #expect(written.contents["imports/aiddata-gcdf.jsonl"] == changed["imports/aiddata-gcdf.jsonl"])
    #expect(try Casebook.check(contentsOf: folder).isEmpty)
  }

  @Test func writesNothingWhenAFileIsNotWhatItShouldBe() {
    #expect(throws: CasebookError.self) {
      try work(.unVotes, years: nil).derive([ImportTests.finance], into: files())
    }
    #expect(throws: CasebookError.self) {
      try work(.aidDataGCDF, years: nil, actors: ["MNR"]).derive(
        [ImportTests.finance], into: files())
    }
    let broken = DataFile(name: "x.csv", text: "Country Code,year,usd_const_2021\nMNE,2008,many\n")
    #expect(throws: CasebookError.self) {
      try work(.aidDataGCDF, years: nil).derive([broken], into: files())
    }
  }
}
