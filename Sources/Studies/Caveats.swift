import Evidence
import Indicators

/// What a reader must know before any number.
public enum Caveat: Hashable, Sendable {
  /// Units joined both: in the largest comparison so many, and these headline outcomes, the decidable
  /// ones first, are estimated without them too.
  case coTreatment(treated: Int, both: Int, separated: [String])
  /// The named states compared alone decide nothing; fewer of them have data for some outcomes.
  case namedAlone(DesignCard.NamedFloor, fewer: DesignCard.NamedFloor?)
  /// An outcome measures again, with other data, what another outcome measures.
  case overlap(outcome: String, with: String)
  case unsearched(Unsearched)
  /// The codebook has no word that ends a deal, so these outcomes count deals until a claim dates their end.
  case endlessDeals(outcomes: [String])
  /// What the study says of an outcome's data.
  case data(String)

  /// The channels whose headline rests on claims that nobody searched for in full.
  public struct Unsearched: Hashable, Sendable {
    public let channels: Int
    /// How many sources their claims are from.
    public let sources: Int
    /// How many states are compared there.
    public let states: Int
    /// Whether no value of theirs was searched for in full.
    public let isNever: Bool
  }
}

extension Study {
  /// What a reader must know before any number, the biggest first.
  func caveats(_ channels: [ChannelAnswer], _ casebook: Casebook) -> [Caveat] {
    let outcomes = channels.flatMap(\.outcomes)
    let data = self.channels.flatMap(\.outcomes).compactMap { outcome in
      outcomes.hasEstimate(of: outcome.id) ? outcome.caveat.map { Caveat.data($0) } : nil
    }
    return [coTreatmentCaveat(outcomes), namedCaveat(outcomes)].compactMap { $0 }
      + overlapCaveats(outcomes)
      + [unsearchedCaveat(channels, casebook), endlessDeals(casebook.codebook)].compactMap { $0 }
      + data
  }

  /// Leads whenever units joined both.
  private func coTreatmentCaveat(_ outcomes: [OutcomeAnswer]) -> Caveat? {
    let affected = outcomes.filter { !$0.design.coTreated.isEmpty }
    guard coTreatment != nil,
      let largest = affected.max(by: { $0.design.treated.count < $1.design.treated.count })
    else { return nil }
    let both = Set(largest.design.coTreated)
    let headlines = outcomes.filter { $0.isHeadline && $0.estimates.count > 1 }
    return .coTreatment(
      treated: largest.design.treated.count,
      both: largest.design.treated.count { both.contains($0.actor) },
      separated: [Verdict.decidable, .weak].flatMap { verdict in
        headlines.filter { $0.answerability.verdict == verdict }.map(\.id)
      })
  }

  /// The named states compared among themselves.
  private func namedCaveat(_ outcomes: [OutcomeAnswer]) -> Caveat? {
    let floors = Set(outcomes.compactMap(\.design.namedFloor))
      .sorted { ($0.of, $0.joined) > ($1.of, $1.joined) }
    guard let whole = floors.first(where: { $0.who >= AnswerabilityRules.Threshold.floor })
    else { return nil }
    let others = floors.filter { $0.of < whole.of && $0.joined == whole.joined }
    return .namedAlone(whole, fewer: others.first)
  }

  /// The same finding measured with other data.
  private func overlapCaveats(_ outcomes: [OutcomeAnswer]) -> [Caveat] {
    channels.flatMap(\.outcomes).compactMap { outcome in
      guard let other = outcome.overlaps, outcomes.hasEstimate(of: outcome.id),
        outcomes.hasEstimate(of: other)
      else { return nil }
      return .overlap(outcome: outcome.id, with: other)
    }
  }

  /// Deals that are counted while in force, by a codebook that gives no word the role of ending one.
  private func endlessDeals(_ codebook: Codebook) -> Caveat? {
    guard codebook.instruments(with: .endsDeal).isEmpty else { return nil }
    let counting = self.channels.flatMap(\.outcomes).filter(\.countsDealsInForce)
    return counting.isEmpty ? nil : .endlessDeals(outcomes: counting.map(\.id))
  }

  /// Channels known from claims in states and years that nobody has searched in full.
  private func unsearchedCaveat(_ channels: [ChannelAnswer], _ casebook: Casebook) -> Caveat? {
    let unsearched = channels.filter { $0.headline?.unsearchedCells ?? 0 > 0 }
    guard !unsearched.isEmpty else { return nil }
    let claims = casebook.claims.filter { claim in
      unsearched.contains { $0.id == claim.channel }
    }
    let headlines = unsearched.compactMap(\.headline)
    return .unsearched(
      Caveat.Unsearched(
        channels: unsearched.count, sources: Set(claims.map(\.source)).count,
        states: Set(headlines.flatMap(\.series.actors)).count,
        isNever: headlines.allSatisfy {
          $0.unsearchedCells == $0.series.cells.joined().count
        }))
  }
}

extension [OutcomeAnswer] {
  fileprivate func hasEstimate(of id: String) -> Bool {
    contains { $0.id == id && !$0.estimates.isEmpty }
  }
}

extension Study.Outcome {
  /// Whether values of the outcome are deals in force.
  fileprivate var countsDealsInForce: Bool {
    let rules =
      switch indicator.definition {
      case .claims(let rule): [rule]
      case .index(let index): index.components.map(\.rule)
      case .variable: [ClaimRule]()
      }
    return rules.contains { $0.measure == .activeStock }
  }
}
