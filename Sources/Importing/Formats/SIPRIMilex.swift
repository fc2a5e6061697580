import Evidence
import Foundation
import Documents
import Tables

extension Importer {
  /// A workbook with all sheets, or one sheet alone, which its title tells.
  static let sipriMilex = Importer(
    name: "sipri-milex", summary: "military expenditure: shares, dollars and per capita",
    forms: [
      Form(
        layouts: MilitaryExpenditure.allCases.map { MilitaryExpenditure.layout(sheet: $0.sheet) },
        read: { work, tables, edit in try work.importMilex(tables, into: &edit) }),
      Form(
        layouts: [MilitaryExpenditure.layout(sheet: nil)],
        read: { work, tables, edit in try work.importMilex(tables, into: &edit) }),
    ])
}

/// A way in which military expenditure is stated.
private enum MilitaryExpenditure: String, CaseIterable {
  case shareOfGDP = "share-of-gdp"
  case constantDollars = "constant-dollars"
  case currentDollars = "current-dollars"
  case perCapita = "per-capita"
  case shareOfSpending = "share-of-spending"

  /// How the name of the sheet starts.
  var sheet: String {
    switch self {
    case .shareOfGDP: "Share of GDP"
    case .constantDollars: "Constant"
    case .currentDollars: "Current US$"
    case .perCapita: "Per capita"
    case .shareOfSpending: "Share of Govt. spending"
    }
  }

  /// Words that the sentence above a table has, and those above others have not.
  private var words: String {
    switch self {
    case .shareOfGDP: "percentage of gross domestic product"
    case .constantDollars: "in constant ("
    case .currentDollars: "current prices and exchange rates"
    case .perCapita: "per capita"
    case .shareOfSpending: "percentage of government spending"
    }
  }

  var title: String {
    switch self {
    case .shareOfGDP: "Military expenditure as a share of gross domestic product"
    case .constantDollars: "Military expenditure in constant dollars"
    case .currentDollars: "Military expenditure in current dollars"
    case .perCapita: "Military expenditure per head"
    case .shareOfSpending: "Military expenditure as a share of government spending"
    }
  }

  /// The unit, with the year of constant prices where there is one.
  func unit(_ priceYear: String?) -> String {
    switch self {
    case .shareOfGDP, .shareOfSpending: "share"
    case .constantDollars: "million constant \(priceYear ?? "") USD"
    case .currentDollars: "million current USD"
    case .perCapita: "current USD"
    }
  }

  static func layout(sheet: String?) -> Layout {
    Layout(
      what: sheet.map { "military expenditure, the sheet \($0)" } ?? "military expenditure",
      columns: ["Country", "1990", "2000", "2010"], sheet: sheet,
      missing: ["...", ". .", "..", "…", "xxx"])
  }

  /// Finds which one a table has, by the sentence above it.
  init?(_ title: String) {
    let title = title.lowercased()
    guard title.contains("military expenditure"), !title.contains("local currency"),
      let found = Self.allCases.first(where: { title.contains($0.words) })
    else { return nil }
    self = found
  }
}

extension Import {
  /// Imports military expenditure by state and year, as SIPRI's workbook states it.
  ///
  /// What the workbook sets in blue or red, SIPRI has estimated or holds for uncertain: such values
  /// have the status `E`.
  fileprivate func importMilex(
    _ tables: [FoundTable], into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    var notes: [String] = []
    let source = try edit.put(.sipriMilex, of: tables[0].table)
    for found in tables {
      let title = found.sentenceAbove
      guard let measure = MilitaryExpenditure(title) else {
        throw CasebookError.problems([
          Problem(
            file: found.table.name, value: title, message: "does not say which expenditure it has",
            advice: "name the workbook as SIPRI publishes it, or one of its sheets with --sheet")
        ])
      }
      let spending = try spending(in: found.withYears, &audit)
      try edit.put(
        variable(measure, priceYear: title.yearInBrackets, source), spending.values,
        statuses: spending.statuses, actors: pool,
        years: try years ?? found.years(spending.years), source: source, audit.identity)
      if let note = spending.note { notes.append("\(measure.title): \(note)") }
    }
    return audit.report(
      pool: pool, notes: ["a row is a state and year with a figure"] + notes)
  }

  /// What one sheet says of the actors asked for.
  private struct Spending {
    var values: [ActorID: [Int: BoundedNumber]] = [:]
    /// The colours of what SIPRI has estimated or holds for uncertain: blue and red.
    var colours: [ActorID: [Int: Workbook.Colour]] = [:]
    var years: Set<Int> = []

