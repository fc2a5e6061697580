package import Evidence

/// How the values of a variable in a new release of its source differ from the older release.
///
/// Only actors and years that were asked for this time are compared.
package struct VintageDifference: Hashable, Sendable, Encodable {
  /// A value of both releases.
  package struct Change: Hashable, Sendable, Encodable {
    package let actor: ActorID
    package let period: Int
    package let before: Double
    package let after: Double
  }

  package let variable: VariableID
  /// The actors with values now, but none before.
  package let actorsGained: [ActorID]
  /// The actors with values before, but none now.
  package let actorsLost: [ActorID]
  package let same: Int
  package let changed: Int
  package let added: Int
  package let gone: Int
  /// The change that is largest in absolute terms; ties go to the first actor and year.
  package let largest: Change?

  /// Compares a variable before an import with its values of new sources; nil when nothing was
  /// known of it before.
  ///
  /// The older values of an actor that is lost stand: the newer release has no row of it.
  init?(
    _ variable: VariableID, before: Casebook, after: Casebook, sources: Set<SourceID>,
    asked: Asked
  ) {
    let known = VintageDifference.values(before.series(variable))
    let rows = after.series(variable).filter { $0.source.map(sources.contains) ?? false }
    guard !known.isEmpty else { return nil }
    let fresh = VintageDifference.values(rows)
    let older = known.filter { asked.contains($0.key.actor, $0.key.period) }
    let both = older.keys.filter { fresh[$0] != nil }.sorted()
    let changes = both.compactMap { cell -> Change? in
      guard let before = older[cell], let after = fresh[cell],
        !VintageDifference.isSame(before, after)
      else {
        return nil
      }
      return Change(actor: cell.actor, period: cell.period, before: before, after: after)
    }
    let olderActors = Set(older.keys.map(\.actor))
    let freshActors = Set(fresh.keys.map(\.actor))
    self.variable = variable
    actorsGained = freshActors.subtracting(known.keys.map(\.actor)).sorted()
    actorsLost = olderActors.subtracting(freshActors).sorted()
    same = both.count - changes.count
    changed = changes.count
    added = fresh.count - both.count
    gone = older.count - both.count
    largest = changes.reduce(nil) { most, change in
      guard let most, abs(most.after - most.before) >= abs(change.after - change.before) else {
        return change
      }
      return most
    }
  }

  /// Whether two values are one up to the rounding of sums: the last digits change with their order.
  private static func isSame(_ before: Double, _ after: Double) -> Bool {
    abs(before - after) <= 1e-9 * max(abs(before), abs(after))
  }

  struct Cell: Hashable, Comparable {
    let actor: ActorID
    let period: Int

    init(_ value: SeriesValue) { (actor, period) = (value.actor, value.period) }

    static func < (left: Cell, right: Cell) -> Bool {
      (left.actor, left.period) < (right.actor, right.period)
    }
  }

  static func values(_ series: [SeriesValue]) -> [Cell: Double] {
    Dictionary(
      series.compactMap { row in row.value.map { (Cell(row), $0) } },
      uniquingKeysWith: { _, last in last })
  }
}

extension VintageDifference {
  /// Compares the variables that were asked of a source which was not known before.
  static func all(
    before: Casebook, after: Casebook, asked: [VariableID: Asked]
  ) -> [VintageDifference] {
    let sources = Set(after.sources.map(\.id)).subtracting(before.sources.map(\.id))
    guard !sources.isEmpty else { return [] }
    return asked.keys.sorted().compactMap { variable in
      guard let asked = asked[variable] else { return nil }
      return VintageDifference(
        variable, before: before, after: after, sources: sources, asked: asked)
    }
  }
}
