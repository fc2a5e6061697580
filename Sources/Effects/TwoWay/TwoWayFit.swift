import LinearAlgebra

/// A regression on a treatment, covariates, and effects of units and periods.
///
/// y = αᵢ + λₜ + x′γ + βd + ε by weighted least squares. Errors are clustered (CRV1): the sum of squared
/// scores times G/(G−1)·(N−1)/(N−K), where K leaves out effects that lie within clusters.
public struct TwoWayFit: Hashable, Sendable {
  /// The coefficient of the treatment, with Student's t of G − 1 degrees of freedom.
  public let overall: Estimate
  /// The coefficients of the covariates, in their order.
  public let coefficients: [Estimate]
  public let observations: Int
  public let clusters: Int
  /// How the coefficients of the covariates and, last, the treatment vary together.
  let covariance: Matrix?
  /// The pull of each unit on the treatment's coefficient: the estimate is off by their sum.
  let pulls: [Double]
}

extension TwoWayFit {
  /// - Throws: `EffectError.nothingVaries`, or an error that names a covariate.
  init(_ rows: TwoWayRows, threads: Int) throws {
    let within = try WithinRows(rows, threads: threads)
    let width = within.names.count
    let spread = within.factor.inverse()
    let correction = smallSampleFactor(
      clusters: within.clusterCount, observations: rows.units.count,
      coefficients: width + within.effectsOutsideClusters)
    let covariance = correction.map { within.covariance(spread, correction: $0) }
    let freedom = max(within.clusterCount - 1, 1)
    let largest = rows.outcomes.reduce(0) { max($0, abs($1)) }
    let length = Double(rows.units.count).squareRoot()
    let estimates = (0..<width).map { place in
      Estimate(
        att: within.coefficients[place] / within.scales[place],
        error: covariance.map { $0[place, place].squareRoot() } ?? 0,
        scale: largest * length / within.scales[place], degreesOfFreedom: freedom)
    }
    overall = estimates[width - 1]
    coefficients = Array(estimates.dropLast())
    self.covariance = covariance
    observations = rows.units.count
    clusters = within.clusterCount
    let last = (0..<width).map { spread[$0, width - 1] / within.scales[width - 1] }
    pulls = Regression.values(within.unitScores, width: width, last)
  }
}

extension TwoWayFit {
  /// Tests that the last coefficients are all zero; nil when there are not more clusters than those.
  func test(ofLast count: Int) -> WaldTest? {
    guard let covariance, clusters > count else { return nil }
    let effects = (coefficients + [overall]).suffix(count).map(\.att)
    let first = covariance.rows - count
    var variation = Matrix(zeros: count, count)
    for row in 0..<count {
      for column in 0..<count {
        variation[row, column] = covariance[first + row, first + column]
      }
    }
    return WaldTest(of: effects, variation: variation)
  }
}

/// G/(G−1)·(N−1)/(N−K); nil when one cluster or too few rows leave no error.
func smallSampleFactor(clusters: Int, observations: Int, coefficients: Int) -> Double? {
  guard clusters > 1, observations > coefficients else { return nil }
  let (g, n) = (Double(clusters), Double(observations))
  return g / (g - 1) * (n - 1) / (n - Double(coefficients))
}

/// Rows without their unit and period effects, and the regression on what is left.
struct WithinRows: Sendable {
  /// The covariates and, last, the treatment; nil for the treatment.
  let names: [String?]
  let equations: TwoWayEquations
  /// What is left of each regressor, scaled to length one, line after line of the equations.
  let regressors: [[Double]]
  /// The length of what was left.
  let scales: [Double]
  let factor: Cholesky
  /// In the scale of the regressors.
  let coefficients: [Double]
  let residuals: [Double]
  private let rows: TwoWayRows
  private let units: [Int32]

  init(_ rows: TwoWayRows, threads: Int) throws {
    self.rows = rows
    let isByUnit = rows.unitCount >= rows.periodCount
    let equations = TwoWayEquations(
      lines: isByUnit ? rows.units : rows.periods, columns: isByUnit ? rows.periods : rows.units,
      lineCount: isByUnit ? rows.unitCount : rows.periodCount,
      columnCount: isByUnit ? rows.periodCount : rows.unitCount, weights: rows.weights,
      threads: threads)
    self.equations = equations
    names = rows.covariates.map(\.name) + [nil]
    var values = (rows.covariates.map(\.values) + [rows.treatments, rows.outcomes])
      .map { equations.arranged($0) }
    let sizes = values.map { equations.weightedProduct($0, $0) }
    try equations.removeEffects(from: &values)
    let outcome = values.removeLast()
    scales = values.map { equations.weightedProduct($0, $0).squareRoot() }
    for place in names.indices where !(scales[place] > Self.vanished * sizes[place].squareRoot()) {
      throw Self.error(names[place])
    }
    for place in values.indices { scale(&values[place], by: 1 / scales[place]) }
    let gram = values.map { left in values.map { equations.weightedProduct(left, $0) } }
    factor = Cholesky(
      Matrix(rows: names.count, columns: names.count, elements: gram.flatMap { $0 }))
    if let place = factor.dependent.first { throw Self.error(names[place]) }
    coefficients = factor.solve(values.map { equations.weightedProduct($0, outcome) })
    residuals = difference(outcome, values, coefficients)
    regressors = values
    units = equations.arranged(rows.units)
  }

