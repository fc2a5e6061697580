@testable import Markup
import Documents
import Evidence
import Foundation
import Testing

@testable import Publishing
@testable import Studies

@Suite struct DossierTests {
  let answer: Answer
  let html: String
  let files: [(name: String, text: String)]

  init() throws {
    answer = try Sample.answer()
    files = try Dossier(answer, version: "0.0", resources: .ofTests()).files()
    html = try #require(files.last?.text)
  }

  @Test func saysWhatTheAnswerIsWithoutAClaimWhereThatWasAsked() throws {
    let claim = try #require(answer.casebook.claims.first)
    let outcome = try #require(answer.outcomes.first)
    let whole = Influence.Standing(estimate: 0.5, p: 0.01, verdict: .decidable)
    let without = Influence.Standing(estimate: -0.25, p: 0.4, verdict: .decidable)
    var dossier = Dossier(answer, version: "0.0", resources: .ofTests())
    dossier.influence = Influence(
      draws: 99,
      outcomes: [
        .init(
          channel: "arms", outcome: outcome.id, isHeadline: true, whole: whole,
          parts: [.init(kind: .claim, name: claim.id.rawValue, without: without)], unmoved: [:],
          flips: [])
      ])
    let words = "+0.50 (p\u{A0}=\u{A0}0.010) with it, −0.25 (p\u{A0}=\u{A0}0.40) without"
    #expect(try dossier.files().last?.text.contains(words) == true)
    #expect(files.last?.text.contains(words) == false)
  }

  @Test func givesTheSameBytesTwice() throws {
    let again = try Dossier(
      Sample.answer(), version: "0.0", resources: .ofTests()
    ).files()
    #expect(files.map(\.name) == again.map(\.name))
    #expect(files.map(\.text) == again.map(\.text))
  }

  @Test func asksForNothingOutsideItself() {
    let outside = html.matches(of: /(?i)(?:src|href|action|data|poster)\s*=\s*"(https?:[^"]*)"/)
    #expect(outside.map { String($0.1) } == ["https://example.org/records?a=1&amp;b=2"])
    #expect(!html.contains("@import") && !html.contains("url(http"))
    let followsAScript = html.contains("href=\"javascript:")
    #expect(!followsAScript)
  }

  @Test func runsNoScriptButItsOwn() throws {
    let policy = try #require(html.firstMatch(of: /script-src (.+); base-uri/)).1
    #expect(policy.matches(of: /&#39;sha256-[A-Za-z0-9+\/]{43}=&#39;/).count == 2)
    let isOpen = policy.contains("unsafe")
    #expect(!isOpen)
  }

  @Test func escapesEveryTextOfTheCasebook() {
    #expect(!html.contains("<script>alert"))
    #expect(html.contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)"))
    #expect(html.contains("Arms &lt;and&gt; security"))
  }

  @Test func putsTheAnswerFirstAndHeadingsInOrder() throws {
    let summary = try #require(html.range(of: answer.summary))
    let firstHeading = try #require(html.range(of: "<h2"))
    #expect(summary.upperBound < firstHeading.lowerBound)
    let levels = html.matches(of: /<h([1-6])[ >]/).compactMap { Int($0.1) }
    #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1)
    for (above, below) in zip(levels, levels.dropFirst()) { #expect(below <= above + 1) }
  }

  @Test func givesEveryPictureAFindingAndItsData() throws {
    let figures = html.components(separatedBy: "<figure").dropFirst()
    #expect(figures.count == 15)
    for figure in figures {
      let body = try #require(figure.components(separatedBy: "</figure>").first)
      #expect(body.contains("class=\"finding\">") && !body.contains("class=\"finding\"></span>"))
      #expect(body.contains("<caption>") && body.contains("role=\"img\" aria-label="))
    }
  }

  @Test func opensEveryNumberToAPlaceInThePage() {
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for link in html.matches(of: /href="#([^"]+)"/) {
      #expect(ids.contains(String(link.1)), "\(link.1)")
    }
    #expect(html.matches(of: /class="n" href="#trace-/).count > 15)
  }

  @Test func namesTheOutputsThatAClaimMoves() throws {
    let claim = try #require(html.components(separatedBy: "id=\"claim-guns\"").last)
    let moves = try #require(claim.components(separatedBy: "</li>").first)
    #expect(moves.contains("the raw data of ‘Arms deals’ (arms-deals), which is refused"))
    #expect(moves.contains("the page of Alphaland"))
  }

  @Test func givesNoLikelihoodAndNoEstimateToWhatCannotBeDecided() throws {
    let arms = try #require(html.components(separatedBy: "id=\"outcome-arms-deals\"").last)
    let outcome = try #require(arms.components(separatedBy: "</article>").first)
    #expect(outcome.contains("Refused."))
    #expect(outcome.firstMatch(of: /\b(un)?likely\b|almost certain|even chance/) == nil)
    #expect(!outcome.contains("class=\"estimate\""))
  }

  @Test func writesAllFilesIntoAFolderThatItMakes() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "fulcrum-dossier-\(ProcessInfo.processInfo.processIdentifier)/new")
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    try Dossier(answer, version: "0.0", resources: .ofTests()).write(to: folder)
    for file in files {
      let written = try String(contentsOf: folder.appending(path: file.name), encoding: .utf8)
      #expect(written == file.text)
    }
  }

  @Test func saysWhatToDoWhenAFolderCannotBeWritten() {
    let folder = URL(filePath: "/proc/nowhere", directoryHint: .isDirectory)
    #expect(throws: FileError.self) {
      try Dossier(answer, version: "0.0", resources: .ofTests()).write(to: folder)
    }
  }

  @Test func saysWhatToDoWhenTheChartsAreMissing() throws {
    var message = ""
    do {
      let resources = PublishingResources(
        pages: PublishingResources.ofTests().pages, chartBundle: URL(filePath: "/none/vega.js"))
      _ = try Dossier(answer, version: "0.0", resources: resources).files()
    } catch { message = "\(error)" }
    #expect(message.contains("make set-up"))
  }
}

extension PublishingResources {
  /// The pages' own files with a stand-in for the chart library, which set-up makes.
  static func ofTests() -> PublishingResources {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let project = tests.deletingLastPathComponent().deletingLastPathComponent()
    return PublishingResources(
      pages: project.appending(path: "Web", directoryHint: .isDirectory),
      chartBundle: tests.appending(path: "StandIn/charts.js"))
  }
}
