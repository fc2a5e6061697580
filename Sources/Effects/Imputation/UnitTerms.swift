import LinearAlgebra
import Panels

/// What one unit adds to the equations of imputation, given the date of its treatment.
///
/// A sum is the lower triangle of the equations, row after row, bordered by what treated cells pull at
/// each unknown, with their weight in the corner.
struct UnitTerms: Sendable {
  private let design: AdoptionDesign
  private let leads: Int
  let periods: Int
  /// How much each cell counts; zero where it is not used.
  private let cellWeights: [Double]
  /// The sum of a unit's weights before each period, and of all: one more number than periods.
  private let totals: [Double]
  /// The used periods of each unit as bits, some words each.
  private let masks: [UInt64]
  /// In how many periods any unit has a used cell.
  let usedPeriods: Int
  /// The place from which a unit treated in each period may be affected.
  private let reaches: [Int]

  private static let bits = UInt64.bitWidth

  init(_ design: AdoptionDesign, leads: Int) {
    self.design = design
    self.leads = leads
    let periods = design.periodCount
    self.periods = periods
    let weights = design.isUsed.indices.map { design.isUsed[$0] ? design.weight($0) : 0 }
    cellWeights = weights
    totals = design.starts.indices.flatMap { unit -> [Double] in
      var total = 0.0
      return [0]
        + weights[(unit * periods)..<((unit + 1) * periods)].map { weight in
          total += weight
          return total
        }
    }
    let words = (periods + Self.bits - 1) / Self.bits
    var masks = [UInt64](repeating: 0, count: design.starts.count * words)
    for place in design.isUsed.indices where design.isUsed[place] {
      let (unit, period) = place.quotientAndRemainder(dividingBy: periods)
      masks[unit * words + period / Self.bits] |= 1 << UInt64(period % Self.bits)
    }
    self.masks = masks
    usedPeriods =
      (0..<periods).filter { period in
        design.starts.indices.contains { design.isUsed[$0 * periods + period] }
      }.count
    reaches = (0..<periods).map { design.reach(ofStart: $0) }
  }

  var unitCount: Int { design.starts.count }
  /// The unknowns without marks: effects of periods, and coefficients of covariates.
  var fitted: Int { periods + design.covariates.count }
  var unknowns: Int { fitted + leads }
  /// The numbers of a sum.
  var width: Int { Cholesky.start(ofRow: unknowns + 1) }

  /// Adds a unit's terms to a sum.
  func add(unit: Int, start: Int?, to sum: inout [Double]) {
    let end = end(start)
    let first = unit * periods
    func row(_ place: Int) -> Int { Cholesky.start(ofRow: place) }
    for period in 0..<end where cellWeights[first + period] > 0 {
      let weight = cellWeights[first + period]
      sum[row(period) + period] += weight
      for (place, values) in design.covariates.enumerated() {
        let product = weight * values[first + period]
        sum[row(periods + place) + period] += product
        for other in 0...place {
          sum[row(periods + place) + periods + other] +=
            product * design.covariates[other][first + period]
        }
      }
    }
    for (lead, period) in marked(unit, start) {
      let weight = cellWeights[first + period]
      let mark = row(fitted + lead)
      sum[mark + period] += weight
      sum[mark + fitted + lead] += weight
      for (place, values) in design.covariates.enumerated() {
        sum[mark + periods + place] += weight * values[first + period]
      }
    }
    let total = total(unit, before: end)
    guard total > 0 else { return }
    let sums = regressorSums(unit, start)
    for place in sums.indices where sums[place] != 0 {
      for other in 0...place { sum[row(place) + other] -= sums[place] / total * sums[other] }
    }
    addPull(unit: unit, start: start, sums, total: total, to: &sum)
  }

  /// Adds what a unit's treated cells pull.
  private func addPull(
    unit: Int, start: Int?, _ sums: [Double], total: Double, to sum: inout [Double]
  ) {
    guard let start else { return }
    let first = unit * periods
    let border = Cholesky.start(ofRow: unknowns)
    let treated = totals[unit * (periods + 1) + periods] - self.total(unit, before: start)
    sum[width - 1] += treated
    for period in start..<periods {
      let weight = cellWeights[first + period]
      sum[border + period] += weight
      for (place, values) in design.covariates.enumerated() {
        sum[border + periods + place] += weight * values[first + period]
      }
    }
    for place in 0..<fitted { sum[border + place] -= treated / total * sums[place] }
  }

  /// Adds a unit's terms to the right side of some outcomes' equations.
  func add(unit: Int, start: Int?, of outcomes: [Double], to sum: inout [Double]) {
    let end = end(start)
    let total = total(unit, before: end)
    guard total > 0 else { return }
    let first = unit * periods
    let mean =
      (0..<end).reduce(0) { $0 + cellWeights[first + $1] * outcomes[first + $1] } / total
    for period in 0..<end {
      let product = cellWeights[first + period] * outcomes[first + period]
      sum[period] += product
      for (place, values) in design.covariates.enumerated() {
        sum[periods + place] += product * values[first + period]
      }
    }
    for (lead, period) in marked(unit, start) {
      sum[fitted + lead] += cellWeights[first + period] * outcomes[first + period]
    }
    for (place, value) in regressorSums(unit, start).enumerated() { sum[place] -= value * mean }
  }

