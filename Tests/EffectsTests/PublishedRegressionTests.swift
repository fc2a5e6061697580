import Foundation
import Panels
import TestSupport
import Testing

@testable import Effects

/// Both sides solve the same equations; the values are printed with fifteen digits.
private let closedForm = 1e-10

/// County employment by the regressions.
@Suite(.enabled(if: hasPublished("data/mpdta.csv"), "mpdta.csv is not beside the project"))
struct PublishedRegressionTests {
  private static func values(_ file: String) throws -> [String: Any] {
    try referenceValues(publishedFolder.appending(path: file))
  }

  /// The estimates and errors of a list of terms, by the number that ends each term.
  private func expectEqual(
    _ estimates: [(key: Int, estimate: Estimate)], _ terms: Any?, error: String = "se",
    estimate name: String = "est", within tolerance: Double = closedForm
  ) {
    let terms = (terms as? [[String: Any]] ?? []).map { term in
      let label = (term["term"] as? String ?? "").split(separator: ":").last ?? ""
      return (key: Int(label), values: term)
    }
    #expect(!terms.isEmpty)
    for term in terms {
      let own = estimates.first { $0.key == term.key }?.estimate
      #expect(abs((own?.att ?? .nan) - term.values.number(name)) < tolerance)
      #expect(abs((own?.standardError ?? .nan) - term.values.number(error)) < tolerance)
    }
  }

  @Test func twoWayFixedEffectsEqualFixest() throws {
    let panel = try PublishedCountiesTests.panel()
    let file = try Self.values("mpdta_fixest_twfe_sunab.json")
    let effect = try TwoWayFixedEffects().estimate(panel).overall
    let term = try #require((file.at("twfe")["coef"] as? [[String: Any]])?.first)
    #expect(abs(effect.att - term.number("est")) < closedForm)
    #expect(abs((effect.standardError ?? .nan) - term.number("se")) < closedForm)
    #expect(abs((effect.p ?? .nan) - term.number("p")) < closedForm)
  }

  @Test func twoWayFixedEffectsWithPopulationByYearEqualFixest() throws {
    let panel = try PublishedCountiesTests.panel()
    let population = try #require(panel.covariates["lpop"])
    // The last year is the one that the peer leaves out of its terms.
    let years = panel.periods.dropLast().map { "\($0)" }
    let byYear = years.indices.map { place in
      population.indices.map { $0 % panel.periods.count == place ? population[$0] : 0 }
    }
    let panelByYear = try panel.withCompanions(
      covariates: Dictionary(uniqueKeysWithValues: zip(years, byYear)))
    let effects = try TwoWayFixedEffects(covariates: years).estimate(panelByYear)
    let file = try Self.values("mpdta_fixest_twfe_sunab.json")
    let terms = try #require(file.at("twfe_lpop_x_year")["coef"] as? [[String: Any]])
    #expect(abs(effects.overall.att - terms[0].number("est")) < closedForm)
    #expect(abs((effects.overall.standardError ?? .nan) - terms[0].number("se")) < closedForm)
  }

  @Test func sunAbrahamEqualsFixest() throws {
    let effects = try SunAbraham(comparison: .neverTreated)
      .estimate(PublishedCountiesTests.panel())
    let values = try Self.values("mpdta_fixest_twfe_sunab.json").at("sunab")
    let att = try #require((values["att"] as? [[String: Any]])?.first)
    #expect(abs(effects.overall.att - att.number("est")) < closedForm)
    #expect(abs((effects.overall.standardError ?? .nan) - att.number("se")) < closedForm)
    expectEqual(effects.eventTime.map { ($0.key, $0.estimate) }, values["event_study"])
    expectEqual(effects.cohort.map { ($0.key, $0.estimate) }, values["cohort"])
    let raw = try #require(values["raw"] as? [[String: Any]])
    #expect(raw.count == effects.cells.count)
    for cell in effects.cells {
      let name = "year::\(cell.period.since(cell.cohort)):cohort::\(cell.cohort)"
      let own = try #require(raw.first { $0["term"] as? String == name })
      #expect(abs(cell.estimate.att - own.number("est")) < closedForm)
      #expect(abs((cell.estimate.standardError ?? .nan) - own.number("se")) < closedForm)
    }
  }

  @Test func imputationEqualsTheExactSolution() throws {
    let effects = try Imputation().estimate(PublishedCountiesTests.panel())
    let exact = try Self.values("exact_arbitration.json").at("bjs_mpdta")
    #expect(abs(effects.overall.att - exact.number("att")) < closedForm)
    let horizon = exact.at("horizon")
    #expect(effects.eventTime.count == horizon.count)
    for cell in effects.eventTime {
      #expect(abs(cell.estimate.att - horizon.number("\(cell.key)")) < closedForm)
    }
  }

  /// The peer's fixed effects stop at a tolerance of 1e-6.
  private static let peersSolver = 1e-8

  @Test func imputationEqualsDidimputation() throws {
    let panel = try PublishedCountiesTests.panel()
    let effects = try Imputation().estimate(panel)
    let values = try Self.values("mpdta_didimputation.json")
    let overall = try #require((values["static"] as? [[String: Any]])?.first)
    #expect(abs(effects.overall.att - overall.number("estimate")) < Self.peersSolver)
    #expect(
      abs((effects.overall.standardError ?? .nan) - overall.number("std.error"))
        < Self.peersSolver)
    expectEqual(
      effects.eventTime.map { ($0.key, $0.estimate) }, values["horizon"], error: "std.error",
      estimate: "estimate", within: Self.peersSolver)
    let leads = try #require(
      try Imputation().preTrend(panel, at: (-4...(-2)).map { EventTime($0) }))
    let before = (values["horizon_pretrends"] as? [[String: Any]] ?? []).filter {
      ($0["term"] as? String ?? "").hasPrefix("-")
    }
    expectEqual(
      leads.cells.map { ($0.key, $0.estimate) }, before, error: "std.error", estimate: "estimate",
      within: Self.peersSolver)
  }
}
