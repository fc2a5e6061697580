@testable import HTTP
import Documents
import Evidence
import Publishing
import Studies
import Testing

@testable import Observatory

/// What pages make of addresses that ask for what they do not have.
@Suite struct PageArgumentTests {
  let sample: Sample

  init() throws { sample = try Sample.plain.get() }

  private func page(_ path: String, _ query: [(String, String)] = []) -> Response {
    sample.get(path, query, headers: ["accept": "text/html"])
  }

  /// The page without what it says of its address.
  private func withoutNote(_ page: Response) -> String {
    page.text.replacing(/(?s)<aside class="misunderstood".*?<\/aside>\n/, with: "")
  }

  private func note(_ page: Response) throws -> String {
    let found = page.text.firstMatch(of: /(?s)<aside class="misunderstood".*?<\/aside>/)
    return try #require(found.map { String($0.0) })
  }

  @Test(arguments: [
    ("/", "grade", "Z"), ("/", "pool", "nonsense"), ("/", "anticipation", "-1"),
    ("/", "without-claim", "nobody-said-so"), ("/", "without-year", "9999"),
    ("/evidence", "page", "-3"), ("/evidence", "actor", "nobody"),
    ("/evidence", "from", "long ago"),
    ("/evidence", "reliability", "Z"), ("/evidence", "instrument", "wish"),
    ("/exposures/watch-list", "size", "much"), ("/exposures/watch-list", "years", "-1"),
    ("/exposures/leverage", "hedged", "no-such-loan"),
    ("/exposures/leverage", "year.no-loan", "2027"), ("/exposures/leverage", "fall", "100"),
    ("/coverage", "page", "1"), ("/states", "<b>", "1"),
  ])
  func isShownWithoutWhatItDidNotUnderstandAndSaysSo(
    _ path: String, _ name: String, _ value: String
  ) throws {
    let plain = page(path)
    let asked = page(path, [(name, value)])
    #expect(plain.status == 200 && asked.status == 400)
    #expect(!plain.text.contains("class=\"misunderstood\""))
    let said = try note(asked)
    let escaped = name.replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    #expect(said.contains("<bdi>\(escaped)</bdi>"), "\(said)")
    let isUnknown = said.contains("is not an argument of this page")
    #expect(isUnknown || said.contains("<bdi>\(value)</bdi>"), "\(said)")
    #expect(withoutNote(asked) == plain.text)
  }

  @Test func keepsWhatItDidUnderstandOfTheSameAddress() throws {
    let actor = try #require(sample.casebook.claims.first?.actor.rawValue)
    let right = page("/evidence", [("actor", actor)])
    let both = page("/evidence", [("actor", actor), ("page", "none")])
    #expect(both.status == 400 && withoutNote(both) == right.text)
  }

  @Test func whatAFieldShouldHoldIsSaidWithoutThePlaceInALine() throws {
    for (name, value) in [("without-state", "XX9"), ("draws", "many"), ("method", "magic")] {
      let said = try note(page("/", [(name, value)]))
      #expect(said.contains("<code><bdi>\(value)</bdi></code>") && said.contains(";"), "\(said)")
      #expect(!said.contains("line 1"), "\(said)")
      let detail = sample.get("/api/v1/studies/\(sample.study.id)/answer", [(name, value)]).text
      #expect(!detail.contains("line 1") && detail.contains(name), "\(detail)")
    }
  }

  @Test func judgementsThatCannotBeHadTogetherLeaveTheStudysOwn() throws {
    let asked = page("/", [("method", "synthetic-did"), ("anticipation", "1"), ("draws", "99")])
    #expect(asked.status == 400)
    #expect(try note(asked).contains("anticipation"))
    #expect(withoutNote(asked) == page("/").text)
    let factors = page("/", [("factors", "2")])
    #expect(try note(factors).contains("estimator"))
  }

  @Test func yearsInTheWrongOrderAreSaidAndLeftAside() throws {
    let years = [("from", "2024"), ("to", "2012")]
    let asked = page("/evidence", years)
    #expect(asked.status == 400)
    #expect(
      try note(asked).contains(
        "<bdi>2024</bdi></code> lies after the last year, 2012, so that no claim can be between them; write "
          + "from=2012 and to=2024, or leave one out."))
    #expect(withoutNote(asked) == page("/evidence").text)
    #expect(page("/evidence", [("from", "2012"), ("to", "2012")]).status == 200)
    let answer = sample.get("/api/v1/claims", years)
    #expect(answer.status == 400 && answer["Content-Type"] == "application/problem+json")
    #expect(answer.text.contains("from: `2024` lies after the last year, 2012"))
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "\u{202E}txet",
    "`code`; & <b>",
    String(repeating: "long ", count: 900), "\u{0}\u{7}",
  ])
  func aNastyTextIsShownAsText(_ nasty: String) throws {
    let plain = page("/").text
    for query in [[("pool", nasty)], [(nasty, "1")], [("without-claim", nasty)]] {
      let response = page("/", query)
      #expect(response.status == 400)
      let said = try note(response)
      #expect(said.count < 1_500)
      let elements = Set(said.matches(of: /<\/?([a-z]+)/).map { String($0.1) })
      #expect(elements.isSubset(of: ["aside", "p", "strong", "ul", "li", "code", "bdi"]))
      #expect(said.unicodeScalars.allSatisfy { $0.value >= 32 || $0 == "\n" })
      #expect(withoutNote(response) == plain)
    }
  }

  @Test func manyProblemsAreCounted() throws {
    let query = (0..<30).map { ("x\($0)", "1") }
    #expect(try note(page("/", query)).contains("And 22 more."))
  }

  @Test func anIndexTakesAsManyWeightsAsItHasParts() throws {
    let weights = Route.Parameter("weights", "Weights.", .weights(3, JudgementBounds.weights))
    let route = Route("GET", "/x", "", parameters: [weights]) { _ in Response([:]) }
    func problems(_ value: String) throws -> [String] {
      let request = Request("GET", "/x", query: [.init(name: "weights", value: value)])
      return try Call(request, to: route, path: [:]).problems.map(\.sentence)
    }
    #expect(try problems("1, 2.5,3").isEmpty)
    for wrong in [
      "a,b,c", "1,2", "1,2,3,4", "1,,2", "1,0,2", "1,-1,2", "1,nan,2", "1,inf,2", ",", "1,1e308,2",
      "1e-300,1,1",
    ] {
      let said = try problems(wrong)
      #expect(said.count == 1)
      #expect(
        said.first
          == "weights: `\(wrong)` should be 3 numbers from 1e-09 to 1000000000, one for each part of "
          + "the index; write them with commas between, such as 1, 2, 3.")
    }
  }
}
