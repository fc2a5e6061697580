import Indicators
import Testing

@testable import Evidence
@testable import Scenarios

@Suite struct CallInTests {
  private static let casebook = Result { try Casebook(contentsOf: Casebook.westernBalkans) }
  private static let rounding = 1e-12

  private func callIns(in year: Int = 2026) throws -> [CallIn] {
    try Self.casebook.get().callIns(in: year)
  }

  private func motorway(in year: Int = 2026) throws -> CallIn.Loan {
    let callIn = try callIns(in: year).first { $0.deal == "mne-highway-loan" }
    return try #require(callIn?.loans.first)
  }

  /// 687 million euros signed in 2014, 20 years, five without repayment, no schedule stated: by equal parts
  /// eight of fifteen are left at the end of 2026, and all of it if it falls due at the end.
  @Test func theMotorwayLoanIsBoundedByItsTerms() throws {
    let loan = try motorway()
    #expect(abs(loan.outstanding.low - 687e6 * 8 / 15) < 1e-6)
    #expect(loan.outstanding.high == 687e6)
    #expect(loan.currency == "EUR" && loan.isPaidOut)
  }

  /// A share's parts can each be looked up: what is owed, the output of the year, that year's rate.
  @Test func aShareIsTheSumOverTheOutputAtTheRateOfTheSameYear() throws {
    let casebook = try Self.casebook.get()
    let share = try #require(try motorway().shares.first)
    func value(_ variable: VariableID, _ actor: ActorID) throws -> Double {
      try #require(
        casebook.series(variable).first { $0.actor == actor && $0.period == 2024 }?.value)
    }
    let dollars = 687e6 / (try value("eur-per-usd", "EU"))
    let heads = try value("world-bank-sp-pop-totl", "MNE")
    let output = try value("world-bank-ny-gdp-pcap-cd", "MNE") * heads
    #expect(abs((share.bounds.high ?? 0) - dollars / output) < Self.rounding)
    #expect(share.of == "GDP" && share.base?.year == 2024 && share.base?.value == output)
    #expect(
      share.evidence == [
        .claim("mne-loan-42330"), .value("world-bank-ny-gdp-pcap-cd", "MNE", 2024),
        .value("world-bank-sp-pop-totl", "MNE", 2024), .value("eur-per-usd", "EU", 2024),
      ])
  }

  /// What an older release states has been revised since, Kosovo's most; fourteen values never were.
  @Test func outputPerHeadTimesHeadsIsTheOutputThatIsStated() throws {
    let casebook = try Self.casebook.get()
    let gdp = try #require(casebook.codebook.denominators.first { $0.id == "GDP" })
    let ratios = casebook.series("world-bank-ny-gdp-mktp-cd").compactMap { row -> Double? in
      let base = casebook.base(gdp, of: row.actor, until: row.period)
      return row.value.flatMap { stated in
        base.flatMap { $0.year == row.period ? $0.value / stated : nil }
      }
    }
    #expect(ratios.count == 106)
    #expect(ratios.allSatisfy { (0.88...1.06).contains($0) })
    #expect(ratios.count { abs($0 - 1) < 1e-4 } == 14)
  }

  /// A whole from its part: 12 of 0.04 are 300, in millions; a year without the share does not count.
  @Test func aDenominatorMayBeAPartOverItsShare() throws {
    let spending = Codebook.Denominator(
      id: "spending", title: "Spending", variable: "part", over: "share", scale: 1e6,
      currency: "USD")
    var casebook = try Self.casebook.get()
    casebook.series += [
      .made("part", 2014, 12), .made("part", 2015, 13), .made("share", 2014, 0.04),
      .made("share", 2016, 0.05),
    ]
    casebook.reindex()
    let found = casebook.base(spending, of: "MNE", until: 2020)
    let base = try #require(found)
    #expect(base.year == 2014 && abs(base.value - 300e6) < 1e-3)
    #expect(base.evidence == [.value("part", "MNE", 2014), .value("share", "MNE", 2014)])
    let none = casebook.base(spending, of: "SRB", until: 2020)
    #expect(none == nil)
  }

  @Test func onlyDebtsToTheLenderCountAndOnlyOfThoseAskedFor() throws {
    let casebook = try Self.casebook.get()
    #expect(try casebook.callIns(in: 2026, by: "USA").isEmpty)
    let one = try casebook.callIns(in: 2026, of: ["MNE"], by: "CHN")
    #expect(!one.isEmpty && one.allSatisfy { $0.actor == "MNE" })
  }

  @Test func aYearTakesTheOutputThatWasKnownByThen() throws {
    #expect(try motorway(in: 2016).shares.first?.base?.year == 2016)
  }

  @Test func whatMayNeverHaveBeenPaidOutMayBeNothing() throws {
    let callIn = try #require(try callIns(in: 2015).first { $0.deal == "srb-china-loans" })
    let bridge = try #require(callIn.loans.first { $0.claim == "srb-loan-42522" })
    #expect(bridge.isPaidOut && bridge.outstanding.low > 0)
    let granted = try #require(callIn.loans.first { $0.claim == "srb-loan-42555" })
    #expect(!granted.isPaidOut)
    #expect(granted.outstanding == Bounds(low: 0, high: 608e6))
  }

  @Test func totalsAddWhatEachLoanComesTo() throws {
    let callIns = try callIns(in: 2020)
    let totals = callIns.totals
    let debtors: [ActorID] = ["BIH", "MKD", "MNE", "SRB"]
    for of in ["GDP", "reserves"] {
      #expect(
        totals.filter { $0.share.of == of }.map(\.actors) == debtors.map { [$0] } + [debtors])
    }
    // The World Bank has no expense of Montenegro.
    let others = debtors.filter { $0 != "MNE" }
    #expect(
      totals.filter { $0.share.of == "government expense" }.map(\.actors)
        == others.map { [$0] } + [others])
    let serbia = try #require(totals.first { $0.actors == ["SRB"] })
    let loans = callIns.filter { $0.actor == "SRB" }.flatMap(\.loans)
    let sum = loans.compactMap { $0.shares.first?.bounds.high }.reduce(0, +)
    #expect(loans.count == 6)
    #expect(abs((serbia.share.bounds.high ?? 0) - sum) < Self.rounding)
    #expect(loans.allSatisfy { serbia.share.evidence.contains(.claim($0.claim)) })
  }

  @Test func allTogetherAreWeighedByWhatTheyAreHeldAgainst() throws {
    for of in ["GDP", "government expense", "reserves"] {
      let totals = try callIns().totals.filter { $0.share.of == of }
      let each = totals.filter { $0.actors.count == 1 }
      let all = try #require(totals.last)
      let bases = each.compactMap(\.share.base?.value)
      let owed = zip(each, bases).reduce(0) { $0 + ($1.0.share.bounds.high ?? 0) * $1.1 }
      #expect(abs((all.share.bounds.high ?? 0) - owed / bases.reduce(0, +)) < Self.rounding)
      #expect(all.share.base?.value == bases.reduce(0, +))
    }
  }

  @Test func ratesLeadThroughTheirCommonCurrency() throws {
    let casebook = try Self.casebook.get()
    let there = try #require(casebook.rate(from: "CNY", to: "EUR", until: 2014))
    let back = try #require(casebook.rate(from: "EUR", to: "CNY", until: 2014))
    // 0.752 euros and 6.162 yuan for one dollar.
    #expect(abs(there.factor - 0.752 / 6.162) < Self.rounding)
    #expect(abs(there.factor * back.factor - 1) < Self.rounding)
    #expect(
      there.evidence == [.value("cny-per-usd", "CHN", 2014), .value("eur-per-usd", "EU", 2014)])
    #expect(casebook.rate(from: "EUR", to: "RSD", until: 2014) == nil)
    #expect(casebook.rate(from: "EUR", to: "USD", until: 1999) == nil)
  }
}

extension SeriesValue {
  fileprivate static func made(_ variable: VariableID, _ year: Int, _ value: Double) -> SeriesValue
  {
    SeriesValue(
      variable: variable, actor: "MNE", period: year, value: value, low: nil, high: nil,
      status: .observed, source: nil)
  }
}
