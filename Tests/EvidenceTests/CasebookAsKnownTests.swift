import Documents
import Testing

@testable import Evidence

@Suite struct CasebookAsKnownTests {
  private func casebook() throws -> Casebook {
    try SmallCasebook.read([
      "claims.csv": [
        SmallCasebook.claims(["id": "a"], ["id": "b", "coded_on": "2026-02", "supersedes": "a"]),
        SmallCasebook.claims(["id": "c", "fact": "join", "coded_on": "2026-03-01"])
          .split(separator: "\n")[1] + "\n",
      ].joined(),
      "judgements.csv": "fact,claim,by,on,reason\ndrones,b,x,2026-04-01,Seen.\n",
      "memberships.csv":
        "actor,organisation,stage,from,claim\nMNE,NATO,partner,2006,\nMNE,NATO,member,2017,c\n",
      "variables.csv":
        "id,title,unit,channel,concept,direction,source\nv,V,share,security,alignment,toward,article\n",
      "series.csv": "variable,actor,period,value,source\nv,SRB,2010,1,\nv,SRB,2011,2,register\n",
    ])
  }

  @Test func knowsNothingThatWasRecordedLater() throws {
    let casebook = try casebook()
    let january = casebook.asKnown(on: Day(year: 2026, month: 1, day: 31))
    #expect(january.claims.map(\.id) == ["a"])
    #expect(january.fact("drones")?.used.id == "a")
    #expect(january.memberships.map(\.stage) == ["partner"])
    #expect(january.series.isEmpty && january.judgements.isEmpty)
    // A claim coded "in February" is surely known only when February is over.
    #expect(casebook.asKnown(on: Day(year: 2026, month: 2, day: 27)).claims.count == 1)
    let march = casebook.asKnown(on: Day(year: 2026, month: 3, day: 1))
    #expect(march.fact("drones")?.rule == .onlyClaim && march.memberships.count == 2)
  }

  @Test func isTheWholeCasebookOnTheLastDay() throws {
    let casebook = try casebook()
    let now = casebook.asKnown(on: Day(year: 2026, month: 11, day: 23))
    #expect(now.claims == casebook.claims && now.series == casebook.series)
    #expect(now.memberships == casebook.memberships && now.judgements == casebook.judgements)
  }

  @Test func leavesOutAClaimWithExactlyWhatRestsOnIt() throws {
    let casebook = try casebook()
    let others = casebook.leavingOut(["c"])
    #expect(others.claims.map(\.id) == ["a", "b"] && others.fact("join") == nil)
    #expect(others.memberships.map(\.stage) == ["partner"])
    #expect(others.judgements == casebook.judgements && others.series == casebook.series)
    #expect(casebook.leavingOut(["b"]).fact("drones")?.used.id == "a")
  }

  @Test func leavesOutASourceWithItsClaimsAndValues() throws {
    let others = try casebook().leavingOut("article" as SourceID)
    #expect(others.claims.isEmpty && others.series("v").map(\.value) == [2])
  }

  @Test func findsTheSameValuesWithoutASourceAsIfAllWereReadAnew() throws {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    for source in casebook.sources.map(\.id) {
      let others = casebook.leavingOut(source)
      var anew = others
      anew.reindex()
      for variable in casebook.variables.map(\.id) {
        #expect(others.series(variable) == anew.series(variable))
      }
    }
  }
}
