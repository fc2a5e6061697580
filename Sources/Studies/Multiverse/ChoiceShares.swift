import Effects
import LinearAlgebra

/// How much of the variance of some numbers each of several choices explains.
///
/// The numbers are regressed on the options of some choices; what a choice adds to R² is averaged over
/// all orders in which the choices could come (Lindeman, Merenda and Gold 1980; Grömping 2007,
/// 10.1198/000313007X188252). The shares sum to the R² of all choices; the rest is what they do together.
///
/// - Parameters:
///   - numbers: what varies.
///   - options: for each number, the place of its option in each choice.
///   - counts: the number of options of each choice.
/// - Returns: a share for each choice.
func choiceShares(_ numbers: [Double], options: [[Int]], counts: [Int]) -> [Double] {
  let design = OptionDesign(numbers, options: options, counts: counts)
  guard design.total > 0 else { return counts.map { _ in 0 } }
  let choices = counts.count
  let explained = (0..<(1 << choices)).map { design.explained($0) / design.total }
  return (0..<choices).map { choice in
    (0..<(1 << choices)).filter { $0 & (1 << choice) == 0 }.reduce(0) { sum, others in
      let before = others.nonzeroBitCount
      let weight = 1 / (Double(choices) * binomial(choices - 1, before))
      return sum + weight * (explained[others | (1 << choice)] - explained[others])
    }
  }
}

/// The cross products of marks for the options, all less their means.
private struct OptionDesign {
  /// The columns of each choice: a mark for each of its options but the first.
  private let columns: [Range<Int>]
  private let products: Matrix
  private let moments: [Double]
  let total: Double

  init(_ numbers: [Double], options: [[Int]], counts: [Int]) {
    var start = 0
    let columns = counts.map { count in
      defer { start += count - 1 }
      return start..<(start + count - 1)
    }
    self.columns = columns
    let width = start
    var sums = [Double](repeating: 0, count: width)
    var products = Matrix(zeros: width, width)
    var moments = [Double](repeating: 0, count: width)
    let n = Double(max(1, numbers.count))
    let centre = numbers.reduce(0, +) / n
    var total = 0.0
    for (number, own) in zip(numbers, options) {
      let value = number - centre
      total += value * value
      let marks = zip(columns, own).compactMap { $1 > 0 ? $0.lowerBound + $1 - 1 : nil }
      for mark in marks {
        sums[mark] += 1
        moments[mark] += value
        for other in marks { products[mark, other] += 1 }
      }
    }
    for row in 0..<width {
      for column in 0..<width { products[row, column] -= sums[row] * sums[column] / n }
    }
    self.products = products
    self.moments = moments
    self.total = total
  }

  /// The sum of squares that some choices explain, given as the bits of a number.
  func explained(_ choices: Int) -> Double {
    let places = columns.indices.filter { choices & (1 << $0) != 0 }.flatMap { columns[$0] }
    guard !places.isEmpty else { return 0 }
    let gram = Matrix(
      rows: places.count, columns: places.count,
      elements: places.flatMap { row in places.map { products[row, $0] } })
    let right = places.map { moments[$0] }
    let solution = Cholesky(gram).solve(right)
    return sequentialDot(solution, right)
  }
}
