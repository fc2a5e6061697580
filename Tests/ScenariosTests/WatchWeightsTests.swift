import Foundation
import Indicators
import Testing

@testable import Evidence
@testable import Scenarios

@Suite struct WatchWeightsTests {
  private static let list = Result {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    return WatchList(
      ExposureRegister(
        of: ["ALB", "BIH", "XKX", "MKD", "MNE", "SRB"], to: "CHN", in: casebook, year: 2026),
      callIns: try casebook.callIns(in: 2026), concernsOf: "NATO", in: casebook)
  }

  @Test func sharesAreComparedOfOneThingOnly() throws {
    let list = try Self.list.get()
    #expect(list.shareOf == "GDP")
    let loan = try #require(list.items.first { $0.exposure.name == "mne-highway-loan" })
    // Its third of a budget is no share of output.
    #expect((loan.respects.share?.low ?? 1) < 0.1)
  }

  @Test func aDebtorPaysForItsExitUnlessAClauseLetsTheOtherSidePay() throws {
    let files = try CasebookFiles(in: Casebook.westernBalkans)
    func payers(_ row: String) throws -> [ActorID: WatchList.ExitPayer] {
      let clauses = try #require(files.contents["clauses.csv"])
      let casebook = try Casebook(
        files: files.replacing(["clauses.csv": clauses + Data(row.utf8)]))
      let list = WatchList(
        ExposureRegister(of: ["BIH", "SRB", "ALB"], to: "CHN", in: casebook, year: 2026),
        callIns: try casebook.callIns(in: 2026), concernsOf: "NATO", in: casebook)
      let known = list.items.compactMap { item in
        item.respects.exitPaidBy.map { (item.exposure.actor, $0) }
      }
      return Dictionary(known, uniquingKeysWith: { first, _ in first })
    }
    #expect(try payers("") == ["BIH": .actor, "SRB": .actor])
    let clause = "bih-china-loans,compensation,BIH,,,bih-loans-termination\n"
    #expect(try payers(clause)["BIH"] == .counterpart)
  }

  @Test func oneWeightOrdersByItsRespect() throws {
    let list = try Self.list.get()
    let order = list.weighted(by: try WatchWeights(concerns: 3))
    #expect(order.count == list.items.count)
    let concerns = order.map(\.item.respects.concerns)
    #expect(concerns == concerns.sorted(by: >))
    #expect(order.first?.index == 1...1)
  }

  @Test func whatIsNotKnownMakesARange() throws {
    let order = try Self.list.get().weighted(by: try WatchWeights(share: 1, concerns: 1))
    let arms = try #require(order.first { $0.item.exposure.name == "srb-ch92a" })
    #expect(arms.item.respects.share == nil)
    #expect(arms.index.upperBound - arms.index.lowerBound == 0.5)
  }

  @Test func whatStandsAboveInEveryRespectStaysAboveByAnyWeights() throws {
    let list = try Self.list.get()
    let weights = try WatchWeights(share: 1, yearsLeft: 2, clauses: 1, concerns: 3)
    let order = list.weighted(by: weights).map(\.item.exposure.name)
    for (place, name) in order.enumerated() {
      let item = try #require(list.items.first { $0.exposure.name == name })
      for lower in item.above { #expect((order.firstIndex(of: lower) ?? 0) > place) }
    }
  }

  @Test func refusesWeightsThatOrderNothing() {
    #expect(throws: ScenarioError.impossibleWeights) { _ = try WatchWeights() }
    #expect(throws: ScenarioError.impossibleWeights) {
      _ = try WatchWeights(share: -1, concerns: 2)
    }
  }
}
