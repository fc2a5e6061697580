import Evidence

/// A vote in a roll call.
public enum RollCallVote: Int, CaseIterable, Sendable {
  case yes, abstain, no
}

/// How far two states agree over the roll calls in which both voted.
public struct VoteAgreement: Hashable, Sendable {
  /// The roll calls in which both voted.
  public private(set) var rollCalls = 0
  /// Those in which they voted the same.
  public private(set) var identical = 0
  /// Those in which one voted yes and the other no.
  public private(set) var opposed = 0
  /// Those in which all states that voted did so alike.
  public private(set) var unanimous = 0

  /// The roll calls in which both voted, unanimous ones left out.
  public var contested: Int { rollCalls - unanimous }

  /// The mean over roll calls of 1 (same vote), ½ (one abstains) and 0 (yes against no); nil
  /// without a roll call.
  public var halfCredit: Double? {
    rollCalls == 0 ? nil : Double(points) / Double(2 * rollCalls)
  }

  /// The share of roll calls with the same vote; nil without a roll call.
  public var identicalShare: Double? {
    rollCalls == 0 ? nil : Double(identical) / Double(rollCalls)
  }

  /// The same mean as `halfCredit` over contested roll calls, those that were not unanimous; nil
  /// without one.
  ///
  /// The published table of agreement with China counts these alone.
  public var contestedHalfCredit: Double? {
    contested == 0 ? nil : Double(contestedPoints) / Double(2 * contested)
  }

  /// Twice the sum of the credits.
  var points: Int { rollCalls + identical - opposed }

  /// Twice the sum of the credits in contested roll calls.
  var contestedPoints: Int { points - 2 * unanimous }

  /// Counts 64 roll calls at most: a bit of each set is one of them.
  mutating func count(_ one: VoteBits, _ other: VoteBits, unanimous calls: UInt64) {
    let both = one.voted & other.voted
    rollCalls += both.nonzeroBitCount
    identical +=
      ((one.yes & other.yes) | (one.abstain & other.abstain) | (one.no & other.no)).nonzeroBitCount
    opposed += ((one.yes & other.no) | (one.no & other.yes)).nonzeroBitCount
    unanimous += (both & calls).nonzeroBitCount
  }
}

/// A state's votes in 64 roll calls at most: a bit is one of them, and in one set at most.
struct VoteBits: Hashable {
  var yes: UInt64 = 0
  var abstain: UInt64 = 0
  var no: UInt64 = 0

  /// The roll calls in which the state voted.
  var voted: UInt64 { yes | abstain | no }

  /// Notes a vote; the first vote in a roll call stands.
  ///
  /// - Returns: whether it was the first.
  mutating func note(_ vote: RollCallVote, in call: UInt64) -> Bool {
    guard voted & call == 0 else { return false }
    switch vote {
    case .yes: yes |= call
    case .abstain: abstain |= call
    case .no: no |= call
    }
    return true
  }

  /// Adds the votes of another where this one has none.
  mutating func fill(from other: VoteBits) {
    let open = ~voted
    yes |= other.yes & open
    abstain |= other.abstain & open
    no |= other.no & open
  }
}
