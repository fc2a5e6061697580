import LinearAlgebra

/// Which units vary together.
struct Clustering: Hashable, Sendable {
  /// The cluster of each unit, by its place in the order in which clusters first appear.
  let places: [Int]
  let count: Int

  init(_ names: [String]) {
    var known: [String: Int] = [:]
    places = names.map { name in
      if let place = known[name] { return place }
      known[name] = known.count
      return known.count - 1
    }
    count = known.count
  }

  /// The sum of an influence over the units of each cluster.
  func sums(_ influence: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for (place, value) in zip(places, influence) { sums[place] += value }
    return sums
  }
}

/// The mean, summed from the first value to the last.
func mean(_ values: [Double]) -> Double {
  values.reduce(0, +) / Double(values.count)
}

/// √(ΣIF²)/n, with the influence summed within clusters when there are any.
func standardError(_ influence: [Double], _ clustering: Clustering? = nil) -> Double {
  let sums = clustering?.sums(influence) ?? influence
  return sums.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(influence.count)
}

/// IF′IF/n², with the influences summed within clusters when there are any.
func covariance(_ influences: [[Double]], _ clustering: Clustering?) -> Matrix {
  var matrix = Matrix(zeros: influences.count, influences.count)
  let units = Double(influences.first?.count ?? 0)
  let sums = influences.map { clustering?.sums($0) ?? $0 }
  for row in sums.indices {
    for column in 0...row {
      matrix[row, column] = dot(sums[row], sums[column]) / units / units
      matrix[column, row] = matrix[row, column]
    }
  }
  return matrix
}
