package import Documents
import Evidence
package import Studies

// An answer and the sources of its casebook as reference managers read them.

extension Answer {
  /// The answer and the sources as BibTeX entries.
  package func bibTeX(version: String) -> String {
    let own = bibTeXEntry(
      "fulcrum-\(study.id)",
      [
        ("title", study.question), ("author", "Fulcrum"),
        ("year", asKnownOn.map { String($0.year) }), ("note", provenance(version: version)),
      ])
    let others = casebook.sources.map { source in
      bibTeXEntry(
        source.id.rawValue,
        [
          ("title", source.title), ("author", source.author), ("publisher", source.publisher),
          ("year", source.issued?.text), ("url", source.url), ("urldate", source.accessed?.text),
          ("note", source.license.map { "Licence: \($0)" }),
        ])
    }
    return ([own] + others).joined(separator: "\n")
  }

  /// The answer and the sources as items of the Citation Style Language.
  package func cslJSON(version: String) -> JSON {
    let own = JSON.object(defined: [
      "id": .string("fulcrum-\(study.id)"), "type": "dataset", "title": .string(study.question),
      "author": [["literal": "Fulcrum"]], "version": .string(version),
      "issued": asKnownOn.map { dateParts("\($0)") },
      "note": .string(provenance(version: version)),
    ])
    return .array([own] + casebook.sources.map(\.cslItem))
  }

  /// The answer as a citation file, with the sources among its references.
  package func citationFile(version: String) -> String {
    var lines = [
      "cff-version: 1.2.0",
      "message: Cite the answer, and the sources of its casebook that you use.",
      "type: dataset",
      "title: \(quoted(study.question))",
      "authors:",
      "  - name: Fulcrum",
      "version: \(quoted(casebook.version))",
    ]
    if let asKnownOn { lines.append("date-released: \(quoted("\(asKnownOn)"))") }
    lines += ["abstract: \(quoted(provenance(version: version)))"]
    if !casebook.sources.isEmpty { lines.append("references:") }
    for source in casebook.sources {
      lines += [
        "  - type: \(source.citationFileType)",
        "    title: \(quoted(source.title))",
        "    authors:",
        "      - name: \(quoted(source.author ?? source.publisher ?? "Not stated"))",
      ]
      if let url = source.url, url.hasPrefix("http") { lines.append("    url: \(quoted(url))") }
      if let year = source.issued?.year { lines.append("    year: \(year)") }
      if let license = source.license {
        lines.append("    notes: \(quoted("Licence: \(license)"))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the answer was made of, in one sentence.
  package func provenance(version: String) -> String {
    "Made by Fulcrum \(version) from the casebook \(casebook.id) \(casebook.version)"
      + (asKnownOn.map { ", as known on \($0)" } ?? "")
      + ", SHA-256 \(casebook.sha256), seed \(study.seed)."
  }
}

extension Source {
  fileprivate var cslItem: JSON {
    .object(defined: [
      "id": .string(id.rawValue), "type": .string(type), "title": .string(title),
      "author": author.map { [["literal": .string($0)]] },
      "publisher": publisher.map { .string($0) }, "issued": issued.map { dateParts($0.text) },
      "accessed": accessed.map { dateParts($0.text) }, "URL": url.map { .string($0) },
      "language": language.map { .string($0) },
      "note": license.map { .string("Licence: \($0)") },
    ])
  }

  /// The nearest of the citation file format's words for a reference.
  fileprivate var citationFileType: String {
    switch type {
    case "dataset": "data"
    case "article", "article-journal", "article-magazine", "article-newspaper": "article"
    case "report": "report"
    case "book": "book"
    case "webpage": "website"
    default: "generic"
    }
  }
}

/// A date of the Citation Style Language: its parts where it is a plain date, else its text.
private func dateParts(_ text: String) -> JSON {
  let parts = text.split(separator: "-").map { Int($0) }
  let numbers = parts.compactMap { $0 }
  guard parts.count == numbers.count, (1...3).contains(numbers.count), !text.hasPrefix("-"),
    numbers.count < 2 || (1...12).contains(numbers[1])
  else { return ["literal": .string(text)] }
  return ["date-parts": [.array(numbers.map(JSON.integer))]]
}

private func bibTeXEntry(_ key: String, _ fields: [(String, String?)]) -> String {
  let plainKey = String(
    key.unicodeScalars.map { scalar in
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
      return isPlain || "-_.:".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
    })
  let lines = fields.compactMap { name, value in
    value.map { value in
      // Double braces keep a title's case, and an organisation's name in one piece.
      let isLiteral = name == "title" || name == "author"
      let isAddress = name == "url"
      let text = isAddress ? value.filter { !"{}\\".contains($0) } : texEscaped(value)
      return "  \(name) = {\(isLiteral ? "{\(text)}" : text)},\n"
    }
  }
  return "@misc{\(plainKey),\n\(lines.joined())}\n"
}

private func texEscaped(_ text: String) -> String {
  text.map { character in
    switch character {
    case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
    case "~": "\\textasciitilde{}"
    case "^": "\\textasciicircum{}"
    case "\\": "\\textbackslash{}"
    case "\n", "\r", "\t": " "
    default: String(character)
    }
  }.joined()
}

/// A text between double quotes, as YAML and JSON both read it.
private func quoted(_ text: String) -> String { JSON.string(text).text() }
