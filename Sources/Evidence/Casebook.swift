package import Documents
public import Foundation

/// A body of sourced evidence: actors, sources, claims and series, read from a folder of tables.
///
/// A casebook is loaded whole or not at all: what is in memory has passed every check.
public struct Casebook: Sendable {
  public internal(set) var id = ""
  public internal(set) var version = ""
  public internal(set) var title = ""
  public internal(set) var folder: URL
  /// The files in `studies/`, by their name without `.yaml`.
  public internal(set) var studies: [String: URL] = [:]
  /// The files in `scenarios/`, by their name without `.yaml`.
  public internal(set) var scenarios: [String: URL] = [:]
  /// The hash of all files: what `sha256sum` prints for the list that it prints of them.
  ///
  /// `find . -type f -not -path '*/.*' -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum |
  /// sha256sum`, run in the folder, prints the same.
  public internal(set) var sha256 = ""

  public internal(set) var codebook = Codebook()
  public internal(set) var actors: [Actor] = []
  public internal(set) var codes: [Code] = []
  public internal(set) var successions: [Succession] = []
  public internal(set) var recognitions: [Recognition] = []
  public internal(set) var memberships: [Membership] = []
  public internal(set) var sources: [Source] = []
  public internal(set) var claims: [Claim] = []
  public internal(set) var judgements: [Judgement] = []
  public internal(set) var clauses: [Clause] = []
  public internal(set) var terms: [Terms] = []
  public internal(set) var concerns: [Concern] = []
  public internal(set) var coverage: [Coverage] = []
  public internal(set) var variables: [Variable] = []
  public internal(set) var series: [SeriesValue] = []

  /// How competing claims are ranked where no judgement chooses.
  public private(set) var resolution = ResolutionOrder.graded

  /// Within which limits it was read, and its studies and scenarios are.
  package internal(set) var limits = ReadingLimits.standard

  /// The style in which the actors are named; nil as they are in `actors.csv`, without notes.
  public internal(set) var style: String?
  /// What the style says beside names.
  public internal(set) var nameNotes: [NameNote] = []

  private var index = CasebookIndex()

  /// Starts an empty casebook for the reader to fill.
  init(folder: URL) { self.folder = folder }

  /// Finds everything again after the tables have changed.
  mutating func reindex() { index = CasebookIndex(self) }

  /// Takes series values out and finds the others again.
  mutating func removeSeries(where isGone: (SeriesValue) -> Bool) {
    let gone = series.map(isGone)
    guard gone.contains(true) else { return }
    index.moveSeries(of: self, gone: gone)
    series = zip(series, gone).filter { !$0.1 }.map(\.0)
    index.chooseSeries(of: self)
  }

  /// Finds claims again, where no other table has changed place.
  mutating func reindexClaims() { index.readClaims(of: self) }
  /// Finds judgements again.
  mutating func reindexJudgements() { index.readJudgements(of: self) }

  /// The same casebook with competing claims ranked in another order.
  public func resolved(by order: ResolutionOrder) -> Casebook {
    var other = self
    other.resolution = order
    return other
  }
}

// Look-ups.
extension Casebook {
  public func actor(_ id: ActorID) -> Actor? { index.actors[id].map { actors[$0] } }
  public func source(_ id: SourceID) -> Source? { index.sources[id].map { sources[$0] } }
  public func claim(_ id: ClaimID) -> Claim? { index.claims[id].map { claims[$0] } }
  package func holds(_ claim: ClaimID) -> Bool { index.claims[claim] != nil }
  public func variable(_ id: VariableID) -> Variable? { index.variables[id].map { variables[$0] } }

  /// What an actor is called; its id when the casebook has no such actor.
  package func name(of actor: ActorID) -> String { self.actor(actor)?.name ?? actor.rawValue }

  /// The facts that claims are about, in the order of their first claim.
  public var facts: [FactID] { index.facts }

  /// Finds the claims about a fact, superseded ones included, in the order of the table.
  public func claims(of fact: FactID) -> [Claim] {
    index.claimsOfFact[fact, default: []].map { claims[$0] }
  }

  /// The claim about a fact that has one only; nil for any other.
  func onlyClaim(of fact: FactID) -> Claim? {
    guard let places = index.claimsOfFact[fact], places.count == 1 else { return nil }
    return claims[places[0]]
  }

  /// Finds the claims about all facts of one deal, in the order of the table.
  public func claims(of deal: DealID) -> [Claim] {
    index.claimsOfDeal[deal, default: []].map { claims[$0] }
  }

  /// Finds the judgements about a fact, the latest last.
  public func judgements(of fact: FactID) -> [Judgement] {
    index.judgementsOfFact[fact, default: []].map { judgements[$0] }
  }

  /// The claims that a later one corrects.
  public var supersededClaims: Set<ClaimID> { index.superseded }

