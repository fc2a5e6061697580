import Evidence
import Documents

/// Gathers the votes of files, row by row, and counts the rows that hold none.
struct RollCallTally {
  private var states = NamePool()
  private var calls = NamePool()
  private var yearOfCall: [Int] = []
  private var ballots: [RollCalls.Ballot] = []
  /// Rows that are not votes: by reason, then by the place of the state.
  private(set) var losses: [String: [Int: Int]] = [:]
  /// What is wrong in the rows that were left out.
  var skipped: [Problem] = []
  private var last: (text: [UInt8], call: Int?) = ([], nil)
  /// The places of the roll calls on each issue.
  private var callsOnIssue: [String: Set<Int32>] = [:]

  /// Notes that a roll call belongs to a year; the first year stands.
  mutating func list(_ call: UnsafeBufferPointer<UInt8>, in year: Int) {
    let place = calls.place(of: RollCallTally.trimmed(call))
    if place == yearOfCall.count { yearOfCall.append(year) }
  }

  /// Notes that a listed roll call is on an issue.
  mutating func note(_ call: UnsafeBufferPointer<UInt8>, on issue: String) {
    guard let place = calls.knownPlace(of: RollCallTally.trimmed(call)) else { return }
    callsOnIssue[issue, default: []].insert(Int32(place))
  }

  /// Counts a row: a state's vote in a roll call, or why it is none.
  mutating func count(
    _ vote: RollCallVote?, of state: UnsafeBufferPointer<UInt8>,
    in call: UnsafeBufferPointer<UInt8>
  ) {
    let state = states.place(of: state)
    guard let call = place(of: call) else {
      losses["of roll calls that are not listed", default: [:]][state, default: 0] += 1
      return
    }
    guard let vote else {
      losses["without a vote of yes, abstain or no", default: [:]][state, default: 0] += 1
      return
    }
    ballots.append(RollCalls.Ballot(call: Int32(call), state: Int32(state), vote: vote))
  }

  /// Finds a listed roll call; most rows are about that of the row before.
  private mutating func place(of call: UnsafeBufferPointer<UInt8>) -> Int? {
    if call.holds(last.text) { return last.call }
    let place = calls.knownPlace(of: RollCallTally.trimmed(call))
    last = (Array(call), place)
    return place
  }

  /// Drops the `.0` that R writes after a whole number.
  private static func trimmed(_ call: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard call.count > 2, call[call.count - 1] == UInt8(ascii: "0"),
      call[call.count - 2] == UInt8(ascii: ".")
    else { return call }
    return UnsafeBufferPointer(rebasing: call.dropLast(2))
  }

  /// The number of roll calls that were listed.
  var rollCallCount: Int { yearOfCall.count }

  /// The roll calls in which all who voted did so alike, in the order in which they were listed.
  var unanimousRollCalls: [(call: String, year: Int)] {
    var votes = [Set<RollCallVote>](repeating: [], count: yearOfCall.count)
    for ballot in ballots { votes[Int(ballot.call)].insert(ballot.vote) }
    return votes.indices.filter { votes[$0].count == 1 }
      .map { (calls.names[$0], yearOfCall[$0]) }
  }

  /// Lays the votes out by year.
  var rollCalls: RollCalls {
    RollCalls(states: states.names, years: yearOfCall, ballots: ballots)
  }

  /// The issues that roll calls were noted to be on.
  var issues: [String] { callsOnIssue.keys.sorted() }

  /// How many roll calls are on an issue.
  func rollCallCount(on issue: String) -> Int { callsOnIssue[issue]?.count ?? 0 }

  /// The votes in all roll calls but those on an issue.
  func rollCalls(without issue: String) -> RollCalls {
    let out = callsOnIssue[issue] ?? []
    return RollCalls(
      states: states.names, years: yearOfCall, ballots: ballots.filter { !out.contains($0.call) })
  }
}
