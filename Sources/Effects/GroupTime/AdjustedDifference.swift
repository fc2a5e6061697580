import LinearAlgebra

/// The difference of one cell given covariates (Sant'Anna and Zhao 2020).
///
/// One form for changes and levels: a sum over slices, the period itself (+) and, for levels, the base
/// (−). For changes there is one slice, and the terms of the treated units' regressions vanish.
struct AdjustedDifference {
  private let sample: CellSample
  private let rows: ComparedRows
  private let options: GroupTimeDiD
  /// nil for outcome regression.
  private let scores: CellScores?
  private var sum: InfluenceSum

  /// What keeps a cell from being adjusted; columns count the intercept as 0.
  enum Fault: Error {
    case dependent(column: Int)
    case separated(column: Int?)
  }

  init(_ sample: CellSample, scores: CellScores?, options: GroupTimeDiD) {
    self.sample = sample
    self.options = options
    self.scores = scores
    rows = sample.rows
    sum = InfluenceSum(count: rows.units.count)
  }

  func estimate() throws -> InfluenceSum {
    var copy = self
    switch options.adjustment {
    case .outcomeRegression: try copy.addOutcomeRegression()
    case .inverseProbability: copy.addInverseProbability()
    case .doublyRobust: try copy.addDoublyRobust()
    }
    return copy.sum
  }

  /// Sant'Anna and Zhao 2020, equation 2.2: the treated's mean less the comparison's fit at their X.
  private mutating func addOutcomeRegression() throws {
    for slice in rows.slices {
      let fit = try regression(on: slice.compared)
      sum.addMean(slice.sign, slice.treated, weights: rows.weights, of: sample.outcomes)
      sum.addMean(-slice.sign, rows.treated, weights: rows.weights, of: fit.fitted)
      add(-slice.sign, fit, meanColumns(rows.treated, rows.weights))
    }
  }

  /// Equation 2.3 with weights that add to one.
  private mutating func addInverseProbability() {
    for slice in rows.slices {
      sum.addMean(slice.sign, slice.treated, weights: rows.weights, of: sample.outcomes)
      addWeighted(-slice.sign, slice.compared, of: sample.outcomes)
    }
  }

  /// Equations 2.6 for changes and 3.4 for levels (the locally efficient one).
  private mutating func addDoublyRobust() throws {
    for slice in rows.slices {
      let fit = try regression(on: slice.compared)
      let rest = zip(sample.outcomes, fit.fitted).map { $0 - $1 }
      sum.addMean(slice.sign, slice.treated, weights: rows.weights, of: rest)
      addWeighted(-slice.sign, slice.compared, of: rest)
      let own = meanColumns(slice.treated, rows.weights)
      let compared = meanColumns(slice.compared, scores?.odds ?? [])
      add(errorSign(slice), fit, zip(compared, own).map { $0 - $1 })
      guard rows.hasLevels else { continue }
      let other = try regression(on: slice.treated)
      let gap = zip(other.fitted, fit.fitted).map { $0 - $1 }
      sum.addMean(slice.sign, rows.treated, weights: rows.weights, of: gap)
      sum.addMean(-slice.sign, slice.treated, weights: rows.weights, of: gap)
      let shift = zip(meanColumns(rows.treated, rows.weights), own).map { $0 - $1 }
      add(slice.sign, other, shift)
      add(-slice.sign, fit, shift)
    }
  }

  /// The sign of the outcome fit's part in the errors; the published ones take the base with a plus.
  private func errorSign(_ slice: ComparedRows.Slice) -> Double {
    options.changes == .betweenSamples(errors: .published) ? 1 : slice.sign
  }

  /// Adds the comparison units' mean by their odds.
  private mutating func addWeighted(
    _ sign: Double, _ compared: Range<Int>, of values: [Double]
  ) {
    guard let scores else { preconditionFailure("Weights by odds need scores.") }
    let mean = sum.addMean(sign, compared, weights: scores.odds, of: values)
    let total = scores.odds[compared].reduce(0, +)
    var pulls = [Double](repeating: 0, count: values.count)
    for row in compared { pulls[row] = scores.odds[row] * (values[row] - mean) / total }
    add(
      sign, scores.logit,
      Regression.product(rows.columns, width: rows.width, pulls, rows: compared))
  }

  private mutating func add(_ sign: Double, _ fit: Regression, _ gradient: [Double]) {
    sum.add(fit, columns: rows.columns, gradient: gradient.map { sign * $0 })
  }

  private func meanColumns(_ side: Range<Int>, _ weights: [Double]) -> [Double] {
    let total = weights[side].reduce(0, +)
    return Regression.product(rows.columns, width: rows.width, weights, rows: side)
      .map { $0 / total }
  }

  private func regression(on side: Range<Int>) throws -> Regression {
    do {
      return try Regression(
        leastSquares: sample.outcomes, on: rows.columns, width: rows.width,
        weights: rows.weights, rows: side)
    } catch Regression.Fault.dependent(let column) {
      throw Fault.dependent(column: column)
    }
  }
}

/// The chance of each row of a cell to be treated, given its covariates, and what follows from it.
struct CellScores {
  let rows: ComparedRows
  let logit: Regression
  /// The weight of each comparison row times its odds; zero for the treated.
  let odds: [Double]

  /// Comparison units with a score from here on are left out (the limit of `DRDID`).
  private static let trimmedFrom = 0.995

  /// - Throws: `AdjustedDifference.Fault`.
  init(_ rows: ComparedRows) throws {
    self.rows = rows
    do {
      logit = try Regression(
        logit: rows.units.indices.map { rows.treated.contains($0) }, on: rows.columns,
        width: rows.width, weights: rows.weights)
    } catch Regression.Fault.dependent(let column) {
      throw AdjustedDifference.Fault.dependent(column: column)
    } catch Regression.Fault.separated {
      throw AdjustedDifference.Fault.separated(column: rows.separatingColumn)
    }
    var odds = [Double](repeating: 0, count: rows.weights.count)
    for row in rows.treated.upperBound..<odds.count {
      let p = logit.fitted[row]
      odds[row] = p < Self.trimmedFrom ? rows.weights[row] * (p / (1 - p)) : 0
    }
    self.odds = odds
  }
}

extension ComparedRows {
  /// The covariate that alone tells the treated apart; nil when it takes several.
  fileprivate var separatingColumn: Int? {
    (1..<width).first { column in
      let values = { (rows: Range<Int>) in rows.map { columns[$0 * width + column] } }
      let (own, others) = (values(treated), values(treated.upperBound..<units.count))
      guard let low = own.min(), let high = own.max(), let least = others.min(),
        let most = others.max()
      else { return false }
      return low >= most || high <= least
    }
  }
}
