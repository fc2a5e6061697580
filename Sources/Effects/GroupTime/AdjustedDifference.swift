import LinearAlgebra

/// The difference of one cell given covariates (Sant'Anna and Zhao 2020).
///
/// One form for changes and levels: a sum over slices, the period itself (+) and, for levels, the base
/// (−). For changes there is one slice, and the terms of the treated units' regressions vanish.
struct AdjustedDifference {
  private let model: CellModel
  private let rows: ComparedRows
  private let outcomes: [Double]
  private let options: GroupTimeDiD
  private var sum: InfluenceSum

  init(_ model: CellModel, _ outcomes: [Double], options: GroupTimeDiD) {
    self.model = model
    self.outcomes = outcomes
    self.options = options
    rows = model.rows
    sum = InfluenceSum(count: outcomes.count)
  }

  func estimate() -> InfluenceSum {
    var copy = self
    for slice in model.slices {
      switch options.adjustment {
      case .outcomeRegression: copy.addOutcomeRegression(slice)
      case .inverseProbability: copy.addInverseProbability(slice)
      case .doublyRobust: copy.addDoublyRobust(slice)
      }
    }
    return copy.sum
  }

  /// Sant'Anna and Zhao 2020, equation 2.2: the treated's mean less the comparison's fit at their X.
  private mutating func addOutcomeRegression(_ slice: CellModel.Slice) {
    guard let fit = slice.compared?.fit(outcomes) else { return }
    let sign = slice.rows.sign
    sum.addMean(sign, slice.rows.treated, weights: rows.weights, of: outcomes)
    sum.addMean(-sign, rows.treated, weights: rows.weights, of: fit.fitted)
    add(-sign, fit, rows.meanColumns(rows.treated, rows.weights))
  }

  /// Equation 2.3 with weights that add to one.
  private mutating func addInverseProbability(_ slice: CellModel.Slice) {
    sum.addMean(slice.rows.sign, slice.rows.treated, weights: rows.weights, of: outcomes)
    addWeighted(-slice.rows.sign, slice.rows.compared, of: outcomes)
  }

  /// Equations 2.6 for changes and 3.4 for levels (the locally efficient one).
  private mutating func addDoublyRobust(_ slice: CellModel.Slice) {
    guard let fit = slice.compared?.fit(outcomes) else { return }
    let (sign, treated) = (slice.rows.sign, slice.rows.treated)
    let (own, compared) = slice.means
    let rest = zip(outcomes, fit.fitted).map { $0 - $1 }
    sum.addMean(sign, treated, weights: rows.weights, of: rest)
    addWeighted(-sign, slice.rows.compared, of: rest)
    add(errorSign(sign), fit, zip(compared, own).map { $0 - $1 })
    guard let other = slice.treated?.fit(outcomes) else { return }
    let gap = zip(other.fitted, fit.fitted).map { $0 - $1 }
    sum.addMean(sign, rows.treated, weights: rows.weights, of: gap)
    sum.addMean(-sign, treated, weights: rows.weights, of: gap)
    let shift = zip(rows.meanColumns(rows.treated, rows.weights), own).map { $0 - $1 }
    add(sign, other, shift)
    add(-sign, fit, shift)
  }

  /// The sign of the outcome fit's part in the errors; the published ones take the base with a plus.
  private func errorSign(_ sign: Double) -> Double {
    options.changes == .betweenSamples(errors: .published) ? 1 : sign
  }

  /// Adds the comparison units' mean by their odds.
  private mutating func addWeighted(
    _ sign: Double, _ compared: Range<Int>, of values: [Double]
  ) {
    guard let scores = model.scores else { preconditionFailure("Weights by odds need scores.") }
    let (mean, total) = sum.addMean(sign, compared, weights: scores.odds, of: values)
    var pulls = [Double](repeating: 0, count: values.count)
    for row in compared { pulls[row] = scores.odds[row] * (values[row] - mean) / total }
    add(
      sign, scores.logit,
      Regression.product(rows.columns, width: rows.width, pulls, rows: compared))
  }

  private mutating func add(_ sign: Double, _ fit: Regression, _ gradient: [Double]) {
    sum.add(fit, columns: rows.columns, gradient: gradient.map { sign * $0 })
  }
}
