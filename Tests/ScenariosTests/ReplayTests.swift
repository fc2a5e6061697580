import Evidence
import LinearAlgebra
import Panels
import Testing

@testable import Effects
@testable import Scenarios

@Suite struct ReplayTests {
  @Test func theScoreIsTheMeanOverAllPairs() {
    let draws = [0.3, 1.2, -0.7, 2.4, 0.9]
    let truth = 0.5
    let near = draws.reduce(0) { $0 + abs($1 - truth) } / 5
    let apart = draws.reduce(0) { sum, one in sum + draws.reduce(0) { $0 + abs(one - $1) } } / 25
    #expect(abs(rankedProbabilityScore(draws, truth: truth) - (near - apart / 2)) < 1e-15)
  }

  @Test func theScoreOfOneDrawIsItsDistance() {
    #expect(rankedProbabilityScore([3], truth: 1) == 2)
  }

  @Test func theScoreOfAStandardNormalIsKnown() {
    var random = Philox(seed: 8, stream: 4, index: 0)
    let draws = (0..<20_000).map { _ in random.nextNormal() }
    // At its median 2φ(0) − 1/√π = 0.2337 (Gneiting and Raftery 2007, equation 21).
    #expect(abs(rankedProbabilityScore(draws, truth: 0) - 0.233_695) < 0.005)
  }

  /// 16 units, six of which are treated at two dates, with an effect of 4 and noise of 0.3.
  private func panel() throws -> Panel {
    var random = Philox(seed: 2, stream: 6, index: 0)
    let starts: [Int?] = (0..<16).map { $0 < 3 ? 2005 : $0 < 6 ? 2012 : nil }
    return try Panel(
      units: (0..<16).map { "u\($0 < 10 ? "0" : "")\($0)" },
      periods: (1990...2018).map { Period($0) },
      cells: starts.enumerated().map { unit, start in
        (1990...2018).map { year in
          let isTreated = start.map { year >= $0 } ?? false
          return .observed(Double(unit) + 0.3 * random.nextNormal() + (isTreated ? 4 : 0))
        }
      },
      cohorts: starts.map { $0.map { .firstTreated(Period($0)) } ?? .neverTreated })
  }

  private func replayed(unit: Int, start: Int) throws -> ReplayedAccession {
    ReplayedAccession(
      panel: try panel(), unit: unit, start: start,
      estimator: GroupTimeDiD(comparison: .notYetTreated))
  }

  @Test func aKnownEffectIsForeseenBetterThanByARandomWalk() throws {
    guard
      case .scored(let score) = try replayed(unit: 4, start: 2012)
        .result(draws: 1_000, seed: 1, threads: 1)
    else {
      Issue.record("A later cohort can be replayed.")
      return
    }
    // Event times 0 to 5 were seen by 2010.
    #expect(score.years == 2012...2017)
    #expect(score.crps < score.naive / 3)
    #expect(score.covered.ninetyFive == score.count)
  }

  @Test func theFirstToJoinHadNobodyToLearnFrom() throws {
    #expect(
      try replayed(unit: 0, start: 2005).result(draws: 100, seed: 1, threads: 1)
        == .notReplayable(.nobodyJoined(by: 2003)))
  }

  @Test func whatCameAfterTheCutDoesNotEnter() throws {
    let later = try replayed(unit: 4, start: 2012)
    let other = try panel()
    let changed = try other.with(cells: { unit, period in
      other.periods[period].number == 2011 ? .observed(99) : other.cell(unit: unit, period: period)
    })
    let again = ReplayedAccession(
      panel: changed, unit: 4, start: 2012, estimator: GroupTimeDiD(comparison: .notYetTreated))
    #expect(
      later.result(draws: 200, seed: 1, threads: 1) == again.result(draws: 200, seed: 1, threads: 2)
    )
  }

  @Test func aReplayWeighsCellsAsThePanelDoes() throws {
    let whole = try panel()
    // u15 is an outlier that hardly counts.
    let wild = try whole.with(cells: { unit, period in
      let cell = whole.cell(unit: unit, period: period)
      return unit == 15 ? .observed((cell.value ?? 0) * Double(period)) : cell
    })
    let light = try Panel(
      units: wild.units, periods: wild.periods,
      cells: wild.units.indices.map { unit in
        wild.periods.indices.map { wild.cell(unit: unit, period: $0) }
      }, cohorts: wild.cohorts,
      weights: wild.units.indices.flatMap { unit in
        wild.periods.map { _ in unit == 15 ? 1e-12 : 1 }
      })
    let estimator = GroupTimeDiD(comparison: .notYetTreated)
    func crps(_ panel: Panel) throws -> Double {
      guard
        case .scored(let score) = panel.replay(of: "u04", by: estimator, draws: 500, seed: 1)
      else { return .nan }
      return score.crps
    }
    let without = try crps(whole.filter { $0 == 15 ? "an outlier" : nil })
    // A weight of 1e-12 leaves the twelfth digit.
    #expect(abs(try crps(light) - without) < 1e-6)
    #expect(abs(try crps(wild) - without) > 0.01)
  }

  @Test func aReplayAdjustsForTheCovariatesOfThePanel() throws {
    var random = Philox(seed: 3, stream: 6, index: 0)
    let plain = try panel()
    let adjusted = try plain.with(
      covariates: [
        "x": plain.units.flatMap { _ in
          let level = random.nextNormal()
          return plain.periods.map { _ -> Double? in level }
        }
      ])
    let estimator = GroupTimeDiD(comparison: .notYetTreated, covariates: ["x"])
    guard case .scored = adjusted.replay(of: "u04", by: estimator, draws: 100, seed: 1) else {
      Issue.record("The covariate is in the panel.")
      return
    }
  }
}
