import Effects
import Foundation
import Indicators
import Documents
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
    problems(in: right.replacingOccurrences(of: part, with: other))
  }

  private static func problems(in text: String) -> [String] {
    do {
      _ = try study(text)
      return []
    } catch StudyError.problems(let problems) {
      return problems.map(\.sentence)
    } catch { return ["\(error)"] }
  }

  /// Every kind of part that a study can have.
  private static let rich = """
    question: Did it?
    estimand: The change.
    treatment: {organisation: ORG, stage: member}
    co_treatment: {organisation: ORG, stage: partner}
    counterpart: POWER
    named: [S00, S01]
    periods: 1996-2014
    seed: 1
    draws: 999
    pools:
      all:
        title: All
        actors: [S00, S01, S02, S20]
      few:
        title: Few
        actors: [S00, S01, S20]
    defaults:
      estimator:
        method: group-time
        comparison: not-yet
        base: varying
        anticipation: 0
    channels:
      - id: diplomacy
        thesis: away
        outcomes:
          - id: distance
            headline: true
            variable: v
            pool: all
            smallest_effect: 1.5
            transformation: log1p
            estimator:
              method: factors
              factors: 2
          - id: loans
            title: Loans
            unit: loans
            concept: exposure
            direction: toward
            pool: all
            claims:
              measure: active-stock
              instruments: [loan]
              phases: [agreed]
              reliability: C
              parents: true
          - id: mixed
            title: Both
            unit: parts
            concept: engagement
            direction: toward
            pool: few
            periods: 2000-2010
            index:
              components:
                - weight: 1.0
                  claims: {measure: count, instruments: [loan]}
                - weight: 2.0
                  claims: {measure: count, instruments: [visit]}
              normalisation: min-max
              aggregation: arithmetic
    multiverse:
      - choice: pool
        title: Who
        options:
          - label: many
            pool: all
          - label: few
            pool: few
      - choice: grade
        title: Grade
        outcomes: [loans]
        options:
          - label: any
          - label: good
            reliability: B
    """

  private static let freeTexts = [
    "question:", "estimand:", "title:", "unit:", "label:", "choice:", "id:",
  ]

  /// The text with one line changed, for each of its lines that names a key.
  private static func changes(_ change: (Substring) -> String?) -> [(line: String, text: String)] {
    let lines = rich.split(separator: "\n")
    return lines.indices.compactMap { place in
      change(lines[place]).map { other in
        var changed = lines.map(String.init)
        changed[place] = other
        return (other, changed.joined(separator: "\n"))
      }
    }
  }

  @Test func oneWrongLineIsOneProblem() throws {
    #expect(Self.problems(in: Self.rich) == [])
    let valued = /^(?<start> *(- )?)(?<key>[a-z_]+): (?<value>[^{].*)$/
    let values = Self.changes { line in
      line.firstMatch(of: valued).map { "\($0.output.start)\($0.output.key): '?nonsense'" }
    }
    let keys = Self.changes { line in
      line.firstMatch(of: /^(?<start> *(- )?)(?<key>[a-z_]+):(?<rest>.*)$/).map {
        "\($0.output.start)\($0.output.key.prefix(1))x\($0.output.key.dropFirst()):\($0.output.rest)"
      }
    }
    #expect(values.count > 40 && keys.count > 55)
    for (line, text) in values + keys {
      let found = Self.problems(in: text)
      #expect(found.count <= 1, "\(line): \(found)")
      // Any text is right for a title, and any name for a pool.
      let isPool = line.hasPrefix("  axll") || line.hasPrefix("  fxew")
      let isFree = isPool || Self.freeTexts.contains { line.contains($0) }
      #expect(isFree || found.count == 1, "\(line)")
    }
  }

  @Test func twoWrongLinesAreTwoProblems() {
    let text = Self.rich.replacing("thesis: away", with: "thesis: awry")
      .replacing("concept: exposure", with: "concept: exposed").replacing("loan]", with: "loam]")
    #expect(Self.problems(in: text).count == 4)
    #expect(
      Self.problems(
        in: Self.rich.replacing("id: diplomacy", with: "id: diplomatic")
          .replacing("measure: active-stock", with: "measure: stock")
          .replacing("phases: [agreed]", with: "phases: [greed]")
      ).count == 3)
  }

  @Test func readsAStudyAndTakesOverTheVariablesWords() throws {
    let study = try Self.study(Self.right)
    #expect(study.channels[0].title == "Diplomacy")
    let outcome = study.channels[0].outcomes[0]
    #expect(outcome.indicator.title == "Distance")
    #expect(outcome.indicator.direction == .away)
    #expect(outcome.periods == 1996...2014)
    #expect(outcome.estimator.comparison == .notYetTreated)
    #expect(study.draws == 9_999)
  }

  @Test func anOutcomeHasTheRangeOfItsMeasureUnlessTheStudySays() throws {
    let outcomes = try Self.study(
      Self.right.replacing("variable: v,", with: "variable: v, least: -1000,")
    ).channels[0].outcomes
    #expect(outcomes[0].indicator.range == ValueRange(least: -1000))
    #expect(outcomes[1].indicator.range == ValueRange(least: 0))
    #expect(ClaimRule.Measure.latestPosition.range == ValueRange(least: -1, most: 1))
    #expect(try Self.study(Self.right).channels[0].outcomes[0].indicator.range == .unbounded)
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
    ("seed: 1", "seed: one", "`one` should be \(Bounded.seed.words); write one."),
    (
      "variable: v, ", "variable: v, least: 3, most: 2, ",
      "leaves no room between the least value 3.0 and the most 2.0; write `least` below `most`."
    ),
    ("variable: v, ", "variable: v, least: low, ", "write one with a decimal point."),
    (
      "variable: v, ", "variable: v, most: -1000, ",
      "correct the value, or leave the bound out."
    ),
  ])
  func saysWhatIsWrongAndHowToMendIt(_ part: String, _ other: String, _ sentence: String) {
    #expect(Self.problems(replacing: part, with: other).contains { $0.hasSuffix(sentence) })
  }

  /// What is wrong with an estimator, and the sentence that must say so.
  @Test(arguments: [
    ("method: grouptime", "is not one of the choices; did you mean `group-time`?"),
    ("method: factors", "lacks `factors`; say how many factors the method takes."),
    ("method: imputation, factors: 2", "is no option of imputation; take it out."),
    ("method: synthetic-did, base: varying", "is no option of synthetic-did; take it out."),
    (
      "method: synthetic-did, anticipation: 2",
      "cannot be, as weights and factors know no anticipation; choose no anticipation, or another "
        + "estimator."
    ),
    (
      "method: imputation, comparison: never",
      "cannot be, as imputation also learns from states that join later; choose `not-yet`, or "
        + "another estimator."
    ),
  ])
  func anEstimatorHasItsOwnOptions(_ options: String, _ sentence: String) {
    let text = Self.right.replacingOccurrences(
      of: "pool: all}", with: "pool: all, estimator: {\(options)}}")
    let problems = Self.problems(in: text)
    #expect(problems.contains { $0.hasSuffix(sentence) }, "\(problems)")
  }

  @Test func readsAnyEstimator() throws {
    let text = Self.right.replacingOccurrences(
      of: "pool: all}", with: "pool: all, estimator: {method: factors, factors: 2}}")
    let estimator = try Self.study(text).channels[0].outcomes[0].estimator
    #expect(estimator.method == .factors && estimator.factors == 2)
  }

  private static let choices = """

    multiverse:
      - choice: date
        title: From when
        options: [{label: late, stage: member}, {label: early, stage: partner}]
      - choice: count
        title: Which
        outcomes: [loans]
        options: [{label: any}, {label: good, reliability: B}]
    """

  @Test func readsTheChoicesOfTheMultiverse() throws {
    let study = try Self.study(Self.right + Self.choices)
    #expect(study.choices.map(\.id) == ["date", "count"])
    #expect(study.choices[0].options[1].specification.stage == "partner")
    #expect(study.choices[1].options[1].specification.line == #"{"reliability":"B"}"#)
    #expect(study.choices[1].outcomes == ["loans"])
  }

  /// What is wrong with a choice, and the sentence that must say so.
  @Test(arguments: [
    ("stage: partner", "stage: partnr", "is not one of the choices; did you mean `partner`?"),
    ("reliability: B", "reliabilty: B", "is no key that belongs here; did you mean `reliability`?"),
    ("outcomes: [loans]", "outcomes: [loan]", "is not one of the choices; did you mean `loans`?"),
    ("{label: any}, ", "", "offers no choice; give two options or more, or take it out."),
    ("label: good", "label: any", "has the option any twice; keep one."),
    ("choice: count", "choice: date", "has the choice date twice; join their options."),
    (
      "stage: partner", "stage: member",
      "changes no outcome; give options that differ for some outcome."
    ),
    ("stage: partner", "factors: 1", "has factors without their method; add `method: factors`."),
    ("stage: partner", "draws: 99", "is no part of an option; give --draws to the command."),
    (
      "stage: partner", "variable: v",
      "could stand in for any outcome; name the outcomes of the choice."
    ),
  ])
  func saysWhatIsWrongWithAChoice(_ part: String, _ other: String, _ sentence: String) {
    let text = Self.choices.replacingOccurrences(of: part, with: other)
    #expect(Self.problems(in: Self.right + text).contains { $0.hasSuffix(sentence) })
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
