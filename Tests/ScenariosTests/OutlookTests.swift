import Documents
import Evidence
import Testing

@testable import Scenarios

@Suite struct OutlookTests {
  private static let casebook = Result { try Casebook(contentsOf: Casebook.westernBalkans) }
  private let today = Day(year: 2026, month: 1, day: 1)

  @Test func everyWaitEndsWithAHigherStageOrLastsUntilToday() throws {
    let outlook = Outlook(of: "NATO", in: try Self.casebook.get(), asKnownOn: today)
    let plan = try #require(outlook.stages.first { $0.stage == "action_plan" })
    #expect(plan.spells.map(\.actor) == ["ALB", "BIH", "MKD", "MNE"])
    #expect(plan.waiting.map(\.actor) == ["BIH"])
    // 22 April 2010 to 1 January 2026: 5,733 days.
    #expect(abs(plan.waiting[0].wait.length - 5_733 / 365.2425) < 1e-9)
    let montenegro = try #require(plan.spells.first { $0.actor == "MNE" })
    // 4 December 2009 to 2 December 2015: 2,189 days.
    #expect(abs(montenegro.wait.length - 2_189 / 365.2425) < 1e-9)
    #expect(montenegro.next?.stage == "invited")
  }

  @Test func everyInvitedStateHasGoneOn() throws {
    let outlook = Outlook(of: "NATO", in: try Self.casebook.get(), asKnownOn: today)
    let invited = try #require(outlook.stages.first { $0.stage == "invited" })
    #expect(invited.spells.count == 16)
    #expect(invited.waiting.isEmpty)
    #expect(invited.curve.steps.last?.survival == 0)
  }

  @Test func namesWhatStandsInTheWayWithItsClaim() throws {
    let casebook = try Self.casebook.get()
    #expect(
      casebook.obstacles(of: "SRB", to: "NATO").map(\.claim) == [
        "srb-reluctance", "srb-neutrality-2007",
      ])
    let kosovo = casebook.obstacles(of: "XKX", to: "NATO")
    #expect(kosovo.allSatisfy { $0.kind == .notRecognised })
    #expect(kosovo.map(\.holder) == ["nato-not-recognising-kosovo", "ROU", "SVK"], "no outsiders")
    let bosnia = casebook.obstacles(of: "BIH", to: "NATO")
    #expect(Set(bosnia.map(\.kind)) == [.noConsensus, .partOpposed, .othersOpposed])
  }

  @Test func anAuthorsForecastIsNoObstacle() throws {
    let casebook = try Self.casebook.get()
    let claims = ["BIH", "SRB", "XKX"].flatMap { casebook.obstacles(of: $0, to: "NATO") }
    #expect(!claims.contains { $0.claim == "bih-accession-unlikely" })
  }
}
