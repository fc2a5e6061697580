import Evidence
import Documents

extension Importer {
  static let cowIGO = Importer(
    name: "cow-igo", summary: "memberships in the casebook's organisations, with a claim each",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "memberships by state and year",
            columns: ["ccode", "year", "state", "nato", "un", "imf"])
        ],
        read: { work, tables, edit in try work.importIGO(tables[0], into: &edit) })
    ])
}

/// How the table codes a state's tie to an organisation in a year.
private enum Tie: Int {
  case missing = -9
  /// The organisation or the state was not there.
  case notInSystem = -1
  case nonmember = 0
  case member = 1
  case associate = 2
  case observer = 3
}

/// A run of years of membership that the table has without a gap.
struct MembershipYears: Hashable {
  let years: ClosedRange<Int>
  /// Whether the table begins with it: it may be older.
  let isOpenAtStart: Bool
  /// Whether the table ends with it, or does not say what came next.
  let isOpenAtEnd: Bool

  var from: EDTFDate? {
    isOpenAtStart ? try? EDTFDate("../\(years.lowerBound)") : EDTFDate(year: years.lowerBound)
  }

  /// Finds the runs in the years in which the table says that a state is, or is not, a member.
  static func runs(_ isMember: [Int: Bool]) -> [MembershipYears] {
    let years = isMember.keys.sorted()
    var runs: [MembershipYears] = []
    var start: Int?
    for (place, year) in years.enumerated() where isMember[year] == true {
      let first = start ?? year
      start = first
      let next = place + 1 < years.count ? years[place + 1] : nil
      if next == year + 1, isMember[year + 1] == true { continue }
      runs.append(
        MembershipYears(
          years: first...year, isOpenAtStart: isMember[first - 1] == nil,
          isOpenAtEnd: isMember[year + 1] == nil))
      start = nil
    }
    return runs
  }
}

extension Import {
  /// Imports memberships in the organisations that the casebook has a ladder for: claims, and a row of
  /// `memberships.csv` where there is none yet.
  ///
  /// Years that the table does not code end nothing: a membership is open there.
  func importIGO(_ found: FoundTable, into edit: inout CasebookEdit) throws -> ImportReport {
    let pool = actors ?? edit.casebook.actors.filter { $0.kind == .state }.map(\.id)
    let organisations = organisations(in: found, edit.casebook)
    guard !organisations.isEmpty else {
      throw CasebookError.problems([
        Problem(
          file: found.table.name, message: "has no column of an organisation of this casebook",
          advice:
            "add it to actors.csv by the name of its column, and a ladder with the stage member"
        )
      ])
    }
    var audit = JoinAudit(self, edit, asked: pool)
    var coded: [ActorID: [ActorID: [Int: Bool]]] = [:]
    var firstRow: [ActorID: [Int: Int]] = [:]
    try audit.read(found) { row, columns in
      (
        row: row.number, code: row.integer(columns[0]).map(String.init) ?? "",
        year: row.calendarYear(columns[1]), ties: organisations.map { tie(row, $0.column) }
      )
    } place: { audit, record in
      guard let year = record.year else { return audit.lose("without a year", record.code) }
      guard let actor = audit.actor(record.code, of: "cow", in: year) else { return }
      guard firstRow[actor]?[year] == nil else {
        return audit.meet(duplicate: YearlyValues.rule, record.code)
      }
      firstRow[actor, default: [:]][year] = record.row
      for (organisation, tie) in zip(organisations, record.ties) {
        switch tie {
        case .missing, nil: break
        case .member: coded[organisation.actor, default: [:]][actor, default: [:]][year] = true
        case .notInSystem, .nonmember, .associate, .observer:
          coded[organisation.actor, default: [:]][actor, default: [:]][year] = false
        }
      }
    }
    let source = try edit.put(.cowIGO, of: found.table)
    try putMemberships(coded, firstRow, found, source, audit, &edit)
    let names = organisations.map { "\($0.actor)" }.joined(separator: ", ")
    return audit.report(
      pool: actors ?? [],
      notes: [
        "organisations read: \(names); associates (2) and observers (3) are no members, and years "
          + "coded as missing (-9) say nothing"
      ])
  }

