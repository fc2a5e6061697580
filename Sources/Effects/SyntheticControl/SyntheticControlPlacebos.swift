import LinearAlgebra
public import Panels

/// Every donor in the place of the treated unit, the treated unit left out.
public struct SpacePlacebos: Hashable, Sendable {
  /// The share of units, the treated one among them, whose RMSPE ratio is at least its ratio.
  public let p: Double
  /// One over the number of units.
  public let floor: Double
  public let units: [PlaceboUnit]
  /// Donors that no synthetic control could be made for, and why.
  public let failed: [FailedUnit]
}

/// A donor in the place of the treated unit.
public struct PlaceboUnit: Hashable, Sendable {
  public let unit: String
  public let att: Double
  public let fit: GapFit
  public let loss: Double
}

extension SyntheticControl {
  /// Makes the synthetic control of every donor from the other donors.
  ///
  /// - Throws: as `estimate` does.
  public func placebosInSpace(_ panel: Panel, threads: Int = 1) throws -> SpacePlacebos {
    let design = try SingleDesign(panel)
    let own = try fit(panel, unit: design.unit, start: design.start, donors: design.donors)
    let donors = own.block.donors
    let found = mapBlocks(donors.count, blockSize: 1, threads: threads) { range in
      range.map { place in
        Result {
          try fit(
            panel, unit: donors[place], start: design.start,
            donors: donors.filter { $0 != donors[place] })
        }
      }
    }
    let effects = found.compactMap { try? $0.get() }.map {
      SyntheticControlEffects($0, panel: panel, dropped: [])
    }
    let ratio = SyntheticControlEffects(own, panel: panel, dropped: []).fit.ratio
    let tail = Tail(effects.map(\.fit.ratio), observed: ratio, isEnumerated: false)
    return SpacePlacebos(
      p: tail.p { $0 }, floor: 1 / Double(effects.count + 1),
      units: effects.map {
        PlaceboUnit(unit: $0.treated, att: $0.att, fit: $0.fit, loss: $0.loss)
      },
      failed: panel.failures(of: donors, found))
  }

  /// Pretends that the treatment began earlier, and stops before it really did.
  ///
  /// - Throws: `EffectError.notAPlaceboPeriod`, and as `estimate` does.
  public func placeboInTime(
    _ panel: Panel, at period: Period
  ) throws -> SyntheticControlEffects {
    let design = try SingleDesign(panel)
    let treated = panel.periods[design.start]
    guard let start = panel.periods.firstIndex(where: { $0 >= period }),
      start >= Self.prePeriods, start < design.start
    else { throw EffectError.notAPlaceboPeriod(period, treated: treated) }
    var cohorts = panel.cohorts
    cohorts[design.unit] = .firstTreated(panel.periods[start])
    let before = Array(0..<design.start)
    return try estimate(panel.with(periods: before).with(cohorts: cohorts))
  }

  /// Repeats the estimate without each donor that carries weight.
  ///
  /// - Throws: as `estimate` does, of the estimate with all donors.
  public func leavingOneDonorOut(_ panel: Panel, threads: Int = 1) throws -> LeftOutDonors {
    let design = try SingleDesign(panel)
    let own = try fit(panel, unit: design.unit, start: design.start, donors: design.donors)
    let carrying = zip(own.block.donors, own.donorWeights).filter { $0.1 > 0 }.map(\.0)
    guard own.block.donorCount > 1 else {
      return LeftOutDonors(
        donors: [],
        needed: carrying.map {
          FailedUnit(unit: panel.units[$0], failure: .effect(.onlyDonor))
        })
    }
    let found = mapBlocks(carrying.count, blockSize: 1, threads: threads) { range in
      range.map { place in
        Result {
          try fit(
            panel, unit: design.unit, start: design.start,
            donors: own.block.donors.filter { $0 != carrying[place] })
        }
      }
    }
    return LeftOutDonors(
      donors: zip(carrying, found).compactMap { donor, result in
        guard let fit = try? result.get() else { return nil }
        let effects = SyntheticControlEffects(fit, panel: panel, dropped: [])
        return LeftOutDonor(unit: panel.units[donor], att: effects.att, fit: effects.fit)
      }, needed: panel.failures(of: carrying, found))
  }
}

/// The estimate without each of the donors that carry weight.
public struct LeftOutDonors: Hashable, Sendable {
  public let donors: [LeftOutDonor]
  /// Donors without which there is no synthetic control, and why.
  public let needed: [FailedUnit]
}

/// The estimate without one donor.
public struct LeftOutDonor: Hashable, Sendable {
  public let unit: String
  public let att: Double
  public let fit: GapFit
}

extension Panel {
  /// The units that no fit was found for, with the reason.
  fileprivate func failures<Fit>(
    of units: [Int], _ found: [Result<Fit, any Error>]
  ) -> [FailedUnit] {
    zip(units, found).compactMap { unit, result in
      guard case .failure(let error) = result else { return nil }
      return FailedUnit(unit: self.units[unit], failure: EstimationFailure(error))
    }
  }
}
