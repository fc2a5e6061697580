import LinearAlgebra
import Panels

extension SyntheticDiD {
  /// Estimates on other samples of the same panel, for the standard error; nil when there are none.
  func replicate(
    _ method: ErrorMethod, design: WeightingDesign, fits: [SyntheticDiDFit]
  ) throws -> Replications? {
    let source = ReplicationSource(estimator: self, design: design, fits: fits)
    switch method {
    case .placebo(let draws, let seed, let threads):
      return try source.placebos(draws: draws, seed: seed, threads: threads)
    case .jackknife: return source.jackknife()
    case .bootstrap(let draws, let seed, let threads):
      return try source.bootstrap(draws: draws, seed: seed, threads: threads)
    }
  }
}

/// Estimates on other samples, and what they say about the error of the estimate.
public struct Replications: Hashable, Sendable {
  public let estimates: [Double]
  public let standardError: Double
  /// Whether the samples are all there are.
  public let isEnumerated: Bool
  /// The placebo test; nil for other replications.
  public let placebo: Placebo?

  /// The rank of the estimate among the placebo estimates.
  public struct Placebo: Hashable, Sendable {
    /// (1 + #{|τ*| ≥ |τ|}) / (1 + number of placebos).
    public let p: Double
    /// The smallest p that the number of placebos allows.
    public let floor: Double
  }
}

/// Makes the samples and fits them, with the penalties and warm starts of the whole sample.
private struct ReplicationSource: Sendable {
  let estimator: SyntheticDiD
  let design: WeightingDesign
  let fits: [SyntheticDiDFit]

  /// The stream of random numbers that bootstrap samples are drawn from.
  private static let stream: UInt32 = 2

  /// Lets never-treated units play the treated, the treated left out.
  func placebos(draws: Int, seed: UInt64, threads: Int) throws -> Replications {
    let donors = design.sample.donors
    let starts = design.sample.starts.flatMap { start in
      (design.sample.treated[start] ?? []).map { _ in start }
    }
    guard starts.count < donors.count else {
      throw EffectError.tooFewDonors(treated: starts.count, donors: donors.count)
    }
    let rest = [Int?](repeating: nil, count: donors.count - starts.count)
    let reassignment = Reassignment(
      observed: starts + rest, strata: donors.map { _ in 0 },
      admissible: donors.map { unit in
        Set(
          design.sample.starts.filter {
            design.mayStart(unit, at: $0, prePeriods: SyntheticDiD.prePeriods)
          })
      })
    let assignments = try reassignment.assignments(
      limit: Randomization.enumerationLimit, draws: draws, seed: seed, threads: threads)
    let estimates = mapBlocks(assignments.dates.count, blockSize: 4, threads: threads) { range in
      range.map { place in estimate(WeightingSample(donors, dates: assignments.dates[place])) }
    }.compactMap { $0 }
    let att = average(fits)
    let tail = Tail(estimates, observed: att, isEnumerated: false)
    return Replications(
      estimates: estimates, standardError: spread(estimates),
      isEnumerated: assignments.isEnumerated,
      placebo: Replications.Placebo(
        p: tail.p { abs($0) }, floor: 1 / Double(estimates.count + 1)))
  }

  /// Draws as many units as there are, with replacement, until some are treated and some are not.
  func bootstrap(draws: Int, seed: UInt64, threads: Int) throws -> Replications {
    let units = (design.sample.donors + design.sample.treated.values.joined()).sorted()
    let starts = Dictionary(
      uniqueKeysWithValues: design.sample.treated.flatMap { start, units in
        units.map { ($0, start) }
      })
    let estimates = mapBlocks(draws, blockSize: 4, threads: threads) { range in
      range.map { index -> Double? in
        var random = Philox(seed: seed, stream: Self.stream, index: UInt64(index))
        while true {
          let drawn = units.map { _ in units[Int(random.next(below: UInt32(units.count)))] }
            .sorted()
          let sample = WeightingSample(drawn, dates: drawn.map { starts[$0] })
          guard !sample.donors.isEmpty, !sample.treated.isEmpty else { continue }
          return estimate(sample)
        }
      }
    }.compactMap { $0 }
    return Replications(
      estimates: estimates, standardError: spread(estimates), isEnumerated: false, placebo: nil)
  }

