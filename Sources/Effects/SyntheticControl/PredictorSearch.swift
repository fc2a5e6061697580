import Foundation
import LinearAlgebra

/// Donor weights given predictor weights, and the search for predictor weights.
///
/// Inner problem: w minimises ‖V^½(x₁ − X₀w)‖² on the simplex, to its optimum. Outer: V minimises the
/// mean square gap w leaves in the outcomes before the treatment (Abadie, Diamond and Hainmueller 2010,
/// 10.1198/jasa.2009.ap08746, section 2.3). The outer loss has an exact gradient wherever the
/// support of w stays; it is descended in log V from several starts. Where V leaves w open, as when
/// several mixtures of donors meet the predictors that carry weight, a search takes the one among
/// them that follows the outcomes best.
struct PredictorSearch: ~Copyable {
  /// The predictors and outcomes of the donors less those of the treated unit, donor by donor.
  private let predictors: [Double]
  private let outcomes: [Double]
  private let donorCount: Int
  private let predictorCount: Int
  private let periodCount: Int
  /// The root of the share that the outcomes have in the inner problem: zero, or just above rounding.
  private let tieBreak: Double
  private var solver: SimplexSolver
  private var gap: [Double]
  private var slope: [Double]
  private var response: [Double]
  private var support: [Int] = []

  /// Predictor weights below this share of the largest are held there.
  private let smallestShare: Double
  /// The share of the outcomes in the inner problem of a search.
  private static let tieBreakShare = 1e-8

  init(predictors: [Double], outcomes: [Double], donorCount: Int, smallestShare: Double?) {
    let breaksTies = smallestShare != nil
    self.smallestShare = smallestShare ?? 0
    self.predictors = predictors
    self.outcomes = outcomes
    self.donorCount = donorCount
    predictorCount = predictors.count / donorCount
    periodCount = outcomes.count / donorCount
    let meanSquare = outcomes.reduce(0) { $0 + $1 * $1 } / Double(donorCount)
    tieBreak =
      breaksTies && meanSquare > 0 ? (Self.tieBreakShare / meanSquare).squareRoot() : 0
    solver = SimplexSolver(
      count: donorCount, dimension: predictorCount + (breaksTies ? periodCount : 0))
    if breaksTies {
      for donor in 0..<donorCount {
        for period in 0..<periodCount {
          solver.points[donor * solver.dimension + predictorCount + period] =
            tieBreak * outcomes[donor * periodCount + period]
        }
      }
    }
    gap = [Double](repeating: 0, count: periodCount)
    slope = [Double](repeating: 0, count: donorCount)
    response = slope
  }

  /// What one choice of predictor weights gives.
  struct Solution: Sendable {
    let predictorWeights: [Double]
    let donorWeights: [Double]
    /// The mean square gap over the periods of the outer loss.
    let loss: Double
    let residual: Double
  }

  /// Solves the inner problem for given predictor weights.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal`.
  mutating func solution(_ weights: [Double]) throws -> Solution {
    let residual = try solveInner(weights).residual
    let total = weights.reduce(0, +)
    return Solution(
      predictorWeights: weights.map { $0 / total },
      donorWeights: (0..<donorCount).map { solver.weights[$0] }, loss: outerLoss(),
      residual: residual)
  }

  /// Descends from each start and keeps the lowest; the starts are logarithms of weights.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal` at the solution kept.
  mutating func search(from starts: [[Double]], steps: Int) throws -> Solution {
    var minima: [Minimum] = []
    for start in starts {
      support = []
      minima.append(descend(from: start, steps: steps))
    }
    minima.sort { $0.value < $1.value }
    let polished = minima.prefix(Self.polishedCount).map { polish($0, steps: steps) }
    let best = polished.min { $0.value < $1.value }
    support = []
    return try solution(logarithmsToWeights(best?.point ?? uniform(predictorCount)))
  }

  /// How many of the lowest minima are looked around once more.
  private static let polishedCount = 3

  private mutating func descend(from start: [Double], steps: Int) -> Minimum {
    quasiNewtonMinimum(from: start, steps: steps) { point, gradient in loss(point, &gradient) }
  }

  /// Leaves the kinks that a descent ends at: turns between steps along each predictor and descents.
  private mutating func polish(_ minimum: Minimum, steps: Int) -> Minimum {
    var best = minimum
    for _ in 0..<10 {
      let moved = coordinateSearch(best)
      let next = descend(from: moved.point, steps: steps)
      let lowest = next.value < moved.value ? next : moved
      let hasGained = lowest.value < best.value * (1 - 1e-7)
      best = lowest.value < best.value ? lowest : best
      guard hasGained else { break }
    }
    return best
  }

