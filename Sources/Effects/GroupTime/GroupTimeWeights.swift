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
    var own = [Int](repeating: dates.count, count: unitCount)
    compared.withUnsafeMutableBufferPointer { compared in
      for (unit, adoption) in adoptions.enumerated() {
        let end: Int
        switch adoption {
        case .never: continue
        case .leftOut: end = 0
        case .at(let date):
          guard let slot = slots[date] else {
            preconditionFailure("An assignment gives the dates that the design has.")
          }
          own[unit] = slot
          end = ends[slot]
        }
        for period in end..<periodCount { compared[period * width + unit] = 0 }
      }
    }
    return try weights(own: own, compared: compared)
  }

  /// `own` holds the number of each unit's date, `compared` is 1 where an observed unit is a comparison.
  private func weights(own: [Int], compared: [Double]) throws -> [Double] {
    var total = 0.0
    let weights = [Double](unsafeUninitializedCapacity: observed.count) { buffer, filled in
      filled = observed.count
      buffer.initialize(repeating: 0)
      observed.withUnsafeBufferPointer { observed in
        compared.withUnsafeBufferPointer { compared in
          guard let weights = buffer.baseAddress, let observed = observed.baseAddress,
            let compared = compared.baseAddress
          else { return }
          for (slot, units) in units(own).enumerated() where !units.isEmpty {
            total += add(
              units, of: dates[slot], to: weights, observed: observed, compared: compared)
          }
        }
      }
      let scale = 1 / total
      for place in 0..<(total > 0 ? buffer.count : 0) { buffer[place] *= scale }
    }
    guard total > 0 else { throw EffectError.noEstimableCell }
    return weights
  }

  /// The units of each date, in their order, given the number of each unit's date.
  private func units(_ own: [Int]) -> [ArraySlice<Int>] {
    var bounds = [Int](repeating: 0, count: dates.count + 2)
    for slot in own { bounds[slot + 1] += 1 }
    for slot in dates.indices { bounds[slot + 1] += bounds[slot] }
    var units = own
    var next = bounds
    for (unit, slot) in own.enumerated() where slot < dates.count {
      units[next[slot]] = unit
      next[slot] += 1
    }
    return dates.indices.map { units[bounds[$0]..<bounds[$0 + 1]] }
  }

  /// Adds the cells of one date's units, and gives how much they count.
  private func add(
    _ units: ArraySlice<Int>, of date: (start: Int, base: Int),
    to weights: UnsafeMutablePointer<Double>,
    observed: UnsafePointer<Double>, compared: UnsafePointer<Double>
  ) -> Double {
    let based = observed + date.base * width
    let before = weights + date.base * width
    let share = Double(units.count)
    var total = 0.0
    for period in date.start..<periodCount {
      let now = observed + period * width
      let n = units.reduce(0) { $0 + based[$1] * now[$1] }
      let m = dot(compared + period * width, based, width)
      guard n > 0, m > 0 else { continue }
      total += share
      let after = weights + period * width
      shift(share / m, compared + period * width, based, from: after, to: before, width)
      for unit in units where based[unit] * now[unit] > 0 {
        after[unit] += share / n
        before[unit] -= share / n
      }
    }
    return total
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
