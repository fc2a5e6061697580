import Foundation
import Testing

@testable import Evidence
@testable import Publishing
@testable import Studies

/// The sentences that are made of an answer's values.
@Suite struct AnswerWordsTests {
  private static let answer = Result { try Sample.answer() }

  private static func text(_ reason: Answerability.Reason) throws -> String {
    try answer.get().text(of: reason)
  }

  @Test func oneTreatedUnitIsACaseStudy() throws {
    let text = try Self.text(.treatedUnits(seen: 1, needed: 2))
    #expect(
      text == "Only one that joined the League is seen both before and after: a case study, not "
        + "an effect of membership.")
  }

  @Test func whatKeepsAnEstimatorFromThePanelIsSaidInPlaceOfTheCount() throws {
    let enough = try Self.text(.treatedUnits(seen: 3, needed: 2))
    #expect(enough == "Three states joined the League and are seen both before and after.")
    let refused = try Self.text(
      .treatedUnits(seen: 3, needed: 2, obstacle: .nobodyTakesPart))
    #expect(refused == "No unit of the pool can take part in the comparison.")
  }

  @Test func theFloorByWhoJoinedIsNamed() throws {
    let text = try Self.text(.whoFloor(1.0 / 20, isByWho: true, below: 0.05))
    #expect(
      text == "By who joined alone, the smallest p that this comparison could ever give is "
        + "1 in 20, which is not below 0.05: even the clearest difference could be chance.")
  }

  @Test func aCoTreatmentThatAlmostAllShareCannotBeToldApart() throws {
    var study = Sample.study
    study = Study(
      id: study.id, question: study.question, estimand: study.estimand,
      treatment: study.treatment,
      coTreatment: .init(organisation: "UNI", stage: "member", label: "the Union"),
      counterpart: study.counterpart, named: study.named, pools: study.pools,
      periods: study.periods, channels: study.channels, seed: study.seed, draws: study.draws)
    let words = AnswerabilityWords(study: study, casebook: try Self.answer.get().casebook)
    let found = Answerability.CoTreatment(
      units: 11, left: 1, needed: 2, isComparable: true,
      failed: [
        .treatedUnits(seen: 1, needed: 2), .whoFloor(1.0 / 13, isByWho: true, below: 0.05),
      ])
    #expect(
      words.text(of: .coTreatment(found))
        == "League or Union: these data cannot tell. Without the eleven states that joined the "
        + "Union inside the window, only one that joined the League is seen both before and "
        + "after: a case study, not an effect of membership; the smallest p by who joined would "
        + "be 1 in 13.")
  }

  @Test func aLikelihoodThatTheEvidenceCapsSaysSo() throws {
    let answer = try Self.answer.get()
    let text = answer.text(of: try #require(answer.outcomes.first))
    #expect(
      text.hasSuffix(
        "It is likely that joining moves states toward Farland here (0.97; the evidence "
          + "allows no stronger word)."))
    #expect(Likelihood.Word.almostNoChance.opening == "There is almost no chance")
  }

  @Test func doubtsAreSentencesOfTheirOwn() throws {
    let answer = try Self.answer.get()
    #expect(
      answer.text(of: .unsearched(13, of: 156))
        == "Not searched in full: 13 of 156 state-years.")
    #expect(
      answer.text(of: .fragile(breakdown: 0))
        == "Fragile: the sign of the first years is open even if paths stay parallel.")
    #expect(
      answer.text(of: .imprecise(.withoutCoTreated, isLinear: true))
        == "Imprecise without the co-treated states: the interval includes zero.")
    #expect(
      answer.text(of: .otherEstimators([.init(method: .syntheticDiD, att: -0.5)]))
        == "Estimators disagree on the sign: synthetic DiD has −0.50.")
  }

  @Test(arguments: [
    ("harbour-league", "and finds a change in two.", "Harbour League or Reef Bank?"),
    ("river-commission", "finds no change there that could not be chance.", ""),
  ])
  func theSummarySaysWhetherAChangeIsShown(
    example: String, ending: String, caveat: String
  ) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Examples/\(example)/casebook").standardizedFileURL
    let casebook = try Casebook(contentsOf: folder)
    let file = try #require(casebook.studies.values.first)
    let answer = try Study(contentsOf: file, for: casebook).answer(from: casebook, threads: 2)
    #expect(answer.summary.hasSuffix(ending), "\(answer.summary)")
    #expect(answer.caveats.isEmpty || answer.text(of: answer.caveats[0]).hasPrefix(caveat))
  }
}
