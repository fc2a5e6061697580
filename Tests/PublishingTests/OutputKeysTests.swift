import Documents
import Evidence
import Foundation
import Scenarios
import Studies
import TestSupport
import Testing

@testable import Publishing

/// The JSON of scenarios, replays, waits and exposures, and the page that says what its keys mean.
@Suite struct OutputKeysTests {
  private static let casebook = Result { try Casebook(contentsOf: Casebook.westernBalkans) }

  private static let page = Result {
    try DocumentedKeys(
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Documentation/Outputs.md"))
  }

  private static func hasNull(_ json: JSON) -> Bool {
    switch json {
    case .null: true
    case .object(let members): members.contains { hasNull($0.value) }
    case .array(let values): values.contains(where: hasNull)
    default: false
    }
  }

  /// Words of the page that stand for a value.
  private static let others: Set<String> = ["estimated", "assumed"]

  private func expectDocumented(_ json: JSON, as part: String) throws {
    let used = try keys(ofJSON: json.text())
    let documented = try #require(Self.page.get().keys(of: "\(part) ")).subtracting(Self.others)
    #expect(!Self.hasNull(json), "what is not known is absent")
    #expect(used.subtracting(documented).sorted() == [], "keys that the page does not name")
    #expect(documented.subtracting(used).sorted() == [], "keys that nothing has")
  }

  @Test func everyKeyOfTheExposuresIsDocumented() throws {
    let casebook = try Self.casebook.get()
    let file = try #require(casebook.studies["nato-china"])
    let study = try Study(contentsOf: file, for: casebook)
    let report = try ExposureReport(
      of: study, in: casebook, year: 2026,
      relief: Relief(
        refinancings: [
          .init(
            deal: "mne-highway-loan", lender: "a bank", year: 2020, currency: "USD",
            graceYears: .init(value: 2), maturityYears: .init(value: 15), rate: .init(value: 0.01),
            schedule: .annuity)
        ], hedged: ["mkd-china-loans"], fall: 0.1),
      weights: WatchWeights(share: 1))
    try expectDocumented(report.json, as: "exposure")
  }

  /// One outcome drawn by its estimate, one by an assumption, one refused.
  @Test func everyKeyOfAScenarioIsDocumented() throws {
    let answer = try Sample.answer()
    let plain = Projection(Sample.scenario, from: answer)
    let assumed = Projection(Sample.assuming("vote-distance"), from: answer)
    let found = [plain, assumed].map { $0.json(in: answer.casebook) }
    try expectDocumented(.array(found), as: "scenario")
  }

  @Test func everyKeyOfTheReplaysIsDocumented() throws {
    let replays = try #require(Sample.supplement(Sample.answer()).replays)
    try expectDocumented(replays.json, as: "replay")
  }

  @Test func everyKeyOfTheOutlookIsDocumented() throws {
    let casebook = try Self.casebook.get()
    let outlook = Outlook(
      of: "NATO", in: casebook, asKnownOn: Day(year: 2026, month: 11, day: 25))
    try expectDocumented(outlook.json(in: casebook), as: "outlook")
  }
}
