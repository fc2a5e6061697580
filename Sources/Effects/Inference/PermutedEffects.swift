import LinearAlgebra

/// One effect, as observed and under each of some permutations of the units.
package struct PermutedEffects: Hashable, Sendable {
  package let observed: PermutedEffect
  /// Nil where a draw's dates are not admissible or leave nothing to estimate.
  package let draws: [PermutedEffect?]
}

/// An effect and the statistic that it is ranked by.
package struct PermutedEffect: Hashable, Sendable {
  package let effect: Double
  /// The effect itself, but for synthetic control, which is ranked by its signed RMSPE ratio.
  package let statistic: Double

  init(_ found: AssignmentStatistic) {
    effect = found.meanGap ?? found.effect
    statistic = found.effect
  }
}

extension ReassignableEffect {
  /// The units treated inside the panel, and the others that take part.
  package var treated: [String] { units.indices.filter { starts[$0] != nil }.map { units[$0] } }
  package var compared: [String] { units.indices.filter { starts[$0] == nil }.map { units[$0] } }

  /// The chance of treating exactly the observed units, were treatment given at random: 1/C(n,k).
  package var whoFloor: Double { 1 / binomial(units.count, treated.count) }

  /// The effect as observed, and under some of the permutations.
  ///
  /// - Throws: `EffectError` when the observed dates leave nothing to estimate;
  ///   `LinearAlgebraError.notOptimal` when a certificate fails.
  package func effects(
    under permutations: UnitPermutations, draws: Range<Int>
  ) throws -> PermutedEffects {
    let observed = PermutedEffect(try statistic(starts.map(Adoption.init)))
    guard observed.effect.isFinite else { throw EffectError.noEstimableCell }
    return PermutedEffects(
      observed: observed,
      draws: try permutations.dates(of: datedUnits, draws: draws).map { dates in
        guard let dates else { return nil }
        do {
          let permuted = PermutedEffect(try statistic(dates.map(Adoption.init)))
          return permuted.effect.isFinite ? permuted : nil
        } catch is EffectError { return nil }
      })
  }
}
