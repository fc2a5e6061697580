import Foundation
import Indicators
import Tables
import Testing

@testable import Evidence
@testable import Studies

@Suite struct StudyReaderTests {
  private static let casebook = { () -> Casebook in
    var casebook = MadeStudy().casebook
    casebook.codebook.ladders = ["ORG": ["partner", "member"]]
    casebook.codebook.channels = [
      .init(id: "diplomacy", title: "Diplomacy", definition: nil, isOutcome: true),
      .init(id: "context", title: "Context", definition: nil, isOutcome: false),
    ]
    casebook.codebook.vocabularies["instruments"] = ["loan", "visit"].map {
      .init(id: $0, title: $0, definition: nil)
    }
    return casebook
  }()

  private static let right = """
    question: Did it?
    estimand: The change.
    treatment: {organisation: ORG, stage: member}
    counterpart: POWER
    named: [S00, S01]
    periods: 1996-2014
    seed: 1
    pools:
      all: {title: All, actors: [S00, S01, S02, S20]}
    channels:
      - id: diplomacy
        thesis: away
        outcomes:
          - {id: distance, headline: true, variable: v, pool: all}
          - id: loans
            title: Loans
            unit: loans
            concept: exposure
            direction: toward
            pool: all
            claims: {measure: active-stock, instruments: [loan]}
    """

  private static func study(_ text: String) throws -> Study {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "study-\(UUID().uuidString).yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Study(contentsOf: file, for: casebook)
  }

  private static func problems(replacing part: String, with other: String) -> [String] {
    do {
      _ = try study(right.replacingOccurrences(of: part, with: other))
      return []
    } catch StudyError.problems(let problems) {
      return problems.map(\.sentence)
    } catch { return ["\(error)"] }
  }

  @Test func readsAStudyAndTakesOverTheVariablesWords() throws {
    let study = try Self.study(Self.right)
    #expect(study.channels[0].title == "Diplomacy")
    let outcome = study.channels[0].outcomes[0]
    #expect(outcome.indicator.title == "Distance")
    #expect(outcome.indicator.direction == .away)
    #expect(outcome.periods == 1996...2014)
    #expect(outcome.estimator.comparison == "not-yet")
    #expect(study.draws == 9_999)
  }

  /// What is wrong, and the sentence that must say so.
  @Test(arguments: [
    ("variable: v,", "variable: w,", "`w` is no variable of variables.csv; did you mean `v`?"),
    ("S01, S02", "S01, S2", "`S2` is no actor of this casebook; did you mean `S02`?"),
    ("S01, S02", "S01, S01", "names S01 twice; keep one."),
    ("thesis:", "theses:", "`theses` is no key that belongs here; did you mean `thesis`?"),
    (
      "stage: member", "stage: membr",
      "`membr` is no stage of ORG in the codebook; did you mean `member`?"
    ),
    (
      "1996-2014", "2014-1996", "`2014-1996` should be two years in order; write them as 1992-2024."
    ),
    ("id: diplomacy", "id: context", "`context` is never an outcome; choose another channel."),
    (
      "instruments: [loan]", "instruments: [loam]",
      "`loam` is not one of the choices; did you mean `loan`?"
    ),
    (
      "headline: true, ", "",
      "has 0 headline outcomes; mark the one whose verdict is the channel's with `headline: true`."
    ),
    ("pool: all}", "pool: al}", "`al` is not one of the choices; did you mean `all`?"),
    ("variable: v, ", "", "rests on nothing; give one of `variable`, `claims` and `index`."),
    ("seed: 1", "seed: one", "`one` should be a whole number from 0; write one."),
  ])
  func saysWhatIsWrongAndHowToMendIt(_ part: String, _ other: String, _ sentence: String) {
    #expect(Self.problems(replacing: part, with: other).contains { $0.hasSuffix(sentence) })
  }

  @Test func reportsAllProblemsAtOnce() {
    let text = Self.right.replacingOccurrences(of: "variable: v,", with: "variable: w,")
      .replacingOccurrences(of: "seed: 1", with: "seed: x")
      .replacingOccurrences(of: "thesis: away", with: "thesis: up")
    #expect {
      try Self.study(text)
    } throws: { error in
      guard case StudyError.problems(let problems) = error else { return false }
      return problems.count == 3
    }
  }

  @Test func aFileThatIsNoYAMLIsAProblemWithItsLine() {
    #expect {
      try Self.study("question: [unclosed\nestimand: x")
    } throws: { error in
      guard case StudyError.problems(let problems) = error else { return false }
      return problems.count == 1
    }
  }

  @Test func anUnknownStudyOffersTheNearest() {
    let error = StudyError.unknownStudy("nato-chin", known: ["nato-china"])
    #expect(error.description.contains("did you mean `nato-china`?"))
  }
}
