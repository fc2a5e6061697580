import Evidence
import Documents

/// A table with one row for each state and year, and a column for each of several measures.
///
/// What it says holds of a whole and its parts alike, so the rows of a split union are told of its
/// successors.
struct YearlyTable: Sendable {
  /// One measure: its column, how its interval is given, and what is said of it.
  struct Measure: Sendable {
    /// Where the bounds of a value come from.
    enum Interval: Sendable {
      case none
      case columns(low: String, high: String)
      /// The value less and plus a multiple of a standard error.
      case error(column: String, multiple: Double)
    }

    let column: String
    var interval = Interval.none
    let title: String
    let unit: String
    let method: String

    var columns: [String] {
      switch interval {
      case .none: [column]
      case .columns(let low, let high): [column, low, high]
      case .error(let error, _): [column, error]
      }
    }
  }

  /// What the names of its variables start with.
  let prefix: String
  let source: ImportedSource
  /// The columns that tell the state and the year, and the system of the codes.
  let code: String
  let system: CodeSystem
  let year: String
  /// The measures that are read unless others are named.
  let measures: [Measure]
  /// What is said of another measure that is named, given the names of all columns.
  let other: @Sendable (_ column: String, _ columns: [String]) -> Measure
  /// Numbers that stand for the lack of one.
  var absences: Set<Double> = []
  /// The table of the casebook that the values go into, where their licence asks for one of its own.
  var file = "series"

  /// The columns that tell the table, beside those of state and year; those of the first measure
  /// unless given.
  var telling: [String] = []

  var layout: Layout {
    let telling = telling.isEmpty ? measures.first?.columns ?? [] : telling
    return Layout(what: "\(prefix) by state and year", columns: [code, year] + telling)
  }

  /// A form of an importer that reads the table.
  var form: Importer.Form {
    Importer.Form(
      layouts: [layout],
      read: { work, tables, edit in try work.importYearly(self, tables[0], into: &edit) })
  }

  /// The measures named, or the usual ones that the table has.
  ///
  /// - Throws: `CasebookError.problems` when a column is not there.
  func chosen(_ names: [String]?, _ found: FoundTable) throws -> [Measure] {
    let columns = found.columns
    guard let names else {
      return measures.filter { $0.columns.allSatisfy(columns.contains) }
    }
    let chosen = names.map { name in
      measures.first { $0.column == name } ?? other(name, columns)
    }
    let problems = chosen.flatMap(\.columns).filter { !columns.contains($0) }.map { column in
      Problem(
        file: found.table.name, place: .row(1, column: column), message: "the column is missing",
        advice: Suggestion.question(for: column, among: columns)
          ?? "name one of its columns with --variables")
    }
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
    return chosen
  }

  /// The name of a measure's variable.
  func variable(_ measure: Measure, _ source: SourceID) -> Variable {
    .context(
      VariableID("\(prefix)-\(measure.column.asName)"), title: measure.title, unit: measure.unit,
      method: measure.method, source: source)
  }
}

extension Import {
  /// Imports a table of measures by state and year.
  func importYearly(
    _ table: YearlyTable, _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    try requireContext(edit.casebook)
    let measures = try table.chosen(variables, found)
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    let (values, seen) = try yearlyValues(table, measures, found, &audit)
    let window = try years ?? found.years(seen)
    let source = try edit.put(table.source, of: found.table)
    if table.file != "series" { edit.parts[table.file] = table.source.license }
    for (measure, values) in zip(measures, values) {
      try edit.put(
        table.variable(measure, source), values.byActor, actors: pool, years: window,
        source: source, audit.identity, file: table.file)
    }
    return audit.report(pool: pool)
  }

