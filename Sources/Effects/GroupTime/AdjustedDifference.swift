import LinearAlgebra

/// The difference of one cell given covariates (Sant'Anna and Zhao 2020).
///
/// One form for changes and levels: a sum over slices, the period itself (+) and, for levels, the base
/// (−). For changes there is one slice, and the terms of the treated units' regressions vanish.
struct AdjustedDifference {
  private let sample: CellSample
  private let options: GroupTimeDiD
  private var sum: InfluenceSum

  /// What keeps a cell from being adjusted; columns count the intercept as 0.
  enum Fault: Error {
    case dependent(column: Int)
    case separated(column: Int?)
  }

  /// Comparison units with a score from here on are left out (the limit of `DRDID`).
  private static let trimmedFrom = 0.995

  init(_ sample: CellSample, options: GroupTimeDiD) {
    self.sample = sample
    self.options = options
    sum = InfluenceSum(count: sample.units.count)
  }

  func estimate() throws -> InfluenceSum {
    var copy = self
    switch options.adjustment {
    case .outcomeRegression: try copy.addOutcomeRegression()
    case .inverseProbability: try copy.addInverseProbability()
    case .doublyRobust: try copy.addDoublyRobust()
    }
    return copy.sum
  }

  /// Sant'Anna and Zhao 2020, equation 2.2: the treated's mean less the comparison's fit at their X.
  private mutating func addOutcomeRegression() throws {
    let treated = sample.weights(nil) { $0 }
    for slice in sample.slices {
      let fit = try regression(slice, ofTreated: false)
      sum.addMean(
        slice.sign, weights: sample.weights(slice) { $0 }, of: sample.outcomes)
      sum.addMean(-slice.sign, weights: treated, of: fit.fitted)
      add(-slice.sign, fit, meanColumns(treated))
    }
  }

  /// Equation 2.3 with weights that add to one.
  private mutating func addInverseProbability() throws {
    let logit = try propensity()
    for slice in sample.slices {
      sum.addMean(
        slice.sign, weights: sample.weights(slice) { $0 }, of: sample.outcomes)
      addWeighted(-slice.sign, slice, logit, of: sample.outcomes)
    }
  }

  /// Equations 2.6 for changes and 3.4 for levels (the locally efficient one).
  private mutating func addDoublyRobust() throws {
    let logit = try propensity()
    let treated = sample.weights(nil) { $0 }
    for slice in sample.slices {
      let fit = try regression(slice, ofTreated: false)
      let rest = zip(sample.outcomes, fit.fitted).map { $0 - $1 }
      let own = sample.weights(slice) { $0 }
      sum.addMean(slice.sign, weights: own, of: rest)
      let compared = addWeighted(-slice.sign, slice, logit, of: rest)
      let gradient = zip(meanColumns(compared), meanColumns(own)).map { $0 - $1 }
      add(errorSign(slice), fit, gradient)
      guard sample.hasLevels else { continue }
      let other = try regression(slice, ofTreated: true)
      let gap = zip(other.fitted, fit.fitted).map { $0 - $1 }
      sum.addMean(slice.sign, weights: treated, of: gap)
      sum.addMean(-slice.sign, weights: own, of: gap)
      let shift = zip(meanColumns(treated), meanColumns(own)).map { $0 - $1 }
      add(slice.sign, other, shift)
      add(-slice.sign, fit, shift)
    }
  }

  /// The sign of the outcome fit's part in the errors; the published ones take the base with a plus.
  private func errorSign(_ slice: CellSample.Slice) -> Double {
    options.changes == .betweenSamples(errors: .published) ? 1 : slice.sign
  }

  /// Adds the comparison units' mean by their odds, and gives the weights.
  @discardableResult
  private mutating func addWeighted(
    _ sign: Double, _ slice: CellSample.Slice, _ logit: Regression, of values: [Double]
  ) -> [Double] {
    var weights = sample.weights(slice) { !$0 }
    for place in weights.indices where weights[place] != 0 {
      let p = logit.fitted[place]
      weights[place] *= p < Self.trimmedFrom ? p / (1 - p) : 0
    }
    let mean = sum.addMean(sign, weights: weights, of: values)
    let total = weights.reduce(0, +)
    let pulls = weights.indices.map { weights[$0] * (values[$0] - mean) / total }
    add(sign, logit, Regression.product(sample.columns, width: sample.width, pulls))
    return weights
  }

  private mutating func add(_ sign: Double, _ fit: Regression, _ gradient: [Double]) {
    sum.add(fit, columns: sample.columns, gradient: gradient.map { sign * $0 })
  }

  private func meanColumns(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    return Regression.product(sample.columns, width: sample.width, weights).map { $0 / total }
  }

  private func regression(
    _ slice: CellSample.Slice, ofTreated isTreated: Bool
  ) throws -> Regression {
    do {
      return try Regression(
        leastSquares: sample.outcomes, on: sample.columns, width: sample.width,
        weights: sample.weights(slice) { $0 == isTreated })
    } catch Regression.Fault.dependent(let column) {
      throw Fault.dependent(column: column)
    }
  }

  private func propensity() throws -> Regression {
    do {
      return try Regression(
        logit: sample.isTreated, on: sample.columns, width: sample.width,
        weights: sample.weights)
    } catch Regression.Fault.dependent(let column) {
      throw Fault.dependent(column: column)
    } catch Regression.Fault.separated {
      throw Fault.separated(column: separatingColumn())
    }
  }

  /// The covariate that alone tells the treated apart; nil when it takes several.
  private func separatingColumn() -> Int? {
    (1..<sample.width).first { column in
      let values = { (isTreated: Bool) in
        sample.units.indices.filter { sample.isTreated[$0] == isTreated }
          .map { sample.columns[$0 * sample.width + column] }
      }
      let (treated, compared) = (values(true), values(false))
      guard let low = treated.min(), let high = treated.max(), let least = compared.min(),
        let most = compared.max()
      else { return false }
      return low >= most || high <= least
    }
  }
}

extension CellSample {
  /// One of the periods that a cell compares, and its sign in the difference.
  struct Slice {
    let isAfter: Bool
    let sign: Double
  }

  var slices: [Slice] {
    let after = Slice(isAfter: true, sign: 1)
    return hasLevels ? [after, Slice(isAfter: false, sign: -1)] : [after]
  }

  /// The weights of the observations on one side in a slice, or in all slices; zero elsewhere.
  func weights(_ slice: Slice?, where belongs: (Bool) -> Bool) -> [Double] {
    units.indices.map { place in
      let isInside = slice.map { $0.isAfter == isAfter[place] } ?? true
      return isInside && belongs(isTreated[place]) ? weights[place] : 0
    }
  }
}
