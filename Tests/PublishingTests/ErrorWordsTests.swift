import Effects
import LinearAlgebra
import Panels
import Testing

@testable import Publishing

/// What is said of the cases that estimators and panels throw.
@Suite struct ErrorWordsTests {
  @Test func aSentenceNamesWhatIsWrongAndWhatToDo() {
    #expect(
      EffectError.unknownCovariate("z", known: ["x"]).sentence()
        == "The panel has no covariate z; it has x.")
    #expect(
      EffectError.eventTimesWithGap([-3, 0]).sentence()
        == "The event times -3, 0 have a gap or no side of the treatment; list them from −2 downwards "
        + "and from 0 upwards, without the reference −1.")
    #expect(
      EffectError.separated(covariate: "x", cohort: Period(4), period: Period(2)).sentence()
        == "In 2 the covariate x tells the cohort of 4 perfectly from the units it is compared "
        + "with, so that no odds can be estimated; leave it out or adjust by `reg`.")
    #expect(
      PanelError.duplicateUnit("FRA").sentence
        == "The unit FRA stands in the panel twice; keep one row for each unit and period.")
  }

  @Test func aRemedyIsNamedByItsFlagWhereThereIsOne() {
    let error = EffectError.severalCohorts([Period(11), Period(13)])
    #expect(error.sentence().hasSuffix("leave the others out, or reassign the dates."))
    #expect(
      error.sentence(flag: { $0 == .reassignDates ? "--randomize" : nil })
        == "Units are treated from 11 and 13, and a conformal interval is of one date; leave the "
        + "others out, or reassign the dates (`--randomize`).")
    let several = EffectError.severalTreated(units: ["a", "b"])
    #expect(several.sentence().hasSuffix("or pool them (staggered synthetic control)."))
    #expect(
      several.sentence(flag: { _ in "--pooling" })
        .hasSuffix("or pool them (staggered synthetic control, `--pooling`)."))
  }

  @Test func otherErrorsSayThemselves() {
    let error = LinearAlgebraError.notDecomposed
    #expect(sentence(of: error) == error.description)
    #expect(sentence(of: PanelError.empty) == PanelError.empty.sentence)
    #expect(
      EstimationFailure.effect(.nobodyTreated).sentence == EffectError.nobodyTreated.sentence())
  }
}
