package import Evidence
import Documents

/// Claims of other sources that may speak of what an imported record does.
///
/// They count beside it until a person gives them one fact, so the import names them.
package struct AlikeClaims: Hashable, Sendable, Encodable {
  package let claim: ClaimID
  package let others: [ClaimID]

  /// Finds the claims of other sources on the same actor and counterpart, by the same instrument in the
  /// same channel, whose time overlaps; nil when there is none.
  init?(to claim: Claim, in casebook: Casebook, own: Set<SourceID>) {
    guard let time = claim.time else { return nil }
    let others = casebook.claims.filter { other in
      other.actor == claim.actor && other.counterpart == claim.counterpart
        && other.channel == claim.channel && other.instrument == claim.instrument
        && other.fact != claim.fact && !own.contains(other.source)
        && other.time?.overlaps(time) == true
    }
    guard !others.isEmpty else { return nil }
    self.claim = claim.id
    self.others = others.map(\.id)
  }
}

extension Claim {
  /// From the earliest to the latest day that the claim may speak of as its event.
  fileprivate var time: ClosedRange<Day>? {
    let dates = [on, ordered, delivered].compactMap(\.self)
    guard let first = dates.map(\.earliest).min(), let last = dates.map(\.latest).max(),
      first <= last
    else { return nil }
    return first...last
  }
}
