import Evidence
import Documents

extension Importer {
  static let memberships = Importer(
    name: "memberships", summary: "dated steps of states toward organisations",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "dated steps", columns: ["iso3", "organisation", "stage", "from"],
            optional: ["note"])
        ],
        read: { work, tables, edit in try work.importMemberships(tables[0], into: &edit) })
    ])
}

extension CasebookEdit {
  /// What tells memberships apart for an importer: a newer release may date one otherwise.
  static var membershipKey: [PartialKeyPath<Membership>] { [\.actor, \.organisation, \.stage] }

  /// Puts a membership at a stage, of which there is one; its end stays as it is.
  mutating func put(
    _ actor: ActorID, _ stage: Stage, of organisation: ActorID, from: EDTFDate, claim: ClaimID
  ) throws {
    let known = casebook.memberships(in: organisation, stage: stage).last { $0.actor == actor }
    try put(
      Membership {
        $0.actor = actor
        $0.organisation = organisation
        $0.stage = stage
        $0.from = from
        $0.to = known?.to
        $0.claim = claim
      },
      by: CasebookEdit.membershipKey)
  }
}

extension Import {
  /// One dated step of a state toward an organisation.
  struct Step: Hashable {
    let actor: ActorID
    let organisation: ActorID
    let stage: Stage
    let date: EDTFDate
    let note: String?
  }

  /// Imports dated steps of membership: each a membership and the claim that bears it.
  func importMemberships(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    var audit = JoinAudit(self, edit, asked: actors ?? edit.casebook.actors.map(\.id))
    let steps = try steps(found, &audit, edit.casebook.codebook.ladders)
    let source = try edit.put(.publicRecord, of: found.table)
    let claims = try edit.put(
      steps.map { claim(of: $0, among: steps, edit.casebook) }, of: .publicRecord,
      in: found.table, as: source, by: self, audit)
    for (step, claim) in zip(steps, claims) {
      try edit.put(
        step.actor, step.stage, of: step.organisation, from: step.date, claim: claim)
    }
    return audit.report(pool: actors ?? [])
  }

  private func claim(
    of step: Step, among steps: [Step], _ casebook: Casebook
  ) -> RecordedClaim {
    let name = "\(step.actor)-\(step.organisation)-\(step.stage)".slug
    let shared = sharedFact(step, among: steps, casebook)
    return RecordedClaim(
      key: name, actor: step.actor, channel: "accession", instrument: "ladder_step",
      statement: statement(step, casebook), fact: shared ?? FactID(name),
      counterpart: step.organisation, direction: .toward, phase: .completed, on: step.date,
      credibility: shared == nil ? .possible : .probable)
  }

  /// Reads the steps that the ladders of the codebook have.
  private func steps(
    _ found: FoundTable, _ audit: inout JoinAudit, _ ladders: [ActorID: [Stage]]
  ) throws -> [Step] {
    let organisations = ladders.keys.sorted()
    var steps: [Step] = []
    try audit.read(found) { row, columns in
      let organisation = row.known(columns[1], among: organisations, "organisation with a ladder")
      return (
        row.text(columns[0]) ?? "", row.date(columns[3]), organisation,
        row.known(columns[2], among: ladders[organisation] ?? [], "stage of \(organisation)"),
        row.prose(columns[4])
      )
    } place: { audit, record in
      let (code, date, organisation, stage, note) = record
      guard let date else { return audit.lose("without a date", code) }
      guard let ladder = ladders[organisation] else {
        return audit.lose(
          "of organisations without a ladder in the codebook", organisation.rawValue)
      }
      guard ladder.contains(stage) else {
        return audit.lose("of stages that the ladder has not", "\(organisation) \(stage)")
      }
      guard let actor = audit.actor(code, of: "iso3", in: date.earliest.year) else { return }
      steps.append(
        Step(actor: actor, organisation: organisation, stage: stage, date: date, note: note))
    }
    return steps
  }

  /// Finds the fact that another source's claims hold about a step, when its date leaves no doubt.
  ///
  /// The match must be one to one: one fact about the actor's steps toward the organisation whose
  /// date holds this step's, and no other step in that date.
  private func sharedFact(_ step: Step, among steps: [Step], _ casebook: Casebook) -> FactID? {
    func isWithin(_ step: Step, _ claim: Claim) -> Bool {
      guard let on = claim.on, claim.actor == step.actor, claim.counterpart == step.organisation
      else { return false }
      return on.earliest <= step.date.earliest && step.date.latest <= on.latest
    }
    let claims = casebook.claims.filter { claim in
      claim.instrument == "ladder_step" && isWithin(step, claim)
        && !claim.source.rawValue.hasPrefix(ImportedSource.publicRecord.id)
    }
    guard let fact = claims.first?.fact, claims.allSatisfy({ $0.fact == fact }),
      claims.allSatisfy({ claim in steps.filter { isWithin($0, claim) }.count == 1 })
    else { return nil }
    return fact
  }

  private func statement(_ step: Step, _ casebook: Casebook) -> String {
    let state = casebook.name(of: step.actor)
    let title = casebook.codebook.title(of: step.stage, with: step.organisation)
    let note = step.note.map { $0 == title ? "" : " (\($0))" } ?? ""
    return "\(state) reached the stage \(title) with \(step.organisation)\(note)."
  }
}

extension Row {
  /// Reads a name, and reports one that is unknown but near to one that is known: a slip.
  fileprivate func known<ID: Identifier>(_ column: Column, among known: [ID], _ what: String) -> ID
  {
    let name = identifier(column) ?? ID(rawValue: "")
    let question = Suggestion.question(for: name.rawValue, among: known.map(\.rawValue))
    if !known.contains(name), name.rawValue.utf8.count > 3, let question {
      report(column: column.name, value: name.rawValue, "is no \(what)", advice: question)
    }
    return name
  }
}

extension ImportedSource {
  static let publicRecord = ImportedSource(
    id: "public-record", title: "Dated steps toward membership, from the organisations' record",
    author: nil, publisher: nil, url: nil, license: "Facts of the public record")
}
