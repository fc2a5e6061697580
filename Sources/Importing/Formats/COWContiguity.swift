import Evidence
import Documents

extension Importer {
  static let cowContiguity = Importer(
    name: "cow-contiguity", summary: "land borders by year, with counterparts and in number",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "spells of contiguity",
            columns: ["ccode1", "ccode2", "conttype", "stdate", "enddate"])
        ],
        read: { work, tables, edit in try work.importContiguity(tables[0], into: &edit) })
    ])
}

/// A spell in which two states touch by land or a river.
private struct LandBorder {
  let codes: [String]
  let start: Day
  let end: Day

  /// The years on whose last day it is there; the day of an end stands for its month.
  var years: ClosedRange<Int>? {
    let last = end.month == 12 ? end.year : end.year - 1
    return start.year <= last ? start.year...last : nil
  }
}

extension Import {
  /// Imports borders by land: whether a state has one with each counterpart, and how many it has.
  func importContiguity(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    let (borders, firsts, seen) = try borders(found, &audit)
    let window = years ?? seen
    var known = ActorsByYear(system: "cow", audit.identity)
    var neighbours: [ActorID: [Int: Set<String>]] = [:]
    for border in borders {
      guard let years = border.years, years.overlaps(window) else { continue }
      for year in years.clamped(to: window) {
        guard let actor = known.actor(border.codes[0], in: year) else { continue }
        neighbours[actor, default: [:]][year, default: []].insert(border.codes[1])
      }
    }
    let source = try edit.put(.cowContiguity, of: found.table)
    let covered = audit.actors.intersection(pool)
    let years = window.filter(seen.contains)
    // Before its first spell, of whatever kind, the list does not speak of a state.
    let open = firsts.mapValues { first in Set(years.filter { $0 < first }) }
    func put(_ variable: Variable, _ count: (Set<String>, Int) -> Double) throws {
      let values = neighbours.mapValues { own in
        own.reduce(into: [Int: Double]()) { $0[$1.key] = count($1.value, $1.key) }
      }
      try edit.put(
        variable, audit.zeroFilled(values, covered, years, open: open), actors: pool,
        years: window, source: source, audit.identity)
    }
    try put(bordersVariable(source)) { codes, _ in Double(codes.count) }
    for counterpart in counterparts {
      try put(borderVariable(counterpart, edit.casebook, source)) { codes, year in
        codes.contains { known.actor($0, in: year) == counterpart } ? 1 : 0
      }
    }
    return audit.report(pool: pool)
  }

  private func borders(
    _ found: FoundTable, _ audit: inout JoinAudit
  ) throws -> (borders: [LandBorder], firsts: [ActorID: Int], seen: ClosedRange<Int>) {
    var borders: [LandBorder] = []
    var firsts: [ActorID: Int] = [:]
    var seen: Set<Int> = []
    try audit.read(found) { row, columns -> (border: LandBorder, kind: Int)? in
      let codes = [columns[0], columns[1]].map { row.integer($0) }
      let dates = [columns[3], columns[4]].map { row.date($0) }
      guard let one = codes[0], let other = codes[1], let start = dates[0], let end = dates[1],
        let kind = row.integer(columns[2])
      else {
        row.report(column: nil, "has an empty cell", advice: "check the row")
        return nil
      }
      return (
        LandBorder(
          codes: [String(one), String(other)], start: start.earliest, end: end.earliest), kind
      )
    } place: { audit, spell in
      let (border, kind) = spell
      seen.formUnion([border.start.year, border.end.year])
      let year = min(border.end.year, audit.years?.upperBound ?? border.end.year)
      let actor = audit.identity.place(border.codes[0], of: "cow", in: year).actor
      if let actor { firsts[actor] = min(firsts[actor] ?? .max, border.start.year) }
      guard kind == 1 else {
        audit.meet(actor.map { [$0] } ?? [])
        return audit.lose("of pairs without a border by land", border.codes[0])
      }
      guard audit.actor(border.codes[0], of: "cow", in: year) != nil else { return }
      borders.append(border)
    }
    return (borders, firsts, try found.years(seen, asked: years))
  }

  private func bordersVariable(_ source: SourceID) -> Variable {
    Variable(
      id: "land-borders", title: "States with a border by land", unit: "states",
      channel: "context", concept: .exposure, direction: .toward, counterpart: nil, source: source,
      method: "Number of states that it touches by land or a river on the last day of the year.")
  }

  private func borderVariable(
    _ counterpart: ActorID, _ casebook: Casebook, _ source: SourceID
  ) -> Variable {
    let name = casebook.name(of: counterpart)
    return Variable(
      id: VariableID("land-border-\(counterpart)"), title: "Border with \(name) by land",
      unit: "1 with a border", channel: "context", concept: .exposure, direction: .toward,
      counterpart: counterpart, source: source,
      method: "1 where it touches \(name) by land or a river on the last day of the year, else 0.")
  }
}

extension ImportedSource {
  static let cowContiguity = ImportedSource(
    id: "cow-contiguity", title: "Direct Contiguity, version 3.2",
    author: "Correlates of War Project", publisher: "Correlates of War Project",
    url: "https://correlatesofwar.org/data-sets/direct-contiguity/",
    license: "Free to use with citation")
}
