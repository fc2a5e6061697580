@testable import Markup
import Documents
import Evidence
import Foundation
import Scenarios
import Testing

@testable import Publishing
@testable import Studies

@Suite struct SiteTests {
  private static let answer = Result { try Sample.answer() }
  private let answer: Answer
  private let site: Site
  private let documents: [(page: SitePage, html: String)]

  init() throws {
    answer = try Self.answer.get()
    var site = Site(answer, version: "0.0")
    site.supplement = try Sample.supplement(answer)
    self.site = site
    documents = site.allPages.compactMap { page in site.html(page).map { (page, $0) } }
  }

  @Test func hasADocumentForEveryChannelStateAndClaim() {
    #expect(documents.count == site.allPages.count)
    #expect(Set(documents.map(\.page.path)).count == documents.count)
    #expect(site.html(.claim("none")) == nil)
    #expect(site.html(.state("none")) == nil)
    #expect(site.html(.channel("none")) == nil)
  }

  @Test func holdsNeitherScriptNorStyleOfItsOwn() {
    for (page, html) in documents {
      #expect(html.firstMatch(of: /\sstyle=|<style|\son[a-z]+="/) == nil, "\(page.path)")
      for script in html.matches(of: /<script([^>]*)>/) {
        let isData = script.1.contains("type=\"application/json\"")
        #expect(isData || script.1.contains("src=\"/assets/"), "\(page.path): \(script.0)")
      }
      let outside = html.matches(of: /(?i)(?:src|action|data|poster)="(https?:[^"]*)"/)
      #expect(outside.isEmpty)
    }
  }

  @Test func escapesEveryTextOfTheCasebookOnEveryPage() {
    for (page, html) in documents {
      #expect(!html.contains("<script>alert") && !html.contains("<and>"), "\(page.path)")
    }
    let claims = site.html(.evidence(EvidenceFilter())) ?? ""
    #expect(claims.contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)"))
  }

  /// A mark that turns the direction of writing stays within its own cell or isolated run.
  @Test func keepsMarksOfDirectionFromTheirNeighbours() {
    var count = 0
    for (page, html) in documents where html.contains("\u{202E}") {
      count += 1
      let rest = html.replacing(/<bdi>.*?<\/bdi>|<td[^>]*>.*?<\/td>|<script.*?<\/script>/, with: "")
      #expect(!rest.contains("\u{202E}"), "\(page.path)")
    }
    #expect(count > 2)
  }

  @Test func startsEveryPageWithItsOneTitleAndKeepsHeadingsInOrder() {
    for (page, html) in documents {
      let levels = html.matches(of: /<h([1-6])[ >]/).compactMap { Int($0.1) }
      #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1, "\(page.path)")
      for (above, below) in zip(levels, levels.dropFirst()) {
        #expect(below <= above + 1, "\(page.path)")
      }
    }
  }

  @Test func leadsEveryLinkToAPlaceThatIsThere() throws {
    let byPath = Dictionary(uniqueKeysWithValues: documents.map { ($0.page.path, $0.html) })
    for (page, html) in documents {
      let ids = ids(in: html)
      #expect(Set(ids).count == ids.count, "\(page.path)")
      for link in html.matches(of: /href="([\/#][^"]*)"/).map({ String($0.1) }) {
        guard !link.hasPrefix("/assets/"), !link.hasPrefix("/downloads/") else { continue }
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts[0].prefix { $0 != "?" })
        let target = path.isEmpty ? html : try #require(byPath[path], "\(page.path): \(link)")
        guard parts.count == 2 else { continue }
        let isThere = target.contains("id=\"\(parts[1])\"")
        #expect(isThere, "\(page.path): \(link)")
      }
    }
  }

  @Test func carriesChangedJudgementsOnEveryLink() throws {
    let html = try #require(site.html(.evidence(EvidenceFilter()), query: "?anticipation=2"))
    for link in html.matches(of: /href="(\/[^"]*)"/).map({ String($0.1) }) {
      guard !link.hasPrefix("/assets/"), !link.hasPrefix("/downloads/") else { continue }
      #expect(link.contains("anticipation=2"), "\(link)")
    }
    #expect(html.contains("<input type=\"hidden\" name=\"anticipation\" value=\"2\">"))
  }

  @Test func offersEveryFileThatAPageLinksTo() {
    let names = Set(site.downloads().map { "/downloads/\($0.name)" })
    let linked = documents.flatMap { document in
      document.html.matches(of: /href="(\/downloads\/[^"?]*)/).map { String($0.1) }
    }
    #expect(Set(linked) == names)
  }

  @Test func saysWhatTheEstimatesAreWithoutAClaimOnceThatIsKnown() throws {
    var known = site
    let whole = Influence.Standing(estimate: 0.5, p: 0.01, verdict: .decidable)
    let without = Influence.Standing(estimate: -0.25, p: 0.4, verdict: .weak)
    known.influence = Influence(
      draws: 99,
      outcomes: [
        .init(
          channel: "arms", outcome: "arms-deals", isHeadline: true, whole: whole,
          parts: [.init(kind: .claim, name: "guns", without: without)], unmoved: [:], flips: [])
      ])
    // Spaces that do not break are spaces to a reader.
    let moved = try #require(known.html(.claim("guns"))).replacing("\u{A0}", with: " ")
    #expect(moved.contains("+0.50 (p = 0.010) with it, −0.25 (p = 0.40) without; then it is"))
    #expect(moved.contains("<a href=\"/?without-claim=guns\">The whole answer without it</a>"))
    #expect(try #require(known.html(.claim("drill"))).contains("Without it no estimate changes."))
    #expect(!(try #require(site.html(.claim("drill")))).contains("Without it"))
  }

  @Test func putsAnInsertAtTheTopOfTheMainPart() throws {
    let html = try #require(site.html(.answer, insert: "<form id=\"controls\"></form>"))
    let form = try #require(html.range(of: "<form id=\"controls\">"))
    let main = try #require(html.range(of: "<main"))
    let question = try #require(html.range(of: "id=\"answer\""))
    #expect(main.upperBound < form.lowerBound && form.upperBound < question.lowerBound)
  }

  @Test func showsOnlyTheClaimsThatPassTheFilter() throws {
    let casebook = answer.casebook
    let channel = try #require(casebook.claims.first?.channel)
    let wanted = Set(casebook.claims.filter { $0.channel == channel }.map(\.id))
    try #require(wanted.count < casebook.claims.count)
    let filter = EvidenceFilter([.init(name: "channel", value: channel.rawValue)])
    let html = try #require(site.html(.evidence(filter)))
    let shown = ids(in: html).filter { $0.hasPrefix("claim-") }
    #expect(Set(shown) == Set(wanted.map { anchor("claim", $0) }))
    #expect(html.contains("\(wanted.count) of \(casebook.claims.count) claims pass"))
  }

  @Test func readsBackTheFilterThatItsQueryStates() {
    var filter = EvidenceFilter()
    filter.words = "a & b"
    filter.reliability = "B"
    filter.from = "2004"
    filter.entersEstimate = true
    filter.page = 3
    #expect(EvidenceFilter(filter.parameters) == filter)
    #expect(EvidenceFilter([.init(name: "page", value: "x")]).page == 1)
  }

  /// With `FULCRUM_SITE=DIR` writes the pages of the built-in casebook there, for people to look at.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["FULCRUM_SITE"] != nil))
  func hasAllPagesOfTheBuiltInCasebook() throws {
    let folder = URL(filePath: ProcessInfo.processInfo.environment["FULCRUM_SITE"] ?? "")
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    let study = try #require(casebook.studies["nato-china"])
    let answer = try Study(contentsOf: study, for: casebook).answer(from: casebook, threads: 2)
    var site = Site(answer, version: "0.0")
    site.supplement = try Self.supplement(answer)
    for file in site.downloads() {
      let place = folder.appending(path: "downloads/\(file.name)")
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: place)
    }
    for page in site.allPages {
      let html = try #require(site.html(page))
      let place = folder.appending(path: page.path).appending(path: "index.html")
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(html.utf8).write(to: place)
    }
  }

  private static func supplement(_ answer: Answer) throws -> Supplement {
    let casebook = answer.casebook
    var supplement = Supplement()
    supplement.projections = try casebook.scenarios.sorted { $0.key < $1.key }.map {
      Projection(try Scenario(contentsOf: $0.value, for: casebook), from: answer, threads: 2)
    }
    supplement.replays = answer.channels.flatMap(\.outcomes).flatMap {
      $0.replays(draws: 199, seed: answer.study.seed, threads: 2)
    }
    supplement.outlook = casebook.lastRecorded.map {
      Outlook(of: "NATO", in: casebook, asKnownOn: $0)
    }
    supplement.exposures = try Supplement.Exposures(of: answer.study, in: casebook, year: 2026)
    var run = try MultiverseRun(
      answer.study, outcome: "ideal-point-distance", from: casebook, cap: 400, draws: 99,
      threads: 2)
    while !run.isComplete { try run.advance(by: 32) }
    supplement.multiverses = [run.multiverse()]
    return supplement
  }

  private func ids(in html: String) -> [String] {
    html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
  }
}
