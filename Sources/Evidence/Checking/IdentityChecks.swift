import Documents

// Who is who: actors, codes, successions, recognitions, memberships.

extension CasebookChecker {
  mutating func checkActors() {
    checkUnique(Actor.self, casebook.actors.map(\.id))
    for (place, actor) in casebook.actors.enumerated() {
      if actor.id.rawValue.isBareNumber {
        report(
          Actor.self, place, "id", actor.id.rawValue, "is a bare number",
          advice: "name the actor with letters, and put numbers into codes.csv with their system")
      }
      check(actor: actor.parent, Actor.self, place, "parent")
      for member in actor.members { check(actor: member, Actor.self, place, "members") }
      checkOrder(actor.from, actor.to, Actor.self, place, ("from", "to"))
    }
  }

  mutating func checkIdentity() {
    for (place, code) in casebook.codes.enumerated() {
      check(actor: code.actor, Code.self, place, "actor")
      check(word: code.system.rawValue, of: "code_systems", Code.self, place, "system")
      checkOrder(code.from, code.to, Code.self, place, ("from", "to"))
    }
    struct CodeKey: Hashable {
      let system: CodeSystem
      let code: String
    }
    checkOverlaps(casebook.codes, "code", by: { CodeKey(system: $0.system, code: $0.code) }) {
      "\($0.code) of \($0.system) is \($1.actor) at the same time"
    }
    for (place, succession) in casebook.successions.enumerated() {
      check(actor: succession.predecessor, Succession.self, place, "predecessor")
      check(actor: succession.successor, Succession.self, place, "successor")
      check(claim: succession.claim, Succession.self, place, "claim")
      if succession.predecessor == succession.successor {
        report(
          Succession.self, place, "successor", succession.successor.rawValue,
          "follows itself", advice: "name two actors")
      }
    }
    for (place, recognition) in casebook.recognitions.enumerated() {
      check(actor: recognition.by, Recognition.self, place, "by")
      check(actor: recognition.of, Recognition.self, place, "of")
      check(claim: recognition.claim, Recognition.self, place, "claim")
      checkOrder(recognition.from, recognition.to, Recognition.self, place, ("from", "to"))
    }
    checkOverlaps(casebook.recognitions, "from", by: { [$0.by, $0.of] }) {
      "\($0.by) on \($0.of) is \($1.status.rawValue) at the same time"
    }
  }

  mutating func checkMemberships() {
    for (place, membership) in casebook.memberships.enumerated() {
      check(actor: membership.actor, Membership.self, place, "actor")
      check(actor: membership.organisation, Membership.self, place, "organisation")
      check(claim: membership.claim, Membership.self, place, "claim")
      checkOrder(membership.from, membership.to, Membership.self, place, ("from", "to"))
      checkStage(membership, place)
    }
    struct Key: Hashable {
      let actor, organisation: ActorID
      let stage: Stage
    }
    checkOverlaps(
      casebook.memberships, "from",
      by: { Key(actor: $0.actor, organisation: $0.organisation, stage: $0.stage) }
    ) { membership, _ in
      "\(membership.actor) is \(membership.stage) of \(membership.organisation) at the same time"
    }
  }

  private mutating func checkStage(_ membership: Membership, _ place: Int) {
    let stage = membership.stage.rawValue
    guard !stage.isEmpty, !casebook.codebook.vocabularies.isEmpty else { return }
    guard let ladder = casebook.codebook.ladders[membership.organisation] else {
      report(
        Membership.self, place, "organisation", membership.organisation.rawValue,
        "has no ladder in the codebook", advice: "add its stages to codebook.yaml")
      return
    }
    let known = ladder.map(\.rawValue)
    guard !known.contains(stage) else { return }
    report(
      Membership.self, place, "stage", stage,
      "is no stage of \(membership.organisation)",
      advice: Suggestion.question(for: stage, among: known)
        ?? "use one of \(known.joined(separator: ", "))")
  }

  /// Checks that no two spells of one key surely hold on the same days.
  private mutating func checkOverlaps<R: Record & Spell, Key: Hashable>(
    _ records: [R], _ column: String, by key: (R) -> Key, _ clash: (R, R) -> String
  ) {
    var places: [Key: [Int]] = [:]
    var keys: [Key] = []
    for (place, record) in records.enumerated() {
      if places[key(record)] == nil { keys.append(key(record)) }
      places[key(record), default: []].append(place)
    }
    for key in keys {
      let spells = places[key, default: []]
      for (one, other) in Overlaps.pairs(spells.map { CertainSpan(records[$0]) }) {
        let (first, second) = (spells[min(one, other)], spells[max(one, other)])
        report(
          R.self, second, column, nil,
          "\(clash(records[second], records[first])): \(row(R.self, first))",
          advice: "end one spell before the other starts")
      }
    }
  }
}
