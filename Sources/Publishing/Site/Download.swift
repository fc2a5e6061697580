package import Documents
import Evidence
import Indicators
package import Studies

/// A file that the pages offer beside themselves.
package struct Download: Hashable, Sendable {
  /// Its name below `/downloads/`.
  package let name: String
  package let mediaType: String
  package let text: String
}

extension Answer {
  /// The files that the site offers: the answer, its tables as a data package, and how to cite them.
  package func downloads(version: String) -> [Download] {
    let csv = "text/csv; charset=utf-8"
    return [
      Download(
        name: "answer.json", mediaType: "application/json",
        text: json(version: version).text(indented: true)),
      Download(
        name: "datapackage.json", mediaType: "application/json",
        text: dataPackage(version: version).text(indented: true)),
      Download(name: "claims.csv", mediaType: csv, text: claimTable),
      Download(
        name: "citation.bib", mediaType: "application/x-bibtex; charset=utf-8",
        text: bibTeX(version: version)),
      Download(
        name: "citation.csl.json", mediaType: "application/vnd.citationstyles.csl+json",
        text: cslJSON(version: version).text(indented: true)),
      Download(
        name: "CITATION.cff", mediaType: "application/yaml", text: citationFile(version: version)),
    ] + outcomes.map { Download(name: $0.panelFile, mediaType: csv, text: $0.panel.table) }
  }

  /// The description of the tables as a tabular data package, with the licence of every source.
  package func dataPackage(version: String) -> JSON {
    let panels = outcomes.map { outcome in
      resource(
        outcome.panelFile, title: outcome.series.indicator.title,
        fields: outcome.panel.tableColumns(outcome: outcome.series.indicator.unit).map {
          field($0.name, $0.type, $0.text)
        })
    }
    let claims = resource(
      "claims.csv", title: "The claims",
      fields: ClaimTable.columns.map { field($0.name, $0.type, $0.text) })
    return [
      "profile": "tabular-data-package",
      "name": .string(plainName("\(casebook.id)-\(study.id)")),
      "version": .string(casebook.version), "title": .string(study.question),
      "description": .string(provenance(version: version)),
      "sources": .array(
        casebook.sources.map { source in
          .object(defined: [
            "title": .string(source.reference), "path": source.url.map { .string($0) },
            "license": source.license.map { .string($0) },
            "importOnly": source.isImportOnly ? true : nil,
          ])
        }), "resources": .array([claims] + panels),
    ]
  }

  private func resource(_ path: String, title: String, fields: [JSON]) -> JSON {
    [
      "name": .string(plainName(path.replacing("panels/", with: "").replacing(".csv", with: ""))),
      "path": .string(path), "title": .string(title), "profile": "tabular-data-resource",
      "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
      "schema": ["fields": .array(fields), "missingValues": [""]],
    ]
  }

  private func field(_ name: String, _ type: String, _ text: String) -> JSON {
    ["name": .string(name), "type": .string(type), "description": .string(text)]
  }

  /// A name of lower-case letters, digits and what a data package allows between them.
  private func plainName(_ text: String) -> String {
    String(
      text.lowercased().unicodeScalars.map { scalar in
        let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
        return isPlain || "-_.".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
      })
  }
}
