@testable import HTTP
import Evidence
import Foundation
import Publishing
import Studies
import Documents
import Tables
import Testing

@testable import Observatory

@Suite struct ObservatoryTests {
  let sample: Sample

  init() throws { sample = try Sample.plain.get() }

  private var root: String { "/api/v1/studies/\(sample.study.id)" }

  @Test func theAnswerIsThatOfTheCommand() throws {
    let answer = try sample.study.answer(from: sample.casebook)
    #expect(
      sample.get(root + "/answer").text == answer.json(version: "0.0").text(indented: false))
  }

  @Test func aChangedJudgementGivesTheColdAnswerOfTheSameSpecification() throws {
    let line = "{\"anticipation\": 1, \"draws\": 199}"
    let specification = try Specification(line: line, for: sample.study, in: sample.casebook)
    let cold = try Recomputation(sample.study, from: sample.casebook).answer(under: specification)
      .json(version: "0.0").text(indented: false)
    #expect(sample.post(root + "/recompute", line).text == cold)
    let query = [("anticipation", "1"), ("draws", "199")]
    #expect(sample.get(root + "/answer", query).text == cold)
    let plain = sample.get(root + "/answer").text
    #expect(plain != cold)
  }

  @Test(arguments: Specification.Method.allCases)
  func anotherEstimatorGivesTheWholeAnswerOnThePageAndToPrograms(
    _ method: Specification.Method
  ) throws {
    let factors = method == .factors ? ",\"factors\":1" : ""
    let line = "{\"draws\":99\(factors),\"method\":\"\(method.rawValue)\"}"
    let specification = try Specification(line: line, for: sample.study, in: sample.casebook)
    let cold = try Recomputation(sample.study, from: sample.casebook).answer(under: specification)
      .json(version: "0.0").text(indented: false)
    let query = [("method", method.rawValue), ("draws", "99")]
    #expect(sample.get(root + "/answer", query).text == cold)
    #expect(sample.post(root + "/recompute", line).text == cold)
    let page = sample.get("/", query, headers: ["accept": "text/html"])
    #expect(page.status == 200)
    #expect(page.text.contains("Estimated by \(method.rawValue)"))
  }

  @Test func oneChannelAloneIsThatOfTheWholeAnswer() throws {
    let channel = try #require(sample.study.channels.first?.id.rawValue)
    let line = "{\"anticipation\": 1, \"draws\": 199}"
    let one = try #require(
      sample.post(root + "/recompute", line, [("channel", channel)]).json)
    let whole = try #require(sample.post(root + "/recompute", line).json)
    let channels = try #require(whole["channels"] as? [[String: Any]])
    #expect(NSDictionary(dictionary: one) == NSDictionary(dictionary: channels[0]))
  }

  @Test func anEstimateByAnotherEstimatorIsThatOfTheLibrary() throws {
    let outcome = try #require(sample.study.channels.first?.outcomes.first?.id)
    let line = "{\"method\": \"synthetic-did\", \"draws\": 99}"
    let specification = try Specification(line: line, for: sample.study, in: sample.casebook)
    let expected = try Recomputation(sample.study, from: sample.casebook)
      .estimate(of: outcome, under: specification)
    let given = try #require(
      sample.post(root + "/estimate", line, [("outcome", outcome)]).json)
    #expect(given["estimate"] as? Double == expected.estimate)
    #expect(given["p"] as? Double == expected.p)
  }

  @Test func aClaimsPageSaysWhatTheAnswerIsWithoutIt() throws {
    let alone = try ClaimInfluence(Recomputation(sample.study, from: sample.casebook))
    let moving = try #require(
      try sample.casebook.claims.first {
        try alone.influence(of: $0.id).outcomes.contains { !$0.parts.isEmpty }
      })
    let page = sample.get("/evidence/claims/\(moving.id)", headers: ["accept": "text/html"])
    #expect(page.text.contains(" with it, "))
    let answer = sample.get("/", [("without-claim", moving.id.rawValue)]).text
    #expect(answer.contains("<ins>"))
    let given = sample.get(root + "/influence", [("claim", moving.id.rawValue)])
    let expected = try alone.influence(of: moving.id).json.text(indented: false)
    #expect(given.status == 200 && given.text == expected)
    #expect(sample.get(root + "/influence", [("claim", "none")]).status == 404)
  }

  @Test func theFormKeepsEachClaimThatIsLeftOut() {
    let claims = sample.casebook.claims.prefix(2).map(\.id.rawValue)
    let page = sample.get("/", claims.map { ("without-claim", $0) }).text
    for claim in claims + [""] {
      #expect(page.contains("name=\"without-claim\" value=\"\(claim)\""))
    }
  }

  @Test func whatTheStudyCannotHaveIsAProblemWithItsMend() throws {
    for (body, part) in [
      ("{\"pool\": \"nobody\"}", "nobody"), ("{\"metod\": 1}", "metod"), ("not json", "mapping"),
      ("{\"method\": \"synthetic-did\", \"anticipation\": 1}", "anticipation"),
      ("{\"co_treated\": \"covariate\"}", "imputation"),
    ] {
      let response = sample.post(root + "/recompute", body)
      #expect(response.status == 400)
      #expect(response["Content-Type"] == "application/problem+json")
      #expect((response.json?["detail"] as? String)?.contains(part) == true, "\(response.text)")
    }
  }

  @Test func everyArgumentThatIsWrongIsNamedAtOnce() throws {
    let response = sample.get(
      "/api/v1/claims", [("sze", "1"), ("from", "x"), ("credibility", "9"), ("page", "0")])
    #expect(response.status == 400)
    #expect((response.json?["problems"] as? [String])?.count == 4)
  }

  @Test func emptyArgumentsOfAFormAreAsGoodAsNone() {
    let plain = sample.get(root + "/answer").text
    #expect(sample.get(root + "/answer", [("pool", ""), ("stage", "")]).text == plain)
  }

  @Test func aListingIsGivenAsJSONCSVOrLines() throws {
    let whole = try #require(sample.get("/api/v1/sources").json)
    let total = try #require(whole["total"] as? Int)
    let csv = sample.get("/api/v1/sources", headers: ["accept": "text/csv"]).text
    // Line breaks within cells are quoted.
    let rows = csv.split(separator: /\n(?=[a-z0-9-]+,)/).count - 1
    #expect(rows == total)
    let lines = sample.get("/api/v1/sources", headers: ["accept": "application/x-ndjson"]).text
    #expect(lines.split(separator: "\n").count == total)
    #expect(sample.get("/api/v1/sources", headers: ["accept": "image/png"]).status == 406)
  }

  @Test func pagesOfAListingAreItsRowsInOrder() throws {
    func actors(_ query: [(String, String)]) throws -> [String] {
      let variable = try #require(sample.casebook.variables.first?.id.rawValue)
      let page = try #require(sample.get("/api/v1/series/\(variable)", query).json)
      let items = try #require(page["items"] as? [[String: Any]])
      return items.map { "\($0["actor"] ?? "")-\($0["period"] ?? "")" }
    }
    let all = try actors([("size", "1000")])
    let pages = try (1...3).flatMap { try actors([("size", "7"), ("page", "\($0)")]) }
    #expect(pages == Array(all.prefix(21)))
    #expect(try actors([("size", "1000"), ("page", "100000")]).isEmpty)
  }

  @Test func aClientThatHasTheBodyGetsNone() throws {
    let first = sample.get("/api/v1/casebook")
    let tag = try #require(first["ETag"])
    let again = sample.get("/api/v1/casebook", headers: ["if-none-match": "\"x\", \(tag)"])
    #expect(again.status == 304 && again.body.isEmpty && again["ETag"] == tag)
    #expect(sample.get("/api/v1/casebook", headers: ["if-none-match": "\"x\""]).status == 200)
  }

  @Test func aPackedBodyUnpacksToThePlainOne() throws {
    let plain = sample.get(root + "/answer")
    let packed = sample.get(root + "/answer", headers: ["accept-encoding": "gzip"])
    #expect(packed["Content-Encoding"] == "gzip")
    #expect(packed["ETag"] != plain["ETag"])
    #expect(try Gzip.unpack(Data(packed.body)) == Data(plain.body))
  }

  @Test func theDescriptionNamesEveryAddressAndEveryOneAnswers() throws {
    let described = try #require(sample.get("/openapi.json").json)
    let paths = try #require(described["paths"] as? [String: [String: Any]])
    #expect(paths.count > 12)
    for (path, methods) in paths where methods["get"] != nil && !path.contains("{") {
      let status = sample.get(path).status
      #expect([200, 202, 400].contains(status), "\(path) gave \(status)")
    }
    #expect(paths[root + "/recompute"]?["post"] != nil)
  }

  @Test func anotherMethodIsToldWhichWouldDo() {
    let response = sample.ask(Request("DELETE", "/api/v1/claims"))
    #expect(response.status == 405 && response["Allow"] == "GET, HEAD")
    #expect(sample.get("/api/v1/nothing").status == 404)
    #expect(sample.get("/../../etc/passwd").status == 404)
  }

  @Test func aBodyThatIsNotCalledJSONIsRefused() {
    func status(_ type: String?) -> Int {
      sample.ask(
        Request(
          "POST", "/api/v1/studies/\(sample.study.id)/recompute",
          headers: type.map { ["content-type": $0] } ?? [:], body: Array("{".utf8))
      ).status
    }
    for type in [
      nil, "", ";", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
      "application/jsonx", "text/plain; application/json", "application/json, text/plain",
    ] {
      #expect(status(type) == 415, "\(type ?? "none")")
    }
    // What is called JSON is read, and this one is found wanting.
    for type in ["application/json", "Application/JSON; charset=utf-8"] {
      #expect(status(type) == 400)
    }
  }

  @Test func tooLongAddressesAndHeadersAreRefused() {
    #expect(sample.get("/" + String(repeating: "a", count: 9_000)).status == 414)
    #expect(sample.get("/", Array(repeating: ("a", "b"), count: 257)).status == 414)
    let long = ["cookie": String(repeating: "a", count: 17_000)]
    #expect(sample.get("/", headers: long).status == 431)
  }

  @Test func everyResponseCarriesTheRulesForBrowsers() throws {
    let shared = try Sample(sharedWith: Origin("https://example.org"))
    for path in ["/api/v1/casebook", "/api/v1/nothing", "/openapi.json"] {
      let response = sample.get(path)
      for rule in Response.security { #expect(response[rule.name] == rule.value) }
      let isShared = response["Access-Control-Allow-Origin"] != nil
      #expect(!isShared)
      #expect(shared.get(path)["Access-Control-Allow-Origin"] == "https://example.org")
    }
    let asked = shared.ask(Request("OPTIONS", "/api/v1/claims"))
    #expect(asked.status == 204)
    let policy = try #require(Response.security.first?.value)
    #expect(!policy.contains("unsafe"))
  }

  @Test func everyControlIsAnArgumentOfItsPage() throws {
    let page = sample.get("/", headers: ["accept": "text/html"]).text
    let form = try #require(page.firstMatch(of: /(?s)<form id="controls".*?<\/form>/)).0
    let names = Set(form.matches(of: /name="([^"]+)"/).map { String($0.1) })
    #expect(names.count > 8)
    let known = JudgementBounds(
      study: sample.study, casebook: sample.casebook, mostDraws: 999
    ).parameters.map(\.name)
    #expect(names.isSubset(of: known))
  }

  @Test func aChangedPageSaysWhatChangedAndCarriesItOn() throws {
    let state = try #require(sample.study.pools.values.flatMap(\.actors).sorted().first?.rawValue)
    let page = sample.get("/", [("without-state", state)], headers: ["accept": "text/html"])
    #expect(page.status == 200)
    #expect(page.text.contains("id=\"changes\""))
    #expect(page.text.contains("href=\"/evidence?without-state=\(state)\""))
    let plain = sample.get("/", headers: ["accept": "text/html"]).text.contains("id=\"changes\"")
    #expect(!plain)
  }

  @Test func aBrowserGetsAProblemAsAPage() {
    let response = sample.get("/nothing", headers: ["accept": "text/html,*/*;q=0.8"])
    #expect(response.status == 404)
    #expect(response["Content-Type"] == "text/html; charset=utf-8")
    let html = ["accept": "text/html"]
    let program = sample.get("/api/v1/casebook", [("<script>", "1")], headers: html)
    #expect(program.status == 400)
    let isEscaped = program.text.contains("&lt;script&gt; is not an argument of this page")
    #expect(isEscaped)
  }

  @Test func theControlsKnowTheStudysOwnJudgementUnderAnother() {
    let page = sample.get("/", [("anticipation", "1")], headers: ["accept": "text/html"])
    #expect(page.text.contains("value=\"1\" data-own=\"0\""))
  }
}
