import LinearAlgebra
import Panels

/// The equations that imputation fits to untreated cells, for any adoption dates of the same units.
///
/// Their unknowns are the effects of periods, the coefficients of covariates, and those of marks for the
/// event times before treatment, nearest first. Unit effects are eliminated: a unit adds X′WX − z z′/Σw
/// with z = X′w over its untreated cells, which depends on its own date alone. So dates only add up what
/// was worked out once.
struct UntreatedEquations: Sendable {
  private let terms: UnitTerms
  /// The place of a date among the dates, by its period.
  private let slots: [Int?]
  private let dateCount: Int
  /// What all units add while nobody is treated.
  private let untreated: [Double]
  /// What each unit's dates, one after the other, and then leaving it out, add to that.
  private let changes: [Double]

  /// The most numbers that are kept: 64 MB.
  private static let limit = 1 << 23

  /// Nil when there would be too much to keep.
  init?(_ design: AdoptionDesign, dates: [Int], leads: Int) {
    terms = UnitTerms(design, leads: leads)
    slots = (0..<design.periodCount).map { dates.firstIndex(of: $0) }
    dateCount = dates.count
    let units = design.starts.indices
    guard units.count * (dateCount + 1) * terms.width <= Self.limit else { return nil }
    (untreated, changes) = changesByDate(units, dates, width: terms.width) { [terms] in
      terms.add(unit: $0, start: $1, to: &$2)
    }
  }

  /// The equations under some dates; nil where they must be solved in another way, as cells do not hang
  /// together or effects leave next to nothing of a covariate.
  ///
  /// - Throws: `EffectError.noEstimableCell`.
  func fit(_ adoptions: [Adoption], isMarked: Bool) throws -> UntreatedFit? {
    guard terms.isConnected(under: adoptions) else { return nil }
    let sum = sum(untreated, changes, adoptions, count: isMarked ? terms.width : terms.unmarked)
    return try UntreatedFit(sum, terms, adoptions)
  }

  /// What each unit adds to the right side of the equations of some outcomes, given cell by cell.
  func rightSides(of outcomes: [Double]) -> RightSides {
    let dates = slots.indices.filter { slots[$0] != nil }.sorted { slots[$0] ?? 0 < slots[$1] ?? 0 }
    let (untreated, changes) = changesByDate(
      0..<terms.unitCount, dates, width: terms.unknowns
    ) { terms.add(unit: $0, start: $1, of: outcomes, to: &$2) }
    return RightSides(untreated: untreated, changes: changes)
  }

  /// The right side under some dates.
  func rightSide(_ sides: RightSides, _ adoptions: [Adoption]) -> [Double] {
    sum(sides.untreated, sides.changes, adoptions, count: terms.unknowns)
  }

  /// What units add to the right side: while nobody is treated, and by date beyond that.
  struct RightSides: Sendable {
    fileprivate let untreated: [Double]
    fileprivate let changes: [Double]
  }

  /// The first numbers of what all units add under some dates.
  private func sum(
    _ untreated: [Double], _ changes: [Double], _ adoptions: [Adoption], count: Int
  ) -> [Double] {
    let width = untreated.count
    var sum = Array(untreated.prefix(count))
    sum.withUnsafeMutableBufferPointer { sum in
      changes.withUnsafeBufferPointer { changes in
        guard let target = sum.baseAddress, let source = changes.baseAddress else { return }
        for (unit, adoption) in adoptions.enumerated() {
          guard let slot = slot(adoption) else { continue }
          add(1, source + (unit * (dateCount + 1) + slot) * width, to: target, count)
        }
      }
    }
    return sum
  }

  private func slot(_ adoption: Adoption) -> Int? {
    switch adoption {
    case .never: return nil
    case .leftOut: return dateCount
    case .at(let date):
      guard let slot = slots[date] else {
        preconditionFailure("An assignment gives the dates that the design has.")
      }
      return slot
    }
  }
}

/// What units add up to while nobody is treated, and what each unit's dates, and then leaving it out, add
/// to that; `width` numbers each.
private func changesByDate(
  _ units: Range<Int>, _ dates: [Int], width: Int,
  _ add: (_ unit: Int, _ start: Int?, _ sum: inout [Double]) -> Void
) -> (untreated: [Double], changes: [Double]) {
  var untreated = [Double](repeating: 0, count: width)
  var changes: [Double] = []
  changes.reserveCapacity(units.count * (dates.count + 1) * width)
  for unit in units {
    var own = [Double](repeating: 0, count: width)
    add(unit, nil, &own)
    LinearAlgebra.add(1, own, to: &untreated)
    let without = own.map { 0 - $0 }
    for date in dates {
      var change = without
      add(unit, date, &change)
      changes += change
    }
    changes += without
  }
  return (untreated, changes)
}

/// The equations under some dates, solved for the weights of cells or the differences before treatment.
struct UntreatedFit {
  private let terms: UnitTerms
  private let adoptions: [Adoption]
  /// What treated cells pull, as the right side of their weights.
  private let pull: [Double]
  private let treatedWeight: Double
  private let factor: Cholesky

  /// Covariates of which effects leave less than this share are not fitted here.
  private static let leastLeft = 1e-6

  fileprivate init?(_ sum: [Double], _ terms: UnitTerms, _ adoptions: [Adoption]) throws {
    let size = sum.count == terms.width ? terms.unknowns : terms.fitted
    let head = terms.head
    let factor = Cholesky(lowerTriangle: Array(sum[head...]), size: size)
    let isPlain =
      factor.dependent.prefix { $0 < terms.fitted }.count == terms.periods - terms.usedPeriods
      + 1
      && (terms.periods..<terms.fitted).allSatisfy { place in
        factor.pivot(place) > Self.leastLeft * sum[head + Cholesky.start(ofRow: place) + place]
      }
    guard isPlain else { return nil }
    guard sum[0] > 0 else { throw EffectError.noEstimableCell }
    self.terms = terms
    self.adoptions = adoptions
    self.factor = factor
    treatedWeight = sum[0]
    pull = Array(sum[1..<head])
  }

  /// The weights of the cells in the mean imputed effect.
  func weights() -> [Double] {
    let dual = factor.solve(pull).map { $0 / treatedWeight }
    return terms.weights(dual, adoptions, treatedWeight: treatedWeight)
  }

  /// The largest difference before treatment, at as many event times as can be told apart.
  func largestDifference(_ right: [Double]) -> Double? {
    let known = factor.dependent.first { $0 >= terms.fitted } ?? terms.unknowns
    guard known > terms.fitted else { return nil }
    return factor.solve(Array(right[..<known]))[terms.fitted...].map { abs($0) }.max()
  }
}
