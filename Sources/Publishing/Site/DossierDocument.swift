import Markup
import Documents
import Evidence
import Foundation
import Studies

// The dossier: all sections in one file that carries its style, scripts, pictures and data.
extension Pages {
  /// The whole dossier; nothing in it asks for anything outside itself.
  func dossier(json: JSON, style: String, script: String, charts: String) -> String {
    let scripts = [charts, script]
    let running = scripts.map { text -> HTML in
      "<script type=\"module\">\(HTML(trusted: text))</script>"
    }
    let supplements = supplements
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
      \(masthead(kind: "Fulcrum <span>dossier</span>", links: sectionLinks(with: supplements)))
      <main>
      \(sections(with: supplements))
      </main>
      <footer>\(names)<p>Made by Fulcrum \(version) from the casebook \(answer.casebook.id). \
      <a href="#answer">Back to the answer</a></p></footer>
      \(Self.scripted)
      <script type="application/json" id="answer-json">\(HTML(trusted: json.text()))</script>
      \(running)
      </body>
      </html>

      """
    return page.typeset.text
  }

  private func sections(with supplements: [SupplementSection]) -> HTML {
    let first = [answerSection, decisionSection, channelsSection]
    let last = [
      conflictsSection, changeSection, statesSection, comparisonSection, evidenceSection,
      coverageSection, methodSection,
    ]
    return (first + supplements.map(\.section) + last).joined("\n")
  }

  private typealias SupplementSection = (place: Place, label: String, section: HTML)

  /// The sections of what was computed beyond the answer.
  private var supplements: [SupplementSection] {
    var parts: [SupplementSection] = []
    if supplement.multiverses != nil {
      parts.append((.multiverse, "Choices", multiverseSection(MultiverseFilter())))
    }
    if supplement.projections != nil { parts.append((.scenarios, "Scenarios", scenariosSection)) }
    if supplement.replays != nil { parts.append((.calibration, "Calibration", calibrationSection)) }
    if supplement.outlook != nil { parts.append((.outlook, "Outlook", outlookSection)) }
    if supplement.exposures != nil {
      parts.append(
        (
          .exposures, "Exposures",
          [exposuresSection, leverageSection(nil), watchListSection(nil)].joined("\n")
        ))
    }
    return parts
  }

  private func sectionLinks(with supplements: [SupplementSection]) -> [HTML] {
    let links: [(Place, String)] =
      [
        (.answer, "Answer"), (.decide, "Can it decide?"), (.channels, "Channels"),
      ] + supplements.map { ($0.place, $0.label) } + [
        (.disagree, "Disagreements"), (.change, "What would change it"), (.states, "States"),
        (.comparison, "Comparison"), (.evidence, "Evidence"), (.coverage, "Coverage"),
        (.method, "Method"),
      ]
    return links.map { place, label in "<a href=\"\(address(place))\">\(label)</a>" }
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
}
