import Documents
import Evidence
import Indicators
import Panels
import Studies

/// How many facts the casebook holds about each named state in each channel, and why none if none.
struct FactCounts {
  let states: [ActorID]
  let channels: [ChannelID]
  /// States × channels, state after state.
  let cells: [FactCell]

  subscript(state: ActorID, channel: ChannelID) -> FactCell? {
    cells.first { $0.state == state && $0.channel == channel }
  }
}

/// The reported facts about one state in one channel.
struct FactCell {
  let state: ActorID
  let channel: ChannelID
  /// The claims used, one for each fact.
  let claims: [ClaimID]
  let search: Search

  var count: Int { claims.count }

  /// How far the cell was searched.
  enum Search: String {
    /// All of the study's years: a count of zero is an observed zero.
    case searched
    case notSearched
    case impossible
    case withheld
  }

  /// What stands in the cell.
  enum Kind: String, CaseIterable {
    case counted, atLeast, zero, notSearched, impossible, withheld
  }

  var kind: Kind {
    switch (count > 0, search) {
    case (true, .searched): .counted
    case (true, _): .atLeast
    case (false, .searched): .zero
    case (false, .notSearched): .notSearched
    case (false, .impossible): .impossible
    case (false, .withheld): .withheld
    }
  }

  /// The content in words.
  var text: String {
    switch kind {
    case .counted: "\(count)"
    case .atLeast: "at least \(count)"
    case .zero: "0"
    case .notSearched: "not searched"
    case .impossible: "impossible"
    case .withheld: "withheld"
    }
  }

  /// The content as the picture shows it: a zero that was observed is blank.
  var label: String {
    switch kind {
    case .counted: "\(count)"
    case .atLeast: "≥ \(count)"
    case .zero, .notSearched: ""
    case .impossible: "×"
    case .withheld: "?"
    }
  }
}

extension Answer {
  /// Counts the reported facts on the counterpart by named state and outcome channel.
  var factCounts: FactCounts {
    let channels = casebook.codebook.channels.filter(\.isOutcome).map(\.id)
    var used: [Key: [ClaimID]] = [:]
    for fact in casebook.facts {
      guard let claim = casebook.fact(fact)?.used, claim.assertion == .reported,
        claim.counterpart == study.counterpart, let state = state(of: claim.actor)
      else { continue }
      used[Key(state: state, channel: claim.channel), default: []].append(claim.id)
    }
    let cells = study.named.flatMap { state in
      channels.map { channel in
        FactCell(
          state: state, channel: channel,
          claims: used[Key(state: state, channel: channel), default: []],
          search: search(state, channel))
      }
    }
    return FactCounts(states: study.named, channels: channels, cells: cells)
  }

  private struct Key: Hashable {
    let state: ActorID
    let channel: ChannelID
  }

  /// How far a channel of a state was searched over the study's years.
  private func search(_ state: ActorID, _ channel: ChannelID) -> FactCell.Search {
    let rows = casebook.coverage.filter { row in
      row.actor == state && row.channel == channel
        && (row.counterpart == nil || row.counterpart == study.counterpart)
    }
    let covers = { (status: CoverageStatus) in
      study.periods.allSatisfy { year in
        rows.contains {
          $0.status == status && $0.from.earliest.year <= year && $0.to.latest.year >= year
        }
      }
    }
    if covers(.impossible) { return .impossible }
    if covers(.searched) { return .searched }
    return covers(.withheld) ? .withheld : .notSearched
  }
}
