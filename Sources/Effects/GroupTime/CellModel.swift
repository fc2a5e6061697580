import LinearAlgebra

/// What the rows of a cell say before their outcomes are looked at, for all cells that compare them.
struct CellModel {
  let rows: ComparedRows
  private let options: GroupTimeDiD
  /// nil without covariates and for outcome regression.
  let scores: CellScores?
  /// One for each slice of the rows; empty without covariates.
  let slices: [Slice]

  /// What keeps a cell from being adjusted; columns count the intercept as 0.
  enum Fault: Error {
    case dependent(column: Int)
    case separated(column: Int?)
  }

  /// One of the periods that are compared, with its regressions but for their outcomes.
  struct Slice {
    let rows: ComparedRows.Slice
    /// Of the compared; nil for inverse probability weights.
    let compared: LeastSquares?
    /// Of the treated: for doubly robust levels.
    let treated: LeastSquares?
    /// The mean columns of the treated in this period, and of the compared by their odds.
    let means: (treated: [Double], compared: [Double])
  }

  /// - Throws: `Fault`.
  init(_ rows: ComparedRows, options: GroupTimeDiD) throws {
    self.rows = rows
    self.options = options
    guard rows.width > 1, rows.isComplete else {
      (scores, slices) = (nil, [])
      return
    }
    let adjustment = options.adjustment
    let scores = adjustment == .outcomeRegression ? nil : try CellScores(rows)
    self.scores = scores
    slices = try rows.slices.map { slice in
      Slice(
        rows: slice,
        compared: adjustment == .inverseProbability ? nil : try rows.regression(slice.compared),
        treated: adjustment == .doublyRobust && rows.hasLevels
          ? try rows.regression(slice.treated) : nil,
        means: (
          rows.meanColumns(slice.treated, rows.weights),
          rows.meanColumns(slice.compared, scores?.odds ?? rows.weights)
        ))
    }
  }

  /// The effect in a cell, from an outcome for each row.
  func difference(of outcomes: [Double]) -> InfluenceSum {
    guard slices.isEmpty else {
      return AdjustedDifference(self, outcomes, options: options).estimate()
    }
    var sum = InfluenceSum(count: outcomes.count)
    for slice in rows.slices {
      sum.addMean(slice.sign, slice.treated, weights: rows.weights, of: outcomes)
      sum.addMean(-slice.sign, slice.compared, weights: rows.weights, of: outcomes)
    }
    return sum
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

  /// - Throws: `CellModel.Fault`.
  init(_ rows: ComparedRows) throws {
    self.rows = rows
    do {
      logit = try Regression(
        logit: rows.units.indices.map { rows.treated.contains($0) }, on: rows.columns,
        width: rows.width, weights: rows.weights)
    } catch Regression.Fault.dependent(let column) {
      throw CellModel.Fault.dependent(column: column)
    } catch Regression.Fault.separated {
      throw CellModel.Fault.separated(column: rows.separatingColumn)
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
  /// The mean of the columns over a side, by weights.
  func meanColumns(_ side: Range<Int>, _ weights: [Double]) -> [Double] {
    let total = weights[side].reduce(0, +)
    return Regression.product(columns, width: width, weights, rows: side).map { $0 / total }
  }

  /// - Throws: `CellModel.Fault`.
  fileprivate func regression(_ side: Range<Int>) throws -> LeastSquares {
    do {
      return try LeastSquares(on: columns, width: width, weights: weights, rows: side)
    } catch Regression.Fault.dependent(let column) {
      throw CellModel.Fault.dependent(column: column)
    }
  }

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
