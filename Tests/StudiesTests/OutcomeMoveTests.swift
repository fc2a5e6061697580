import Evidence
import Indicators
import Testing

@testable import Studies

/// What a change of a casebook moves, held against the whole answers before and after.
@Suite struct OutcomeMoveTests {
  @Test func theSameCasebookMovesNothing() throws {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    let study = try Study(contentsOf: #require(casebook.studies["nato-china"]), for: casebook)
    #expect(try study.moves(from: casebook, to: casebook, threads: 2).isEmpty)
  }

  @Test func leavingOutASourceMovesWhatTheWholeAnswersSay() throws {
    let new = try Casebook(contentsOf: Casebook.westernBalkans)
    let study = try Study(contentsOf: #require(new.studies["nato-china"]), for: new)
    let old = new.leavingOut("krstinovska" as SourceID)
    let moves = try study.moves(from: old, to: new, threads: 2)
    let before = try study.answer(from: old, threads: 2).channels.flatMap(\.outcomes)
    let after = try study.answer(from: new, threads: 2).channels.flatMap(\.outcomes)
    // Other evidence for the same value moves nothing.
    let moved = zip(before, after).filter { old, new in
      zip(old.series.cells.joined(), new.series.cells.joined()).contains {
        $0.cell != $1.cell || $0.isAtLeast != $1.isAtLeast
      }
    }.map(\.0.id)
    #expect(moves.map(\.outcome.id) == moved && !moved.isEmpty)
    for move in moves {
      #expect(move.before == before.first { $0.id == move.outcome.id })
      #expect(move.after == after.first { $0.id == move.outcome.id })
      #expect(!move.values.isEmpty)
    }
  }
}
