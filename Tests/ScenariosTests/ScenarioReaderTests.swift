import Evidence
import Foundation
import Documents
import Studies
import TestSupport
import Testing

@testable import Scenarios

@Suite struct ScenarioReaderTests {
  @Test(arguments: ["anticipation", "draws", "seed", "horizon", "transfer", "on", "effect"])
  func everyExtremeOfANumberIsReadOrRefused(_ key: String) throws {
    for value in Extremes.texts where !value.contains("\u{1B}") {
      let step = key == "on" ? value : "2030"
      let lines = ["anticipation", "draws", "seed"].contains(key) ? "\(key): \(value)\n" : ""
      let effect = key == "effect" ? "assume: {loans: {effect: \(value), reason: none}}\n" : ""
      let yaml = scenario(
        steps: "[{actor: SRB, stage: member, on: \(step)}]",
        transfer: key == "transfer" ? value : "1", horizon: key == "horizon" ? value : "8",
        more: lines + effect)
      guard let read = try? read(yaml) else { continue }
      #expect(Bounded.anticipation.contains(read.anticipation))
      #expect(read.draws <= ReadingLimits.standard.draws && (1...100).contains(read.horizon))
      #expect(read.steps.allSatisfy { Bounded.year.contains($0.year) })
    }
  }

  private static let casebook = Result { try Casebook(contentsOf: Casebook.westernBalkans) }

  private func read(_ yaml: String) throws -> Scenario {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "scenario-\(UUID().uuidString).yaml")
    try Data(yaml.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Scenario(contentsOf: file, for: Self.casebook.get())
  }

  private func scenario(
    steps: String = "[{actor: SRB, stage: member, on: 2030}]", transfer: String = "0.5-1",
    horizon: String = "8", more: String = ""
  ) -> String {
    """
    title: Serbia joins
    study: nato-china
    steps: \(steps)
    transfer: \(transfer)
    horizon: \(horizon)
    \(more)
    """
  }

  /// The sentences of the problems, with their places.
  private func problems(_ yaml: String) throws -> [String] {
    do {
      _ = try read(yaml)
      return []
    } catch ScenarioError.problems(let problems) {
      return problems.map { "\($0.place): \($0.sentence)" }
    }
  }

