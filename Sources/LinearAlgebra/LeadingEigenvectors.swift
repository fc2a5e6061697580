internal import CLAPACK

/// Some of the largest eigenvalues of a symmetric matrix with their vectors, largest first.
package struct LeadingEigenvectors: Sendable {
  package let values: [Double]
  /// A row for each value: orthonormal vectors, each with its largest entry above zero.
  package let vectors: Matrix

  /// Which eigenvalues are looked for.
  package enum Selection: Hashable, Sendable {
    case largest(Int)
    case above(Double)
  }

  /// Finds the selected part of the spectrum by LAPACK's relatively robust representations.
  ///
  /// - Throws: `LinearAlgebraError.notDecomposed` when a number is not finite or the search fails.
  package init(_ matrix: Matrix, _ selection: Selection) throws {
    let size = matrix.rows
    precondition(matrix.columns == size, "Eigenvectors are those of a square matrix.")
    guard matrix.elements.allSatisfy(\.isFinite) else { throw LinearAlgebraError.notDecomposed }
    if case .largest(0) = selection {
      (values, vectors) = ([], Matrix(zeros: 0, size))
      return
    }
    var work = matrix.elements
    var found: Int32 = 0
    var values = [Double](repeating: 0, count: size)
    var columns = [Double](repeating: 0, count: size * size)
    var supports = [Int32](repeating: 0, count: 2 * size)
    let (range, low, first): (String, Double, Int) =
      switch selection {
      case .largest(let count): ("I", 0, max(1, size - count + 1))
      case .above(let limit): ("V", limit, 1)
      }
    _ = oneThread
    // Column after column, LAPACK hands the vectors over one after the other.
    let status = LAPACKE_dsyevr(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(range.utf8.first ?? 0),
      CChar(UInt8(ascii: "U")), Int32(size), &work, Int32(size), low,
      .greatestFiniteMagnitude, Int32(first), Int32(size), 0, &found, &values, &columns,
      Int32(size), &supports)
    guard status == 0 else { throw LinearAlgebraError.notDecomposed }
    let order = (0..<Int(found)).reversed()
    self.values = order.map { values[$0] }
    vectors = Matrix(
      rows: Int(found), columns: size,
      elements: order.flatMap { signed(columns[$0 * size..<($0 + 1) * size]) })
  }
}

/// The vector with its largest entry above zero.
private func signed(_ vector: ArraySlice<Double>) -> [Double] {
  let largest = vector.max { abs($0) < abs($1) } ?? 0
  return largest < 0 ? vector.map { -$0 } : Array(vector)
}
