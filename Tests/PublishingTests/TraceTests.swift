import Documents
import Evidence
import Foundation
import Publishing
import Studies
import Testing

@Suite struct TraceTests {
  private func trace(_ id: String) throws -> String {
    try TraceText(Sample.answer()).text(of: id)
  }

  @Test func aClaimShowsItsPlaceAndWhatItMoves() throws {
    let claim = try #require(try Sample.answer().casebook.claims.first)
    let text = try trace(claim.id.rawValue)
    #expect(text.hasPrefix("claim \(claim.id)\n"))
    #expect(text.contains("Source \(claim.source)"))
    #expect(text.contains("Fact \(claim.fact)"))
    #expect(text.contains("Moves"))
  }

  @Test func aFactShowsTheRuleThatChoseItsClaim() throws {
    let fact = try #require(try Sample.answer().casebook.facts.first)
    let text = try trace(fact.rawValue)
    #expect(text.contains("Used"))
  }

  @Test func aSeriesValueShowsItsSourceAndTheEstimateThatItMoves() throws {
    let answer = try Sample.answer()
    let value = try #require(answer.casebook.series.first)
    let text = try trace("\(value.variable)/\(value.actor)/\(value.period)")
    #expect(text.contains("the estimate of"))
  }

  @Test func everyOutcomeNamesWhatItRestsOn() throws {
    for outcome in try Sample.answer().channels.flatMap(\.outcomes) {
      #expect(try trace(outcome.id).contains("Rests on"))
    }
  }

  @Test func evidenceRestsOnTheSameWithoutAnAnswer() throws {
    let answer = try Sample.answer()
    let value = try #require(answer.casebook.series.first)
    let ids = [
      try #require(answer.casebook.claims.first).id.rawValue,
      try #require(answer.casebook.facts.first).rawValue,
      "\(value.variable)/\(value.actor)/\(value.period)",
    ]
    for id in ids {
      let text = try TraceText(unanswered: answer.casebook).text(of: id)
      let rest = try #require(text.components(separatedBy: "What it moves is not known").first)
      let whole = try trace(id)
      #expect(rest.count > 50 && whole.hasPrefix(rest))
    }
  }

  @Test func anUnknownNameOffersTheNearest() throws {
    #expect(throws: PublishingError.unknownID("vote-distanc", nearest: ["vote-distance"])) {
      try trace("vote-distanc")
    }
  }
}
