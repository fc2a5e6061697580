package import Foundation
import Documents

/// One row to add to a table of a casebook, checked with all the rest before it is written.
package struct AddedRow: Sendable {
  /// A sort of row that can be added one by one.
  package enum Kind: String, CaseIterable, Sendable {
    case actor, code, membership, source, claim, judgement, coverage, variable

    /// The table's name without `.csv`.
    package var table: String { record.table }

    /// The columns of the table, in the order of the specification.
    package var columns: [RowColumn] { RowColumn.all(of: record) }

    fileprivate var record: any Record.Type {
      switch self {
      case .actor: Actor.self
      case .code: Code.self
      case .membership: Membership.self
      case .source: Source.self
      case .claim: Claim.self
      case .judgement: Judgement.self
      case .coverage: Coverage.self
      case .variable: Variable.self
      }
    }
  }

  package let kind: Kind
  /// The texts of the cells by column; a column that is not named stays empty.
  package private(set) var cells: [String: String]

  package init(_ kind: Kind, cells: [String: String]) {
    self.kind = kind
    self.cells = cells.filter { !$0.value.isEmpty }
  }
}

/// A column of a table, as somebody who adds a row needs to know it.
package struct RowColumn: Hashable, Sendable {
  package let name: String
  package let isRequired: Bool

  static func all(of record: any Record.Type) -> [RowColumn] {
    func columns<R: Record>(_: R.Type) -> [RowColumn] {
      var header = Header([])
      _ = R.columns(&header)
      return header.columns.map { RowColumn(name: $0.name, isRequired: $0.isRequired) }
    }
    return columns(record)
  }

  /// How a cell of the column is written, where a person may wonder; nil for plain text and words.
  package var form: String? {
    switch name {
    case "on", "ordered", "delivered", "until", "from", "to", "issued", "accessed", "coded_on":
      "a date such as 2020, 2020-06 or 2020-06-14; 2020~ is about, 2020? uncertain"
    case "locator": "page=3, paragraph=14, row=12 or chars=9120-9241"
    case "type": "a word of the citation style, such as report, article, webpage or dataset"
    default: nil
    }
  }

  /// The words that a casebook allows in the column; empty where any text may stand.
  package func words(in casebook: Casebook) -> [String] {
    func terms(_ vocabulary: String) -> [String] {
      casebook.codebook.vocabularies[vocabulary, default: []].map(\.id)
    }
    switch name {
    case "channel": return casebook.codebook.channels.map(\.id.rawValue)
    case "instrument": return terms("instruments")
    case "unit": return terms("units")
    case "of": return terms("denominators")
    case "coder": return terms("coders")
    case "system": return terms("code_systems")
    case "stage":
      return casebook.codebook.ladders.values.flatMap { $0.map(\.rawValue) }.uniqued.sorted()
    case "source": return casebook.sources.map(\.id.rawValue)
    case "assertion": return Assertion.allCases.map(\.rawValue)
    case "direction": return Direction.allCases.map(\.rawValue)
    case "phase": return Phase.allCases.map(\.rawValue)
    case "kind": return ActorKind.allCases.map(\.rawValue)
    case "concept": return Concept.allCases.map(\.rawValue)
    case "reliability": return Reliability.allCases.map(\.rawValue)
    case "credibility": return Credibility.allCases.map(\.rawValue)
    case "actor", "by", "counterpart", "organisation", "parent":
      return casebook.actors.map(\.id.rawValue)
    default: return []
    }
  }
}

extension AddedRow {
  /// Fills in what is the same for most rows: who codes and when, and names made from the rest.
  package func completed(in casebook: Casebook, today: String) -> AddedRow {
    var row = self
    func fill(_ column: String, _ text: String?) {
      if row.cells[column] == nil, let text { row.cells[column] = text }
    }
    switch kind {
    case .claim:
      fill("id", claimName(in: casebook))
      fill("fact", row.cells["id"])
      fill("assertion", Assertion.reported.rawValue)
      fill("coder", casebook.codebook.vocabularies["coders"]?.first?.id)
      fill("coded_on", today)
    case .source: fill("accessed", today)
    case .actor: fill("kind", ActorKind.state.rawValue)
    case .judgement:
      fill("by", casebook.codebook.vocabularies["coders"]?.first?.id)
      fill("on", today)
    case .code, .membership, .coverage, .variable: break
    }
    return row
  }

  /// A claim's name from its actor, instrument and date, numbered where another has it.
  private func claimName(in casebook: Casebook) -> String? {
    let parts = ["actor", "instrument", "on"].compactMap { cells[$0] }
    guard parts.count > 1 else { return nil }
    let stem = parts.joined(separator: "-").slug
    let names = [stem] + (2...9_999).map { "\(stem)-\($0)" }
    return names.first { casebook.claim(ClaimID($0)) == nil }
  }

  /// The casebook's files with the row at the end of its table.
  ///
  /// - Throws: `CasebookError.problems`, those of the row by the column that they are in; then
  ///   nothing is to be written.
  package func added(to files: CasebookFiles) throws -> [String: Data] {
    let name = "\(kind.table).csv"
    var data =
      files.contents[name] ?? Data((kind.columns.map(\.name).joined(separator: ",") + "\n").utf8)
    let header = data.withUnsafeBytes { raw in
      let row = Row(raw.bindMemory(to: UInt8.self), file: name)
      return row.advance(nil) ? row.headerNames : []
    }
    try checkColumns(header, name)
    if data.last != UInt8(ascii: "\n") { data.append(UInt8(ascii: "\n")) }
    data.append(Data(CSVWriter.row(header.map { cells[$0] ?? "" }).utf8))
    let changed = [name: data]
    _ = try Casebook(files: files.replacing(changed))
    return changed
  }

  /// Checks that each cell has a column to stand in, and each required column a cell.
  private func checkColumns(_ header: [String], _ file: String) throws {
    let strange = cells.keys.sorted().filter { !header.contains($0) }.map { column in
      Problem(
        file: file, place: .row(1, column: column), message: "the column is missing",
        advice: Suggestion.question(for: column, among: header) ?? "add it to the table's header")
    }
    guard strange.isEmpty else { throw CasebookError.problems(strange) }
  }
}