  @Test func readsWhatAScenarioSays() throws {
    let read = try read(
      scenario(
        more: "assume:\n  active-loans: {low: -2, high: -1, reason: As the article expects.}"))
    #expect(
      read.steps == [
        .init(actor: "SRB", organisation: "NATO", stage: "member", year: 2030, leaves: false)
      ])
    #expect(read.transfer == 0.5...1)
    #expect(read.horizon == 8)
    #expect(read.draws == 10_000)
    #expect(read.assumptions["active-loans"]?.effect == -2 ... -1)
  }

  @Test func refusesAStateThatIsAlreadyThere() throws {
    #expect(
      try problems(scenario(steps: "[{actor: ALB, stage: member, on: 2030}]")) == [
        "line 3, column 17: `ALB` has been at stage member of NATO since 2009-04-01; "
          + "name a state that has not, or write `leaves: member`."
      ])
  }

  @Test func refusesToLeaveAStageThatWasNeverReached() throws {
    #expect(
      try problems(scenario(steps: "[{actor: SRB, leaves: member, on: 2030}]")) == [
        "line 3, column 30: `member` is a stage that SRB is not at; "
          + "name a stage that it has reached in memberships.csv."
      ])
  }

  @Test func refusesAStageBeforeItsPredecessor() throws {
    let steps = "[{actor: SRB, stage: invited, on: 2031}, {actor: SRB, stage: member, on: 2030}]"
    #expect(
      try problems(scenario(steps: steps)) == [
        "line 3, column 81: `2030` lies before 2031, when SRB reaches stage invited; write a year from 2031 on."
      ])
  }

  @Test func theOrderOfTheLinesDoesNotMatter() throws {
    let steps = "[{actor: SRB, stage: member, on: 2030}, {actor: SRB, stage: invited, on: 2031}]"
    #expect(
      try problems(scenario(steps: steps)) == [
        "line 3, column 41: `2030` lies before 2031, when SRB reaches stage invited; write a year from 2031 on."
      ])
  }

  @Test func refusesTheSameStepTwice() throws {
    let steps = "[{actor: SRB, stage: member, on: 2030}, {actor: SRB, stage: member, on: 2031}]"
    #expect(
      try problems(scenario(steps: steps)) == [
        "line 3, column 56: `SRB` takes the same step twice; keep one year of it."
      ])
  }

  @Test func refusesAScenarioOfWhichNothingCouldBeDrawn() throws {
    #expect(
      try problems(scenario(steps: "[{actor: SRB, stage: invited, on: 2030}]")) == [
        "line 3, column 8: has no step to stage member of NATO, whose effect the study estimates; add one."
      ])
  }

  private static let horizonAdvice =
    "write how many years are drawn; for more no series gives evidence"

  @Test func refusesWhatNoSeriesReaches() throws {
    #expect(
      try problems(scenario(horizon: "1000000")) == [
        "line 5, column 10: `1000000` should be a whole number from 1 to 100; \(Self.horizonAdvice)."
      ])
    let known = try #require(Self.casebook.get().lastRecorded?.year)
    #expect(
      try problems(scenario(steps: "[{actor: SRB, stage: member, on: 2999}]")) == [
        "line 3, column 41: `2999` lies more than 100 years after \(known); write a year that is nearer."
      ])
  }

  @Test func refusesAYearThatIsPast() throws {
    let known = try #require(Self.casebook.get().claims.map(\.codedOn.latest.year).max())
    #expect(
      try problems(scenario(steps: "[{actor: SRB, stage: member, on: 2019}]")) == [
        "line 3, column 41: `2019` lies before \(known), up to which the casebook knows what happened; "
          + "write a year from \(known) on."
      ])
  }

  @Test func refusesAHorizonOfZero() throws {
    #expect(
      try problems(scenario(horizon: "0")) == [
        "line 5, column 10: `0` should be a whole number from 1 to 100; \(Self.horizonAdvice)."
      ])
  }

  @Test(arguments: ["0.5-2x", "-1", "x-1", "0.5-", "2-0.5", "0.5-1-2", "0.5-3"])
  func refusesATransferThatIsNoShareOrRange(_ transfer: String) throws {
    #expect(
      try problems(scenario(transfer: transfer)) == [
        "line 4, column 11: `\(transfer)` should be a share of the effect, or a range of shares, "
          + "from 0 to 2; write it as 0.5-1."
      ])
  }

  @Test func tellsAllProblemsAtOnceWithTheNearestName() throws {
    let found = try problems(
      scenario(
        steps: "[{actor: SRX, stage: membre, on: 2030}]", transfer: "2-1",
        more: "assume:\n  active-loan: {effect: 1, reason: x}\nhorizn: 3"))
    #expect(found.count == 5)
    #expect(found.contains { $0.contains("membre") && $0.contains("member") })
    #expect(found.contains { $0.contains("horizn") && $0.contains("horizon") })
    #expect(found.contains { $0.contains("SRX") && $0.contains("SRB") })
    #expect(found.contains { $0.contains("2-1") && $0.contains("0.5-1") })
    #expect(found.contains { $0.contains("active-loan") && $0.contains("active-loans") })
  }

  @Test func anAssumptionStatesItsReason() throws {
    #expect(
      try problems(scenario(more: "assume:\n  active-loans: {effect: 1}")).first?
        .contains("lacks `reason`") == true)
  }

  /// A copy of the casebook whose study and scenario are both wrong.
  private func brokenBoth(_ scenario: String) throws -> [Problem] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "broken-\(UUID().uuidString)", directoryHint: .isDirectory)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: Casebook.westernBalkans, to: folder)
    let study = folder.appending(path: "studies/nato-china.yaml")
    let text = try String(contentsOf: study, encoding: .utf8)
    try text.replacing("periods: ", with: "periods: from ", maxReplacements: 1)
      .write(to: study, atomically: true, encoding: .utf8)
    let file = folder.appending(path: "scenarios/own.yaml")
    try Data(scenario.utf8).write(to: file)
    let casebook = try Casebook(contentsOf: folder)
    do {
      _ = try Scenario(contentsOf: file, for: casebook)
      return []
    } catch ScenarioError.problems(let problems) { return problems }
  }

  @Test func aBrokenStudyHidesNoProblemOfTheScenario() throws {
    let found = try brokenBoth(
      scenario(steps: "[{actor: ALB, stage: member, on: 2030}]", horizon: "0"))
    let own = found.filter { $0.file == "scenarios/own.yaml" }.map(\.sentence)
    #expect(own.contains { $0.contains("has been at stage member of NATO since 2009-04-01") })
    #expect(own.contains("`0` should be a whole number from 1 to 100; \(Self.horizonAdvice)."))
    #expect(own.count == 2)
    #expect(found.contains { $0.file == "studies/nato-china.yaml" })
  }

  @Test func aStudyThatIsNotThereHidesNoProblemOfTheScenario() throws {
    let found = try problems(
      scenario(horizon: "0").replacing("nato-china", with: "nato-chine"))
    #expect(found.count == 2)
    #expect(found.contains { $0.contains("nato-chine") && $0.contains("nato-china") })
  }
}
