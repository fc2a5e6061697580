import LinearAlgebra
import Panels

/// The weights of the cells' outcomes in the overall group-time effect, under any adoption dates.
///
/// The weighted sum is what `GroupTimeDiD.estimate` gives without covariates and weights. The weights lie
/// period after period, each period's units padded to whole vectors.
struct GroupTimeWeights: Sendable {
  /// The dates that units may be given with the base of each, by their places.
  private let dates: [(start: Int, base: Int)]
  /// The number of each period's date among those; nil: no date.
  private let slots: [Int?]
  /// For each date, the first period for which its units are no comparison.
  private let ends: [Int]
  private let unitCount: Int
  private let periodCount: Int
  /// Units padded to whole vectors.
  private let width: Int
  /// 1 where the unit is observed in the period, else 0.
  private let observed: [Double]

  init(_ design: GroupTimeDesign, dates: [Int]) {
    let panel = design.panel
    let anticipation = design.options.anticipation
    let based = dates.compactMap { date in
      panel.base(ofStart: date, anticipation: anticipation).map { (start: date, base: $0) }
    }
    self.dates = based
    slots = panel.periods.indices.map { period in based.firstIndex { $0.start == period } }
    unitCount = panel.units.count
    periodCount = panel.periods.count
    let width = (panel.units.count + 3) / 4 * 4
    self.width = width
    let isNotYet = design.options.comparison == .notYetTreated
    ends = based.map { date in
      guard isNotYet else { return 0 }
      let start = panel.periods[date.start].number
      return panel.periods.firstIndex { $0.number + anticipation >= start } ?? 0
    }
    observed = panel.periods.indices.flatMap { period in
      (0..<width).map { unit in
        unit < panel.units.count && panel.isObserved(unit: unit, period: period) ? 1 : 0
      }
    }
  }

  /// The cell of each weight, by its place in the panel.
  var places: [Int?] {
    (0..<periodCount).flatMap { period in
      (0..<width).map { $0 < unitCount ? $0 * periodCount + period : nil }
    }
  }

  /// The weights when the units are first treated at these dates.
  ///
  /// Each cell (g, t) is the mean change of its cohort less that of its comparison units, and counts as
  /// its cohort has units (Callaway and Sant'Anna 2021, `simple`).
  ///
  /// - Throws: `EffectError.noEstimableCell`.
  func callAsFunction(_ adoptions: [Adoption]) throws -> [Double] {
    var compared = observed
    var own = [[Int]](repeating: [], count: dates.count)
    for (unit, adoption) in adoptions.enumerated() {
      let end: Int
      switch adoption {
      case .never: continue
      case .leftOut: end = 0
      case .at(let date):
        guard let slot = slots[date] else {
          preconditionFailure("An assignment gives the dates that the design has.")
        }
        own[slot].append(unit)
        end = ends[slot]
      }
      for period in end..<periodCount { compared[period * width + unit] = 0 }
    }
    return try weights(own: own, compared: compared)
  }

  /// `own` holds the units of each date, `compared` is 1 where an observed unit is a comparison.
  private func weights(own: [[Int]], compared: [Double]) throws -> [Double] {
    var weights = [Double](repeating: 0, count: observed.count)
    var total = 0.0
    weights.withUnsafeMutableBufferPointer { weights in
      observed.withUnsafeBufferPointer { observed in
        compared.withUnsafeBufferPointer { compared in
          guard let weights = weights.baseAddress, let observed = observed.baseAddress,
            let compared = compared.baseAddress
          else { return }
          for (slot, units) in own.enumerated() where !units.isEmpty {
            let (start, base) = dates[slot]
            let based = observed + base * width
            let treated = units.filter { based[$0] > 0 }
            for period in start..<periodCount {
              let now = observed + period * width
              let n = treated.reduce(0) { $0 + now[$1] }
              let m = dot(compared + period * width, based, width)
              guard n > 0, m > 0 else { continue }
              let share = Double(units.count)
              total += share
              let (after, before) = (weights + period * width, weights + base * width)
              shift(share / m, compared + period * width, based, from: after, to: before, width)
              for unit in treated where now[unit] > 0 {
                after[unit] += share / n
                before[unit] -= share / n
              }
            }
          }
        }
      }
    }
    guard total > 0 else { throw EffectError.noEstimableCell }
    let scale = 1 / total
    return weights.map { $0 * scale }
  }
}

/// Takes `factor`·aᵢ·bᵢ from one row and adds it to another; `count` is a multiple of four.
private func shift(
  _ factor: Double, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
  from source: UnsafeMutablePointer<Double>, to target: UnsafeMutablePointer<Double>, _ count: Int
) {
  let (left, right) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  let (out, into) = (UnsafeMutableRawPointer(source), UnsafeMutableRawPointer(target))
  for index in stride(from: 0, to: count, by: 4) {
    let offset = index * MemoryLayout<Double>.stride
    let product =
      factor * left.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
      * right.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
    let less = out.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self) - product
    out.storeBytes(of: less, toByteOffset: offset, as: SIMD4<Double>.self)
    let more = into.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self) + product
    into.storeBytes(of: more, toByteOffset: offset, as: SIMD4<Double>.self)
  }
}
