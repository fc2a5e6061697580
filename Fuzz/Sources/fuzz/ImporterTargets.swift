import Foundation

@testable import Documents
@testable import Evidence
@testable import Importing
@testable import Tables

/// An importer with the tables that its inputs start from.
///
/// The first byte of an input says how the others are taken; see `Reading`.
struct FuzzedImporter: Sendable {
  let name: String
  let importer: Importer
  /// The tables of each form.
  let tables: [[MadeTables.Table]]

  /// How an input is taken: by which form, and with which options of an import.
  private struct Reading {
    let form: Int
    /// Whether the input has the heads of its tables; else they are put before its rows.
    let isWhole: Bool
    let work: Import

    init(_ byte: UInt8, forms: Int) {
      isWhole = byte & 1 == 1
      form = Int(byte >> 1 & 3) % forms
      work = FuzzedCasebook.work(
        badRows: byte & 8 == 0 ? .skip : .refuse, split: byte & 16 == 0 ? [] : ["SCG"],
        years: byte & 96 == 96 ? nil : byte & 32 == 0 ? 2009...2012 : 2005...2007)
    }
  }

  private static let separator: UInt8 = 0x1D

  /// The inputs that a corpus starts from, by form: its tables, by their rows and whole.
  var seeds: [[Data]] {
    tables.enumerated().map { form, tables in
      [0, 1, 8, 16, 33].map { (options: UInt8) in
        let isWhole = options & 1 == 1
        let texts = tables.map { Data((isWhole ? $0.head + $0.rows : $0.rows).utf8) }
        return Data([UInt8(form) << 1 | options])
          + texts.joined(separator: CollectionOfOne(FuzzedImporter.separator))
      }
    }
  }

  /// Imports an input into the casebook in memory, and makes the files that would be written.
  ///
  /// Reading the casebook anew and checking all of it, which takes much longer than the rest, is done
  /// for one input in sixty-four, told by the sum of its bytes, and what other formats a strange header is
  /// nearest to, likewise.
  ///
  /// - Returns: the report; nil for an input that is empty or has not the header.
  @discardableResult
  func read(
    _ bytes: UnsafeBufferPointer<UInt8>, isThorough: Bool = false
  ) throws -> ImportReport? {
    let isThorough = isThorough || bytes.reduce(0 as UInt8, &+) % 64 == 0
    guard let first = bytes.first else { return nil }
    let reading = Reading(first, forms: tables.count)
    let parts = bytes.dropFirst().split(
      separator: FuzzedImporter.separator, maxSplits: 7, omittingEmptySubsequences: false)
    let texts =
      reading.isWhole
      ? parts.map { Data($0) }
      : tables[reading.form].enumerated().map { place, table in
        Data(table.head.utf8) + (place < parts.count ? Data(parts[place]) : Data())
      }
    let files = try texts.enumerated().map { place, data in
      try DataFile(name: "\(place).csv", data, packed: data + Data([UInt8(place)]))
    }
    guard !reading.isWhole || isThorough || hasHeaders(files) else { return nil }
    let match = reading.isWhole ? try importer.match(files) : match(files, reading.form)
    var edit = FuzzedCasebook.edit
    var report = try match.form.read(reading.work, match.tables, &edit)
    report.changes = edit.changes
    guard isThorough else { return report }
    let (_, after) = try edit.changedFiles()
    report.differences = VintageDifference.all(
      before: edit.casebook, after: after, asked: edit.asked)
    return report
  }

  /// Whether each layout of some form is in one of the files.
  private func hasHeaders(_ files: [DataFile]) -> Bool {
    let tables = files.flatMap(\.tables)
    return importer.forms.contains { form in
      form.layouts.allSatisfy { layout in tables.contains { $0.heading(layout) != nil } }
    }
  }

  /// The tables as those of a form, in its order: sheets have names that no text carries.
  private func match(_ files: [DataFile], _ form: Int) -> Importer.Match {
    let layouts = importer.forms[form].layouts
    let tables = zip(files.flatMap(\.tables), layouts).map { table, layout in
      var table = table
      table.sheet = layout.sheet
      return FoundTable(table: table, layout: layout)
    }
    return Importer.Match(importer: importer, form: importer.forms[form], tables: tables)
  }
}

extension FuzzedImporter {
  /// Every importer, the generic one by a mapping to numbers and by one to claims.
  static let all: [FuzzedImporter] =
    (Importer.all.map { ($0.name, $0) } + [("generic-claims", generic)]).map { name, importer in
      guard let tables = MadeTables.all[name] else { fatalError("\(name) has no made tables.") }
      let mapped = mappings[name].map(mapped) ?? importer
      precondition(tables.count == mapped.forms.count, "\(name) has a form without tables.")
      return FuzzedImporter(name: name, importer: mapped, tables: tables)
    }

  private static let generic = Importer.generic

  private static func mapped(_ mapping: String) -> Importer {
    do {
      let node = try YAMLNode(yaml: Array(mapping.utf8), file: "mapping.yaml")
      return Importer.generic(try Mapping(node))
    } catch { fatalError("A mapping cannot be read: \(error)") }
  }

  private static let mappings = [
    "generic": Mapping.template,
    "generic-claims": """
    source: {id: contracts, title: Contracts, license: CC0-1.0}
    dates: day-first
    actor: {column: country, system: name}
    claims:
      key: id
      on: signed
      channel: {is: finance}
      instrument: {column: kind, words: {Loan: loan, Grant: donation}}
      statement: description
      counterpart: {is: CHN}
      value: amount
      unit: {is: money}
      currency: {is: USD}
      price_year: {is: "2017"}
    """,
  ]
}

extension Target {
  /// A reader for each importer that the program has, in each of its forms.
  static let ofImporters: [Target] = FuzzedImporter.all.map { fuzzed in
    let layouts = fuzzed.importer.forms.flatMap(\.layouts)
    return Target(
      name: "import-\(fuzzed.name)", seeds: fuzzed.seeds.flatMap(\.self),
      words: layouts.flatMap { $0.columns + $0.optional + $0.missing + $0.footers } + values
    ) { _ = try? fuzzed.read($0) }
  }

  /// What the cells of tables hold.
  private static let values = [
    "SRB", "Serbia", "MNE", "CHN", "China", "341", "345", "YUG", "2010", "2010-06-14", "6/14/2010",
    "1.5", "-99", "..", "yes", "no", "Yes", "No", "True", "False", "Y", "N", "A", "1", "0",
    "Completion", "Pipeline: Pledge", "Grant", "Loan", "Vague TBD", "2022; 2023", "?", "NA",
    "\"a, \"\"b\"\"\"", "\u{1D}", "\n", "1990 [YR1990]", "January", "EU", "NATO", "member",
    "1,5", "\u{E9}", "\u{FEFF}", "9999", "1e308", "-0",
  ]
}
