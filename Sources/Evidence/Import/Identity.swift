/// Finds whom a code means in a year; a number alone means nobody.
struct Identity {
  /// What became of a code.
  enum Placement: Hashable {
    case actor(ActorID)
    /// No actor has the code in the system.
    case unknownCode
    /// An actor has the code, but not in that year.
    case notInForce
    /// The actor with the code did not exist in that year.
    case outsideExistence(ActorID)

    /// Who it is in that year; nil where nobody is.
    var actor: ActorID? {
      if case .actor(let actor) = self { actor } else { nil }
    }
  }

  private let codes: [CodeSystem: [String: [Code]]]
  private let actors: [ActorID: Actor]
  private let coverage: [Coverage]

  init(_ casebook: Casebook) {
    codes = Dictionary(grouping: casebook.codes, by: \.system)
      .mapValues { Dictionary(grouping: $0, by: \.code) }
    actors = Dictionary(casebook.actors.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    coverage = casebook.coverage
  }

  /// Whether any actor ever has a code.
  func knows(_ code: String, of system: CodeSystem) -> Bool { codes[system]?[code] != nil }

  /// Places a code in a year: with the actor who has it on the last day of that year, else in it.
  func place(_ code: String, of system: CodeSystem, in year: Int) -> Placement {
    guard let spells = codes[system]?[code] else { return .unknownCode }
    let inForce = spells.filter { $0.covers(year) }
    let lastDay = Day(year: year, month: 12, day: 31)
    guard
      let spell = inForce.first(where: { ($0.to?.latest ?? .distantFuture) >= lastDay })
        ?? inForce.last
    else { return .notInForce }
    guard exists(spell.actor, in: year) else { return .outsideExistence(spell.actor) }
    return .actor(spell.actor)
  }

  func exists(_ actor: ActorID, in year: Int) -> Bool { actors[actor]?.covers(year) ?? false }

  /// Says why there is no value: what cannot exist, what nobody could find, what is kept back.
  func absence(of actor: ActorID, in year: Int, _ variable: Variable) -> ObservationStatus {
    guard exists(actor, in: year) else { return .impossible }
    let stretch = coverage.last { stretch in
      stretch.actor == actor && stretch.channel == variable.channel && stretch.covers(year)
        && (stretch.counterpart == nil || stretch.counterpart == variable.counterpart)
    }
    switch stretch?.status {
    case .impossible: return .impossible
    case .withheld: return .withheld
    case .searched, .notSearched, nil: return .notSearched
    }
  }
}

extension Code {
  func covers(_ year: Int) -> Bool { span(from, to, covers: year) }
}

extension Actor {
  func covers(_ year: Int) -> Bool { span(from, to, covers: year) }
}

extension Coverage {
  func covers(_ year: Int) -> Bool { span(from, to, covers: year) }
}

/// Whether two dates, as wide as they may be, hold some day of a year.
private func span(_ from: EDTFDate?, _ to: EDTFDate?, covers year: Int) -> Bool {
  (from?.earliest.year ?? 0) <= year && year <= (to?.latest.year ?? 9999)
}
