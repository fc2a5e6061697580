import LinearAlgebra
import Panels

/// The equations that imputation fits to untreated cells, for any adoption dates of the same units.
///
/// Their unknowns are the effects of periods, the coefficients of covariates, and those of marks for the
/// event times before treatment, nearest first. Unit effects are eliminated: a unit adds X′WX − z z′/Σw
/// with z = X′w over its untreated cells, which depends on its own date alone. So dates only add up what
/// was worked out once. All assignments share one, so that it is a class.
final class UntreatedEquations: Sendable {
  private let terms: UnitTerms
  /// The dates that units may be given, as places of periods.
  private let dates: [Int]
  /// The place of a date among the dates, by its period.
  private let slots: [Int?]
  /// What all units add while nobody is treated.
  private let untreated: [Double]
  /// What each unit's dates, one after the other, and then leaving it out, add to that.
  private let changes: [Double]

  /// The most numbers that are kept: 64 MB.
  private static let limit = 1 << 23

  /// Nil when there would be too much to keep.
  init?(_ design: AdoptionDesign, dates: [Int], leads: Int) {
    terms = UnitTerms(design, leads: leads)
    self.dates = dates
    slots = (0..<design.periodCount).map { dates.firstIndex(of: $0) }
    let units = design.starts.indices
    guard units.count * (dates.count + 1) * terms.width <= Self.limit else { return nil }
    (untreated, changes) = changesByDate(units, dates, width: terms.width) { [terms] in
      terms.add(unit: $0, start: $1, to: &$2)
    }
  }

  /// The weights of the cells in the mean imputed effect under some dates, and the largest difference
  /// before treatment, at as many event times as can be told apart, where right sides are given.
  ///
  /// Nil where cells do not hang together or effects leave next to nothing of a covariate: all cells must
  /// then be fitted again.
  ///
  /// - Throws: `EffectError.noEstimableCell`.
  func solve(
    _ adoptions: [Adoption], _ sides: RightSides? = nil
  ) throws -> (weights: [Double], preTrend: Double?)? {
    guard terms.isConnected(under: adoptions) else { return nil }
    let size = sides == nil ? terms.fitted : terms.unknowns
    let bordered = bordered(adoptions, sides)
    let treatedWeight = bordered[Cholesky.start(ofRow: size) + size]
    let squares = (terms.periods..<terms.fitted).map { bordered[Cholesky.start(ofRow: $0) + $0] }
    let factor = Cholesky(lowerTriangle: bordered, size: size)
    guard isPlain(factor, squares) else { return nil }
    guard treatedWeight > 0 else { throw EffectError.noEstimableCell }
    let dual = factor.solution(ofRightSide: 0, for: 0..<terms.fitted).map { $0 / treatedWeight }
    let known = factor.dependent.first { $0 >= terms.fitted } ?? size
    return (
      terms.weights(dual, adoptions, treatedWeight: treatedWeight),
      sides == nil
        ? nil
        : factor.solution(ofRightSide: 1, for: terms.fitted..<known).map { abs($0) }.max()
    )
  }

  /// Whether one effect of a used period follows from the others, and no covariate does or nearly.
  private func isPlain(_ factor: Cholesky, _ squares: [Double]) -> Bool {
    factor.dependent.prefix { $0 < terms.fitted }.count == terms.periods - terms.usedPeriods + 1
      && squares.enumerated().allSatisfy { place, square in
        factor.pivot(terms.periods + place) > Self.leastLeft * square
      }
  }

  /// Covariates of which effects leave less than this share are not fitted here.
  private static let leastLeft = 1e-6

  /// What each unit adds to the right side of the equations of some outcomes, given cell by cell.
  func rightSides(of outcomes: [Double]) -> RightSides {
    let (untreated, changes) = changesByDate(
      0..<terms.unitCount, dates, width: terms.unknowns
    ) { terms.add(unit: $0, start: $1, of: outcomes, to: &$2) }
    return RightSides(untreated: untreated, changes: changes)
  }

  /// What units add to the right side: while nobody is treated, and by date beyond that.
  struct RightSides: Sendable {
    fileprivate let untreated: [Double]
    fileprivate let changes: [Double]
  }

  /// The equations' lower triangle under some dates, bordered by what treated cells pull, and by another
  /// right side where there is one; marks have no rows without it.
  private func bordered(_ adoptions: [Adoption], _ sides: RightSides?) -> [Double] {
    let size = sides == nil ? terms.fitted : terms.unknowns
    let count = Cholesky.start(ofRow: size + (sides == nil ? 1 : 2))
    return [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = count
      buffer.initialize(repeating: 0)
      guard let target = buffer.baseAddress else { return }
      let border = Cholesky.start(ofRow: size)
      withSummands(untreated, changes, adoptions) { summands in
        addRows(summands, from: 0, to: target, border)
        addRows(summands, from: terms.width - terms.unknowns - 1, to: target + border, size)
        addRows(summands, from: terms.width - 1, to: target + border + size, 1)
      }
      guard let sides else { return }
      withSummands(sides.untreated, sides.changes, adoptions) { summands in
        addRows(summands, from: 0, to: target + Cholesky.start(ofRow: size + 1), size)
      }
    }
  }

  /// Hands over what all units add while nobody is treated, and then what each one's date changes.
  private func withSummands(
    _ untreated: [Double], _ changes: [Double], _ adoptions: [Adoption],
    _ body: (UnsafeBufferPointer<UnsafePointer<Double>>) -> Void
  ) {
    let width = untreated.count
    untreated.withUnsafeBufferPointer { untreated in
      changes.withUnsafeBufferPointer { changes in
        guard let first = untreated.baseAddress, let source = changes.baseAddress else { return }
        withUnsafeTemporaryAllocation(
          of: UnsafePointer<Double>.self, capacity: adoptions.count + 1
        ) { summands in
          summands.initializeElement(at: 0, to: first)
          var count = 1
          for (unit, adoption) in adoptions.enumerated() {
            guard let slot = slot(adoption) else { continue }
            summands.initializeElement(
              at: count, to: source + (unit * (dates.count + 1) + slot) * width)
            count += 1
          }
          body(UnsafeBufferPointer(rebasing: summands[..<count]))
        }
      }
    }
  }

  private func slot(_ adoption: Adoption) -> Int? {
    switch adoption {
    case .never: return nil
    case .leftOut: return dates.count
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
