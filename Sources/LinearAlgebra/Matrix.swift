internal import CLAPACK

/// A dense matrix of `Double`, stored row after row.
public struct Matrix: Hashable, Sendable {
  public let rows: Int
  public let columns: Int
  public private(set) var elements: [Double]

  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(
      elements.count == rows * columns,
      "A \(rows) × \(columns) matrix needs \(rows * columns) elements, not \(elements.count).")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public init(zeros rows: Int, _ columns: Int) {
    self.init(
      rows: rows, columns: columns, elements: Array(repeating: 0, count: rows * columns))
  }

  /// The first rows.
  package func prefix(_ count: Int) -> Matrix {
    Matrix(rows: count, columns: columns, elements: Array(elements.prefix(count * columns)))
  }

  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }
}

/// What a matrix can be wrong about.
public enum LinearAlgebraError: Error, Hashable {
  /// The matrix is not positive definite at this leading minor, counted from 1.
  case notPositiveDefinite(minor: Int)
  /// The weights found stop short of the optimum by this relative duality gap.
  case notOptimal(residual: Double)
  /// The singular values or eigenvalues of a matrix were not found.
  case notDecomposed
}

extension LinearAlgebraError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notPositiveDefinite(let minor):
      "The matrix is not positive definite (leading minor \(minor)): two of its columns carry the "
        + "same information."
    case .notOptimal(let residual):
      "The weights stop short of their optimum (relative duality gap \(residual)): the outcomes differ "
        + "too much in size; rescale them or leave out the largest unit."
    case .notDecomposed:
      "The main directions of the outcomes were not found: they differ too much in size; rescale them "
        + "or leave out the largest unit."
    }
  }
}

/// Solves `matrix · x = right` for a symmetric positive definite matrix by Cholesky's factorisation.
///
/// - Throws: `LinearAlgebraError.notPositiveDefinite`.
package func solvePositiveDefinite(_ matrix: Matrix, _ right: [Double]) throws -> [Double] {
  precondition(matrix.rows == matrix.columns && right.count == matrix.rows)
  var factor = matrix.elements
  var solution = right
  let n = Int32(matrix.rows)
  let status = LAPACKE_dposv(
    LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "U")), n, 1, &factor, n, &solution, 1)
  if status > 0 { throw LinearAlgebraError.notPositiveDefinite(minor: Int(status)) }
  precondition(status == 0, "LAPACK refused its arguments (\(status)).")
  return solution
}
