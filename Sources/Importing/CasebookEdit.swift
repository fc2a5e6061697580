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

  /// Puts a record into a table, by the columns that tell its rows apart; a file of its own for a part of
  /// the series.
  ///
  /// - Throws: `CasebookError.problems` when the table or a column is missing.
  mutating func put<R: Record>(
    _ record: R, by key: [PartialKeyPath<R>] = [], file: String? = nil
  ) throws {
    let name = file ?? R.fields.schema.table
    if tables[name] == nil { tables[name] = try table(named: name, of: R.self, key) }
    if let change = try tables[name]?.put(record) {
      counts[name, default: [:]][change, default: 0] += 1
    }
  }

  /// Counts a record that is there and stays as it is.
  mutating func keep<R: Record>(_: R.Type) {
    counts[R.fields.schema.table, default: [:]][.unchanged, default: 0] += 1
  }

  private func table<R: Record>(
    named name: String, of _: R.Type, _ key: [PartialKeyPath<R>]
  ) throws -> EditedTable {
    guard let data = files.contents["\(name).csv"] ?? header(ofPart: name) else {
      throw CasebookError.problems([
        Problem(file: "\(name).csv", message: "is missing", advice: "add it with its header row")
      ])
    }
    let schema = R.fields.schema
    let columns = key.compactMap { R.fields[$0]?.name }
    return try EditedTable(
      data, name: "\(name).csv", of: schema, key: columns.isEmpty ? schema.key : columns,
      sorts: schema == SeriesValue.fields.schema)
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
      Source {
        $0.id = SourceID(id)
        $0.type = "dataset"
        $0.title = source.title
        $0.author = source.author
        $0.publisher = source.publisher
        $0.issued = source.issued
        $0.accessed = accessed
        $0.url = source.url
        $0.language = "en"
        $0.license = source.license
        $0.sha256 = table.hash.text
        $0.reliability = .b
      })
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
  func changedFiles(today: Day? = nil) throws -> (files: [String: Data], after: Casebook) {
    var changed: [String: Data] = [:]
    var package = DataPackageText(files.contents["datapackage.json"] ?? Data())
    for (name, table) in tables where table.isChanged {
      changed["\(name).csv"] = table.data
      if let license = parts[name], files.contents["\(name).csv"] == nil {
        let series = SeriesValue.fields.schema
        package.add(
          series.resource(casebook.codebook, named: name, license: license), named: name,
          after: series.table)
        changed["datapackage.json"] = package.data
      }
    }
    return (changed, try Casebook(files: files.replacing(changed), today: today))
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
