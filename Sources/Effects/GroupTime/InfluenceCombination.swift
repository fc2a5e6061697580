import LinearAlgebra
import Panels

/// An influence as a sum of the cells' influences, of cohort memberships and of a constant.
///
/// All aggregates are such sums; what holds for the terms under draws of signs holds for the sum.
struct InfluenceCombination {
  /// The factor of each cell that takes part, by its place.
  private var cells: [Int: Double] = [:]
  /// The factor of each cohort's membership, by the place of its first period.
  private var cohorts: [Int: Double] = [:]
  private var constant = 0.0

  init() {}

  init(cell place: Int) { cells[place] = 1 }

  mutating func add(_ factor: Double, _ other: InfluenceCombination) {
    cells.merge(other.cells.mapValues { factor * $0 }, uniquingKeysWith: +)
    cohorts.merge(other.cohorts.mapValues { factor * $0 }, uniquingKeysWith: +)
    constant += factor * other.constant
  }

  /// Adds the influence of a cohort's share: membership less its mean.
  mutating func addShare(of cohort: Int, _ factor: Double, mean: Double) {
    cohorts[cohort, default: 0] += factor
    constant -= factor * mean
  }

  /// The sum for each unit of a design.
  func influence(_ estimated: [EstimatedCell], _ design: GroupTimeDesign) -> [Double] {
    var sum = [Double](repeating: constant, count: design.panel.units.count)
    for (place, factor) in ascending(cells) {
      LinearAlgebra.add(factor, estimated[place].influence, to: &sum)
    }
    let factors = design.panel.periods.indices.map { cohorts[$0] }
    for (unit, start) in design.starts.enumerated() {
      guard let start, let factor = factors[start] else { continue }
      sum[unit] += factor * design.shareWeights[unit]
    }
    return sum
  }

  /// The sum of moves under draws of signs, draw by draw.
  fileprivate func moves(_ drawn: DrawnMoves) -> [Double] {
    var sum = drawn.constant.map { constant * $0 }
    for (place, factor) in ascending(cells) {
      LinearAlgebra.add(factor, drawn.cells[place], to: &sum)
    }
    for (cohort, factor) in ascending(cohorts) {
      if let moves = drawn.cohorts[cohort] { LinearAlgebra.add(factor, moves, to: &sum) }
    }
    return sum
  }

  private func ascending(_ terms: [Int: Double]) -> [(key: Int, value: Double)] {
    terms.sorted { $0.key < $1.key }
  }
}

/// How far cells, cohort memberships and a constant move under the same draws of signs.
struct DrawnMoves {
  let cells: [[Double]]
  fileprivate let cohorts: [Int: [Double]]
  fileprivate let constant: [Double]
  private let bootstrap: MultiplierBootstrap

  init(_ bootstrap: MultiplierBootstrap, design: GroupTimeDesign, cells estimated: [EstimatedCell])
  {
    let units = design.panel.units.count
    let moves = bootstrap.moves(
      estimated.map(\.influence) + design.cohorts.map(design.membership)
        + [[Double](repeating: 1, count: units)], clustering: design.clustering,
      order: design.unitsByCohort)
    self.bootstrap = bootstrap
    cells = Array(moves.prefix(estimated.count))
    cohorts = Dictionary(
      uniqueKeysWithValues: zip(design.cohorts, moves.dropFirst(estimated.count)))
    constant = moves.last ?? []
  }

  /// The band around the cells.
  var cellBand: MultiplierBootstrap.Band { bootstrap.band(cells) }

  /// The band around several combinations.
  func band(_ combinations: [InfluenceCombination]) -> MultiplierBootstrap.Band {
    bootstrap.band(combinations.map { $0.moves(self) })
  }
}

extension GroupTimeDesign {
  /// The places of the units, cohort after cohort: those of a cohort have influence on the same cells.
  fileprivate var unitsByCohort: [Int] {
    var runs = [[Int]](repeating: [], count: panel.periods.count + 1)
    for (unit, start) in starts.enumerated() { runs[start ?? panel.periods.count].append(unit) }
    return runs.flatMap { $0 }
  }

  /// How much each unit counts in a cohort; zero outside it.
  func membership(of cohort: Int) -> [Double] {
    zip(starts, shareWeights).map { $0 == cohort ? $1 : 0 }
  }
}
