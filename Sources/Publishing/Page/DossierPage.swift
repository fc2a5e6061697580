import Evidence
import Foundation
import Indicators
import Studies

/// The page of a dossier: one file that carries its style, scripts, pictures and data.
struct DossierPage {
  let answer: Answer
  let version: String
  let outputs: EvidenceOutputs
  let counts: FactCounts
  private let json: JSON

  init(_ answer: Answer, version: String, json: JSON) {
    self.answer = answer
    self.version = version
    self.json = json
    counts = answer.factCounts
    outputs = EvidenceOutputs(answer, counts: counts)
  }

  /// The whole page; nothing in it asks for anything outside itself.
  func html(style: String, script: String, charts: String) -> String {
    let scripts = [charts, script]
    let running = scripts.map { text -> HTML in
      "<script type=\"module\">\(HTML(trusted: text))</script>"
    }
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy(running: scripts))">
      <meta name="generator" content="Fulcrum \(version)">
      <title>\(answer.study.question)</title>
      <style>
      \(HTML(trusted: style))</style>
      </head>
      <body>
      <a class="skip" href="#answer">Skip to the answer</a>
      \(Self.patterns)
      \(masthead)
      <main>
      \(body)
      </main>
      <footer>\(names)<p>Made by Fulcrum \(version) from the casebook \(answer.casebook.id). \
      <a href="#answer">Back to the answer</a></p></footer>
      <dialog id="evidence-dialog" aria-labelledby="evidence-dialog-title"></dialog>
      <script type="application/json" id="chart-style">\(HTML(trusted: Chart.style.text()))</script>
      <script type="application/json" id="answer-json">\(HTML(trusted: json.text()))</script>
      \(running)
      </body>
      </html>

      """
    return page.text
  }

  /// The page may run the scripts that it was made with and no others, and reach nothing.
  private static func policy(running scripts: [String]) -> String {
    let hashes = scripts.map { "'sha256-\(sha256(of: $0).base64EncodedString())'" }
    return "default-src 'none'; style-src 'unsafe-inline'; "
      + "script-src \(hashes.joined(separator: " ")); base-uri 'none'; form-action 'none'"
  }

  private static func sha256(of text: String) -> Data {
    let digits = Array(SHA256.hash(of: Data(text.utf8)).utf8)
    return Data(
      stride(from: 0, to: digits.count, by: 2).compactMap { place in
        UInt8(String(decoding: digits[place..<(place + 2)], as: UTF8.self), radix: 16)
      })
  }

  private var body: HTML {
    [
      answerSection, decisionSection, channelsSection, conflictsSection, changeSection,
      statesSection, evidenceSection, methodSection,
    ].joined("\n")
  }

  /// What the style says beside names, at the end of the page and of every print.
  private var names: HTML {
    let notes = answer.casebook.nameNotes.map { note -> HTML in
      let sources = note.sources.map { link($0) }
      let cited: HTML = sources.isEmpty ? .none : " (\(sources.joined(", ")))"
      return "<p class=\"name-note\"><strong>\(note.name)</strong>: \(note.text)\(cited)</p>\n"
    }
    return notes.joined("")
  }

  private var masthead: HTML {
    let links: [(String, String)] = [
      ("answer", "Answer"), ("decide", "Can it decide?"), ("channels", "Channels"),
      ("disagree", "Disagreements"), ("change", "What would change it"), ("states", "States"),
      ("evidence", "Evidence"), ("method", "Method"),
    ]
    let items = links.map { target, label -> HTML in
      "<li><a href=\"#\(target)\">\(label)</a></li>"
    }
    return """
      <header class="masthead">
      <p class="brand">Fulcrum <span>dossier</span></p>
      <nav aria-label="Sections"><ul>\(items)</ul></nav>
      <button type="button" id="theme" class="js-only" aria-pressed="false">Dark</button>
      </header>
      """
  }

  /// The fills of what is not there: hatched for not searched, dotted for withheld.
  private static let patterns: HTML = """
    <svg class="patterns" aria-hidden="true" width="0" height="0"><defs>\
    <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="7" class="hatch"/></pattern>\
    <pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse">\
    <circle cx="2" cy="2" r="1.1" class="hatch-dot"/></pattern>\
    </defs></svg>
    """
}

// MARK: Parts that several sections share

extension DossierPage {
  /// A section of the page with its heading.
  func section(_ id: String, _ heading: String, _ lead: HTML = .none, _ content: HTML) -> HTML {
    let opening: HTML = lead == .none ? .none : "<p class=\"lead\">\(lead)</p>"
    return """
      <section id="\(id)" aria-labelledby="\(id)-heading">
      <h2 id="\(id)-heading">\(heading)</h2>
      \(opening)
      \(content)
      </section>
      """
  }

  /// A number that opens what it rests on.
  func traced(_ number: String, to target: String) -> HTML {
    "<a class=\"n\" href=\"#\(target)\" title=\"What this rests on\">\(number)</a>"
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
  func html(_ table: DataTable) -> HTML {
    let head = table.header.enumerated().map { place, name -> HTML in
      let style: HTML = place < table.wordColumns ? .none : " class=\"num\""
      return "<th scope=\"col\"\(style)>\(name)</th>"
    }
    let rows = table.rows.map { row -> HTML in
      let cells = row.enumerated().map { place, text -> HTML in
        if place == 0, table.wordColumns > 0 { return "<th scope=\"row\">\(text)</th>" }
        return place < table.wordColumns ? "<td>\(text)</td>" : "<td class=\"num\">\(text)</td>"
      }
      return "<tr>\(cells)</tr>"
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(table.caption)"><table>
      <caption>\(table.caption)</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(rows.joined("\n"))
      </tbody></table></div>
      """
  }

  /// A picture: its finding first, then the plot, then its data.
  func html(_ picture: Picture?, cells: String? = nil) -> HTML {
    guard let picture else { return .none }
    let key: HTML = picture.key.isEmpty ? .none : "<p class=\"key\">\(picture.key)</p>"
    let wide: HTML = picture.isWide ? " class=\"wide\"" : .none
    let source: HTML = cells.map { " data-outcome=\"\($0)\"" } ?? .none
    return """
      <figure id="\(picture.id)"\(wide)>
      <figcaption><strong>\(picture.title)</strong> <span class="finding">\(picture.finding)</span>\
      </figcaption>
      <div class="frame"><div class="plot js-only" role="img" \
      aria-label="\(picture.title). \(picture.finding)" data-spec="\(picture.id)-spec"></div></div>
      \(key)
      <details\(source)><summary>The data of this picture</summary>
      <p><a href="#\(picture.trace)" class="n">What these numbers rest on</a></p>
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
    "<a class=\"t\" href=\"#\(anchor("claim", claim))\">\(claim)</a>"
  }

  func link(_ source: SourceID) -> HTML {
    "<a class=\"t\" href=\"#\(anchor("source", source))\">\(source)</a>"
  }
}
