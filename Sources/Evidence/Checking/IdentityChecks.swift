import Documents

// Who is who: actors, codes, successions, recognitions, memberships.

extension CasebookChecker {
  mutating func checkActors() {
    for (place, actor) in casebook.actors.enumerated() {
      if actor.id.rawValue.isBareNumber {
        report(
          \Actor.id, place, actor.id.rawValue, "is a bare number",
          advice: "name the actor with letters, and put numbers into codes.csv with their system")
      }
      checkOrder(actor.from, actor.to, place, (\Actor.from, \.to))
    }
  }

  mutating func checkIdentity() {
    for (place, code) in casebook.codes.enumerated() {
      checkOrder(code.from, code.to, place, (\Code.from, \.to))
    }
    struct CodeKey: Hashable {
      let system: CodeSystem
      let code: String
    }
    checkOverlaps(casebook.codes, \.code, by: { CodeKey(system: $0.system, code: $0.code) }) {
      "\($0.code) of \($0.system) is \($1.actor) at the same time"
    }
    for (place, succession) in casebook.successions.enumerated() {
      if succession.predecessor == succession.successor {
        report(
          \Succession.successor, place, succession.successor.rawValue,
          "follows itself", advice: "name two actors")
      }
    }
    for (place, recognition) in casebook.recognitions.enumerated() {
      checkOrder(recognition.from, recognition.to, place, (\Recognition.from, \.to))
    }
    checkOverlaps(casebook.recognitions, \.from, by: { [$0.by, $0.of] }) {
      "\($0.by) on \($0.of) is \($1.status.rawValue) at the same time"
    }
  }

  mutating func checkMemberships() {
    for (place, membership) in casebook.memberships.enumerated() {
      checkOrder(membership.from, membership.to, place, (\Membership.from, \.to))
      checkStage(membership, place)
    }
    struct Key: Hashable {
      let actor, organisation: ActorID
      let stage: Stage
    }
    checkOverlaps(
      casebook.memberships, \.from,
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
        \Membership.organisation, place, membership.organisation.rawValue,
        "has no ladder in the codebook", advice: "add its stages to codebook.yaml")
      return
    }
    let known = ladder.map(\.rawValue)
    guard !known.contains(stage) else { return }
    report(
      \Membership.stage, place, stage,
      "is no stage of \(membership.organisation)",
      advice: Suggestion.question(for: stage, among: known)
        ?? "use one of \(known.joined(separator: ", "))")
  }

  /// Checks that no two spells of one key surely hold on the same days.
  private mutating func checkOverlaps<R: Record & Spell, Key: Hashable>(
    _ records: [R], _ column: PartialKeyPath<R>, by key: (R) -> Key, _ clash: (R, R) -> String
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
          column, second, nil,
          "\(clash(records[second], records[first])): \(row(R.self, first))",
          advice: "end one spell before the other starts")
      }
    }
  }
}
