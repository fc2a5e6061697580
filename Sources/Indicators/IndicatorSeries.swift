public import Evidence
public import Panels

/// The values of one indicator by actor and year, each with the evidence behind it.
public struct IndicatorSeries: Hashable, Sendable {
  public let indicator: Indicator
  public let actors: [ActorID]
  /// Ascending.
  public let periods: [Int]
  /// Actors × periods.
  public let cells: [[IndicatorCell]]
  /// Claims that the rule takes but that are not dated to one year, by actor.
  public let undated: [ActorID: [ClaimID]]

  public subscript(actor: ActorID, period: Int) -> IndicatorCell? {
    guard let row = actors.firstIndex(of: actor), let column = periods.firstIndex(of: period)
    else { return nil }
    return cells[row][column]
  }
}

extension IndicatorSeries {
  /// All that the values rest on, undated claims among it, without repetition, in order.
  public var evidence: [EvidenceID] { evidence(on: actors) }

  /// What the values of some actors rest on, as `evidence` lists it for all.
  public func evidence(on actors: [ActorID]) -> [EvidenceID] {
    evidenceSet(on: actors).inOrder()
  }

  /// What the values of some actors rest on, in no order.
  package func evidenceSet(on actors: [ActorID]) -> Set<EvidenceID> {
    let rows = self.actors.indices.filter { actors.contains(self.actors[$0]) }
    let dated = rows.flatMap { cells[$0].flatMap(\.evidence) }
    let others = rows.flatMap { undated[self.actors[$0], default: []] }
    return Set(dated + others.map { .claim($0) })
  }
}

extension IndicatorSeries {
  /// The same values for some of the actors and years; nil when one of them is not here.
  ///
  /// Not for an index, whose scale depends on who else is in it.
  package func restricted(to actors: [ActorID], _ periods: [Int]) -> IndicatorSeries? {
    if case .index = indicator.definition { return nil }
    let places = Dictionary(uniqueKeysWithValues: self.actors.enumerated().map { ($1, $0) })
    let columns = Dictionary(uniqueKeysWithValues: self.periods.enumerated().map { ($1, $0) })
    let kept = periods.compactMap { columns[$0] }
    let rows = actors.compactMap { places[$0] }
    guard kept.count == periods.count, rows.count == actors.count else { return nil }
    let wanted = Set(actors)
    return IndicatorSeries(
      indicator: indicator, actors: actors, periods: periods,
      cells: rows.map { row in kept.map { cells[row][$0] } },
      undated: undated.filter { wanted.contains($0.key) })
  }
}

extension IndicatorSeries {
  /// The same values, with those of some actors as they are in a changed casebook.
  ///
  /// Not for an index, whose scale depends on who else is in it; nil then.
  package func renewed(for actors: Set<ActorID>, from casebook: Casebook) -> IndicatorSeries? {
    if case .index = indicator.definition { return nil }
    let changed = self.actors.filter(actors.contains)
    guard !changed.isEmpty else { return self }
    let new = indicator.series(from: casebook, actors: changed, periods: periods)
    let rows = Dictionary(uniqueKeysWithValues: zip(new.actors, new.cells))
    return IndicatorSeries(
      indicator: indicator, actors: self.actors, periods: periods,
      cells: zip(self.actors, cells).map { rows[$0] ?? $1 },
      undated: undated.filter { rows[$0.key] == nil }.merging(new.undated) { $1 })
  }
}

/// One value of an indicator, or the reason why there is none.
public struct IndicatorCell: Hashable, Sendable {
  public let cell: Cell
  /// Whether more may exist than was found: claims stand here, but nobody searched the whole.
  public let isAtLeast: Bool
  public let evidence: [EvidenceID]

  public init(cell: Cell, isAtLeast: Bool = false, evidence: [EvidenceID]) {
    self.cell = cell
    self.isAtLeast = isAtLeast
    self.evidence = evidence
  }

  /// Whether both hold the same number, or lack one for the same reason, whatever its evidence and bounds.
  package func hasSameValue(as other: IndicatorCell) -> Bool {
    cell.value == other.cell.value && cell.absence == other.cell.absence
      && isAtLeast == other.isAtLeast
  }
}

/// The name of what a number rests on.
public enum EvidenceID: Hashable, Sendable, Comparable, CustomStringConvertible {
  case claim(ClaimID)
  case value(VariableID, ActorID, Int)

  /// A claim's id, or `variable/actor/period`.
  public var description: String {
    switch self {
    case .claim(let claim): claim.rawValue
    case .value(let variable, let actor, let period): "\(variable)/\(actor)/\(period)"
    }
  }

  public static func < (left: EvidenceID, right: EvidenceID) -> Bool {
    left.description < right.description
  }
}

extension Set<EvidenceID> {
  /// The names in their order, each written out once.
  package func inOrder() -> [EvidenceID] {
    map { (name: $0.description, id: $0) }.sorted { $0.name < $1.name }.map(\.id)
  }
}

extension Indicator {
  /// Evaluates the indicator for some actors and years.
  public func series(
    from casebook: Casebook, actors: [ActorID], periods: [Int]
  ) -> IndicatorSeries {
    let evaluations = rules.map {
      ClaimEvaluation($0, from: casebook, actors: actors, periods: periods)
    }
    let components = evaluations.map { evaluation in actors.map { evaluation.cells(of: $0) } }
    let cells =
      switch definition {
      case .variable(let variable, let transformation):
        variableCells(variable, transformation, from: casebook, actors: actors, periods: periods)
      case .claims: components[0]
      case .index(let index): indexCells(index, components: components)
      }
    let undated = actors.map { actor in (actor, evaluations.flatMap { $0.undated(of: actor) }) }
    return IndicatorSeries(
      indicator: self, actors: actors, periods: periods, cells: cells,
      undated: Dictionary(
        undated.filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first }))
  }

  /// The rules by which claims enter the values.
  package var rules: [ClaimRule] {
    switch definition {
    case .variable: []
    case .claims(let rule): [rule]
    case .index(let index): index.components.map(\.rule)
    }
  }
}
