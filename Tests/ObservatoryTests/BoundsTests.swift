@testable import HTTP
import Documents
import Foundation
import Studies
import Testing

@testable import Observatory

/// Numbers, texts and lists from outside, at the ends of their types.
@Suite struct BoundsTests {
  let sample: Sample

  init() throws { sample = try Sample.plain.get() }

  private var root: String { "/api/v1/studies/\(sample.study.id)" }
  private static let extremes = [
    "\(Int.max)", "\(Int.min)", "9223372036854775808", "\(UInt64.max)", "2147483648", "1e12",
    "1e308", "-1", "1e999", "nan", "null", "{}", "[\(Int.max)]", "[1e308]", "\"\(Int.max)\"",
  ]

  @Test func everyChoiceOfABodyRefusesTheEndsOfItsType() throws {
    let outcome = try #require(sample.study.channels.first?.outcomes.first?.id)
    for choice in Specification.Choice.all {
      for value in Self.extremes {
        let own = "{\"\(choice.key)\": \(value)}"
        let body = choice.group.map { "{\"\($0)\": \(own)}" } ?? own
        for (path, query) in [
          ("/recompute", [(String, String)]()), ("/estimate", [("outcome", outcome)]),
        ] {
          let response = sample.post(root + path, body, query)
          #expect(response.status == 400, "\(body): \(response.status)")
        }
      }
    }
  }

  @Test func theRangeIsNamed() {
    for (key, value, most) in [
      ("anticipation", Int.max, "10"), ("factors", Int.max, "10"), ("draws", Int.max, "100,000"),
      ("draws", 50_000, "9999"),
    ] {
      let said = sample.post(root + "/recompute", "{\"\(key)\": \(value)}").text
      #expect(said.contains("to \(most)") && said.contains("\(value)"), "\(said)")
    }
  }

  @Test func everyParameterRefusesTheEndsOfItsType() throws {
    let described = try #require(
      sample.get("/openapi.json").json?["paths"] as? [String: [String: Any]])
    for (path, methods) in described where !path.contains("{") {
      let parameters = (methods["get"] as? [String: Any])?["parameters"] as? [[String: Any]] ?? []
      for parameter in parameters {
        guard let name = parameter["name"] as? String,
          let schema = parameter["schema"] as? [String: Any], let type = schema["type"] as? String
        else { continue }
        if type == "integer" || type == "number" {
          #expect(schema["minimum"] != nil && schema["maximum"] != nil, "\(path) \(name)")
          for value in ["\(Int.max)", "\(Int.min)", "1e308", "nan"] {
            #expect(sample.get(path, [(name, value)]).status == 400, "\(path)?\(name)=\(value)")
          }
        }
        let long = String(repeating: "a", count: 1_001)
        #expect(sample.get(path, [(name, long)]).status == 400, "\(path)?\(name) of 1,001 bytes")
      }
    }
  }

  @Test func whoRunsTheServerRaisesTheDrawsAndAClientDoesNot() throws {
    var specification = Specification()
    specification.draws = 12_000
    func bounds(_ most: Int) -> JudgementBounds {
      JudgementBounds(study: sample.study, casebook: sample.casebook, mostDraws: most)
    }
    #expect(throws: Never.self) { try bounds(12_000).check(specification) }
    #expect(throws: HTTPProblem.self) { try bounds(11_999).check(specification) }
    let draws = bounds(12_000).parameters.first { $0.name == "draws" }
    #expect(draws?.kind == .whole(99...12_000))
    #expect(sample.get(root + "/answer", [("draws", "12000")]).status == 400)
    #expect(sample.post(root + "/recompute", "{\"draws\": 12000}").status == 400)
  }

  @Test func aListOfThousandsOfStrangersIsRefusedInBrief() {
    let names = Array(repeating: "\"x\"", count: 12_000).joined(separator: ", ")
    let response = sample.post(root + "/recompute", "{\"leave_out\": {\"claims\": [\(names)]}}")
    #expect(response.status == 400 && response.body.count < 20_000)
    #expect(response.text.contains("And 11992 more."))
  }

  @Test func judgementsThatLeaveNobodyOrTooManyYearsAreRefused() {
    let years = (1000...2999).map { "\($0)" }.joined(separator: ", ")
    for body in ["{\"leave_out\": {\"periods\": [\(years)]}}", "{\"periods\": \"1000-2999\"}"] {
      let response = sample.post(root + "/recompute", body)
      #expect(response.status == 400, "\(response.text)")
    }
  }

  @Test func workThatNobodyWaitsForGivesNoAnswer() throws {
    let request = Request(
      "GET", root + "/answer", query: [.init(name: "draws", value: "321")],
      headers: ["host": "localhost"])
    guard case .work(.short, let work) = sample.observatory.reply(to: request) else {
      Issue.record("A changed judgement is worked out in a lane.")
      return
    }
    #expect(work { false }.status == 503)
    #expect(work { true }.status == 200)
    guard case .ready(let kept) = sample.observatory.reply(to: request) else {
      Issue.record("What was worked out is kept.")
      return
    }
    #expect(kept.status == 200)
  }

  @Test func whatWeighsDonorsHasALaneOfItsOwn() {
    let request = Request(
      "GET", root + "/answer", query: [.init(name: "method", value: "synthetic-did")],
      headers: ["host": "localhost"])
    guard case .work(.long, _) = sample.observatory.reply(to: request) else {
      Issue.record("It takes long.")
      return
    }
  }

  @Test func aTableForSpreadsheetsHasNoFormula() {
    let exact = sample.get("/downloads/claims.csv")
    let quoted = sample.get("/downloads/claims.csv", [("spreadsheet", "1")])
    #expect(exact.status == 200 && quoted.status == 200)
    #expect(SpreadsheetText.csv(exact.text) == quoted.text)
    #expect(sample.get("/downloads/claims.csv", [("spreadsheet", "yes")]).status == 400)
    let listed = sample.get(
      "/api/v1/claims", [("spreadsheet", "1")], headers: ["accept": "text/csv"])
    #expect(listed.status == 200)
  }

  @Test func everyStatusCarriesTheRulesForBrowsers() {
    for response in [
      sample.get("/"), sample.get("/nothing"), sample.get("/api/v1/claims", [("size", "0")]),
      sample.get("/calibration"), sample.get(root + "/replays"),
      sample.post(root + "/recompute", "{"),
      sample.ask(Request("DELETE", "/")), sample.get("/", headers: ["host": "evil.example"]),
      HTTPProblem.busy.response, HTTPProblem.tooLarge.response, HTTPProblem.stopped.response,
    ] {
      for rule in Response.security {
        #expect(response.headers.filter { $0.name == rule.name } == [rule], "\(response.status)")
      }
      #expect(response.headers.count { $0.name == "Cache-Control" } == 1, "\(response.status)")
    }
  }
}
