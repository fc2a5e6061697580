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
    let size = matrix.rows
    self.init(
      lowerTriangle: (0..<size).flatMap { row in
        matrix.elements[(row * size)...(row * size + row)]
      }, size: size, tolerance: tolerance)
  }

  /// Factorises a matrix given by the rows of its lower triangle, one after the other.
  ///
  /// Further rows are right sides, each as long as a row of a triangle would be at its place; what they
  /// have after `size` numbers does not matter.
  package init(lowerTriangle: [Double], size: Int, tolerance: Double = 1e-11) {
    var rows = size
    while Self.start(ofRow: rows) < lowerTriangle.count { rows += 1 }
    precondition(lowerTriangle.count == Self.start(ofRow: rows))
    self.size = size
    factor = lowerTriangle
    var found: [Int] = []
    factor.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      // Column by column: the rows of a column do not wait for each other.
      for j in 0..<size {
        let own = base + Self.start(ofRow: j)
        let pivot = own[j] - dot(own, own, j)
        if pivot > tolerance * own[j], pivot > 0 {
          own[j] = pivot.squareRoot()
          reduce(base, own, j, rows: (j + 1)..<max(rows, j + 1))
        } else {
          found.append(j)
          for k in 0..<j { own[k] = 0 }
          own[j] = 1
          for i in (j + 1)..<max(rows, j + 1) { base[Self.start(ofRow: i) + j] = 0 }
        }
      }
    }
    dependent = found
  }

  /// Where a row of a lower triangle begins.
  package static func start(ofRow row: Int) -> Int { row * (row + 1) / 2 }

  /// What earlier columns leave of a column, by its square; 1 where it is dependent.
  package func pivot(_ place: Int) -> Double {
    let root = factor[Self.start(ofRow: place) + place]
    return root * root
  }

  /// Some of the numbers that solve the equations of the first columns for one of the right sides.
  package func solution(ofRightSide place: Int, for unknowns: Range<Int>) -> [Double] {
    let start = Self.start(ofRow: size + place)
    var x = Array(factor[start..<(start + unknowns.upperBound)])
    factor.withUnsafeBufferPointer { buffer in
      x.withUnsafeMutableBufferPointer { target in
        guard let base = buffer.baseAddress, let x = target.baseAddress else { return }
        substituteBack(base, x, unknowns)
      }
    }
    for i in dependent where i < x.count { x[i] = 0 }
    return Array(x[unknowns])
  }

  /// Solves `matrix · x = right`, with zero at the dependent places.
  package func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == size)
    var x = right
    for i in dependent { x[i] = 0 }
    factor.withUnsafeBufferPointer { buffer in
      x.withUnsafeMutableBufferPointer { target in
        guard let base = buffer.baseAddress, let x = target.baseAddress else { return }
        for i in 0..<size {
          let row = base + Self.start(ofRow: i)
          x[i] = (x[i] - dot(row, x, i)) / row[i]
        }
        substituteBack(base, x, 0..<size)
      }
    }
    for i in dependent { x[i] = 0 }
    return x
  }

  private func substituteBack(
    _ base: UnsafePointer<Double>, _ x: UnsafeMutablePointer<Double>, _ unknowns: Range<Int>
  ) {
    for i in unknowns.reversed() {
      let row = base + Self.start(ofRow: i)
      x[i] /= row[i]
      add(-x[i], row, to: x, i)
    }
  }

  /// L′x, whose square is x′·matrix·x when no column is dependent.
  package func transposedProduct(_ x: [Double]) -> [Double] {
    precondition(x.count == size)
    return (0..<size).map { column in
      (column..<size).reduce(0) { $0 + factor[Self.start(ofRow: $1) + column] * x[$1] }
    }
  }

  /// L·x: independent standard normal numbers become ones with the covariance `matrix`.
  package func product(_ x: [Double]) -> [Double] {
    precondition(x.count == size)
    return (0..<size).map { row in
      (0...row).reduce(0) { $0 + factor[Self.start(ofRow: row) + $1] * x[$1] }
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

/// Takes from a column of some rows what earlier columns explain, and divides by its pivot.
private func reduce(
  _ base: UnsafeMutablePointer<Double>, _ own: UnsafeMutablePointer<Double>, _ column: Int,
  rows: Range<Int>
) {
  let pivot = own[column]
  func start(_ row: Int) -> UnsafeMutablePointer<Double> { base + Cholesky.start(ofRow: row) }
  let whole = rows.lowerBound + (rows.count & ~3)
  for row in stride(from: rows.lowerBound, to: whole, by: 4) {
    let (a, b, c, d) = (start(row), start(row + 1), start(row + 2), start(row + 3))
    let values =
      (SIMD4(a[column], b[column], c[column], d[column]) - fourDots(own, a, b, c, d, column))
      / pivot
    (a[column], b[column], c[column], d[column]) = (values[0], values[1], values[2], values[3])
  }
  for row in whole..<rows.upperBound {
    let row = start(row)
    row[column] = (row[column] - dot(row, own, column)) / pivot
  }
}
