import Markup
import Documents
import Evidence
import Indicators
import Studies

// How the answer was made: hashes, versions, seed, sources, how to cite.
extension Pages {
  var methodSection: HTML {
    section(
      "method", "How it was made", .none,
      "\(made)\n\(words)\n\(files)\n\(variables)\n\(sources)\n\(citing)")
  }

  private var made: HTML {
    let book = answer.casebook
    let study = answer.study
    let facts: [(String, HTML)] = [
      ("Casebook", "\(book.id) \(book.version)"),
      ("Hash of the casebook (SHA-256)", "<code>\(book.sha256)</code>"),
      ("As known on", "\(answer.asKnownOn?.description ?? "no date stated")"),
      ("Study", "\(study.id)"),
      (
        "Treatment",
        "\(inWords(study.treatment.stage)) of \(answer.name(study.treatment.organisation))"
      ),
      ("Counterpart", "\(answer.name(study.counterpart))"),
      ("Seed of the random draws", "\(String(study.seed))"),
      ("Draws", "\(grouped(study.draws))"),
      ("Program", "Fulcrum \(version)"),
    ]
    let lines = facts.map { name, value -> HTML in "<div><dt>\(name)</dt><dd>\(value)</dd></div>" }
    return "<dl class=\"facts wide\">\(lines.joined("\n"))</dl>"
  }

  private var words: HTML {
    let missing: HTML =
      layout == .oneFile
      ? """
      \n<p>Not in this dossier: how the answer depends on analytic choices (the multiverse), and how far \
      each claim, source and state carries it.</p>
      """ : .none
    return """
      <p>Four words are kept apart: <strong>engagement</strong> is what is done, \
      <strong>alignment</strong> the positions taken, <strong>exposure</strong> dependence and the \
      leverage it gives, and <strong>influence</strong> an effect, claimed only by a comparison that can \
      decide. Likelihood words follow ICD 203; the number behind one is the confidence in the sign of the \
      thesis, not a posterior. A placebo p is exact only if the states were exchangeable.</p>\(missing)
      """
  }

  private var files: HTML {
    let panels = answer.outcomes.map { outcome -> HTML in
      """
      \(file(outcome.panelFile)): \(outcome.series.indicator.title) \
      (\(outcome.panel.tableColumns().map(\.name).joined(separator: ", ")))
      """
    }
    let save: HTML =
      layout == .oneFile
      ? " <button type=\"button\" class=\"js-only\" id=\"save-json\">Save it from this page</button>"
      : .none
    let all: [HTML] =
      ["\(file("answer.json")): the whole answer at full precision\(save)"] + served + panels
    return "\(heading(3, layout == .oneFile ? "Files next to this page" : "Files"))\(list(all))"
  }

  /// The files that only the site offers.
  private var served: [HTML] {
    guard layout != .oneFile else { return [] }
    return [
      "\(file("datapackage.json")): the tables below as a data package, with every source’s licence",
      "\(file("claims.csv")): all claims, each with its grades and what it moves",
    ]
  }

  /// The name of a file; where the site serves it, a link.
  func file(_ name: String) -> HTML {
    guard case .site(_, let query) = layout else { return "<code>\(name)</code>" }
    return "<a href=\"/downloads/\(name)\(query)\" download><code>\(name)</code></a>"
  }

  private var variables: HTML {
    let items = answer.casebook.variables.map { variable -> HTML in
      let method: HTML = variable.method.map { " \($0)" } ?? .none
      let moved = answer.outcomes.filter { $0.series.indicator.variable == variable.id }
        .map { outcome -> HTML in
          "<a href=\"\(address(.outcome(outcome.id)))\">\(outcome.series.indicator.title)</a>"
        }
      let moves: HTML = moved.isEmpty ? "nothing in this answer" : moved.joined(", ")
      return """
        <li id="\(Place.variable(variable.id).anchor)"><p class="statement"><strong>\(variable.title)</strong> \
        (<code>\(variable.id)</code>), in \(variable.unit).\(method)</p>
        <p class="meta">\(variable.concept.rawValue) · a higher value means \(variable.direction.rawValue) · \
        source \(link(variable.source))</p>
        <p class="moves"><strong>Moves:</strong> \(moves).</p></li>
        """
    }
    guard !items.isEmpty else { return .none }
    return "\(heading(3, "Series"))<ul class=\"claims\">\(items.joined("\n"))</ul>"
  }

  private var sources: HTML {
    let claims = Dictionary(grouping: answer.casebook.claims, by: \.source).mapValues(\.count)
    let series = Dictionary(grouping: answer.casebook.series) { value in
      value.source ?? answer.casebook.variable(value.variable)?.source
    }.mapValues(\.count)
    let items = answer.casebook.sources.map { source -> HTML in
      let uses = [
        claims[source.id].map { counted($0, "claim") },
        series[source.id].map { counted($0, "series value") },
      ].compactMap { $0 }
      let address: HTML = source.url.map { " \(Markup.link(to: $0, $0))" } ?? .none
      let hash: HTML = source.sha256.map { "<br>SHA-256 <code>\($0)</code>" } ?? .none
      let kept: HTML =
        source.isImportOnly
        ? " <strong>Figures of this source must not be handed on.</strong>" : .none
      return """
        <li id="\(Place.source(source.id).anchor)"><p class="statement"><strong>\(source.id)</strong>: \
        \(isolated(source.reference))\(address)</p>
        <p class="meta">Licence: \(source.license ?? "not stated")\(kept) · \(source.grade) · \
        \(uses.isEmpty ? "no claim or value" : uses.joined(separator: ", "))\(hash)</p></li>
        """
    }
    return "\(heading(3, "Sources"))<ul class=\"claims\">\(items.joined("\n"))</ul>"
  }

  private var citing: HTML {
    """
    \(heading(3, "How to cite"))
    <p class="citation">Fulcrum \(version): “\(answer.study.question)” Dossier from the casebook \
    \(answer.casebook.id) \(answer.casebook.version)\
    \(answer.asKnownOn.map { ", as known on \($0)" } ?? ""), SHA-256 \
    \(answer.casebook.sha256.prefix(12)), seed \(String(answer.study.seed)).</p>\(citationFiles)
    """
  }

  private var citationFiles: HTML {
    guard layout != .oneFile else { return .none }
    return """
      \n<p>The answer and all its sources for a reference manager: \(file("citation.bib")) (BibTeX), \
      \(file("citation.csl.json")) (CSL-JSON), \(file("CITATION.cff")).</p>
      """
  }
}
