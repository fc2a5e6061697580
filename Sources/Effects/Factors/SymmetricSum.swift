import LinearAlgebra

/// A sum of outer products of vectors, in the making.
struct SymmetricSum {
  private let size: Int
  /// The lower triangle and the diagonal of the sum; above it nothing is kept.
  private var elements: [Double]

  init(_ size: Int) { self.init(Matrix(zeros: size, size)) }

  init(_ matrix: Matrix) {
    size = matrix.rows
    elements = matrix.elements
  }

  /// Adds `factor` times the product of a vector with itself.
  mutating func add(_ vector: ArraySlice<Double>, times factor: Double) {
    let size = size
    elements.withUnsafeMutableBufferPointer { sums in
      vector.withUnsafeBufferPointer { vector in
        guard let sums = sums.baseAddress, let vector = vector.baseAddress else { return }
        for row in 0..<size {
          LinearAlgebra.add(factor * vector[row], vector, to: sums + row * size, row + 1)
        }
      }
    }
  }

  var trace: Double { (0..<size).reduce(0) { $0 + elements[$1 * size + $1] } }

  /// The sum as a whole.
  var matrix: Matrix {
    var whole = elements
    for row in 0..<size {
      for column in 0..<row { whole[column * size + row] = whole[row * size + column] }
    }
    return Matrix(rows: size, columns: size, elements: whole)
  }
}
