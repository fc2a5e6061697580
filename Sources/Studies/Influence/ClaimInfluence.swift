public import Evidence

/// Says of single claims what an answer is without them, with the whole evidence worked out once.
public struct ClaimInfluence: Sendable {
  private let study: InfluenceStudy
  private let draws: Int
  /// Where every outcome stands with the whole evidence.
  private let wholes: [Influence.Standing]

  /// Works out where the outcomes stand; each p rests on `draws` reassignments.
  ///
  /// - Throws: as `Study.influence(in:channel:draws:threads:)`.
  public init(_ recomputation: Recomputation, draws: Int = 1_000) throws {
    self.draws = draws
    study = InfluenceStudy(
      recomputation, recomputation.study.channels, draws: draws,
      threads: recomputation.workings.threads)
    wholes = try study.standings(without: [], for: study.subjects)
  }

  /// What the answer is without one claim: the outcomes that it could move, without flipping sets.
  ///
  /// - Throws: as `init`.
  public func influence(of claim: ClaimID) throws -> Influence {
    let item = InfluenceStudy.Item(kind: .claim, name: claim.rawValue)
    return Influence(draws: draws, outcomes: try study.outcomes(without: item, wholes: wholes))
  }
}
