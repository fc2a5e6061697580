import Documents
import Foundation
import Testing

@testable import Evidence
@testable import Publishing
@testable import Studies

/// What cannot be decided has no likelihood word, wherever it is shown.
@Suite struct UndecidableWordsTests {
  /// The words of ICD 203, as words of their own.
  nonisolated(unsafe) private static let words =
    /\b(almost no chance|(very )?(un)?likely|(roughly )?even chance|almost certain)\b/.ignoresCase()

  private static func answer(_ example: String) throws -> Answer {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Examples/\(example)/casebook").standardizedFileURL
    let casebook = try Casebook(contentsOf: folder)
    let study = try #require(casebook.studies.values.first)
    return try Study(contentsOf: study, for: casebook).answer(from: casebook, threads: 2)
  }

  /// The built-in study, tested by few draws: which of its outcomes can be decided stays.
  private static let builtIn = Result {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    let file = try #require(casebook.studies["nato-china"])
    let study = try Study(contentsOf: file, for: casebook)
    var few = Specification()
    few.draws = 99
    return try Recomputation(study, from: casebook, threads: 2).answer(under: few)
  }

  private static let all = Result {
    [
      try Sample.answer(), try answer("harbour-league"), try answer("river-commission"),
      try builtIn.get(),
    ]
  }

  private static func answers() throws -> [Answer] { try all.get() }

  private static func undecidable(_ answer: Answer) -> [(ChannelAnswer, OutcomeAnswer)] {
    answer.channels.flatMap { channel in
      channel.outcomes.filter { $0.answerability.verdict == .undecidable }.map { (channel, $0) }
    }
  }

  @Test func someAreUndecidableAndSomeHaveAWord() throws {
    let answers = try Self.answers()
    #expect(answers.flatMap(Self.undecidable).count >= 3)
    #expect(answers.contains { TerminalAnswer($0).text().contains(Self.words) })
  }

  @Test func neitherTheirTextsNorTheirTraceSayOne() throws {
    for answer in try Self.answers() {
      for (channel, outcome) in Self.undecidable(answer) {
        #expect(!answer.text(of: outcome).contains(Self.words) && outcome.likelihood == nil)
        #expect(!(try TraceText(answer).text(of: outcome.id)).contains(Self.words))
        if channel.verdict == .undecidable {
          #expect(!answer.text(of: channel).contains(Self.words))
        }
      }
    }
  }

  @Test func neitherTheTerminalNorThePageNorTheJSONSayOne() throws {
    for answer in try Self.answers() {
      let alone = Self.onlyUndecidable(answer)
      guard !alone.channels.isEmpty else { continue }
      #expect(!TerminalAnswer(alone).text().contains(Self.words))
      #expect(!alone.json(version: "0.0").text().contains(Self.words))
      let page = Pages(alone, version: "0.0")
        .dossier(json: [], style: "", script: "", charts: "")
      for (_, outcome) in Self.undecidable(alone) {
        let start = try #require(page.range(of: "id=\"outcome-\(outcome.id)\""))
        let end = page.range(of: "</article>", range: start.upperBound..<page.endIndex)
        let article = page[start.lowerBound..<(end?.lowerBound ?? page.endIndex)]
        #expect(!article.contains(Self.words))
      }
    }
  }

  @Test func neitherInfluenceNorMultiverseNorDifferenceSayOne() throws {
    for example in ["harbour-league", "river-commission"] {
      let answer = try Self.answer(example)
      let undecidable = Self.undecidable(answer)
      for (channel, outcome) in undecidable {
        let influence = try answer.study.influence(
          in: answer.casebook, channel: channel.id, draws: nil)
        #expect(!InfluenceText(influence, casebook: answer.casebook).text().contains(Self.words))
        var study = answer.study
        study.choices = [Self.choice]
        var run = try MultiverseRun(study, outcome: outcome.id, from: answer.casebook, draws: 19)
        try run.advance(by: run.total)
        let multiverse = run.multiverse()
        #expect(multiverse.points.isEmpty && multiverse.summary == nil)
        #expect(!MultiverseText(multiverse).text().contains(Self.words))
        #expect(!multiverse.text.contains("\"att\""))
      }
    }
  }

  @Test func neitherTheSiteSaysOne() throws {
    for answer in try Self.answers() {
      let alone = Self.onlyUndecidable(answer)
      guard !alone.channels.isEmpty else { continue }
      let site = Site(alone, version: "0.0")
      let pages: [SitePage] = [.answer, .comparison] + alone.channels.map { .channel($0.id) }
      for page in pages {
        let html = try #require(site.html(page))
        #expect(!html.contains(Self.words), "\(page.path)")
      }
    }
  }

  /// Judgements changed from a study that cannot decide to another that cannot.
  @Test(arguments: ["harbour-league", "river-commission"])
  func neitherWhatChangedSaysOne(_ example: String) throws {
    let answer = try Self.answer(example)
    var fewer = Specification()
    fewer.anticipation = 1
    let other = try answer.study.applying(fewer)
    let difference = try AnswerDifference(
      from: (answer.study, answer.casebook), to: (other, answer.casebook), threads: 2)
    #expect(!DifferenceText(difference, from: "a", to: "b").text().contains(Self.words))
    #expect(!difference.text(from: "a", to: "b").contains(Self.words))
    for channel in difference.channels where channel.after.verdict == .undecidable {
      #expect(channel.after.estimate == nil && channel.after.p == nil)
    }
  }

  @Test func withoutATestNothingUndecidableHasAnEstimate() throws {
    let answer = try Self.builtIn.get()
    let influence = try answer.study.influence(
      in: answer.casebook, channel: "security", draws: nil, threads: 2)
    let outcome = try #require(influence.outcomes.first)
    #expect(outcome.whole.estimate == nil)
    #expect(outcome.parts.allSatisfy { $0.without.estimate == nil })
  }

  private static let choice = Study.Choice(
    id: "anticipation", title: "Anticipation", outcomes: [],
    options: [0, 1].map { years in
      var specification = Specification()
      specification.anticipation = years
      return Study.Choice.Option(label: "\(years)", specification: specification)
    })

  /// The answer without the channels that can be compared, and without what was said of them.
  private static func onlyUndecidable(_ answer: Answer) -> Answer {
    let channels = answer.channels.filter { channel in
      channel.outcomes.allSatisfy { $0.answerability.verdict == .undecidable }
    }
    return Answer(
      study: answer.study, casebook: answer.casebook, asKnownOn: answer.asKnownOn,
      channels: channels, caveats: [], conflicts: answer.conflicts, wouldChange: [])
  }
}