  /// Finds a variable's values by actor and year, each from the latest vintage of its source.
  public func series(_ variable: VariableID) -> [SeriesValue] {
    index.seriesOfVariable[variable, default: []].map { series[$0] }
  }

  /// The day a value became known here: when its source, else its variable's, was accessed.
  func accessed(_ value: SeriesValue) -> Day { index.accessed(value, in: self) }

  /// Finds the spells at one stage with one organisation, in the order of the table.
  public func memberships(in organisation: ActorID, stage: Stage) -> [Membership] {
    memberships.filter { $0.organisation == organisation && $0.stage == stage }
  }
}

/// Where each thing stands in the tables of a casebook.
private struct CasebookIndex: Sendable {
  var actors: [ActorID: Int] = [:]
  var sources: [SourceID: Int] = [:]
  var claims: [ClaimID: Int] = [:]
  var variables: [VariableID: Int] = [:]
  var facts: [FactID] = []
  var claimsOfFact: [FactID: [Int]] = [:]
  var claimsOfDeal: [DealID: [Int]] = [:]
  var judgementsOfFact: [FactID: [Int]] = [:]
  var superseded: Set<ClaimID> = []
  var seriesOfVariable: [VariableID: [Int]] = [:]

  init() {}

  init(_ casebook: Casebook) {
    actors = places(casebook.actors.map(\.id))
    sources = places(casebook.sources.map(\.id))
    variables = places(casebook.variables.map(\.id))
    seriesOfVariable = latestVintages(of: casebook)
    readClaims(of: casebook)
    readJudgements(of: casebook)
  }

  /// Finds the claims anew.
  mutating func readClaims(of casebook: Casebook) {
    claims = places(casebook.claims.map(\.id))
    facts = []
    claimsOfFact = [:]
    claimsOfDeal = [:]
    for (place, fact) in casebook.claims.map(\.fact).enumerated() {
      if claimsOfFact[fact] == nil { facts.append(fact) }
      claimsOfFact[fact, default: []].append(place)
    }
    for (place, deal) in casebook.claims.map(\.deal).enumerated() {
      if let deal { claimsOfDeal[deal, default: []].append(place) }
    }
    superseded = Set(casebook.claims.compactMap(\.supersedes))
  }

  mutating func readJudgements(of casebook: Casebook) {
    judgementsOfFact = [:]
    let judgements = casebook.judgements.enumerated()
      .sorted { ($0.element.on.latest, $0.offset) < ($1.element.on.latest, $1.offset) }
    for (place, judgement) in judgements {
      judgementsOfFact[judgement.fact, default: []].append(place)
    }
  }

  private func places<ID: Hashable>(_ ids: [ID]) -> [ID: Int] {
    var places = Dictionary<ID, Int>(minimumCapacity: ids.count)
    for (place, id) in ids.enumerated() { places[id] = place }
    return places
  }

  /// Keeps the chosen values of the variables that lose none, at their places without those gone.
  mutating func moveSeries(of casebook: Casebook, gone: [Bool]) {
    var places: [Int] = []
    var next = 0
    for isGone in gone {
      places.append(next)
      if !isGone { next += 1 }
    }
    let losing = Set(zip(casebook.series, gone).filter(\.1).map(\.0.variable))
    seriesOfVariable = seriesOfVariable.filter { !losing.contains($0.key) }
      .mapValues { $0.map { places[$0] } }
  }

  /// Chooses the values of the variables whose values are not chosen yet.
  mutating func chooseSeries(of casebook: Casebook) {
    seriesOfVariable.merge(latestVintages(of: casebook)) { known, _ in known }
  }

  /// Keeps, of the values of one variable, actor and year, the one whose source came last.
  ///
  /// Only of variables whose values are not chosen yet.
  private func latestVintages(of casebook: Casebook) -> [VariableID: [Int]] {
    var chosen: [VariableID: [Cell: (place: Int, accessed: Day)]] = [:]
    for (place, value) in casebook.series.enumerated()
    where seriesOfVariable[value.variable] == nil {
      let cell = Cell(actor: value.actor, period: value.period)
      let accessed = accessed(value, in: casebook)
      if let rival = chosen[value.variable]?[cell], rival.accessed > accessed { continue }
      chosen[value.variable, default: [:]][cell] = (place, accessed)
    }
    return chosen.mapValues { cells in
      cells.sorted { $0.key < $1.key }.map(\.value.place)
    }
  }

  func accessed(_ value: SeriesValue, in casebook: Casebook) -> Day {
    let name = value.source ?? variables[value.variable].map { casebook.variables[$0].source }
    let source = name.flatMap { sources[$0] }
    return source.flatMap { casebook.sources[$0].accessed?.latest } ?? .distantPast
  }

  private struct Cell: Hashable, Comparable {
    let actor: ActorID
    let period: Int
    static func < (left: Cell, right: Cell) -> Bool {
      (left.actor, left.period) < (right.actor, right.period)
    }
  }
}
