import LinearAlgebra
package import Panels

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
    effect = found.gaps?.mean ?? found.effect
    statistic = found.effect
  }

  init(sum: Double) {
    effect = sum
    statistic = sum
  }
}

extension ReassignableEffect {
  /// The units treated inside the panel, and the others that take part.
  package var treated: [String] { units.indices.filter { starts[$0] != nil }.map { units[$0] } }
  package var compared: [String] { units.indices.filter { starts[$0] == nil }.map { units[$0] } }

  /// The chance of treating exactly the observed units, were treatment given at random: 1/C(n,k).
  package var whoFloor: Double { 1 / binomial(units.count, treated.count) }

  /// The effect under the observed dates.
  package var observed: Double {
    get throws {
      let found = PermutedEffect(try statistic(starts.map(Adoption.init))).effect
      guard found.isFinite else { throw EffectError.noEstimableCell }
      return found
    }
  }

  /// The effect as observed, and under some of the permutations, on each of some panels.
  ///
  /// The panels differ from the one that was laid out in their values alone. Without linear weights there
  /// is one panel, the one laid out.
  ///
  /// - Throws: `EffectError` when the observed dates leave nothing to estimate;
  ///   `LinearAlgebraError.notOptimal` when a certificate fails.
  package func effects(
    on panels: [Panel], under permutations: UnitPermutations, draws: Range<Int>
  ) throws -> [PermutedEffects] {
    let measure = try permutable(panels)
    let observed = try measure(starts.map(Adoption.init))
    guard observed.allSatisfy(\.effect.isFinite) else { throw EffectError.noEstimableCell }
    let drawn = try permutations.dates(of: datedUnits, draws: draws)
      .map { dates -> [PermutedEffect]? in
        guard let dates else { return nil }
        do {
          let permuted = try measure(dates.map(Adoption.init))
          return permuted.allSatisfy(\.effect.isFinite) ? permuted : nil
        } catch is EffectError { return nil }
      }
    return panels.indices.map { panel in
      PermutedEffects(observed: observed[panel], draws: drawn.map { $0?[panel] })
    }
  }

  /// What other dates give on each panel, without a test of the pre-trend where it can be spared.
  private func permutable(
    _ panels: [Panel]
  ) throws -> ([Adoption]) throws -> [PermutedEffect] {
    guard let linear else {
      guard panels.count == 1 else { throw EffectError.notLinear }
      return { [PermutedEffect(try effect($0))] }
    }
    let columns = panels.map { panel in
      let places = Dictionary(uniqueKeysWithValues: zip(panel.units, panel.units.indices))
      return linear.arranged(
        linear.panel.units.compactMap { places[$0] }.flatMap { panel.values[panel.row($0)] })
    }
    return { adoptions in
      let weights = try linear.weights(adoptions)
      return columns.map { PermutedEffect(sum: dot(weights, $0)) }
    }
  }
}
