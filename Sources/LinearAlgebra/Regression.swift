import Foundation

/// A regression's coefficients and what each row adds to their error.
///
/// The coefficients differ from their limit by the mean over rows of `scores[i]` · `spread` · xᵢ.
package struct Regression: Sendable {
  package let coefficients: [Double]
  /// The rows that were fitted.
  package let rows: Range<Int>
  /// The weighted residual of each row; zero outside the rows that were fitted.
  package let scores: [Double]
  /// (Σ w x x′ / n)⁻¹, n being all rows.
  package let spread: Matrix
  /// The fitted value of every row, also outside those that were fitted.
  package let fitted: [Double]

  /// What keeps a regression from one solution.
  package enum Fault: Error, Hashable {
    /// A column is explained by those before it.
    case dependent(column: Int)
    /// The columns tell the two classes apart without error.
    case separated
  }

  fileprivate init(_ design: LeastSquares, outcomes: [Double]) {
    let (columns, width, weights) = (design.columns, design.width, design.weights)
    var scores = [Double](repeating: 0, count: outcomes.count)
    for row in design.rows { scores[row] = weights[row] * outcomes[row] }
    let coefficients = design.gram.solve(
      Self.product(columns, width: width, scores, rows: design.rows))
    let fitted = Self.values(columns, width: width, coefficients)
    for row in design.rows { scores[row] = weights[row] * (outcomes[row] - fitted[row]) }
    self.coefficients = coefficients
    rows = design.rows
    self.scores = scores
    self.fitted = fitted
    spread = design.spread
  }

  /// Fits the probability of class one by maximum likelihood, with Newton's steps from zero.
  ///
  /// `fitted` holds probabilities. When every row is on its right side by far, or a step leads nowhere,
  /// the likelihood has no maximum.
  ///
  /// - Throws: `Fault`.
  package init(
    logit isOne: [Bool], on columns: [Double], width: Int, weights: [Double]
  ) throws {
    let n = isOne.count
    var coefficients = [Double](repeating: 0, count: width)
    var lastSize = Double.infinity
    for round in 0... {
      let p = Self.values(columns, width: width, coefficients).map { 1 / (1 + exp(-$0)) }
      let residuals = (0..<n).map { weights[$0] * ((isOne[$0] ? 1 : 0) - p[$0]) }
      let curvature = (0..<n).map { weights[$0] * p[$0] * (1 - p[$0]) }
      let gram = Cholesky(Self.gram(columns, width: width, curvature, rows: 0..<n))
      if let column = gram.dependent.first {
        throw round == 0 ? Fault.dependent(column: column) : Fault.separated
      }
      let step = gram.solve(Self.product(columns, width: width, residuals, rows: 0..<n))
      let size = zip(step, coefficients).map { abs($0) / max(1, abs($1)) }.max() ?? 0
      if size < Self.settled || (size < Self.nearlySettled && size >= lastSize) {
        self.coefficients = coefficients
        rows = 0..<n
        fitted = p
        scores = residuals
        spread = Self.scaled(gram.inverse(), by: Double(n))
        return
      }
      lastSize = size
      for place in 0..<width { coefficients[place] += step[place] }
      let isWild = coefficients.contains { !$0.isFinite || abs($0) > Self.wild }
      if isWild || round > Self.rounds { throw Fault.separated }
    }
    preconditionFailure("The rounds are bounded.")
  }

  /// A Newton step below this share moves nothing that is printed.
  private static let settled = 1e-13
  /// Steps of this size that shrink no more are rounding.
  private static let nearlySettled = 1e-9
  /// On columns of unit spread, a coefficient this large puts every row on one side.
  private static let wild = 500.0
  private static let rounds = 100

  /// Σ w x x′ over some rows.
  fileprivate static func gram(
    _ columns: [Double], width: Int, _ weights: [Double], rows: Range<Int>
  ) -> Matrix {
    var sums = [Double](repeating: 0, count: width * width)
    columns.withUnsafeBufferPointer { columns in
      sums.withUnsafeMutableBufferPointer { sums in
        for row in rows {
          let start = row * width
          for i in 0..<width {
            let scaled = weights[row] * columns[start + i]
            for j in 0...i { sums[i * width + j] += scaled * columns[start + j] }
          }
        }
      }
    }
    for i in 0..<width {
      for j in 0..<i { sums[j * width + i] = sums[i * width + j] }
    }
    return Matrix(rows: width, columns: width, elements: sums)
  }

  /// Σ s x over some rows.
  package static func product(
    _ columns: [Double], width: Int, _ scales: [Double], rows: Range<Int>
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    columns.withUnsafeBufferPointer { columns in
      sums.withUnsafeMutableBufferPointer { sums in
        for row in rows {
          for i in 0..<width { sums[i] += scales[row] * columns[row * width + i] }
        }
      }
    }
    return sums
  }

  /// x′β for some rows; nil: for each.
  package static func values(
    _ columns: [Double], width: Int, _ coefficients: [Double], rows: Range<Int>? = nil
  ) -> [Double] {
    let rows = rows ?? 0..<columns.count / width
    return columns.withUnsafeBufferPointer { columns in
      coefficients.withUnsafeBufferPointer { coefficients in
        rows.map { row in
          var sum = 0.0
          for i in 0..<width { sum += columns[row * width + i] * coefficients[i] }
          return sum
        }
      }
    }
  }

  fileprivate static func scaled(_ matrix: Matrix, by factor: Double) -> Matrix {
    Matrix(
      rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map { $0 * factor })
  }
}

/// Least squares on some rows, each by its weight, prepared for any outcome.
package struct LeastSquares: Sendable {
  fileprivate let columns: [Double]
  fileprivate let width: Int
  fileprivate let weights: [Double]
  fileprivate let rows: Range<Int>
  fileprivate let gram: Cholesky
  fileprivate let spread: Matrix

  /// `columns` holds the rows of X one after another, `width` numbers each.
  ///
  /// - Throws: `Regression.Fault.dependent`.
  package init(on columns: [Double], width: Int, weights: [Double], rows: Range<Int>) throws {
    gram = Cholesky(Regression.gram(columns, width: width, weights, rows: rows))
    if let column = gram.dependent.first { throw Regression.Fault.dependent(column: column) }
    self.columns = columns
    self.width = width
    self.weights = weights
    self.rows = rows
    spread = Regression.scaled(gram.inverse(), by: Double(weights.count))
  }

  /// Fits an outcome for every row.
  package func fit(_ outcomes: [Double]) -> Regression { Regression(self, outcomes: outcomes) }
}