    var statuses: [ActorID: [Int: ObservationStatus]] {
      colours.mapValues { $0.mapValues { _ in .estimated } }
    }

    var note: String? {
      let all = colours.values.flatMap(\.values)
      guard !all.isEmpty else { return nil }
      let (blue, red) = (all.count { $0 == .blue }, all.count { $0 == .red })
      return "in blue, which are SIPRI's estimates: \(blue); in red, highly uncertain: \(red)"
    }

    /// What settles two figures of a state and year: the Soviet Union has some in years in which Russia
    /// has zeros.
    static let rule =
      "a second row of a state and year: a figure stands before a zero, else the first"

    /// Keeps a figure; false where there is one of the same state and year.
    mutating func put(_ figure: Figure, of actor: ActorID) -> Bool {
      let known = values[actor]?[figure.year]?.value
      guard known == nil || known == 0 && figure.value != 0 else { return false }
      values[actor, default: [:]][figure.year] = BoundedNumber(value: figure.value)
      let isSure = figure.colour != .blue && figure.colour != .red
      colours[actor, default: [:]][figure.year] = isSure ? nil : figure.colour
      return known == nil
    }
  }

  private struct Figure {
    let year: Int
    let value: Double
    let colour: Workbook.Colour?
  }

  private func spending(
    in found: FoundTable, _ audit: inout JoinAudit
  ) throws -> Spending {
    var spending = Spending()
    let columns = found.layout.columns + found.layout.optional
    let years = columns.map { Int($0) }
    spending.years = Set(years.compactMap(\.self))
    try audit.read(found) { row, columns in
      let figures = columns.indices.dropFirst().compactMap { place -> Figure? in
        guard let year = years[place], let value = row.number(columns[place]) else { return nil }
        let cell = Workbook.CellPlace(row: row.number, column: (columns[place].place ?? 0) + 1)
        return Figure(year: year, value: value, colour: found.table.colours[cell])
      }
      return (name: row.text(columns[0])?.trimmed ?? "", figures: figures)
    } place: { audit, state in
      guard !state.figures.isEmpty else {
        return audit.lose("headings of regions, and states without a figure", state.name)
      }
      for figure in state.figures {
        guard let actor = audit.actor(state.name, of: .name, in: figure.year) else { continue }
        if !spending.put(figure, of: actor) {
          audit.meet(duplicate: Spending.rule, state.name)
        }
      }
    }
    return spending
  }

  private func variable(
    _ measure: MilitaryExpenditure, priceYear: String?, _ source: SourceID
  ) -> Variable {
    let price = measure == .constantDollars ? priceYear.map { "-\($0)" } ?? "" : ""
    return Variable(
      id: VariableID("sipri-milex-\(measure.rawValue)\(price)"), title: measure.title,
      unit: measure.unit(priceYear), channel: "context", concept: .exposure, direction: .toward,
      counterpart: nil, source: source,
      method:
        "As SIPRI states it for the calendar year. A value with status E is SIPRI's estimate or "
        + "highly uncertain. Without a counterpart: how much a state spends, not on whose arms.")
  }
}

extension FoundTable {
  /// The first text above the header.
  fileprivate var sentenceAbove: String {
    table.bytes.withUnsafeBytes { raw in
      let row = Row(raw.bindMemory(to: UInt8.self), file: table.name, separator: table.separator)
      guard row.advance(nil) else { return "" }
      return row.headerNames.first { !$0.isEmpty } ?? ""
    }
  }

  /// The same table, with every column that is named by a year.
  fileprivate var withYears: FoundTable {
    var layout = layout
    let known = Set(layout.columns)
    layout.optional =
      columns.filter { name in
        name.utf8.count == 4 && Int(name) != nil && !known.contains(name)
      }.uniqued
    return FoundTable(table: table, layout: layout)
  }
}

extension String {
  /// The year in `constant (2023) US$`.
  fileprivate var yearInBrackets: String? {
    let bracketed = split(separator: "(").dropFirst().map { String($0.prefix { $0 != ")" }) }
    return bracketed.first { $0.utf8.count == 4 && Int($0) != nil }
  }
}

extension ImportedSource {
  static let sipriMilex = ImportedSource(
    id: "sipri-milex", title: "SIPRI Military Expenditure Database",
    author: "Stockholm International Peace Research Institute", publisher: "SIPRI",
    url: "https://www.sipri.org/databases/milex",
    license: "import only: © SIPRI, no redistribution of the data")
}
