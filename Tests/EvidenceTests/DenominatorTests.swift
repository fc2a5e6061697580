import Foundation
@testable import Importing
import Testing

@testable import Evidence

@Suite struct DenominatorTests {
  private func casebook(_ lists: String) throws -> Casebook {
    let codebook = SmallCasebook.texts["codebook.yaml"] ?? ""
    return try SmallCasebook.read(["codebook.yaml": codebook + lists])
  }

  @Test func theBuiltInCodebookHoldsAmountsAgainstOutputExpenseAndReserves() throws {
    let codebook = try Casebook(contentsOf: Casebook.westernBalkans).codebook
    let gdp = try #require(codebook.denominators.first)
    #expect(codebook.denominators.map(\.id) == ["GDP", "government expense", "reserves"])
    #expect(codebook.denominators.allSatisfy { $0.currency == "USD" })
    #expect(gdp.id == "GDP" && gdp.currency == "USD" && gdp.scale == 1 && gdp.over == nil)
    #expect(gdp.variable == "world-bank-ny-gdp-pcap-cd" && gdp.times == "world-bank-sp-pop-totl")
    #expect(codebook.exchangeRates.map(\.currency) == ["EUR", "CNY"])
    #expect(codebook.exchangeRates.allSatisfy { $0.per == "USD" })
  }

  @Test func aSeriesNeedsItsCurrency() throws {
    let error = #expect(throws: CasebookError.self) {
      _ = try casebook(
        "\ncurrencies:\n  - {id: EUR, title: Euro, rate: {variable: rate}}\n")
    }
    #expect(error?.description.contains("rate lacks one of its keys") == true)
    #expect(error?.description.contains("`rate: {variable: …, per: …}`") == true)
  }

  @Test func readsWhatADenominatorIsMadeOfAndNamesWhatIsWrong() throws {
    let error = #expect(throws: CasebookError.self) {
      _ = try casebook(
        """

        denominators:
          - id: spending
            title: Spending
            series: {variable: arms, ovr: share, over: nothing-such, scale: 0, currency: USD}

        """)
    }
    let text = error?.description ?? ""
    #expect(text.contains("`ovr` is no key that belongs here; did you mean `over`?"))
    #expect(
      text.contains(
        "`0` is no scale; write how many of the currency one unit is, a number from "
          + "1e-12 to 1e12."))
  }

  @Test func everySeriesOfADenominatorIsAVariable() throws {
    let error = #expect(throws: CasebookError.self) {
      _ = try casebook(
        """

        denominators:
          - id: spending
            title: Spending
            series: {variable: arms, over: share, currency: USD}

        """)
    }
    for name in ["arms", "share"] {
      #expect(
        error?.description.contains("`\(name)` holds spending against amounts, and is no variable")
          == true)
    }
  }

  @Test func aRateOfAnUnknownVariableIsReported() throws {
    let error = #expect(throws: CasebookError.self) {
      _ = try casebook(
        "\ncurrencies:\n  - {id: EUR, title: Euro, rate: {variable: nothing-such, per: USD}}\n")
    }
    #expect(
      error?.description.contains(
        "`nothing-such` turns EUR, and is no variable of this casebook; add it to variables.csv")
        == true)
  }
}
