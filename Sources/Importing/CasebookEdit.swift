import Evidence
import Foundation
import Documents

/// Changes to a casebook's tables, held in memory until all of them are known to be right.
struct CasebookEdit {
  let casebook: Casebook
  /// Whom codes mean by the casebook.
  let identity: Identity
  let accessed: EDTFDate
  /// How the claims that were put differ from those of an older release.
  var claimDifference: ClaimDifference?
  /// The claims that were put, with the data set that they are of.
  var borne: [(claims: [ClaimID], releases: Set<SourceID>)] = []
  /// Whether the changes are only looked at: then no vintage stands in the way of another.
  let isTrial: Bool
  /// Whom and which years each variable was put for.
  var asked: [VariableID: Asked] = [:]
  private let files: CasebookFiles
  private var tables: [String: EditedTable] = [:]
  /// The licences of the parts of the series that have one of their own.
  var parts: [String: String] = [:]
  private var counts: [String: [EditedTable.Change: Int]] = [:]

  /// What tells the rows of each table apart.
  private static let keys: [String: [String]] = [
    "sources": ["id"], "claims": ["id"], "variables": ["id"],
    "memberships": ["actor", "organisation", "stage"],
    "series": ["variable", "actor", "period", "source"],
  ]

  /// Starts from a casebook without problems.
  ///
  /// - Throws: `CasebookError`.
  init(_ files: CasebookFiles, accessed: EDTFDate, isTrial: Bool = false) throws {
    self.files = files
    self.isTrial = isTrial
    self.accessed = accessed
    casebook = try Casebook(files: files)
    identity = Identity(casebook)
  }

  /// Puts a row into a table, by the columns that tell its rows apart.
  ///
  /// - Throws: `CasebookError.problems` when the table or a column is missing.
  mutating func put(_ table: String, _ row: KeyValuePairs<String, String?>) throws {
    if tables[table] == nil {
      guard let data = files.contents["\(table).csv"] ?? header(ofPart: table) else {
        throw CasebookError.problems([
          Problem(file: "\(table).csv", message: "is missing", advice: "add it with its header row")
        ])
      }
      let whole = CasebookFiles.table(of: "\(table).csv") ?? table
      tables[table] = try EditedTable(
        data, name: "\(table).csv", key: CasebookEdit.keys[whole, default: ["id"]],
        sorts: whole == "series")
    }
    if let change = try tables[table]?.put(row) {
      counts[table, default: [:]][change, default: 0] += 1
    }
  }

  /// The header of a part of the series that is not there yet, such as `series-vdem.csv`.
  private func header(ofPart table: String) -> Data? {
    guard CasebookFiles.table(of: "\(table).csv") == "series" else { return nil }
    let text = String(decoding: files.contents["series.csv"] ?? Data(), as: UTF8.self)
    return text.isEmpty ? nil : Data((text.prefix { !$0.isNewline } + "\n").utf8)
  }

  /// Puts a source into the casebook: the same file is the same source, a newer one a new row.
  ///
  /// - Returns: the source's name.
  mutating func put(_ source: ImportedSource, of table: DataTable) throws -> SourceID {
    let vintages = vintages(of: source)
    if let known = vintages.first(where: { $0.sha256 == table.hash.text }) { return known.id }
    let id = vintages.isEmpty ? source.id : "\(source.id)-\(accessed.text)"
    if !isTrial,
      let other = vintages.first(where: { $0.id.rawValue == id || $0.accessed == accessed })
    {
      throw CasebookError.problems([
        Problem(
          file: table.name,
          message: "is not the file that \(other.id) was read from, though fetched on the same day",
          advice: "say with --accessed when it was fetched, so that the later one counts; of one "
            + "release in two forms keep one, and name the other with --sister")
      ])
    }
    try put(
      "sources",
      [
        "id": id, "type": "dataset", "title": source.title, "author": source.author,
        "publisher": source.publisher, "issued": source.issued?.text, "accessed": accessed.text,
        "url": source.url,
        "language": "en", "license": source.license, "sha256": table.hash.text,
        "reliability": Reliability.b.rawValue,
      ])
    return SourceID(id)
  }

  /// The releases of a data set that the casebook has.
  func vintages(of source: ImportedSource) -> [Source] {
    casebook.sources.filter { known in
      let name = known.id.rawValue
      guard name.hasPrefix(source.id) else { return false }
      let rest = name.dropFirst(source.id.count)
      return rest.isEmpty || (try? EDTFDate(String(rest.dropFirst()))) != nil && rest.first == "-"
    }
  }

  /// What happened to each table, in the order of their names.
  var changes: [ImportReport.TableChange] {
    counts.keys.sorted().map { table in
      let counts = counts[table, default: [:]]
      return ImportReport.TableChange(
        table: table, added: counts[.added, default: 0], changed: counts[.changed, default: 0],
        unchanged: counts[.unchanged, default: 0])
    }
  }

  /// Checks the casebook as it would be, and gives it with the files that change.
  ///
  /// - Throws: `CasebookError.problems`; then nothing is to be written.
  func changedFiles() throws -> (files: [String: Data], after: Casebook) {
    var changed: [String: Data] = [:]
    var package = DataPackageText(files.contents["datapackage.json"] ?? Data())
    for (name, table) in tables where table.isChanged {
      changed["\(name).csv"] = table.data
      if let license = parts[name], files.contents["\(name).csv"] == nil {
        package.describe(name, license: license)
        changed["datapackage.json"] = package.data
      }
    }
    return (changed, try Casebook(files: files.replacing(changed)))
  }
}

/// How a data set is cited.
struct ImportedSource {
  let id: String
  let title: String
  let author: String?
  let publisher: String?
  let url: String?
  /// The licence of the data; it starts with "import only" where figures must not be handed on.
  let license: String
  /// When the file says that it was made.
  var issued: EDTFDate?
}