  /// The organisations with a ladder whose column the table has.
  private func organisations(
    in found: FoundTable, _ casebook: Casebook
  ) -> [(actor: ActorID, column: Column)] {
    found.columns.enumerated().compactMap { place, name in
      let match = casebook.codebook.ladders.first { ladder in
        ladder.key.rawValue.lowercased() == name.lowercased() && ladder.value.contains(.member)
      }
      return match.map { ($0.key, Column(name: name, place: place, isRequired: true)) }
    }
  }

  private func tie(_ row: Row, _ column: Column) -> Tie? {
    guard let number = row.integer(column) else { return nil }
    if let tie = Tie(rawValue: number) { return tie }
    row.report(
      column: column.name, value: String(number), "is no code of membership",
      advice: "known are 1, 2, 3, 0, -1 and -9")
    return nil
  }

  private func putMemberships(
    _ coded: [ActorID: [ActorID: [Int: Bool]]], _ rows: [ActorID: [Int: Int]],
    _ found: FoundTable, _ source: SourceID, _ audit: JoinAudit, _ edit: inout CasebookEdit
  ) throws {
    var spells: [(actor: ActorID, organisation: ActorID, spell: MembershipYears, isOnly: Bool)] = []
    for organisation in coded.keys.sorted() {
      let members = coded[organisation] ?? [:]
      for actor in members.keys.sorted() {
        let runs = MembershipYears.runs(members[actor] ?? [:])
        spells += runs.map { (actor, organisation, $0, runs.count == 1) }
      }
    }
    let records = spells.map { actor, organisation, spell, isOnly in
      membershipClaim(
        actor, organisation, spell, isOnly: isOnly, row: rows[actor]?[spell.years.lowerBound],
        edit.casebook)
    }
    let claims = try edit.put(
      records, of: .cowIGO, in: found.table, as: source, by: self, audit)
    for (spell, claim) in zip(spells, claims) where spell.isOnly {
      let known = edit.casebook.memberships(in: spell.organisation, stage: .member)
        .first { $0.actor == spell.actor }
      // What is dated by the day already keeps its date; the claim stands beside it.
      if let known, known.claim != claim { continue }
      try edit.put(
        Membership {
          $0.actor = spell.actor
          $0.organisation = spell.organisation
          $0.stage = .member
          $0.from = spell.spell.from ?? .unread
          $0.to = spell.spell.isOpenAtEnd ? nil : EDTFDate(year: spell.spell.years.upperBound)
          $0.claim = claim
        }, by: CasebookEdit.membershipKey)
    }
  }

  private func membershipClaim(
    _ actor: ActorID, _ organisation: ActorID, _ spell: MembershipYears, isOnly: Bool, row: Int?,
    _ casebook: Casebook
  ) -> RecordedClaim {
    let known = casebook.memberships(in: organisation, stage: .member).first { $0.actor == actor }
    let fact = known?.claim.flatMap { casebook.claim($0)?.fact }
    let name = casebook.name(of: actor)
    let start =
      spell.isOpenAtStart
      ? "in \(spell.years.lowerBound) or before" : "from \(spell.years.lowerBound) on"
    let end = spell.isOpenAtEnd ? "" : ", until \(spell.years.upperBound)"
    let key = "\(actor)-\(organisation)-\(Stage.member)".slug
    return RecordedClaim(
      key: key, actor: actor, channel: "accession", instrument: "ladder_step",
      statement: "\(name) is coded as a member of \(organisation) \(start)\(end).", row: row,
      fact: isOnly ? fact ?? FactID(key) : nil, counterpart: organisation, direction: .toward,
      phase: .completed,
      on: spell.from, until: spell.isOpenAtEnd ? nil : EDTFDate(year: spell.years.upperBound))
  }
}

extension ImportedSource {
  static let cowIGO = ImportedSource(
    id: "cow-igo", title: "Intergovernmental Organizations, state-year, version 3",
    author: "Correlates of War Project", publisher: "Correlates of War Project",
    url: "https://correlatesofwar.org/data-sets/igos/", license: "Free to use with citation")
}