  /// X′w over a unit's untreated cells, for all unknowns.
  private func regressorSums(_ unit: Int, _ start: Int?) -> [Double] {
    let first = unit * periods
    var sums = [Double](repeating: 0, count: unknowns)
    for period in 0..<end(start) {
      let weight = cellWeights[first + period]
      sums[period] = weight
      for (place, values) in design.covariates.enumerated() {
        sums[periods + place] += weight * values[first + period]
      }
    }
    for (lead, period) in marked(unit, start) {
      sums[fitted + lead] = cellWeights[first + period]
    }
    return sums
  }

  /// The untreated cells of a unit that a mark falls on: the mark's place and the cell's period.
  private func marked(_ unit: Int, _ start: Int?) -> [(lead: Int, period: Int)] {
    guard let start, leads > 0 else { return [] }
    return (0..<end(start)).compactMap { period in
      let lead = -design.eventTime(period, start: start) - design.anticipation - 1
      return (0..<leads).contains(lead) && cellWeights[unit * periods + period] > 0
        ? (lead, period) : nil
    }
  }

  /// The place from which a unit may be affected.
  private func end(_ start: Int?) -> Int { start.map { reaches[$0] } ?? periods }

  private func end(_ adoption: Adoption) -> Int {
    switch adoption {
    case .never: periods
    case .leftOut: 0
    case .at(let start): reaches[start]
    }
  }

  private func total(_ unit: Int, before period: Int) -> Double {
    totals[unit * (periods + 1) + period]
  }
}

// What a solution, or dates alone, say about all cells.
extension UnitTerms {
  /// The weights v with Σ v·y = the mean imputed effect, given the solution for what treated cells pull.
  ///
  /// v is the share on treated cells and −w(a + x′θ) on untreated ones, a being the unit's own part
  /// (Borusyak, Jaravel and Spiess 2024, 10.1093/restud/rdae007, proposition A1).
  func weights(
    _ dual: [Double], _ adoptions: [Adoption], treatedWeight: Double
  ) -> [Double] {
    var fitted = Array(dual[..<periods])
    return [Double](unsafeUninitializedCapacity: cellWeights.count) { buffer, filled in
      filled = cellWeights.count
      fitted.withUnsafeMutableBufferPointer { fitted in
        cellWeights.withUnsafeBufferPointer { cells in
          guard let weights = buffer.baseAddress, let cells = cells.baseAddress,
            let fitted = fitted.baseAddress
          else { return }
          for unit in adoptions.indices {
            let first = unit * periods
            let end = end(adoptions[unit])
            let total = total(unit, before: end)
            let start = total > 0 ? max(adoptions[unit].date ?? periods, end) : periods
            let treated = self.total(unit, before: periods) - self.total(unit, before: start)
            fit(dual, unit, end, fitted)
            let mean = dot(cells + first, fitted, end)
            let part = total > 0 ? (treated / treatedWeight - mean) / total : 0
            for period in 0..<end {
              weights[first + period] = -cells[first + period] * (part + fitted[period])
            }
            for period in end..<start { weights[first + period] = 0 }
            for period in start..<periods {
              weights[first + period] = cells[first + period] / treatedWeight
            }
          }
        }
      }
    }
  }

  /// Puts x′θ of a unit's first cells in place; without covariates they are those of all units.
  private func fit(
    _ dual: [Double], _ unit: Int, _ end: Int, _ fitted: UnsafeMutablePointer<Double>
  ) {
    guard !design.covariates.isEmpty else { return }
    for period in 0..<end {
      var value = dual[period]
      for (place, values) in design.covariates.enumerated() {
        value += dual[periods + place] * values[unit * periods + period]
      }
      fitted[period] = value
    }
  }

  /// Whether untreated cells tie all units that have some, and all used periods, to each other.
  func isConnected(under adoptions: [Adoption]) -> Bool {
    let words = masks.count / max(1, unitCount)
    var own = masks
    for (unit, adoption) in adoptions.enumerated() where adoption != .never {
      for word in 0..<words { own[unit * words + word] &= bits(before: end(adoption), word: word) }
    }
    guard let first = own.firstIndex(where: { $0 != 0 }) else { return false }
    var reached = Array(own[(first / words * words)..<((first / words + 1) * words)])
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for row in stride(from: 0, to: own.count, by: words) {
        var (shared, further) = (UInt64(0), UInt64(0))
        for word in 0..<words {
          shared |= own[row + word] & reached[word]
          further |= own[row + word] & ~reached[word]
        }
        guard shared != 0, further != 0 else { continue }
        for word in 0..<words { reached[word] |= own[row + word] }
        isGrowing = true
      }
    }
    return reached.reduce(0) { $0 + $1.nonzeroBitCount } == usedPeriods
  }

  /// The bits of a word's periods that come before one.
  private func bits(before end: Int, word: Int) -> UInt64 {
    let count = min(max(end - word * Self.bits, 0), Self.bits)
    return count == Self.bits ? .max : (1 << UInt64(count)) - 1
  }
}
