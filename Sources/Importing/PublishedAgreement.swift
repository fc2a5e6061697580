package import Evidence

/// How a published table of agreement with a counterpart differs from what roll calls give.
package struct PublishedAgreement: Hashable, Sendable, Encodable {
  /// A state and year of which the two say different things.
  package struct Row: Hashable, Sendable, Encodable {
    package let actor: ActorID
    package let period: Int
    package let counted: Double
    package let published: Double
  }

  package let published: VariableID
  package let counted: VariableID
  /// Whether the counted series leaves out unanimous roll calls, as the published one does.
  package let isContested: Bool
  /// How many states and years both have.
  package let values: Int
  /// Pearson's correlation; nil where it is not defined.
  package let correlation: Double?
  /// The rows that differ by more than the rounding of the table.
  package let differing: [Row]

  /// Half of the last of the seven decimals that are published, and what adding up may lose.
  private static let rounding = 5.1e-8

  /// Compares the series of a casebook; nil where it has not both.
  init?(with counterpart: ActorID, isContested: Bool, in casebook: Casebook) {
    published = VariableID("un-agreement-published-\(counterpart)")
    counted = VariableID("un-agreement-\(isContested ? "contested-" : "")\(counterpart)")
    self.isContested = isContested
    let theirs = VintageDifference.values(casebook.series(published))
    let ours = VintageDifference.values(casebook.series(counted))
    let rows = theirs.keys.sorted().compactMap { cell in
      ours[cell].map {
        Row(
          actor: cell.actor, period: cell.period, counted: $0, published: theirs[cell] ?? $0)
      }
    }
    guard !rows.isEmpty else { return nil }
    values = rows.count
    correlation = PublishedAgreement.correlation(rows)
    differing = rows.filter { abs($0.counted - $0.published) > PublishedAgreement.rounding }
  }

  /// Compares what an import has put of either with the other, by counterpart.
  static func all(
    with counterparts: [ActorID], put: some Collection<VariableID>, in casebook: Casebook
  ) -> [PublishedAgreement] {
    counterparts.flatMap { counterpart in
      [true, false].compactMap { isContested in
        PublishedAgreement(with: counterpart, isContested: isContested, in: casebook)
      }
    }.filter { put.contains($0.published) || put.contains($0.counted) }
  }

  private static func correlation(_ rows: [Row]) -> Double? {
    let count = Double(rows.count)
    let ours = rows.map(\.counted).reduce(0, +) / count
    let theirs = rows.map(\.published).reduce(0, +) / count
    var (product, own, other) = (0.0, 0.0, 0.0)
    for row in rows {
      product += (row.counted - ours) * (row.published - theirs)
      own += (row.counted - ours) * (row.counted - ours)
      other += (row.published - theirs) * (row.published - theirs)
    }
    guard own > 0, other > 0 else { return nil }
    return product / (own * other).squareRoot()
  }
}
