import Foundation
import Testing

@testable import Evidence

@Suite struct DenominatorTests {
  private func casebook(_ lists: String) throws -> Casebook {
    let codebook = SmallCasebook.texts["codebook.yaml"] ?? ""
    return try SmallCasebook.read(["codebook.yaml": codebook + lists])
  }

  @Test func theBuiltInCodebookHoldsAmountsAgainstOutputInDollars() throws {
    let codebook = try Casebook(contentsOf: Casebook.westernBalkans).codebook
    let gdp = try #require(codebook.denominators.first)
    #expect(codebook.denominators.count == 1)
    #expect(gdp.id == "GDP" && gdp.currency == "USD")
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
