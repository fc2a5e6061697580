@testable import Markup
import Documents
import Evidence
import Foundation
import Scenarios
import Testing

@testable import Publishing
@testable import Studies

@Suite struct SupplementPagesTests {
  private static let answer = Result { try Sample.answer() }
  private let site: Site
  private let supplement: Supplement

  init() throws {
    let answer = try Self.answer.get()
    var site = Site(answer, version: "0.0")
    supplement = try Sample.supplement(answer)
    site.supplement = supplement
    self.site = site
  }

  /// The page; spaces that do not break are spaces to a reader.
  private func html(_ page: SitePage) throws -> String {
    try #require(site.html(page)).replacing("\u{A0}", with: " ")
  }

  @Test func aPartThatIsNotThereYetSaysSo() throws {
    let bare = Site(try Self.answer.get(), version: "0.0")
    let pages: [SitePage] = [
      .calibration, .outlook, .exposures, .leverage(nil), .watchList(nil),
      .multiverse(MultiverseFilter()),
    ]
    for page in pages {
      #expect(try #require(bare.html(page)).contains("being worked out"), "\(page.path)")
      #expect(try !html(page).contains("being worked out"), "\(page.path)")
    }
  }

  @Test func aScenarioShowsItsTransferItsBandsAndWhatItCannotDraw() throws {
    let html = try html(.scenario("ccc-2022"))
    #expect(html.contains("CCC &lt;joins&gt; in 2022"))
    #expect(html.contains("50 % to 100 % of the effect that earlier accessions had carries over"))
    #expect(html.contains("id=\"fan-ccc-2022-vote-distance-CCC-spec\""))
    // The arms cannot be decided: it says what would have to be assumed.
    #expect(html.contains("Nothing is drawn of 1 outcome"))
    #expect(html.contains("state under <code>assume:</code>"))
    #expect(site.html(.scenario("none")) == nil)
  }

  @Test func aPictureNeverCarriesTheObservedLineOn() throws {
    let projection = try #require(supplement.projections?.first)
    let outcome = try #require(projection.outcomes.first { $0.outcome == "vote-distance" })
    guard case .drawn(let drawn) = outcome.result else {
      Issue.record("The votes can be drawn.")
      return
    }
    let fan = ProjectionFan(outcome, drawn, projection.scenario, name: "C")
    let text = try #require(fan.paths?.specification.text())
    // One solid line for what was observed; both paths are dashed, in bands that grow darker inward.
    #expect(text.matches(of: /"type":"line"/).count == 3)
    #expect(text.matches(of: /"strokeDash"/).count == 2)
    let bands = text.matches(of: /"opacity":(0\.[0-9]+)/).compactMap { Double($0.1) }
    #expect(bands == [0.25, 0.12, 0.16, 0.24])
    let last = try #require(outcome.history.keys.max())
    #expect(drawn.path.allSatisfy { $0.year > last })
  }

  @Test func theCalibrationCountsWhatCameWithinEachBand() throws {
    let html = try html(.calibration)
    #expect(html.contains("<td class=\"num\">9/10</td>"))
    #expect(html.contains("no &lt;earlier&gt; accession can be learnt from"))
    #expect(html.contains("The 95 % band held at least 90 % of the years of every outcome"))
  }

  @Test func holdingAnOptionKeepsTheSpecificationsThatTakeIt() throws {
    let filter = MultiverseFilter([
      .init(name: "outcome", value: "vote-distance"), .init(name: "hold.pool", value: "1"),
      .init(name: "other", value: "2"),
    ])
    #expect(MultiverseFilter(filter.parameters) == filter && filter.held == ["pool": 1])
    let part = try html(.multiverse(filter))
    #expect(part.contains("3 of 6 specifications pass: median +1.25, 100 % above zero, 67 %"))
    let whole = try html(.multiverse(MultiverseFilter()))
    #expect(whole.contains("6 of 6 specifications pass"))
    #expect(whole.contains("all &amp; each"))
  }

  @Test func aCurveOfManySpecificationsKeepsItsColumns() throws {
    let few = Sample.multiverse
    let points = (0..<1_000).map { place in
      Multiverse.Point(
        specification: .init(), options: [place % 2, place % 3], estimate: Double(place), p: 0.5,
        treated: 4, compared: 4, undefined: 0)
    }
    let picture = try #require(SpecificationCurve(few, points, title: "Votes").picture)
    #expect(picture.table.rows.count == 160)
    let counts = picture.table.rows.compactMap { Int($0[0]) }
    #expect(counts.reduce(0, +) == 1_000)
  }

  @Test func theWatchListTakesTheReadersWeights() throws {
    let weights = try #require(
      WatchWeights([.init(name: "concerns", value: "2"), .init(name: "size", value: "x")]))
    #expect(weights.concerns == 2 && weights.share == 0)
    #expect(WatchWeights([.init(name: "size", value: "-1")]) == nil)
    let page = SitePage.watchList(weights)
    #expect(page.parameters.contains(.init(name: "concerns", value: "2")))
    #expect(try html(page).contains("By your weights: concerns ×2"))
    #expect(try !html(.watchList(nil)).contains("By your weights:"))
  }

  @Test func theDossierHoldsEveryPartAndLeadsNowhereElse() throws {
    var pages = Pages(try Self.answer.get(), version: "0.0")
    pages.supplement = supplement
    let html = pages.dossier(json: [], style: "", script: "", charts: "")
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for place in ["scenarios", "calibration", "outlook", "exposures", "leverage", "watch-list"] {
      #expect(ids.contains(place), "\(place)")
    }
    for link in html.matches(of: /href="#([^"]+)"/).map({ String($0.1) }) {
      #expect(ids.contains(link), "\(link)")
    }
    #expect(html.firstMatch(of: /href="\//) == nil)
  }
}
