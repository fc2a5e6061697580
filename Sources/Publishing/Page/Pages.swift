import Markup
import Documents
import Evidence
import Foundation
import Indicators
package import Studies

/// The pages of an answer: the sections of a dossier, or one page of the live site.
package struct Pages: Sendable {
  let answer: Answer
  let version: String
  let outputs: EvidenceOutputs
  let counts: FactCounts
  var layout = Layout.oneFile
  var supplement = Supplement()
  /// What the answer is without each claim in turn; nil: not asked.
  var influence: Influence?
  /// The claims that the one file lists; nil: all.
  private var listed: Set<ClaimID>?

  /// How the parts of an answer are spread over files.
  enum Layout: Hashable, Sendable {
    /// All sections in one file that carries everything.
    case oneFile
    /// One page of several; `query` is put to every link to another of them.
    case site(SitePage, query: String)
  }

  package init(_ answer: Answer, version: String) {
    self.answer = answer
    self.version = version
    counts = answer.factCounts
    outputs = EvidenceOutputs(answer, counts: counts)
    listed = listedClaims
  }

  /// The depth of a heading, counted as in the dossier: on its own page a section stands higher.
  private func level(_ depth: Int) -> Int {
    guard case .site(let page, _) = layout else { return depth }
    return switch page {
    case .answer: depth
    case .channel, .state, .scenario: depth - 2
    case .states, .comparison, .evidence, .claim, .conflicts, .coverage, .method,
      .multiverse, .scenarios, .calibration, .outlook, .exposures, .leverage, .watchList:
      depth - 1
    }
  }

  /// A heading at its depth.
  func heading(_ depth: Int, id: String? = nil, _ content: HTML) -> HTML {
    let name: HTML = "h\(level(depth))"
    let mark: HTML = id.map { " id=\"\($0)\"" } ?? .none
    return "<\(name)\(mark)>\(content)</\(name)>"
  }

  /// What the style says beside names, at the end of the page and of every print.
  var names: HTML {
    let notes = answer.casebook.nameNotes.map { note -> HTML in
      let sources = note.sources.map { link($0) }
      let cited: HTML = sources.isEmpty ? .none : " (\(sources.joined(", ")))"
      return "<p class=\"name-note\"><strong>\(note.name)</strong>: \(note.text)\(cited)</p>\n"
    }
    return notes.joined("")
  }

  /// The fills of what is not there: hatched for not searched, dotted for withheld.
  static let patterns: HTML = """
    <svg class="patterns" aria-hidden="true" width="0" height="0"><defs>\
    <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="7" class="hatch"/></pattern>\
    <pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse">\
    <circle cx="2" cy="2" r="1.1" class="hatch-dot"/></pattern>\
    </defs></svg>
    """

  /// What the script of the pages works with: the place of the evidence, and the charts' style.
  static let scripted: HTML = """
    <dialog id="evidence-dialog" aria-labelledby="evidence-dialog-title"></dialog>
    <script type="application/json" id="chart-style">\(HTML(trusted: Chart.style.text()))</script>
    """

  /// The bar at the top of every page.
  func masthead(kind: HTML, links: [HTML]) -> HTML {
    let items = links.map { link -> HTML in "<li>\(link)</li>" }
    return """
      <header class="masthead">
      <p class="brand">\(kind)</p>
      <nav aria-label="Sections"><ul>\(items)</ul></nav>
      <button type="button" id="theme" class="js-only" aria-pressed="false">Dark</button>
      </header>
      """
  }
}

// MARK: Parts that several sections share

extension Pages {
  /// A section of the page with its heading.
  func section(_ id: String, _ heading: String, _ lead: HTML = .none, _ content: HTML) -> HTML {
    let opening: HTML = lead == .none ? .none : "<p class=\"lead\">\(lead)</p>"
    return """
      <section id="\(id)" aria-labelledby="\(id)-heading">
      \(self.heading(2, id: "\(id)-heading", "\(heading)"))
      \(opening)
      \(content)
      </section>
      """
  }

  /// A number that opens what it rests on.
  func traced(_ number: String, to target: Place) -> HTML {
    "<a class=\"n\" href=\"\(address(target))\" title=\"What this rests on\">\(number)</a>"
  }

  func badge(_ verdict: Verdict) -> HTML {
    let mark =
      switch verdict {
      case .decidable: "●"
      case .weak: "◐"
      case .undecidable: "○"
      }
    return """
      <span class="badge \(verdict.rawValue)"><span aria-hidden="true">\(mark)</span> \
      \(verdict.rawValue)</span>
      """
  }

  func list(_ items: [HTML], ordered: Bool = false, style: String = "plain") -> HTML {
    guard !items.isEmpty else { return .none }
    let lines = items.map { item -> HTML in "<li>\(item)</li>" }.joined("\n")
    let name: HTML = ordered ? "ol" : "ul"
    return "<\(name) class=\"\(style)\">\n\(lines)\n</\(name)>"
  }

  /// A table that scrolls within its place when it is too wide.
  func html(_ table: ChartTable) -> HTML {
    let frame = TableFrame(table.caption, table.header, words: table.wordColumns)
    return frame.html(
      table.rows.map { row in
        frame.row(row.map { cell -> HTML in "\(cell)" }, isNamed: table.wordColumns > 0)
      })
  }

  /// A picture: its finding first, then the plot, then its data.
  func html(_ picture: Picture?, cells: String? = nil) -> HTML {
    guard let picture else { return .none }
    let key: HTML = picture.key.isEmpty ? .none : "<p class=\"key\">\(picture.key)</p>"
    let wide: HTML = picture.isWide ? " class=\"wide\"" : .none
    let scrolls: HTML =
      picture.isWide
      ? " tabindex=\"0\" role=\"region\" aria-label=\"Picture: \(picture.title)\"" : .none
    let source: HTML = cells.map { " data-outcome=\"\($0)\"" } ?? .none
    return """
      <figure id="\(picture.id)"\(wide)>
      <figcaption><strong>\(picture.title)</strong> <span class="finding">\(picture.finding)</span>\
      </figcaption>
      <div class="frame"\(scrolls)><div class="plot js-only" role="img" \
      aria-label="\(picture.title). \(picture.finding)" data-spec="\(picture.id)-spec"></div></div>
      \(key)
      <details\(source)><summary>The data of this picture</summary>
      <p><a href="\(address(picture.trace))" class="n">What these numbers rest on</a> · \
      <a href="#\(picture.id)">Link to this picture</a></p>
      \(html(picture.table))
      </details>
      <script type="application/json" id="\(picture.id)-spec">\
      \(HTML(trusted: picture.specification.text()))</script>
      </figure>
      """
  }

  /// Text of a casebook, isolated so that its writing direction cannot reach its neighbours.
  func isolated(_ text: String) -> HTML { "<bdi>\(text)</bdi>" }

  func link(_ claim: ClaimID) -> HTML {
    if layout == .oneFile, let listed, !listed.contains(claim) {
      return "<span class=\"t\">\(claim)</span>"
    }
    return "<a class=\"t\" href=\"\(address(.claim(claim)))\">\(claim)</a>"
  }

  func link(_ source: SourceID) -> HTML {
    "<a class=\"t\" href=\"\(address(.source(source)))\">\(source)</a>"
  }
}
