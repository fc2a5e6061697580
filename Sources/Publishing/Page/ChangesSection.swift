import Effects
package import Studies

// What changed judgements do to each channel's headline.
extension Pages {
  /// The answer beside the study's own.
  func changes(from own: Answer) -> HTML {
    let rows = zip(own.channels, answer.channels).map { before, after -> HTML in
      let cells = zip(figures(before), figures(after)).map { old, new -> HTML in
        old == new
          ? "<td class=\"num\">\(new)</td>"
          : "<td class=\"num changed\"><del>\(old)</del> <ins>\(new)</ins></td>"
      }
      return """
        <tr><th scope="row"><a href="\(address(.channel(after.id)))">\(after.title)</a></th>\
        \(cells)</tr>
        """
    }
    let main = answer.channels.compactMap { $0.headline?.estimates.first }.first
    let draws = main.map {
      "Estimated by \(inWords($0.method)). Each p is from "
        + "\(counted($0.randomization.assignments, "reassignment"))."
    }
    return """
      <section id="changes" aria-labelledby="changes-heading">
      <h2 id="changes-heading">What the changed judgements do</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="What the changed judgements do"><table>
      <caption>Struck through: the study’s own answer. \(draws ?? "")</caption>
      <thead><tr><th scope="col">Channel</th><th scope="col" class="num">Verdict</th>\
      <th scope="col" class="num">Effect</th><th scope="col" class="num">p</th></tr></thead>
      <tbody>\(rows.joined("\n"))</tbody></table></div>
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

  /// A page that says what is wrong with a request, and how to mend it.
  package func problem(title: String, detail: String) -> String {
    let body: HTML = "<section><h1>\(title)</h1><p class=\"lede\">\(detail)</p></section>"
    return pages(on: .method, query: "").document(
      PageContent(title: title, body: body), of: .method, insert: .none, scripts: []
    ).text
  }
}
