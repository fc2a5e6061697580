public import Panels

/// Two-way fixed effects: the coefficient of treatment next to effects of units and of periods.
///
/// With staggered adoption and effects that differ or grow it compares treated units with treated ones
/// (Goodman-Bacon 2021, 10.1016/j.jeconom.2021.03.014): it is here to be explained, by
/// `TwoWayEffects.decomposition`, rather than to conclude from.
public struct TwoWayFixedEffects: Hashable, Sendable {
  /// The names of the panel's covariates in the regression; empty: none.
  public let covariates: [String]

  public init(covariates: [String] = []) {
    precondition(
      Set(covariates).count == covariates.count, "A covariate is adjusted for once.")
    self.covariates = covariates
  }

  /// Estimates the effect on a panel, and decomposes it where that is defined.
  ///
  /// - Throws: `EffectError` when nobody is treated, or the treatment or a covariate follows from the
  ///   unit and period effects.
  public func estimate(_ panel: Panel, threads: Int = 1) throws -> TwoWayEffects {
    let design = try AdoptionDesign(panel, covariates: covariates)
    let fit = try estimate(try TwoWayRows(design, covariates: covariates), threads: threads)
    return TwoWayEffects(
      fit: fit, units: design.panel.units,
      contributions: fit.pulls.map { $0 * Double(design.panel.units.count) },
      decomposition: goodmanBaconDecomposition(design), dropped: design.dropped)
  }

  /// Estimates the coefficient on rows, with all the covariates that they carry.
  ///
  /// The same bits on any number of threads.
  ///
  /// - Throws: as `estimate` on a panel.
  public func estimate(_ rows: TwoWayRows, threads: Int = 1) throws -> TwoWayFit {
    try TwoWayFit(rows, threads: threads)
  }
}

/// The estimate of two-way fixed effects on a panel.
public struct TwoWayEffects: Hashable, Sendable {
  public let fit: TwoWayFit
  /// The units that took part, in the panel's order.
  public let units: [String]
  /// Each unit's pull on the effect: the estimate is off by their mean.
  public let contributions: [Double]
  /// The comparisons that the effect is a weighted mean of; nil unless every unit is observed in every
  /// period, without covariates and weights.
  public let decomposition: [TwoWayComparison]?
  public let dropped: [Dropped]

  /// The coefficient of treatment.
  public var overall: Estimate { fit.overall }
}

extension TwoWayRows {
  /// The used cells of a panel; the treatment is 1 from each unit's first treated period on.
  init(_ design: AdoptionDesign, covariates names: [String]) throws {
    let panel = design.panel
    let places = design.isUsed.indices.filter { design.isUsed[$0] }
    let doses = design.doses
    try self.init(
      units: places.map { Int32($0 / panel.periods.count) },
      periods: places.map { Int32($0 % panel.periods.count) },
      outcomes: places.map { panel.values[$0] }, treatments: places.map { doses[$0] },
      covariates: zip(names, design.covariates).map { name, values in
        Covariate(name: name, values: places.map { values[$0] })
      }, weights: panel.weights.map { weights in places.map { weights[$0] } },
      clusters: design.clustering.map { clustering in
        places.map { Int32(clustering.places[$0 / panel.periods.count]) }
      })
  }
}
