import Documents

/// Finds whom a code or a name means in a year; a number alone means nobody.
///
/// The casebook's own codes come first. Where it does not know a code, the list of known places does:
/// it tells an actor that the casebook has, a state that it has not, and what is no state at all.
package struct Identity {
  /// What became of a code.
  package enum Placement: Hashable {
    case actor(ActorID)
    /// Nobody is known by the code.
    case unknownCode
    /// The text stands for no code, such as `-99`.
    case noCode
    /// Somebody has the code, but not in that year.
    case notInForce
    /// The actor with the code did not exist in that year.
    case outsideExistence(ActorID)
    /// A place that the casebook has not.
    case outsideCasebook(KnownPlaces.Place)

    /// Who it is in that year; nil where nobody is.
    package var actor: ActorID? {
      if case .actor(let actor) = self { actor } else { nil }
    }
  }

  private let codes: [CodeSystem: [String: [Code]]]
  private let actors: [ActorID: Actor]
  private let actorsByISO: [String: ActorID]
  private let coverage: [Coverage]
  private let known: KnownPlaces
  private let successions: [Succession]
  private var unions = Unions()

  package init(_ casebook: Casebook, known: KnownPlaces = .builtIn) {
    let codes = casebook.codes + Identity.names(of: casebook.actors)
    self.codes = Dictionary(grouping: codes, by: \.system).mapValues { codes in
      Dictionary(grouping: codes) { Spelling.key($0.code, of: $0.system) }
    }
    actors = Dictionary(casebook.actors.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let iso = casebook.codes.filter { $0.system == .iso3 }.map { ($0.code, $0.actor) }
    let states = casebook.actors.filter { $0.kind == .state }.map { ($0.id.rawValue, $0.id) }
    actorsByISO = Dictionary(iso + states, uniquingKeysWith: { first, _ in first })
    coverage = casebook.coverage
    self.known = known
    successions = casebook.successions
  }

  /// The same, with the years of some former unions told of their successors.
  package func splitting(_ split: [ActorID]) -> Identity {
    var identity = self
    identity.unions = Unions(successions, split: split)
    return identity
  }

  /// The names in `actors.csv`, as codes for the time of existence.
  private static func names(of actors: [Actor]) -> [Code] {
    actors.map {
      Code(actor: $0.id, system: .name, code: $0.name, from: $0.from, to: $0.to)
    }
  }

  /// Places a code in a year: with the actor who has it on the last day of that year, else in it.
  package func place(_ code: String, of system: CodeSystem, in year: Int) -> Placement {
    guard let spells = codes[system]?[Spelling.key(code, of: system)] else {
      return placeByList(code, of: system, in: year)
    }
    let inForce = spells.filter { $0.covers(year) }
    let lastDay = Day(year: year, month: 12, day: 31)
    if let spell = inForce.first(where: { ($0.to?.latest ?? .distantFuture) >= lastDay })
      ?? inForce.last
    {
      return placed(spell.actor, in: year)
    }
    let elsewhere = placeByList(code, of: system, in: year)
    let owners = Set(spells.map(\.actor))
    guard system == .name, elsewhere == .notInForce || elsewhere == .unknownCode,
      owners.count == 1, let owner = owners.first
    else { return elsewhere == .unknownCode ? .notInForce : elsewhere }
    // A name is as old as its actor: what does not hold is the actor's existence.
    return placed(owner, in: year)
  }

  /// Places a code that the casebook does not know.
  private func placeByList(_ code: String, of system: CodeSystem, in year: Int) -> Placement {
    if let place = known.place(code, of: system, in: year) {
      return actorsByISO[place.id].map { placed($0, in: year) } ?? .outsideCasebook(place)
    }
    if known.place(code, of: system, in: nil) != nil { return .notInForce }
    return Spelling.isNothing(code) ? .noCode : .unknownCode
  }

  private func placed(_ actor: ActorID, in year: Int) -> Placement {
    exists(actor, in: year) ? .actor(actor) : .outsideExistence(actor)
  }

  /// Says what is wrong with a code in every year; nil when an actor of the casebook has it in some.
  package func fault(of code: String, _ system: CodeSystem) -> Placement? {
    if codes[system]?[Spelling.key(code, of: system)] != nil { return nil }
    guard let place = known.place(code, of: system, in: nil) else {
      return Spelling.isNothing(code) ? .noCode : .unknownCode
    }
    return actorsByISO[place.id] == nil ? .outsideCasebook(place) : nil
  }

  /// Whether the casebook itself says whose a code is.
  package func isOwn(_ code: String, of system: CodeSystem) -> Bool {
    codes[system]?[Spelling.key(code, of: system)] != nil
  }

  /// Whether an actor exists in a year, or is told of by the years of a split union.
  package func exists(_ actor: ActorID, in year: Int) -> Bool {
    isIndependent(actor, in: year) || union(of: actor, in: year) != nil
  }

  private func isIndependent(_ actor: ActorID, in year: Int) -> Bool {
    actors[actor]?.covers(year) ?? false
  }

  /// The split union that an actor was part of in a year before it existed itself.
  package func union(of actor: ActorID, in year: Int) -> ActorID? {
    guard !isIndependent(actor, in: year), let union = unions.of[actor],
      isIndependent(union, in: year)
    else { return nil }
    return union
  }

  /// The successors of a union that is split.
  package func successors(of union: ActorID) -> [ActorID] { unions.successors[union] ?? [] }

  /// Says why there is no value: what cannot exist, what nobody could find, what is kept back.
  package func absence(of actor: ActorID, in year: Int, _ variable: Variable) -> ObservationStatus {
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

/// The former unions of states that an import splits, and their successors.
private struct Unions {
  var successors: [ActorID: [ActorID]] = [:]
  var of: [ActorID: ActorID] = [:]

  init() {}

  init(_ successions: [Succession], split: [ActorID]) {
    for union in split {
      let rows = successions.filter { $0.predecessor == union }
      successors[union] = rows.map(\.successor).uniqued.sorted()
      for row in rows { of[row.successor] = union }
    }
  }
}

extension Code {
  package func covers(_ year: Int) -> Bool { span(from, to, covers: year) }
}

extension Actor {
  package func covers(_ year: Int) -> Bool { span(from, to, covers: year) }
}

extension Coverage {
  package func covers(_ year: Int) -> Bool { span(from, to, covers: year) }
}

/// Whether two dates, as wide as they may be, hold some day of a year.
private func span(_ from: EDTFDate?, _ to: EDTFDate?, covers year: Int) -> Bool {
  (from?.earliest.year ?? 0) <= year && year <= (to?.latest.year ?? 9999)
}
