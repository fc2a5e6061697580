import Foundation
import Testing

@testable import Observatory

@Suite struct SupplementRoutesTests {
  private let sample: Sample
  private static let page = ["Accept": "text/html"]

  init() throws { sample = try Sample.plain.get() }

  @Test(arguments: [
    "/multiverse", "/scenarios", "/calibration", "/outlook", "/exposures", "/exposures/leverage",
    "/exposures/watch-list",
  ])
  func servesEveryPageBeyondTheAnswer(_ path: String) {
    let response = sample.get(path, headers: Self.page)
    #expect(response.status == 200 && response.text.contains("<h1"))
  }

  @Test func aPageThatIsStillComputedIsNotKept() throws {
    let sample = try Sample()
    let first = sample.get("/calibration", headers: Self.page)
    #expect(first.text.contains("still being computed"))
    #expect(first["Cache-Control"] == "no-store")
    for _ in 0..<600 {
      let later = sample.get("/calibration", headers: Self.page)
      if !later.text.contains("still being computed") { return }
      Thread.sleep(forTimeInterval: 0.1)
    }
    Issue.record("The page was never there.")
  }

  @Test func changedJudgementsAreSaidNotToChangeThesePages() {
    let response = sample.get("/outlook", [("anticipation", "1")], headers: Self.page)
    #expect(response.status == 200)
    #expect(response.text.contains("keeps the study’s own judgements"))
  }

  @Test func aScenarioThatIsNotThereIsNotFound() {
    #expect(sample.get("/scenarios/none", headers: Self.page).status == 404)
  }
}
