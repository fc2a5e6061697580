@testable import HTTP
import Documents
import Foundation
import Studies
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
    #expect(first.text.contains("being worked out"))
    #expect(first["Cache-Control"] == "no-store")
    for _ in 0..<600 {
      let later = sample.get("/calibration", headers: Self.page)
      if !later.text.contains("being worked out") { return }
      Thread.sleep(forTimeInterval: 0.1)
    }
    Issue.record("The page was never there.")
  }

  @Test func changedJudgementsAreSaidNotToChangeThesePages() {
    let response = sample.get("/outlook", [("anticipation", "1")], headers: Self.page)
    #expect(response.status == 200)
    #expect(response.text.contains("keeps the study’s own judgements"))
  }

  @Test func programsGetWhatThePagesShow() throws {
    let root = "/api/v1/studies/\(sample.study.id)"
    let outlook = sample.get(root + "/outlook")
    #expect(outlook.status == 200 && outlook.json?["stages"] != nil)
    let exposures = sample.get(root + "/exposures", [("year", "2015")])
    #expect(exposures.json?["year"] as? Int == 2015)
    #expect(sample.get(root + "/exposures", [("year", "15")]).status == 400)
  }

  @Test func programsAssumeAndWeighAsReadersDo() throws {
    let root = "/api/v1/studies/\(sample.study.id)/exposures"
    let asked = sample.get(root, [("fall", "20"), ("size", "2000")])
    #expect((asked.json?["relief"] as? [String: Any])?["fall"] as? Double == 0.2)
    #expect(asked.json?["weighted"] != nil && asked.json?["year"] != nil)
    #expect(sample.get(root).json?["relief"] == nil)
    for wrong in [("fall", "100"), ("year.no-loan", "2027"), ("size", "0"), ("hedged", "no-loan")] {
      let refused = sample.get(root, [wrong])
      #expect(refused.status == 400 && refused.text.contains("problems"), "\(wrong)")
    }
  }

  @Test func whatIsStillDrawnIsAnnouncedUntilItIsThere() throws {
    let sample = try Sample()  // In that of the other tests something else may be worked out first.
    let root = "/api/v1/studies/\(sample.study.id)"
    #expect(try whole(root + "/replays", of: sample).json?["replays"] != nil)
    #expect(try whole(root + "/scenarios", of: sample).json?["total"] as? Int == 0)
    #expect(sample.get(root + "/scenarios/none").status == 404)
  }

  /// What an address gives once it is worked out.
  private func whole(_ path: String, of sample: Sample) throws -> Response {
    for _ in 0..<600 {
      let response = sample.get(path)
      if response.status == 200 { return response }
      #expect(response.status == 202 && response["Retry-After"] != nil)
      Thread.sleep(forTimeInterval: 0.1)
    }
    throw CancellationError()
  }

  @Test func aScenarioThatIsNotThereIsNotFound() {
    #expect(sample.get("/scenarios/none", headers: Self.page).status == 404)
  }
}