  /// A regressor of which no more than this share is left, by length, is explained by the effects.
  private static let vanished = 1e-10

  private static func error(_ name: String?) -> EffectError {
    name.map { .followsFromEffects(covariate: $0) } ?? .nothingVaries
  }

  /// (X′X)⁻¹ Σ s s′ (X′X)⁻¹ over the clusters, in the scale of the columns as they came.
  func covariance(_ spread: Matrix, correction: Double) -> Matrix {
    let width = names.count
    let scores = clusterScores
    let pulls = (0..<width).map { column in
      Regression.values(
        scores, width: width, (0..<width).map { spread[$0, column] / scales[column] })
    }
    var covariance = Matrix(zeros: width, width)
    for row in 0..<width {
      for column in 0..<width {
        covariance[row, column] =
          correction * sequentialDot(pulls[row], pulls[column])
      }
    }
    return covariance
  }

  /// Σ w e x for each cluster, cluster after cluster.
  private var clusterScores: [Double] {
    guard let clusters = rows.clusters else { return unitScores }
    return scores(by: equations.arranged(clusters), count: Int(clusters.max() ?? 0) + 1)
  }

  /// The number of clusters that have a row.
  var clusterCount: Int {
    let clusters = rows.clusters ?? rows.units
    return distinct(clusters, Int(clusters.max() ?? -1) + 1)
  }

  /// Σ w e x for each unit that has a row, unit after unit.
  var unitScores: [Double] { scores(by: units, count: rows.unitCount) }

  private func scores(by places: [Int32], count: Int) -> [Double] {
    let width = names.count
    var sums = [Double](repeating: 0, count: count * width)
    for (place, regressor) in regressors.enumerated() {
      for row in places.indices {
        sums[Int(places[row]) * width + place] +=
          regressor[row] * residuals[row] * (equations.weights?[row] ?? 1)
      }
    }
    return sums
  }

  /// The number of unit and period effects, without those that lie within clusters.
  ///
  /// One effect of the second set follows from the first when both count.
  var effectsOutsideClusters: Int {
    let clusters = rows.clusters ?? rows.units
    let isUnitNested = rows.clusters == nil || isNested(rows.units, rows.unitCount, in: clusters)
    let isPeriodNested = isNested(rows.periods, rows.periodCount, in: clusters)
    let counts = [
      isUnitNested ? 0 : distinct(rows.units, rows.unitCount),
      isPeriodNested ? 0 : distinct(rows.periods, rows.periodCount),
    ]
    return counts[0] + counts[1] - (isUnitNested || isPeriodNested ? 0 : 1)
  }
}

extension TwoWayEquations {
  /// Σ w a b over the rows, in parts of fixed bounds.
  func weightedProduct(_ left: [Double], _ right: [Double]) -> Double {
    sum { range in
      var lanes = SIMD4<Double>.zero
      for row in range {
        lanes[row & 3] += left[row] * right[row] * (weights?[row] ?? 1)
      }
      return lanes.sum()
    }
  }
}

/// Whether all rows of each place lie in one cluster.
private func isNested(_ places: [Int32], _ count: Int, in clusters: [Int32]) -> Bool {
  var own = [Int32](repeating: -1, count: count)
  for (place, cluster) in zip(places, clusters) {
    let known = own[Int(place)]
    if known < 0 { own[Int(place)] = cluster } else if known != cluster { return false }
  }
  return true
}

/// The number of places that occur.
private func distinct(_ places: [Int32], _ count: Int) -> Int {
  var isThere = [Bool](repeating: false, count: count)
  for place in places { isThere[Int(place)] = true }
  return isThere.count { $0 }
}

private func scale(_ values: inout [Double], by factor: Double) {
  for place in values.indices { values[place] *= factor }
}

/// The values less the regressors times their coefficients.
private func difference(
  _ values: [Double], _ regressors: [[Double]], _ coefficients: [Double]
) -> [Double] {
  var rest = values
  for (regressor, coefficient) in zip(regressors, coefficients) {
    for row in rest.indices { rest[row] -= coefficient * regressor[row] }
  }
  return rest
}
