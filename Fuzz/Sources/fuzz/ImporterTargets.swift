import Foundation

@testable import Evidence
@testable import Tables

extension Target {
  /// A reader for each importer that the program has, in each of its forms.
  static let ofImporters: [Target] = (Importer.all + [mapped]).filter { !$0.forms.isEmpty }.map {
    Target($0)
  }

  private static let mapped: Importer = {
    do {
      let template = try YAMLNode(yaml: Array(Mapping.template.utf8), file: "mapping.yaml")
      return Importer.generic(try Mapping(template))
    } catch { fatalError("The template of mappings cannot be read: \(error)") }
  }()

  private init(_ importer: Importer) {
    let columns = importer.forms.flatMap(\.layouts).flatMap { $0.columns + $0.optional }
    let missing = importer.forms.flatMap(\.layouts).flatMap(\.missing)
    self.init(
      name: "import-\(importer.name)",
      seeds: importer.forms.enumerated().flatMap { Target.seeds($1, number: $0) },
      words: columns + missing + Target.values
    ) { Target.read($0, importer) }
  }

  /// What the cells of tables hold.
  private static let values = [
    "SRB", "Serbia", "MNE", "CHN", "China", "341", "345", "YUG", "2010", "2010-06-14", "6/14/2010",
    "1.5", "-99", "..", "", "yes", "no", "Yes", "No", "True", "False", "Y", "N", "A", "1", "0",
    "Completion", "Pipeline: Pledge", "Grant", "Loan", "Vague TBD", "2022; 2023", "?", "NA",
    "\"a, \"\"b\"\"\"", "\u{1D}", "\n", "1990 [YR1990]", "January", "EU", "NATO", "member",
  ]

  /// Tables of a form with some rows, after the byte that says which form and how.
  private static func seeds(_ form: Importer.Form, number: Int) -> [Data] {
    let bodies = form.layouts.map { layout in
      (0..<3).map { row in
        (layout.columns + layout.optional).map { cell($0, row) }.joined(separator: ",") + "\n"
      }.joined()
    }
    let whole = form.layouts.enumerated().map { header($1) + bodies[$0] }
    let kind = UInt8(number % 64) << 1
    return [
      Data([kind]) + Data(bodies.joined(separator: "\u{1D}").utf8),
      Data([kind | 1]) + Data(whole.joined(separator: "\u{1D}").utf8),
    ]
  }

  /// A likely cell of a column, by what its name says.
  private static func cell(_ column: String, _ row: Int) -> String {
    let name = column.lowercased()
    func has(_ parts: String...) -> Bool { parts.contains(where: name.contains) }
    if has("date") { return ["2010-06-14", "2011", ""][row] }
    if has("year", "session", "period", "from", "to") { return ["2010", "2011", "2012"][row] }
    if has("vote") { return ["yes", "no", "abstain"][row] }
    if has("recommended", "umbrella", "estimated", "uncertain") { return ["Yes", "No", "No"][row] }
    if has("status") { return "Completion" }
    if has("flow") { return "Grant" }
    if has("iso", "code", "ms_") { return ["SRB", "MNE", "CHN"][row] }
    if has("country", "recipient", "name", "supplier", "actor") {
      return ["Serbia", "Montenegro", "China"][row]
    }
    return String(row + 1)
  }

  private static func header(_ layout: Layout) -> String {
    CSVWriter.row(layout.columns + layout.optional)
  }

  /// Reads an input as the tables of a form, with their headers put before them unless it has its own.
  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ importer: Importer) {
    guard let kind = bytes.first else { return }
    let form = importer.forms[Int(kind >> 1) % importer.forms.count]
    let parts = bytes.dropFirst().split(separator: 0x1D, omittingEmptySubsequences: false)
    let isWhole = kind & 1 == 1
    let tables =
      isWhole
      ? parts.prefix(8).map { Data($0) }
      : form.layouts.enumerated().map { place, layout in
        Data(header(layout).utf8) + (place < parts.count ? Data(parts[place]) : Data())
      }
    var edit = emptyEdit
    guard
      let files = try? tables.enumerated().map({ place, data in
        try DataFile(name: "\(place).csv", data, packed: data + Data([UInt8(place)]))
      }), let match = try? isWhole ? importer.match(files) : matched(importer, form, files),
      (try? match.form.read(work, match.tables, &edit)) != nil, bytes.count % 8 == 0
    else { return }
    // Checking the whole casebook is slow, so only some inputs come to it.
    _ = try? edit.changedFiles()
  }

  private static func matched(
    _ importer: Importer, _ form: Importer.Form, _ files: [DataFile]
  ) throws -> Importer.Match {
    let tables = zip(files.flatMap(\.tables), form.layouts).map { table, layout in
      var table = table
      table.sheet = layout.sheet
      return FoundTable(table: table, layout: layout)
    }
    return Importer.Match(importer: importer, form: form, tables: tables)
  }

  private static let work: Import = {
    guard let today = try? EDTFDate("2026-11-25") else { fatalError("2026-11-25 is a date.") }
    return Import(
      format: nil, actors: ["SRB", "MNE", "MKD"], years: 2009...2012, counterparts: ["CHN"],
      accessed: today, coder: "fuzz", badRows: .skip)
  }()

  /// The built-in casebook with its actors, codes, sources and variables, and no record.
  private static let emptyEdit: CasebookEdit = {
    do {
      let files = try CasebookFiles(in: Casebook.westernBalkans)
      let kept = ["actors.csv", "codes.csv", "sources.csv", "variables.csv"]
      var emptied: [String: Data] = [:]
      for path in files.paths where path.hasSuffix(".csv") && !kept.contains(path) {
        let header = (files.contents[path] ?? Data()).prefix { $0 != UInt8(ascii: "\n") }
        emptied[path] = header + Data("\n".utf8)
      }
      return try CasebookEdit(files.replacing(emptied), accessed: work.accessed)
    } catch { fatalError("The casebook to import into cannot be read: \(error)") }
  }()
}