  /// Steps along each predictor, shorter whenever none helps.
  private mutating func coordinateSearch(_ minimum: Minimum) -> Minimum {
    var (point, lowest) = (minimum.point, minimum.value)
    var unused = point
    var length = 1.0
    while length > 1e-4 {
      var hasMoved = false
      for place in point.indices {
        for step in [length, -length] {
          var trial = point
          trial[place] += step
          let value = loss(trial, &unused)
          guard value < lowest else { continue }
          (point, lowest, hasMoved) = (trial, value, true)
        }
      }
      if !hasMoved { length /= 4 }
    }
    return Minimum(point: point, value: lowest)
  }

  /// exp of the logarithms, the largest made one.
  private func logarithmsToWeights(_ logarithms: [Double]) -> [Double] {
    let highest = logarithms.max() ?? 0
    return logarithms.map { max(smallestShare, exp($0 - highest)) }
  }

  /// The outer loss in log V and its gradient; infinite where the inner problem fails.
  private mutating func loss(_ logarithms: [Double], _ gradient: inout [Double]) -> Double {
    let weights = logarithmsToWeights(logarithms)
    guard (try? solveInner(weights)) != nil else { return .infinity }
    let loss = outerLoss()
    for donor in 0..<donorCount { slope[donor] = 0 }
    for donor in support {
      var sum = 0.0
      for period in 0..<periodCount { sum += outcomes[donor * periodCount + period] * gap[period] }
      slope[donor] = 2 * sum / Double(periodCount)
    }
    solver.adjoint(of: slope, into: &response)
    for predictor in 0..<predictorCount {
      var first = 0.0
      var second = 0.0
      for donor in support {
        let value = predictors[donor * predictorCount + predictor]
        first += value * response[donor]
        second += value * solver.weights[donor]
      }
      let isHeld = weights[predictor] <= smallestShare
      gradient[predictor] = isHeld ? 0 : -weights[predictor] * first * second
    }
    return loss
  }

  private mutating func solveInner(_ weights: [Double]) throws -> SimplexSolver.Certificate {
    let roots = weights.map { $0.squareRoot() }
    for donor in 0..<donorCount {
      for predictor in 0..<predictorCount {
        solver.points[donor * solver.dimension + predictor] =
          roots[predictor] * predictors[donor * predictorCount + predictor]
      }
    }
    let certificate = try solver.solve(ridge: 0, start: support)
    support = solver.supported
    return certificate
  }

  /// The gaps of the solution, and the mean of their squares.
  private mutating func outerLoss() -> Double {
    for period in 0..<periodCount { gap[period] = 0 }
    for donor in support {
      let weight = solver.weights[donor]
      let row = donor * periodCount
      for period in 0..<periodCount { gap[period] += weight * outcomes[row + period] }
    }
    return gap.reduce(0) { $0 + $1 * $1 } / Double(periodCount)
  }
}

/// Starts for the search, as logarithms: equal weights, the regression's, each predictor alone, and
/// random ones, every other of them on a random half of the predictors.
///
/// The regression's weights are the square sums of the coefficients of each predictor in the
/// regressions of the outcomes on all predictors, over all units.
func searchStarts(
  predictors: [Double], outcomes: [Double], units: Int, smallestShare: Double,
  random count: Int, seed: UInt64, stream: UInt32
) -> [[Double]] {
  let width = predictors.count / units
  var starts = [[Double](repeating: 0, count: width)]
  if let weights = regressionWeights(predictors, outcomes, units: units) {
    let highest = weights.max() ?? 1
    starts.append(weights.map { log(max($0 / highest, smallestShare)) })
  }
  let smallest = log(smallestShare)
  for alone in 0..<width {
    starts.append((0..<width).map { $0 == alone ? 0 : smallest })
  }
  for index in 0..<count {
    var random = Philox(seed: seed, stream: stream, index: UInt64(index))
    starts.append(
      (0..<width).map { _ in
        let weight = -10 * random.nextUnit()
        return random.nextUnit() < 0.5 && index % 2 == 1 ? smallest : weight
      })
  }
  return starts
}

/// The square sums of regression coefficients; nil when the predictors are collinear.
private func regressionWeights(
  _ predictors: [Double], _ outcomes: [Double], units: Int
) -> [Double]? {
  let width = predictors.count / units
  let periods = outcomes.count / units
  let columns = demeanedColumns(predictors, width: width)
  let products = Matrix(
    rows: width, columns: width,
    elements: columns.flatMap { first in
      columns.map { sequentialDot(first, $0) }
    })
  var sums = [Double](repeating: 0, count: width)
  for outcome in demeanedColumns(outcomes, width: periods) {
    let right = columns.map { sequentialDot($0, outcome) }
    guard let coefficients = try? solvePositiveDefinite(products, right) else { return nil }
    for place in sums.indices { sums[place] += coefficients[place] * coefficients[place] }
  }
  return sums
}

private func demeanedColumns(_ values: [Double], width: Int) -> [[Double]] {
  (0..<width).map { column in
    let own = stride(from: column, to: values.count, by: width).map { values[$0] }
    let center = mean(own)
    return own.map { $0 - center }
  }
}
