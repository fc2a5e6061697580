import Evidence
import Indicators
import Testing

@testable import Scenarios

@Suite struct LeverageTests {
  private static let casebook = Result { try Casebook(contentsOf: Casebook.westernBalkans) }
  private static let six: [ActorID] = ["ALB", "BIH", "XKX", "MKD", "MNE", "SRB"]

  private func register() throws -> ExposureRegister {
    ExposureRegister(of: Self.six, to: "CHN", in: try Self.casebook.get(), year: 2026)
  }

  private func callIn(_ deal: DealID) throws -> CallIn {
    try #require(Self.casebook.get().callIns(in: 2026).first { $0.deal == deal })
  }

  @Test func overAThirdStaysABound() throws {
    let callIn = try callIn("mne-highway-loan")
    #expect(callIn.stated.map(\.bounds) == [Bounds(low: 0.3333, high: nil)])
    #expect(callIn.stated.map(\.of) == ["annual budget"])
  }

  @Test func aClauseHoldsOnlyForTheStatesThatTheSourceNames() throws {
    #expect(try callIn("mne-highway-loan").clauses == .notStated)
    guard case .stated(let clauses) = try callIn("srb-china-loans").clauses else {
      Issue.record("The source names Serbia.")
      return
    }
    #expect(clauses.map(\.claim) == ["srb-loans-repayment", "srb-loans-termination"])
  }

  @Test func aSoldAirportIsNoLongerAnExposure() throws {
    let airport = try #require(register().entries.first { $0.name == "alb-tirana-airport" })
    #expect(airport.status == .ended)
    #expect(airport.since == 2016)
    #expect(airport.until == 2020)
  }

  @Test func tellsPledgesPlansAndDelaysFromWhatIsThere() throws {
    let entries = try register().entries
    func status(_ name: String, of actor: ActorID) -> ExposureRegister.Status? {
      entries.first { $0.name == name && $0.actor == actor }?.status
    }
    #expect(status("clean-network", of: "MKD") == .pledgedAgainst)
    #expect(status("clean-network", of: "MNE") == nil)
    #expect(status("srb-ch92a", of: "SRB") == .inForce)
    #expect(status("srb-ch95", of: "SRB") == .planned)
    #expect(status("srb-5g-postponed-deployment", of: "SRB") == .onHold)
  }

  @Test func everythingOnTheListRestsOnClaims() throws {
    let casebook = try Self.casebook.get()
    let list = WatchList(
      try register(), callIns: try casebook.callIns(in: 2026), concernsOf: "NATO", in: casebook)
    #expect(!list.items.isEmpty)
    for item in list.items {
      #expect(!item.exposure.claims.isEmpty)
      #expect(item.precedents.allSatisfy { casebook.claim($0.claim) != nil })
    }
    let loan = try #require(list.items.first { $0.exposure.name == "srb-china-loans" })
    #expect(loan.precedents.map(\.claim) == ["mne-loan-refinancing"])
  }
}