  /// The estimate on another sample; nil when a cohort of it has no window or no complete donor.
  private func estimate(_ sample: WeightingSample) -> Double? {
    let refitted = try? sample.starts.map { start -> SyntheticDiDFit in
      let block = try CohortBlock(
        design.panel, sample: sample, start: start, prePeriods: SyntheticDiD.prePeriods,
        covariates: estimator.covariates)
      guard let whole = fits.first(where: { $0.block.start == start }) else {
        throw EffectError.nobodyTreated
      }
      return try estimator.fit(block, penalties: whole.penalties, from: whole.warmStart(for: block))
    }
    return refitted.map(average)
  }

  /// Leaves out each unit in turn; nil when a cohort would lose its only treated or donor unit.
  func jackknife() -> Replications? {
    let alone = fits.contains { fit in
      fit.block.treated.count < 2 || fit.unitWeights.count { $0 > 0 } < 2
    }
    guard !alone else { return nil }
    let parts = fits.map {
      LeaveOneOut($0, panel: design.panel, covariates: estimator.covariates)
    }
    let units = (design.sample.donors + design.sample.treated.values.joined()).sorted()
    let estimates = units.map { unit in
      let cells = parts.reduce(0) { $0 + $1.cells(without: unit) }
      return parts.reduce(0) { $0 + $1.att(without: unit) * $1.cells(without: unit) } / cells
    }
    let n = Double(units.count)
    return Replications(
      estimates: estimates, standardError: spread(estimates) * (n - 1).squareRoot(),
      isEnumerated: true, placebo: nil)
  }
}

/// The root of the mean square deviation from the mean.
private func spread(_ values: [Double]) -> Double {
  let center = mean(values)
  return mean(values.map { ($0 - center) * ($0 - center) }).squareRoot()
}

extension WeightingSample {
  /// Units with the start of each, nil for donors.
  init(_ units: [Int], dates: [Int?]) {
    let dated = zip(units, dates).compactMap { unit, date in date.map { (unit, $0) } }
    treated = Dictionary(grouping: dated) { $0.1 }.mapValues { $0.map(\.0) }
    donors = zip(units, dates).filter { $0.1 == nil }.map(\.0)
  }
}

extension SyntheticDiDFit {
  /// This fit's weights for the donors of another block, made to sum to one.
  func warmStart(for other: CohortBlock) -> WarmStart {
    var byUnit = [Int: Double](minimumCapacity: block.donorCount)
    for (unit, weight) in zip(block.donors, unitWeights) { byUnit[unit] = weight }
    return WarmStart(
      unitWeights: normalised(other.donors.map { byUnit[$0] ?? 0 }),
      timeWeights: other.window == block.window ? timeWeights : uniform(other.preCount))
  }
}

/// One cohort's effect without one unit, its weights held fixed.
private struct LeaveOneOut {
  private let treated: [Int: Double]
  private let donors: [Int: (weight: Double, contrast: Double)]
  private let postCount: Double

  init(_ fit: SyntheticDiDFit, panel: Panel, covariates names: [String]) {
    let block = fit.block
    let covariates = names.compactMap { panel.covariates[$0] }
    postCount = Double(block.postCount)
    var treated: [Int: Double] = [:]
    for unit in block.treated {
      treated[unit] = contrast(fit.timeWeights, after: block.postCount) { place in
        let cell = unit * panel.periods.count + block.window[place]
        return zip(fit.coefficients, covariates).reduce(panel.values[cell]) {
          $0 - $1.0 * ($1.1[cell] ?? 0)
        }
      }
    }
    var donors: [Int: (weight: Double, contrast: Double)] = [:]
    for (place, own) in fit.contrasts.dropLast().enumerated() {
      donors[block.donors[place]] = (fit.unitWeights[place], own)
    }
    self.treated = treated
    self.donors = donors
  }

  func cells(without unit: Int) -> Double {
    Double(treated.count - (treated[unit] == nil ? 0 : 1)) * postCount
  }

  func att(without unit: Int) -> Double {
    let kept = treated.keys.sorted().filter { $0 != unit }
    var sum = 0.0
    var total = 0.0
    for donor in donors.keys.sorted() where donor != unit {
      guard let (weight, contrast) = donors[donor] else { continue }
      sum += weight * contrast
      total += weight
    }
    return kept.reduce(0) { $0 + (treated[$1] ?? 0) } / Double(kept.count) - sum / total
  }
}
