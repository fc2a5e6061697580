/// A Cholesky factorisation that sets aside the columns that earlier ones explain.
///
/// A column is dependent when its pivot is at most `tolerance` times its diagonal; its coefficient is
/// then zero in every solution.
package struct Cholesky: Sendable {
  private let size: Int
  /// The lower triangle, row after row; dependent rows and columns are zero but for a one.
  private var factor: [Double]
  /// The places of the dependent columns, ascending.
  package private(set) var dependent: [Int] = []

  package init(_ matrix: Matrix, tolerance: Double = 1e-11) {
    precondition(matrix.rows == matrix.columns)
    size = matrix.rows
    factor = matrix.elements
    let size = size
    var found: [Int] = []
    factor.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var isDependent = [Bool](repeating: false, count: size)
      for i in 0..<size {
        let row = base + i * size
        for j in 0..<i {
          let other = base + j * size
          row[j] = isDependent[j] ? 0 : (row[j] - dot(row, other, j)) / other[j]
        }
        let pivot = row[i] - dot(row, row, i)
        if pivot > tolerance * row[i], pivot > 0 {
          row[i] = pivot.squareRoot()
        } else {
          isDependent[i] = true
          found.append(i)
          for j in 0..<i { row[j] = 0 }
          row[i] = 1
        }
        for j in (i + 1)..<size { row[j] = 0 }
      }
    }
    dependent = found
  }

  /// Solves `matrix · x = right`, with zero at the dependent places.
  package func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == size)
    var x = right
    for i in dependent { x[i] = 0 }
    factor.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for i in 0..<size {
        let row = base + i * size
        x[i] = (x[i] - x.withUnsafeBufferPointer { dot(row, $0.baseAddress ?? row, i) }) / row[i]
      }
      for i in stride(from: size - 1, through: 0, by: -1) {
        let row = base + i * size
        x[i] /= row[i]
        let value = x[i]
        x.withUnsafeMutableBufferPointer { target in
          if let target = target.baseAddress { add(-value, row, to: target, i) }
        }
      }
    }
    for i in dependent { x[i] = 0 }
    return x
  }

  /// L′x, whose square is x′·matrix·x when no column is dependent.
  package func transposedProduct(_ x: [Double]) -> [Double] {
    precondition(x.count == size)
    return (0..<size).map { column in
      (column..<size).reduce(0) { $0 + factor[$1 * size + column] * x[$1] }
    }
  }

  /// L·x: independent standard normal numbers become ones with the covariance `matrix`.
  package func product(_ x: [Double]) -> [Double] {
    precondition(x.count == size)
    return (0..<size).map { row in
      (0...row).reduce(0) { $0 + factor[row * size + $1] * x[$1] }
    }
  }

  /// The inverse, with zero rows and columns at the dependent places.
  package func inverse() -> Matrix {
    var inverse = Matrix(zeros: size, size)
    for column in 0..<size {
      var unit = [Double](repeating: 0, count: size)
      unit[column] = 1
      for (row, value) in solve(unit).enumerated() { inverse[row, column] = value }
    }
    for column in dependent {
      for row in 0..<size { inverse[row, column] = 0 }
    }
    return inverse
  }
}
