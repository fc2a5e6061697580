internal import CLAPACK

/// A matrix as a product U·S·Vᵀ, with k = min(rows, columns) singular values, largest first.
package struct SingularValues: Sendable {
  /// U: a row for each row of the matrix, k columns.
  package let left: Matrix
  package let values: [Double]
  /// Vᵀ: k rows, a column for each column of the matrix.
  package let right: Matrix

  /// Decomposes a matrix by LAPACK's divide and conquer.
  ///
  /// - Throws: `LinearAlgebraError.notDecomposed` when a number is not finite or the iteration does not
  ///   settle.
  package init(_ matrix: Matrix) throws {
    guard matrix.elements.allSatisfy(\.isFinite) else { throw LinearAlgebraError.notDecomposed }
    let (rows, columns) = (matrix.rows, matrix.columns)
    let count = min(rows, columns)
    var work = matrix.elements
    var values = [Double](repeating: 0, count: count)
    var left = [Double](repeating: 0, count: rows * count)
    var right = [Double](repeating: 0, count: count * columns)
    _ = oneThread
    let status = LAPACKE_dgesdd(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "S")), Int32(rows), Int32(columns), &work,
      Int32(columns), &values, &left, Int32(count), &right, Int32(columns))
    guard status <= 0 else { throw LinearAlgebraError.notDecomposed }
    precondition(status == 0, "LAPACK refused its arguments (\(status)).")
    self.values = values
    self.left = Matrix(rows: rows, columns: count, elements: left)
    self.right = Matrix(rows: count, columns: columns, elements: right)
  }
}

/// Keeps LAPACK to the thread that calls it: results must not depend on the number of threads.
let oneThread: Void = openblas_set_num_threads(1)