  /// Reads the values of each measure, and the years that the table has.
  private func yearlyValues(
    _ table: YearlyTable, _ measures: [YearlyTable.Measure], _ found: FoundTable,
    _ audit: inout JoinAudit
  ) throws -> (values: [YearlyValues], seen: Set<Int>) {
    var values = Array(repeating: YearlyValues(), count: measures.count)
    var seen: Set<Int> = []
    var layout = found.layout
    layout.columns = [table.code, table.year] + measures.flatMap(\.columns)
    try audit.read(FoundTable(table: found.table, layout: layout)) { row, columns in
      var place = 2
      let amounts = measures.map { measure in
        defer { place += measure.columns.count }
        return row.amount(measure, columns[place...], absences: table.absences)
      }
      return (
        code: row.text(columns[0]) ?? "", year: row.calendarYear(columns[1]), amounts: amounts
      )
    } place: { audit, record in
      guard let year = record.year else { return audit.lose("without a year", record.code) }
      seen.insert(year)
      guard record.amounts.contains(where: { $0.value != nil }) else {
        return audit.lose("without a value", record.code)
      }
      let placing = audit.actors(record.code, of: table.system, in: year)
      var isNew = true
      for (measure, amount) in record.amounts.enumerated() where amount.value != nil {
        if !values[measure].put(amount, placing, in: year) { isNew = false }
      }
      if !isNew { audit.meet(duplicate: YearlyValues.rule, record.code) }
    }
    return (values, seen)
  }

  /// Checks that the casebook has a channel for what describes a state and is no act of it.
  func requireContext(_ casebook: Casebook) throws {
    guard casebook.codebook.channel(.context)?.isOutcome != false else { return }
    throw CasebookError.problems([
      Problem(
        file: "codebook.yaml", value: ChannelID.context.rawValue,
        message: "must be a channel that is no outcome, for what describes a state",
        advice: "add `- {id: context, title: Context, outcome: false}` to its channels")
    ])
  }
}

/// A value for each actor and year: the first of its own, else that of its former union.
struct YearlyValues {
  private(set) var byActor: [ActorID: [Int: BoundedNumber]] = [:]
  private var shared: [ActorID: Set<Int>] = [:]

  static let rule = "a second row of a state and year: the first stands"

  /// Keeps a value for everybody whom its row tells of; false where one has a row of its own.
  mutating func put(_ value: BoundedNumber, _ placing: Placing, in year: Int) -> Bool {
    var isNew = true
    for actor in placing.actors {
      let isShared = placing.union.map { $0 != actor } ?? false
      let hasOwn = byActor[actor]?[year] != nil && !shared[actor, default: []].contains(year)
      if hasOwn {
        if !isShared { isNew = false }
        continue
      }
      byActor[actor, default: [:]][year] = value
      if isShared {
        shared[actor, default: []].insert(year)
      } else {
        shared[actor]?.remove(year)
      }
    }
    return isNew
  }
}

extension Row {
  /// Reads a measure with its bounds from the first of some columns.
  fileprivate func amount(
    _ measure: YearlyTable.Measure, _ columns: ArraySlice<Column>, absences: Set<Double>
  ) -> BoundedNumber {
    let columns = Array(columns.prefix(measure.columns.count))
    if let value = number(columns[0]), absences.contains(value) { return BoundedNumber() }
    switch measure.interval {
    case .none: return BoundedNumber(value: number(columns[0]))
    case .columns: return bounded(columns[0], columns[1], columns[2])
    case .error(_, let multiple):
      guard let value = number(columns[0]) else { return BoundedNumber() }
      let half = number(columns[1]).map { $0 * multiple }
      return BoundedNumber(
        value: value, low: half.map { value - $0 }, high: half.map { value + $0 })
    }
  }
}

extension ChannelID {
  /// What describes a state and is no act of it.
  static let context: ChannelID = "context"
}

extension Variable {
  /// A variable that describes a state, and is neither toward anybody nor away.
  static func context(
    _ id: VariableID, title: String, unit: String, method: String, source: SourceID
  ) -> Variable {
    Variable(
      id: id, title: title, unit: unit, channel: .context, concept: .context, direction: .neutral,
      counterpart: nil, source: source, method: method)
  }
}

extension String {
  /// The text in lower-case letters, digits and single hyphens.
  var asName: String {
    lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
  }
}
