package import Markup
import Effects
package import Studies

// What changed judgements do to each channel's headline.
extension Pages {
  /// The answer beside the study's own.
  func changes(from own: Answer) -> HTML {
    let main = answer.channels.compactMap { $0.headline?.estimates.first }.first
    let draws = main.map {
      "Estimated by \(inWords($0.method)). Each p is from "
        + "\(counted($0.randomization.assignments, "reassignment"))."
    }
    let frame = TableFrame(
      "Struck through: the study’s own answer. \(draws ?? "")",
      label: "What the changed judgements do", ["Channel", "Verdict", "Effect", "p"], words: 1)
    let rows = zip(own.channels, answer.channels).map { before, after -> HTML in
      let cells = zip(figures(before), figures(after)).map { old, new -> HTML in
        old == new ? "\(new)" : "<del>\(old)</del> <ins>\(new)</ins>"
      }
      return frame.row(
        ["<a href=\"\(address(.channel(after.id)))\">\(after.title)</a>"] + cells)
    }
    return """
      <section id="changes" aria-labelledby="changes-heading">
      <h2 id="changes-heading">What the changed judgements do</h2>
      \(frame.html(rows))
      </section>
      """
  }

  /// The verdict, the effect and its p.
  private func figures(_ channel: ChannelAnswer) -> [String] {
    let main = channel.headline?.estimates.first
    return [
      channel.verdict.rawValue, main.map { plain($0.effects.overall.att) } ?? "–",
      main.map { plainP($0.randomization.p) } ?? "–",
    ]
  }
}

extension Site {
  /// Sets what changed judgements do beside the study's own answer.
  package func changes(from own: Answer, on page: SitePage, query: String) -> HTML {
    pages(on: page, query: query).changes(from: own)
  }

  /// A page that says what is wrong with a request, and what to do about it.
  package func problem(title: String, detail: String) -> String {
    let body: HTML = "<section><h1>\(title)</h1><p class=\"lede\">\(detail)</p></section>"
    return pages(on: .method, query: "").document(
      PageContent(title: title, body: body), of: .method, insert: .none, scripts: []
    ).typeset.text
  }
}
