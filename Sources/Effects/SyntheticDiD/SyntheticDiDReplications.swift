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
      return UnitResampling.bootstrap(draws: draws, seed: seed, threads: threads)
        .replications(of: design.sample) { try source.estimates([$0])[0].get() }
    }
  }
}

/// Makes the samples and fits them, with the penalties and warm starts of the whole sample.
private struct ReplicationSource: Sendable {
  let estimator: SyntheticDiD
  let design: WeightingDesign
  let fits: [SyntheticDiDFit]

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
    let results = mapBlocks(assignments.dates.count, blockSize: 4, threads: threads) { range in
      estimates(range.map { WeightingSample(donors, dates: assignments.dates[$0]) })
    }
    return Replications(
      results, isEnumerated: assignments.isEnumerated, heldAgainst: average(fits))
  }

  /// The estimates on other samples; an error where a cohort has no window or no complete donor.
  func estimates(_ samples: [WeightingSample]) -> [Result<Double, any Error>] {
    let tasks = samples.map { sample in Result { try self.tasks(sample) } }
    var found = estimator.fits(tasks.flatMap { (try? $0.get()) ?? [] })[...]
    return tasks.map { own in
      own.flatMap { own in
        defer { found = found.dropFirst(own.count) }
        return Result { average(try found.prefix(own.count).map { try $0.get() }) }
      }
    }
  }

  private func tasks(_ sample: WeightingSample) throws -> [FitTask] {
    try sample.starts.map { start in
      let block = try CohortBlock(
        design.panel, sample: sample, start: start, prePeriods: SyntheticDiD.prePeriods,
        covariates: estimator.covariates)
      guard let whole = fits.first(where: { $0.block.start == start }) else {
        throw EffectError.nobodyTreated
      }
      return FitTask(block, whole.penalties, from: whole.warmStart(for: block))
    }
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
    return Replications(
      leavingOneOut: design.sample.units.map { unit in
        let cells = parts.reduce(0) { $0 + $1.cells(without: unit) }
        return .success(
          parts.reduce(0) { $0 + $1.att(without: unit) * $1.cells(without: unit) } / cells)
      })
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
