import Effects
import Evidence
import Panels

/// One panel, who takes part in it, and what the estimator and its test make of it.
struct Comparison {
  let panel: Panel
  let estimator: ChosenEstimator
  /// The units that take part; nil when none can.
  let participants: Panel?
  let effects: ChosenEffects?
  let test: RandomizationTest?
  /// Why there is no estimate.
  let obstacle: Answerability.Obstacle?
  private let randomization: Randomization
  private let kept: KeptAssignments?

  init(
    _ panel: Panel, estimator: ChosenEstimator, randomization: Randomization,
    kept: KeptAssignments? = nil
  ) throws {
    self.panel = panel
    self.estimator = estimator
    self.randomization = randomization
    self.kept = kept
    participants = try? estimator.participants(of: panel)
    let result = Result {
      (
        try estimator.estimate(panel),
        try kept?.test(randomization, by: estimator, on: panel)
          ?? estimator.test(randomization, on: panel)
      )
    }
    switch result {
    case .success(let (effects, test)):
      self.effects = effects
      self.test = test
      obstacle = nil
    case .failure(let error):
      effects = nil
      test = nil
      obstacle = try Self.obstacle(error)
    }
  }

  /// Why there is no estimate.
  ///
  /// - Throws: the error itself when it is not about the panel.
  private static func obstacle(_ error: any Error) throws -> Answerability.Obstacle {
    switch error {
    case let error as EffectError: return .estimator(error)
    case PanelError.empty: return .nobodyTakesPart
    default: throw error
    }
  }

  /// The units that take part and are treated inside the panel.
  var treated: [DesignCard.TreatedUnit] {
    guard let participants, let last = participants.periods.last else { return [] }
    return participants.units.indices.compactMap { unit in
      guard let start = participants.cohorts[unit].start, start <= last else { return nil }
      let observed = participants.observedPeriods(ofUnit: unit)
      return DesignCard.TreatedUnit(
        actor: ActorID(participants.units[unit]), from: start.number,
        periodsBefore: observed.filter { $0 < start }.count,
        periodsAfter: observed.filter { $0 >= start }.count)
    }
  }

  /// The units that take part and are not treated inside the panel.
  var untreated: [ActorID] {
    let treated = Set(treated.map(\.actor))
    return (participants?.units ?? []).map { ActorID($0) }.filter { !treated.contains($0) }
  }

  /// The floors; where no test could be made, those of dealing the pool's dates in every way.
  var floors: DesignCard.Floors? {
    if let test {
      return DesignCard.Floors(who: test.floor.who, whoAndWhen: test.floor.whoAndWhen)
    }
    let possible = panel.units.indices.filter { !panel.isImpossible(unit: $0) }
    let joined = possible.filter { panel.isTreatedInside(unit: $0) }
    guard !possible.isEmpty else { return nil }
    var left = possible.count
    let sizes = Dictionary(grouping: joined) { panel.cohorts[$0] }.values.map(\.count).sorted()
    let dealings = sizes.reduce(1.0) { product, size in
      defer { left -= size }
      return product * binomial(left, size)
    }
    return DesignCard.Floors(
      who: 1 / binomial(possible.count, joined.count), whoAndWhen: 1 / dealings)
  }

  /// The smallest effect that the test would find in four of five cases; nil when it could find none.
  ///
  /// Where outcomes move the weights, every assignment is estimated anew, so it is worked out when asked.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal` when a certificate fails.
  func detectableEffect() throws -> Double? {
    guard let test, !estimator.isLinear else { return test?.minimumDetectableEffect }
    guard test.floor.deciding < significance else { return nil }
    do {
      return try estimator.detectableEffect(randomization, on: panel)
    } catch is EffectError {
      return nil
    }
  }

  /// What is left out of the comparison, and why; nil when nobody takes part.
  var dropped: [Dropped]? {
    participants.map { participants in
      let others = (effects?.dropped ?? []).filter { !participants.dropped.contains($0) }
      return participants.dropped + others
    }
  }

  /// The same comparison without some units; nil when nothing is left.
  func without(_ units: Set<String>) throws -> Comparison? {
    guard let left = try? panel.withoutCoTreated(units) else { return nil }
    return try Comparison(left, estimator: estimator, randomization: randomization, kept: kept)
  }
}

extension Panel {
  /// The panel without some units, which came into the co-treatment inside their own window.
  ///
  /// - Throws: `PanelError.empty` when no unit is left.
  func withoutCoTreated(_ units: Set<String>) throws -> Panel {
    let reason = "joined the co-treatment's organisation inside its own window"
    return try filter { units.contains(self.units[$0]) ? reason : nil }
  }

  func observedPeriods(ofUnit unit: Int) -> [Period] {
    periods.indices.filter { isObserved(unit: unit, period: $0) }.map { periods[$0] }
  }

  /// Whether no cell of the unit can exist.
  func isImpossible(unit: Int) -> Bool {
    periods.indices.allSatisfy { cell(unit: unit, period: $0).absence == .impossible }
  }

  /// Whether the unit is first treated after the first period and by the last.
  package func isTreatedInside(unit: Int) -> Bool {
    guard let start = cohorts[unit].start else { return false }
    return start > periods[0] && start <= periods[periods.count - 1]
  }
}
