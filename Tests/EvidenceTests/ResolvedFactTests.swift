@testable import Importing
import Documents
import Testing

@testable import Evidence

@Suite struct ResolvedFactTests {
  private func resolve(
    _ rows: [String: String]..., judgements: [String] = []
  ) throws -> ResolvedFact {
    let header = SmallCasebook.claims().split(separator: "\n")[0]
    let lines = rows.flatMap { SmallCasebook.claims($0).split(separator: "\n").dropFirst() }
    var changes = ["claims.csv": ([header] + lines).joined(separator: "\n") + "\n"]
    if !judgements.isEmpty {
      changes["judgements.csv"] =
        (["fact,claim,by,on,reason"] + judgements).joined(separator: "\n") + "\n"
    }
    return try #require(try SmallCasebook.read(changes).fact("drones"))
  }

  @Test func usesTheOnlyClaim() throws {
    let fact = try resolve(["id": "a"])
    #expect(fact.used.id == "a" && fact.rule == .onlyClaim && !fact.isContested)
  }

  @Test func prefersTheMoreReliableSource() throws {
    let fact = try resolve(["id": "a", "credibility": "1"], ["id": "b", "source": "register"])
    #expect(fact.used.id == "b" && fact.rule == .reliability)
    #expect(fact.claims.map(\.id) == ["b", "a"] && fact.isContested)
  }

  @Test func prefersTheMoreCredibleClaimOfEquallyReliableSources() throws {
    let fact = try resolve(["id": "a", "credibility": "5"], ["id": "b", "credibility": "2"])
    #expect(fact.used.id == "b" && fact.rule == .credibility)
  }

  @Test(arguments: ["6", ""])
  func neverRanksWhatCannotBeJudgedAsMiddling(_ unjudged: String) throws {
    let fact = try resolve(["id": "a", "credibility": unjudged], ["id": "b", "credibility": "5"])
    #expect(fact.used.id == "b" && fact.rule == .credibility)
  }

  @Test func prefersTheLaterCodedOfEquallyGradedClaims() throws {
    let fact = try resolve(["id": "a", "coded_on": "2026-01-02"], ["id": "b"])
    #expect(fact.used.id == "a" && fact.rule == .codedLater)
    let tie = try resolve(["id": "b"], ["id": "a"])
    #expect(tie.used.id == "b" && tie.rule == .tableOrder)
  }

  @Test func letsTheLatestJudgementOverruleGrades() throws {
    let fact = try resolve(
      ["id": "a"], ["id": "b", "source": "register"],
      judgements: ["drones,b,x,2026-02-02,Later.", "drones,a,x,2026-02-01,Earlier."])
    #expect(fact.used.id == "b")
    let other = try resolve(
      ["id": "a"], ["id": "b", "source": "register"], judgements: ["drones,a,x,2026-02-01,Seen."])
    #expect(other.used.id == "a")
    guard case .judged(let judgement) = other.rule else {
      Issue.record("\(other.rule)")
      return
    }
    #expect(judgement.reason == "Seen.")
  }

  @Test func keepsSupersededClaimsAndNeverUsesThem() throws {
    let fact = try resolve(
      ["id": "a", "source": "register"], ["id": "b", "supersedes": "a"],
      judgements: ["drones,a,x,2026-02-01,Before the correction."])
    #expect(fact.used.id == "b" && fact.rule == .onlyClaim)
    #expect(fact.superseded.map(\.id) == ["a"])
  }

  @Test func letsClaimsWithDifferentDenominatorsStandSideBySide() throws {
    let fact = try resolve(
      ["id": "a", "of": "annual budget", "value": "0.3"], ["id": "b", "of": "GDP", "value": "0.2"],
      ["id": "c", "of": "GDP", "value": "0.21", "source": "register"])
    #expect(fact.readings.map(\.denominator) == ["annual budget", "GDP"])
    #expect(fact.readings.map(\.used.id) == ["a", "c"])
    #expect(fact.readings.map(\.rule) == [.onlyClaim, .reliability])
  }

  @Test func keepsOlderVintagesOfASeriesAndUsesTheLatest() throws {
    let casebook = try SmallCasebook.read([
      "sources.csv": """
      id,type,title,accessed,sha256,reliability
      article,webpage,An article,2026-11-23,\(SmallCasebook.hash),C
      register,dataset,A register,2027-11-23,,A

      """,
      "variables.csv":
        "id,title,unit,channel,concept,direction,source\nv,V,share,security,alignment,toward,article\n",
      "series.csv": "variable,actor,period,value,source\n"
        + "v,SRB,2011,2,register\nv,SRB,2010,1,\nv,SRB,2011,1,\n",
    ])
    #expect(casebook.series("v").map(\.value) == [1, 2])
    #expect(casebook.series.count == 3)
  }
}
