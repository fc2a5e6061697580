import Evidence

/// How the states of an assembly voted in its roll calls, by year.
///
/// Each vote is one bit, so two states are compared 64 roll calls at a time.
public struct RollCalls: Hashable, Sendable {
  /// One vote of one state, by their places.
  struct Ballot {
    let call: Int32
    let state: Int32
    let vote: RollCallVote
  }

  /// The roll calls of one year, cut into words of 64.
  private struct Year: Hashable {
    let words: Int
    /// States × words.
    var votes: [VoteBits]
    /// The roll calls in which all who voted did so alike.
    var unanimous: [UInt64] = []
  }

  /// The names or codes of the states.
  public let states: [String]
  private var byYear: [Int: Year]
  private let places: [String: Int]
  /// The ballots that repeat one of the same state in the same roll call, by state; they are not
  /// counted.
  let repeated: [Int: Int]

  /// Lays out ballots; `years` says the year of each roll call.
  init(states: [String], years: [Int], ballots: [Ballot]) {
    self.states = states
    places = Dictionary(zip(states, states.indices), uniquingKeysWith: { first, _ in first })
    var counts: [Int: Int] = [:]
    let numbers = years.map { year in
      defer { counts[year, default: 0] += 1 }
      return counts[year, default: 0]
    }
    let present = counts.keys.sorted()
    let slots = Dictionary(uniqueKeysWithValues: zip(present, present.indices))
    let slotOfCall = years.map { slots[$0] ?? 0 }
    var laidOut = present.map { year in
      let words = (counts[year, default: 0] + 63) / 64
      return Year(
        words: words, votes: Array(repeating: VoteBits(), count: states.count * words))
    }
    var repeated: [Int: Int] = [:]
    for ballot in ballots {
      let (call, state) = (Int(ballot.call), Int(ballot.state))
      let slot = slotOfCall[call]
      let word = state * laidOut[slot].words + numbers[call] / 64
      if !laidOut[slot].votes[word].note(ballot.vote, in: 1 << UInt64(numbers[call] % 64)) {
        repeated[state, default: 0] += 1
      }
    }
    self.repeated = repeated
    for slot in laidOut.indices {
      laidOut[slot].unanimous = RollCalls.unanimous(laidOut[slot].votes, laidOut[slot].words)
    }
    byYear = Dictionary(uniqueKeysWithValues: zip(present, laidOut))
  }

  private static func unanimous(_ votes: [VoteBits], _ words: Int) -> [UInt64] {
    (0..<words).map { word in
      var all = VoteBits()
      for place in stride(from: word, to: votes.count, by: words) {
        all.yes |= votes[place].yes
        all.abstain |= votes[place].abstain
        all.no |= votes[place].no
      }
      return (all.yes ^ all.abstain ^ all.no) & ~(all.yes & all.abstain & all.no)
    }
  }

  /// The years with roll calls.
  public var years: [Int] { byYear.keys.sorted() }

  /// Counts how far two states agree in each year in which both voted.
  public func agreement(of one: String, with other: String) -> [Int: VoteAgreement] {
    guard let one = places[one], let other = places[other] else { return [:] }
    return byYear.mapValues { RollCalls.agreement($0, one, other) }.filter { $1.rollCalls > 0 }
  }

  /// Counts how far two states agree in a year, both given by their places.
  public func agreement(of one: Int, with other: Int, in year: Int) -> VoteAgreement {
    byYear[year].map { RollCalls.agreement($0, one, other) } ?? VoteAgreement()
  }

  private static func agreement(_ year: Year, _ one: Int, _ other: Int) -> VoteAgreement {
    var agreement = VoteAgreement()
    for word in 0..<year.words {
      agreement.count(
        year.votes[one * year.words + word], year.votes[other * year.words + word],
        unanimous: year.unanimous[word])
    }
    return agreement
  }

  /// Counts the roll calls of a year in which a state voted.
  func votes(of state: Int, in year: Int) -> Int {
    guard let votes = byYear[year] else { return 0 }
    let words = state * votes.words..<(state + 1) * votes.words
    return words.reduce(0) { $0 + votes.votes[$1].voted.nonzeroBitCount }
  }

  /// Gives the votes to others: `name` says who had a state's votes in a year, nil for nobody.
  ///
  /// What is unanimous stays as all the states made it. Where two states' votes go to one name, the
  /// state that comes first stands.
  func given(to name: (_ state: Int, _ year: Int) -> String?) -> RollCalls {
    var pool: [String: Int] = [:]
    var names: [String] = []
    var moves: [Int: [(from: Int, to: Int)]] = [:]
    for year in years {
      for state in states.indices {
        guard let name = name(state, year) else { continue }
        if pool[name] == nil {
          pool[name] = names.count
          names.append(name)
        }
        moves[year, default: []].append((state, pool[name] ?? 0))
      }
    }
    var moved = RollCalls(states: names, years: [], ballots: [])
    for (year, old) in byYear {
      var votes = Array(repeating: VoteBits(), count: names.count * old.words)
      for move in moves[year, default: []] {
        for word in 0..<old.words {
          votes[move.to * old.words + word].fill(from: old.votes[move.from * old.words + word])
        }
      }
      moved.byYear[year] = Year(words: old.words, votes: votes, unanimous: old.unanimous)
    }
    return moved
  }
}
