import Foundation
import LinearAlgebra
import Testing

@testable import Scenarios

@Suite struct BaselineTests {
  private struct Case: Decodable {
    let values: [Double]
    let level: Smoothed
    let trend: Smoothed
    let regression: Fitted

    struct Smoothed: Decodable {
      let parameters, errors, forecast: [Double]
      let squares: Double
    }
    struct Fitted: Decodable { let parameters, errors, forecast: [Double] }
    enum CodingKeys: String, CodingKey {
      case values
      case level = "local level"
      case trend = "damped trend"
      case regression = "autoregression"
    }
  }

  private func cases() throws -> [Case] {
    let folder = try #require(Bundle.module.resourceURL)
    let file = folder.appending(path: "ReferenceValues/baselines/values.json")
    return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
  }

  /// Recursions of at most 60 steps in double precision.
  private static let rounding = 1e-10
  /// `statsmodels` stops its search when the likelihood gains less than this share.
  private static let search = 1e-6

  private func expectNear(_ own: [Double], _ theirs: [Double], within tolerance: Double = rounding)
  {
    #expect(own.count == theirs.count)
    for (own, theirs) in zip(own, theirs) { #expect(abs(own - theirs) < tolerance) }
  }

  // MARK: Reference values

  @Test func smoothingEqualsStatsmodelsAtGivenParameters() throws {
    for made in try cases() {
      let level = Smoothing(level: made.level.parameters[0], trend: 0, damping: 0)
      expectNear(
        level.pass(made.values, level: made.level.parameters[1], trend: 0).errors,
        made.level.errors)
      let given = made.trend.parameters
      let trend = Smoothing(level: given[0], trend: given[1], damping: given[2])
      let run = trend.pass(made.values, level: given[3], trend: given[4])
      expectNear(run.errors, made.trend.errors)
      let fit = FittedBaseline(
        model: .dampedTrend, parameters: Array(given[..<3]), errors: run.errors,
        degreesOfFreedom: 1, end: .smoothed(level: run.level, trend: run.trend))
      expectNear(fit.expectations(horizon: 8), made.trend.forecast)
    }
  }

  @Test func smoothingFitsNoWorseThanStatsmodels() throws {
    for made in try cases() {
      let level = FittedBaseline.localLevel(made.values)
      let trend = FittedBaseline.dampedTrend(made.values)
      #expect(squares(level) <= made.level.squares * (1 + Self.search))
      #expect(squares(trend) <= made.trend.squares * (1 + Self.search))
    }
  }

  @Test func autoregressionEqualsStatsmodels() throws {
    for made in try cases() {
      guard abs(made.regression.parameters[1]) < 1 else { continue }
      let fit = try #require(FittedBaseline.autoregression(made.values))
      expectNear(fit.parameters, made.regression.parameters)
      expectNear(fit.errors, made.regression.errors)
      expectNear(fit.expectations(horizon: 8), made.regression.forecast)
    }
  }

  private func squares(_ fit: FittedBaseline) -> Double { fit.errors.reduce(0) { $0 + $1 * $1 } }

  // MARK: What must hold

  @Test func anUnpulledLevelIsTheMean() {
    let values: [Double?] = [4, 2, 9, 1, 4]
    let run = Smoothing(level: 0, trend: 0, damping: 0).run(values)
    #expect(abs(run.level - 4) < Self.rounding)
  }

  @Test(arguments: BaselineModel.allCases)
  func movesWithTheSeries(_ model: BaselineModel) throws {
    let values: [Double?] = [1.2, 1.9, nil, 1.1, 2.4, 2.2, 1.7, 2.9, 2.1, 3.0, 2.6, 2.2]
    let fit = try #require(model.fitted(to: values))
    let moved = try #require(model.fitted(to: values.map { $0.map { 10 + 3 * $0 } }))
    expectNear(
      moved.expectations(horizon: 5), fit.expectations(horizon: 5).map { 10 + 3 * $0 },
      within: 1e-5)
    #expect(abs(moved.innovation - 3 * fit.innovation) < 1e-5)
  }

  @Test(arguments: BaselineModel.allCases)
  func aShockIsCarriedOnAsTheRecursionSays(_ model: BaselineModel) throws {
    let values: [Double?] = [1.2, 1.9, 1.4, 1.1, 2.4, 2.2, 1.7, 2.9, 2.1, 3.0, 2.6, 2.2]
    let fit = try #require(model.fitted(to: values))
    let next = fit.expectations(horizon: 4)
    // One more year that misses its expectation by one moves the years after it by `carried`.
    let after: [Double]
    switch (fit.end, model) {
    case (.last, _):
      after = FittedBaseline(
        model: model, parameters: fit.parameters, errors: [], degreesOfFreedom: 1,
        end: .last(next[0] + 1)
      ).expectations(horizon: 3)
    case (.smoothed(let level, let trend), .dampedTrend):
      let slope = fit.parameters[2] * trend
      after = FittedBaseline(
        model: model, parameters: fit.parameters, errors: [], degreesOfFreedom: 1,
        end: .smoothed(
          level: level + slope + fit.parameters[0], trend: slope + fit.parameters[1])
      ).expectations(horizon: 3)
    case (.smoothed(let level, _), _):
      after = Array(repeating: level + fit.parameters[0], count: 3)
    }
    expectNear(zip(after, next[1...]).map { $0 - $1 }, Array(fit.carried(horizon: 4)[1...]))
  }

  @Test func choosesTheModelThatMadeTheSeries() throws {
    var random = Philox(seed: 1, stream: 5, index: 0)
    var value = 0.0
    let returning = (0..<60).map { _ -> Double? in
      value = 0.6 * value + random.nextNormal()
      return value
    }
    let baseline = try Baseline(returning, horizon: 5)
    #expect(baseline.candidates[baseline.chosen].fit.model == .autoregression)
    let rising = (0..<30).map { year -> Double? in
      5 * (1 - pow(0.95, Double(year))) / 0.05 + 0.01 * random.nextNormal()
    }
    let trend = try Baseline(rising, horizon: 5)
    #expect(trend.candidates[trend.chosen].fit.model == .dampedTrend)
  }

  @Test func weighsCandidatesByTheInverseOfTheirSquaredErrors() throws {
    let values: [Double?] = (0..<24).map { Double($0 * 7 % 11) + 0.3 * Double($0) }
    let baseline = try Baseline(values, horizon: 4)
    let products = baseline.candidates.compactMap { candidate in
      candidate.rollingError.map { $0 * $0 * candidate.weight }
    }
    #expect(abs(baseline.candidates.reduce(0) { $0 + $1.weight } - 1) < Self.rounding)
    for product in products { #expect(abs(product / products[0] - 1) < 1e-9) }
  }

  @Test func refusesASeriesThatIsTooShort() {
    #expect(throws: ScenarioError.tooFewValues(3, least: 4)) {
      _ = try Baseline([1, nil, 2, 3], horizon: 2)
    }
  }

  @Test func aSeriesThatNeverMovesGoesOnUnmoved() throws {
    let baseline = try Baseline(Array(repeating: 2, count: 12), horizon: 3)
    var random = Philox(seed: 1, stream: 1, index: 1)
    #expect(baseline.path(along: baseline.courses(horizon: 3), &random) == [2, 2, 2])
  }
}
