import Foundation
import TestSupport
@testable import Importing
import Testing

@testable import Evidence

@Suite struct RollCallsTests {
  /// Votes drawn at random, as words by year, roll call and state; nil where a state did not vote.
  private struct Assembly {
    var votes: [[[RollCallVote?]]] = []
    let states = ["AA", "BB", "CC", "DD"]

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for calls in [1, 63, 64, 65, 130] {
        votes.append(
          (0..<calls).map { call in
            states.map { _ in
              let vote = RollCallVote(rawValue: Int.random(in: 0...4, using: &random))
              return call.isMultiple(of: 7) ? (vote == .no ? nil : .yes) : vote
            }
          })
      }
    }

    var rollCalls: RollCalls {
      var years: [Int] = []
      var ballots: [RollCalls.Ballot] = []
      for (year, calls) in votes.enumerated() {
        for call in calls {
          for (state, vote) in call.enumerated() {
            guard let vote else { continue }
            ballots.append(
              RollCalls.Ballot(call: Int32(years.count), state: Int32(state), vote: vote))
          }
          years.append(2000 + year)
        }
      }
      return RollCalls(states: states, years: years, ballots: ballots)
    }

    /// The mean credit of a pair in a year, call by call.
    func credit(_ one: Int, _ other: Int, year: Int, contested: Bool) -> Double? {
      let credits = votes[year].compactMap { call -> Double? in
        guard let a = call[one], let b = call[other] else { return nil }
        if contested, Set(call.compactMap(\.self)).count == 1 { return nil }
        if a == b { return 1 }
        return a == .abstain || b == .abstain ? 0.5 : 0
      }
      return credits.isEmpty ? nil : credits.reduce(0, +) / Double(credits.count)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func equalsTheMeanTakenCallByCall(_ seed: UInt64) {
    let assembly = Assembly(seed: seed)
    let rollCalls = assembly.rollCalls
    for year in assembly.votes.indices {
      for one in 0..<4 {
        for other in 0..<4 where other != one {
          let agreement = rollCalls.agreement(of: one, with: other, in: 2000 + year)
          let all = assembly.credit(one, other, year: year, contested: false)
          let contested = assembly.credit(one, other, year: year, contested: true)
          #expect(agreement.halfCredit.isNearly(all))
          #expect(agreement.contestedHalfCredit.isNearly(contested))
          #expect(agreement == rollCalls.agreement(of: other, with: one, in: 2000 + year))
        }
      }
    }
  }

  @Test func knowsNoAgreementOfStatesThatNeverVotedTogether() {
    let rollCalls = RollCalls(
      states: ["AA", "BB"], years: [2000],
      ballots: [RollCalls.Ballot(call: 0, state: 0, vote: .yes)])
    #expect(rollCalls.agreement(of: "AA", with: "BB").isEmpty)
    #expect(rollCalls.agreement(of: 0, with: 1, in: 2000).halfCredit == nil)
    #expect(rollCalls.agreement(of: 0, with: 1, in: 1999).rollCalls == 0)
  }

  /// Reads files as `un-votes`, or as `un-digital-library` when there is only one.
  private func tally(_ files: DataFile...) throws -> RollCallTally {
    let isLibrary = files.count == 1
    let tables = try (isLibrary ? Importer.unDigitalLibrary : .unVotes).match(files).tables
    return isLibrary
      ? try RollCallTally(library: tables[0], badRows: .refuse)
      : try RollCallTally(votes: tables[0], calls: tables[1], badRows: .refuse)
  }

  private static let calls = DataFile(
    name: "calls.csv", text: "rcid,session\n3,65.0\n4,65\n5,64\n")
  private static let votes = DataFile(
    name: "votes.csv",
    text: """
      rcid,country,country_code,vote
      3.0,China,CN,yes
      3.0,Namibia,NA,no
      3.0,Yemen Arab Republic,,yes
      3.0,Zanzibar,NA,abstain
      4.0,China,CN,yes
      4.0,Namibia,NA,yes
      4.0,Namibia,NA,no
      5.0,China,CN,present
      5.0,Namibia,NA,yes
      6.0,China,CN,yes

      """)

  @Test func keepsStatesWithoutACodeApartFromNamibia() throws {
    let tally = try self.tally(RollCallsTests.votes, RollCallsTests.calls)
    let rollCalls = tally.rollCalls
    #expect(rollCalls.states == ["CN", "NA", "Yemen Arab Republic", "Zanzibar"])
    #expect(rollCalls.years == [2009, 2010])
    #expect(rollCalls.agreement(of: "CN", with: "NA").mapValues(\.halfCredit) == [2010: 0.5])
    #expect(rollCalls.agreement(of: "CN", with: "Zanzibar")[2010]?.halfCredit == 0.5)
    #expect(rollCalls.repeated == [1: 1])
    #expect(
      tally.losses.mapValues { $0.values.reduce(0, +) } == [
        "without a vote of yes, abstain or no": 1, "of roll calls that are not listed": 1,
      ])
  }

