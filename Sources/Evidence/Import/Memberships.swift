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
    _ files: [DataFile], into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let columns = ["iso3", "organisation", "stage", "from", "note"]
    let file = try file(columns, among: files, "dated steps")
    let pool = actors ?? edit.casebook.actors.map(\.id)
    var audit = JoinAudit()
    let steps = try steps(file, columns, Identity(edit.casebook, system: "iso3"), pool, &audit)
    let source = try edit.put(.publicRecord, of: file)
    for step in steps {
      let name = "\(step.actor)-\(step.organisation)-\(step.stage)".lowercased()
        .replacing("_", with: "-")
      let claim = "\(source)-\(name)"
      let shared = sharedFact(step, among: steps, edit.casebook)
      let known = edit.casebook.claim(ClaimID(claim))
      try edit.put(
        "claims",
        [
          "id": claim, "fact": (known?.fact ?? shared ?? FactID(name)).rawValue,
          "actor": step.actor.rawValue,
          "counterpart": step.organisation.rawValue, "channel": "accession",
          "instrument": "ladder_step", "assertion": Assertion.reported.rawValue,
          "direction": Direction.toward.rawValue, "phase": Phase.completed.rawValue,
          "on": step.date.text, "statement": statement(step, edit.casebook),
          "source": source.rawValue,
          "credibility": (shared == nil ? Credibility.possible : .probable).rawValue,
          "coder": known?.coder ?? coder, "coded_on": (known?.codedOn ?? accessed).text,
        ])
      try edit.put(
        "memberships",
        [
          "actor": step.actor.rawValue, "organisation": step.organisation.rawValue,
          "stage": step.stage.rawValue, "from": step.date.text, "claim": claim,
        ])
    }
    return ImportReport(audit, pool: actors ?? [])
  }

  private func steps(
    _ file: DataFile, _ columns: [String], _ identity: Identity, _ pool: [ActorID],
    _ audit: inout JoinAudit
  ) throws -> [Step] {
    var steps: [Step] = []
    try file.forEachRow(columns) { row, columns in
      guard let date = row.date(columns[3]) else { return }
      guard
        let actor = audit.actor(
          row.text(columns[0]) ?? "", in: date.earliest.year, identity, asked: Set(pool),
          years: years)
      else { return }
      steps.append(
        Step(
          actor: actor, organisation: row.identifier(columns[1]) ?? "",
          stage: row.identifier(columns[2]) ?? "", date: date, note: row.prose(columns[4])))
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
    let state = casebook.actor(step.actor)?.name ?? step.actor.rawValue
    let title =
      casebook.codebook.stageTitles[step.organisation]?[step.stage] ?? step.stage.rawValue
    let note = step.note.map { $0 == title ? "" : " (\($0))" } ?? ""
    return "\(state) reached the stage \(title) with \(step.organisation)\(note)."
  }
}

extension ImportedSource {
  static let publicRecord = ImportedSource(
    id: "public-record", title: "Dated steps toward membership, from the organisations' record",
    author: nil, publisher: nil, url: nil, license: "Facts of the public record")
}
