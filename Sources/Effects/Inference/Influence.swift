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

  /// The clusters in the order in which units come to them.
  func order(_ units: [Int]) -> [Int] {
    var isKnown = [Bool](repeating: false, count: count)
    return units.compactMap { unit in
      defer { isKnown[places[unit]] = true }
      return isKnown[places[unit]] ? nil : places[unit]
    }
  }

  /// The sum of an influence over the units of each cluster.
  func sums(_ influence: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for (place, value) in zip(places, influence) { sums[place] += value }
    return sums
  }
}

/// √(ΣIF²)/n, with the influence summed within clusters when there are any.
func standardError(_ influence: [Double], _ clustering: Clustering? = nil) -> Double {
  let sums = clustering?.sums(influence) ?? influence
  return sums.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(influence.count)
}

/// IF′IF/n², with the influences summed within clusters when there are any.
func covariance(
  _ influences: [[Double]], _ clustering: Clustering?, threads: Int = 1
) -> Matrix {
  let units = Double(influences.first?.count ?? 0)
  let products = rowProducts(influences.map { clustering?.sums($0) ?? $0 }, threads: threads)
  return Matrix(
    rows: products.rows, columns: products.columns,
    elements: products.elements.map { $0 / units / units })
}