  @Test func writesEachPairOnceAndOneStateWithAllOthers() throws {
    let rollCalls = try tally(RollCallsTests.votes, RollCallsTests.calls)
      .rollCalls
    let all = String(decoding: rollCalls.agreementTable(with: nil), as: UTF8.self)
    #expect(
      all == """
        year,one,other,roll_calls,agreement,identical,contested_roll_calls,contested_agreement
        2010,CN,NA,2,0.5,0.5,1,0
        2010,CN,Yemen Arab Republic,1,1,1,1,1
        2010,CN,Zanzibar,1,0.5,0,1,0.5
        2010,NA,Yemen Arab Republic,1,0,0,1,0
        2010,NA,Zanzibar,1,0.5,0,1,0.5
        2010,Yemen Arab Republic,Zanzibar,1,0.5,0,1,0.5

        """)
    let one = String(decoding: rollCalls.agreementTable(with: "NA"), as: UTF8.self)
    #expect(one.split(separator: "\n").count == 4)
    #expect(one.contains("2010,NA,CN,2,0.5,0.5,1,0\n"))
  }

  /// The layout of the UN Digital Library, with the same votes as another layout.
  private static let undl = DataFile(
    name: "2024_ga_voting.csv",
    text: """
      undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link
      3,CHN,CHINA,Y,2010-11-01,65,A/RES/65/1,,,,"Title, with a comma",,,,1,1,0,1,3,
      3,MNE,MONTENEGRO,N,2010-11-01,65,A/RES/65/1,,,,"Title, with a comma",,,,1,1,0,1,3,
      3,SRB,SERBIA,X,2010-11-01,65,A/RES/65/1,,,,"Title, with a comma",,,,1,1,0,1,3,
      4,CHN,CHINA,A,2011-06-01,65,A/RES/65/2,,,,B,,,,1,0,2,0,3,
      4,MNE,MONTENEGRO,Y,2011-06-01,65,A/RES/65/2,,,,B,,,,1,0,2,0,3,
      4,SRB,SERBIA,A,2011-06-01,65,A/RES/65/2,,,,B,,,,1,0,2,0,3,
      5,CHN,CHINA,Y,2010-12-01,10emsp,A/RES/ES-10/1,,,,C,,,,2,0,0,1,3,
      5,MNE,MONTENEGRO,Y,2010-12-01,10emsp,A/RES/ES-10/1,,,,C,,,,2,0,0,1,3,

      """)

  @Test func givesTheSameAgreementFromEitherLayout() throws {
    let library = try tally(RollCallsTests.undl).rollCalls
    let export = try tally(
      DataFile(
        name: "votes.csv",
        text: """
          rcid,country,country_code,vote
          3,China,CN,yes
          3,Montenegro,ME,no
          4,China,CN,abstain
          4,Montenegro,ME,yes
          4,Yugoslavia,YU,abstain
          5,China,CN,yes
          5,Montenegro,ME,yes

          """),
      DataFile(name: "calls.csv", text: "rcid,session\n3,65\n4,65\n5,65\n")
    ).rollCalls
    for (code, letters) in [("MNE", "ME"), ("SRB", "YU")] {
      #expect(
        library.agreement(of: code, with: "CHN") == export.agreement(of: letters, with: "CN"))
    }
    #expect(library.agreement(of: "MNE", with: "CHN")[2010]?.halfCredit == 0.5)
  }

  @Test func givesASpecialSessionTheYearOfTheRegularOneOnThatDay() throws {
    let text = """
      undl_id,ms_code,ms_name,ms_vote,session,date
      1,CHN,CHINA,Y,11emsp,2022-03-02
      2,CHN,CHINA,Y,11emsp,2022-10-12

      """
    let tally = try self.tally(DataFile(name: "x.csv", text: text))
    #expect(tally.rollCalls.years == [2021, 2022])
  }

  @Test func refusesALetterThatIsNoVote() {
    let text = "undl_id,ms_code,ms_name,ms_vote,session,date\n1,CHN,CHINA,Z,65,2010-11-01\n"
    #expect {
      try tally(DataFile(name: "x.csv", text: text))
    } throws: { error in
      "\(error)".contains("x.csv, row 2, column ms_vote: `Z` is no vote; write Y (yes)")
    }
  }
}

extension Double? {
  /// Whether two means are one but for the order of summing.
  fileprivate func isNearly(_ other: Double?) -> Bool {
    guard let self, let other else { return self == nil && other == nil }
    return abs(self - other) < 1e-12
  }
}
