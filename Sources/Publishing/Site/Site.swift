package import Markup
import Evidence
package import Studies

/// The pages of an answer, each a document of its own, as the live site serves them.
///
/// They load `/assets/pages.css`, `/assets/vega.js` and `/assets/pages.js` and nothing else, and hold
/// neither script nor style of their own, so that the strictest policy fits them. Without JavaScript
/// they read the same, with the table of each picture in place of the picture.
package struct Site: Sendable {
  private var pages: Pages

  /// One of each page: all channels, all states that have one, all claims; evidence without a filter.
  package var allPages: [SitePage] {
    SitePage.main.map(\.page)
      + pages.answer.channels.map { .channel($0.id) }
      + pages.statesWithPages.map { .state($0) }
      + pages.scenarioNames.map { .scenario($0) }
      + [.calibration, .leverage(nil), .watchList(nil)]
      + pages.answer.casebook.claims.map { .claim($0.id) }
  }

  package init(_ answer: Answer, version: String) {
    pages = Pages(answer, version: version)
  }

  /// What the answer is without each claim in turn, which the pages of the claims then say; nil: not
  /// asked.
  package var influence: Influence? {
    get { pages.influence }
    set { pages.influence = newValue }
  }

  /// What a page says that shows the study's own judgements beside a reader's changed ones.
  package var unchangedNote: HTML {
    "<p class=\"note\">This page keeps the study’s own judgements; yours change the answer.</p>"
  }

  /// What the pages on choices, scenarios and exposures show, as far as it has been computed.
  package var supplement: Supplement {
    get { pages.supplement }
    set { pages.supplement = newValue }
  }

  /// The files that the pages link to, by their names below `/downloads/`.
  package func downloads() -> [Download] { pages.answer.downloads(version: pages.version) }

  /// Writes the whole document of a page; nil when there is no such state, channel or claim.
  ///
  /// Every link to another page carries `query` on, such as `?anticipation=2`. What is inserted stands
  /// at the top of the page's main part; `scripts` are addresses of further modules that it loads.
  package func html(
    _ page: SitePage, query: String = "", insert: HTML = .none, scripts: [String] = []
  ) -> String? {
    let pages = pages(on: page, query: query)
    guard let content = pages.content(of: page) else { return nil }
    return pages.document(content, of: page, insert: insert, scripts: scripts).typeset.text
  }

  /// The pages with links as they are on one of them.
  func pages(on page: SitePage, query: String) -> Pages {
    var pages = pages
    pages.layout = .site(page, query: query)
    return pages
  }
}

extension Pages {
  /// The content of a page; nil when there is no such state, channel or claim.
  func content(of page: SitePage) -> PageContent? {
    switch page {
    case .answer:
      PageContent(
        title: answer.study.question,
        body: [answerSection, decisionSection, changeSection].joined("\n"))
    case .channel(let id):
      answer.channels.first { $0.id == id }.map { channel in
        PageContent(title: channel.title, body: section(of: channel))
      }
    case .states: PageContent(title: "States", body: statesIndex)
    case .state(let id):
      statesWithPages.contains(id)
        ? PageContent(title: answer.name(id), body: statePage(id)) : nil
    case .comparison:
      PageContent(title: "Comparison", body: comparisonSection)
    case .evidence(let filter):
      PageContent(title: "Evidence", body: evidenceList(filter))
    case .claim(let id):
      answer.casebook.claim(id).map { claim in
        PageContent(title: "Claim \(claim.id)", body: claimPage(claim))
      }
    case .multiverse(let filter):
      PageContent(title: "Choices", body: multiverseSection(filter))
    case .scenarios: PageContent(title: "Scenarios", body: scenariosIndex)
    case .scenario(let id): scenarioPage(id)
    case .calibration:
      PageContent(title: "How projections did before", body: calibrationSection)
    case .outlook: PageContent(title: "Outlook", body: outlookSection)
    case .exposures: PageContent(title: "Exposures", body: exposuresSection)
    case .leverage(let relief):
      PageContent(title: "If every loan were called in", body: leverageSection(relief))
    case .watchList(let weights):
      PageContent(title: "Watch list", body: watchListSection(weights))
    case .conflicts: PageContent(title: "Where sources disagree", body: conflictsSection)
    case .coverage: PageContent(title: "Coverage", body: coverageSection)
    case .method: PageContent(title: "Method and data", body: methodSection)
    }
  }

  /// The document around the content of a page.
  func document(
    _ content: PageContent, of page: SitePage, insert: HTML, scripts: [String]
  ) -> HTML {
    let question = answer.study.question
    let title = page == .answer ? question : "\(content.title) · \(question)"
    let modules = (["/assets/vega.js", "/assets/pages.js"] + scripts).map { address -> HTML in
      "<script type=\"module\" src=\"\(address)\"></script>\n"
    }
    let home: HTML = "<a href=\"\(address(of: .answer))\">Fulcrum</a> <span>observatory</span>"
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="Fulcrum \(version)">
      <title>\(title)</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="/assets/pages.css">
      \(modules)</head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      \(Self.patterns)
      \(masthead(kind: home, links: pageLinks(on: page)))
      <main id="main" tabindex="-1">
      \(insert)\(content.body)
      </main>
      <footer>\(names)<p>Made by Fulcrum \(version) from the casebook \(answer.casebook.id).</p></footer>
      \(Self.scripted)
      </body>
      </html>

      """
  }

  private func pageLinks(on page: SitePage) -> [HTML] {
    SitePage.main.map { target, label in
      let mark: HTML =
        target == page
        ? " aria-current=\"page\"" : target == page.main ? " aria-current=\"true\"" : .none
      return "<a href=\"\(address(of: target))\"\(mark)>\(label)</a>"
    }
  }
}
