package import Documents
package import Foundation

/// One row to add to a table of a casebook, checked with all the rest before it is written.
package struct AddedRow: Sendable {
  /// A sort of row that can be added one by one.
  package enum Kind: String, CaseIterable, Sendable {
    case actor, code, membership, source, claim, judgement, coverage, variable

    /// The table's name without `.csv`.
    package var table: String { schema.table }

    /// The columns of the table, in their order.
    package var columns: [FieldSchema] { schema.fields }

    private var schema: TableSchema {
      switch self {
      case .actor: Actor.fields.schema
      case .code: Code.fields.schema
      case .membership: Membership.fields.schema
      case .source: Source.fields.schema
      case .claim: Claim.fields.schema
      case .judgement: Judgement.fields.schema
      case .coverage: Coverage.fields.schema
      case .variable: Variable.fields.schema
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

extension FieldSchema {
  /// How a cell of the column is written, where a person may wonder; nil for plain text and words.
  package var hint: String? {
    switch form {
    case .day, .dayOfEntry:
      "a date such as 2020, 2020-06 or 2020-06-14; 2020~ is about, 2020? uncertain"
    case .locator: "page=3, paragraph=14, row=12 or chars=9120-9241"
    case .shaped(.citationType):
      "a word of the citation style, such as report, article, webpage or dataset"
    default: nil
    }
  }

  /// The words that a casebook allows in the column; empty where any text may stand.
  package func words(in casebook: Casebook) -> [String] {
    switch form {
    case .word(let words): words
    case .term(let vocabulary): casebook.codebook.vocabularies[vocabulary, default: []].map(\.id)
    case .stage:
      casebook.codebook.ladders.values.flatMap { $0.map(\.rawValue) }.uniqued.sorted()
    case .reference(NameType(ActorID.self), isList: false): casebook.actors.map(\.id.rawValue)
    case .reference(NameType(SourceID.self), isList: false): casebook.sources.map(\.id.rawValue)
    default: []
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
  /// Dates of entry after `today` are refused.
  ///
  /// - Throws: `CasebookError.problems`, those of the row by the column that they are in; then
  ///   nothing is to be written.
  package func added(
    to files: CasebookFiles, today: Day? = nil
  ) throws -> (changed: [String: Data], casebook: Casebook) {
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
    return (changed, try Casebook(files: files.replacing(changed), today: today))
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
