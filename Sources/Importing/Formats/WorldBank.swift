import Evidence
import Foundation
import Documents

extension Importer {
  static let worldBank = Importer(
    name: "world-bank", summary: "World Bank indicators, as the API or the DataBank writes them",
    forms: [WorldBank.api, WorldBank.dataBank].map { layout in
      Form(
        layouts: [layout],
        read: { work, tables, edit in try work.importWorldBank(tables[0], into: &edit) })
    })
}

/// The layouts of the World Bank: a row for each country and indicator, a column for each year.
private enum WorldBank {
  static let api = Layout(
    what: "indicators by year",
    columns: ["Country Code", "Country Name", "Indicator Code", "Indicator Name"], missing: [".."])
  static let dataBank = Layout(
    what: "series by year",
    columns: ["Country Code", "Country Name", "Series Code", "Series Name"], missing: [".."],
    footers: ["Data from database", "Last Updated"])

  /// Reads the year of a column: `1990` or `1990 [YR1990]`; nil for any other.
  static func year(_ column: String) -> Int? {
    guard let year = Int(column.prefix(4)), (1000...9999).contains(year) else { return nil }
    return column == String(year) || column == "\(year) [YR\(year)]" ? year : nil
  }

  /// Reads a day written as `2025-12-19` or `12/19/2025`.
  static func day(_ text: String) -> EDTFDate? {
    let parts = text.split(separator: "/")
    let iso = parts.count == 3 ? "\(parts[2])-\(parts[0])-\(parts[1])" : text
    return try? EDTFDate(iso)
  }
}

extension Import {
  /// One indicator with its values.
  private struct Indicator {
    let title: String
    var values = YearlyValues()
  }

  /// Imports World Bank indicators, each a variable with a source of its own.
  func importWorldBank(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    try requireContext(edit.casebook)
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    let window = try years ?? found.years(found.columns.compactMap(WorldBank.year))
    let indicators = try indicators(in: found, &audit)
    try checkNamed(indicators.keys, in: found)
    let issued = lastUpdated(found.table)
    for (code, indicator) in indicators.sorted(by: { $0.key < $1.key }) {
      let source = try edit.put(.worldBank(code, indicator.title, issued), of: found.table)
      try edit.put(
        .context(
          VariableID("world-bank-\(code.asName)"), title: indicator.title,
          unit: unit(indicator.title), method: "World Bank indicator \(code), as published.",
          source: source), indicator.values.byActor, actors: pool,
        years: window, source: source, audit.identity)
    }
    return audit.report(pool: pool, notes: ["every value counts as a row"])
  }

  /// Reads the values of each indicator, by its code.
  private func indicators(
    in found: FoundTable, _ audit: inout JoinAudit
  ) throws -> [String: Indicator] {
    var indicators: [String: Indicator] = [:]
    let dated = found.columns.compactMap { name in WorldBank.year(name).map { (name, $0) } }
    var layout = found.layout
    layout.columns += dated.map(\.0)
    try audit.read(FoundTable(table: found.table, layout: layout)) { row, columns in
      let values = zip(dated, columns.dropFirst(4)).map { (year: $0.1, value: row.number($1)) }
      let texts = columns.prefix(4).map { row.text($0) ?? "" }
      return (code: texts[0], indicator: texts[2], title: texts[3], values: values)
    } place: { audit, record in
      guard !record.indicator.isEmpty else {
        return audit.lose("without an indicator", record.code)
      }
      guard variables?.contains(record.indicator) ?? true else {
        return audit.lose("of indicators not asked for", record.indicator)
      }
      var indicator = indicators[record.indicator] ?? Indicator(title: record.title)
      for (year, value) in record.values {
        guard let value else {
          audit.lose("without a value", record.code)
          continue
        }
        let placing = audit.actors(record.code, of: "worldbank", in: year)
        if !indicator.values.put(BoundedNumber(value: value), placing, in: year) {
          audit.meet(duplicate: YearlyValues.rule, record.code)
        }
      }
      indicators[record.indicator] = indicator
    }
    return indicators
  }

  /// Checks that the file has every indicator that was named.
  private func checkNamed(_ known: some Sequence<String>, in found: FoundTable) throws {
    let known = Set(known)
    let problems = (variables ?? []).filter { !known.contains($0) }.map { name in
      Problem(
        file: found.table.name, value: name, message: "is no indicator of this file",
        advice: "see its column \(found.layout.columns[2])")
    }
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
  }

  /// The unit, which a title has in its last brackets.
  private func unit(_ title: String) -> String {
    guard title.hasSuffix(")"), let open = title.lastIndex(of: "(") else { return "as published" }
    return String(title[title.index(after: open)...].dropLast())
  }

  /// The day on which the file says that it was last updated.
  private func lastUpdated(_ table: DataTable) -> EDTFDate? {
    table.bytes.withUnsafeBytes { raw in
      let row = Row(raw.bindMemory(to: UInt8.self), file: table.name, separator: table.separator)
      while row.advance(nil) {
        let cells = row.headerNames
        guard let first = cells.first, first.hasPrefix("Last Updated") else { continue }
        let text = first.hasPrefix("Last Updated:") ? String(first.dropFirst(13)) : cells[safe: 1]
        return text.flatMap { WorldBank.day($0.trimmed) }
      }
      return nil
    }
  }
}

extension ImportedSource {
  fileprivate static func worldBank(
    _ code: String, _ title: String, _ issued: EDTFDate?
  ) -> ImportedSource {
    ImportedSource(
      id: "world-bank-\(code.asName)", title: "\(title) (\(code))", author: "World Bank",
      publisher: "World Bank", url: "https://data.worldbank.org/indicator/\(code)",
      license: "CC-BY-4.0", issued: issued)
  }
}
