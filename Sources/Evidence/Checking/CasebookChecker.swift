import Documents

/// Checks what the records of a casebook say of each other, and collects every problem.
struct CasebookChecker {
  let casebook: Casebook
  var problems: [Problem] = []
  private let origins: [String: [Origin]]
  /// The tables that could not be read: names in them are not called unknown.
  let unread: Set<String>
  private let actorIDs: Set<ActorID>
  private let claimIDs: Set<ClaimID>
  private let sourceIDs: Set<SourceID>
  private let vocabularies: [String: Set<String>]
  /// Suggestions already made; looking for the nearest of many names is slow.
  private var suggestions: [String: String?] = [:]

  /// How many unknown names get a suggestion before the checker stops looking for them.
  private static let suggestionLimit = 500

  init(_ casebook: Casebook, _ origins: [String: [Origin]], unread: Set<String>) {
    self.casebook = casebook
    self.origins = origins
    self.unread = unread
    actorIDs = Set(casebook.actors.map(\.id))
    claimIDs = Set(casebook.claims.map(\.id))
    sourceIDs = Set(casebook.sources.map(\.id))
    vocabularies = casebook.codebook.vocabularies.mapValues { Set($0.map(\.id)) }
    checkActors()
    checkIdentity()
    checkMemberships()
    checkSources()
    checkClaims()
    checkJudgements()
    checkDeals()
    checkDenominators()
    checkConcerns()
    checkCoverage()
    checkVariables()
    checkSeries()
    checkLoops()
    checkStyles()
  }

  // MARK: Reporting

  mutating func report<R: Record>(
    _: R.Type, _ place: Int, _ column: String?, _ value: String? = nil, _ message: String,
    advice: String?
  ) {
    let origin = origins[R.table]?[safe: place] ?? Origin(file: "\(R.table).csv", row: place + 2)
    problems.append(
      Problem(
        file: origin.file, place: .row(origin.row, column: column), value: value, message: message,
        advice: advice))
  }

  /// Names the row of another record of the same table, as "row 7".
  func row<R: Record>(_: R.Type, _ place: Int) -> String {
    guard let origin = origins[R.table]?[safe: place] else { return "row \(place + 2)" }
    return "row \(origin.row)"
  }

  /// Finds what to do about an unknown name.
  mutating func advice(
    _ name: String, among known: some Sequence<String>, else instead: String
  ) -> String {
    if let known = suggestions[name] { return known ?? instead }
    guard suggestions.count < CasebookChecker.suggestionLimit else { return instead }
    let question = Suggestion.question(for: name, among: known)
    suggestions[name] = .some(question)
    return question ?? instead
  }

  // MARK: Names

  /// Checks that an actor's name is in `actors.csv`, and is no number of some code system.
  mutating func check<R: Record>(
    actor id: ActorID?, _ record: R.Type, _ place: Int, _ column: String
  ) {
    guard let id, !id.rawValue.isEmpty, !actorIDs.contains(id),
      !unread.contains(Actor.table)
    else { return }
    if id.rawValue.isBareNumber {
      report(
        record, place, column, id.rawValue,
        "is a bare number, and the same number is another country in another code system",
        advice: "write the actor's id" + meanings(of: id.rawValue))
      return
    }
    let advice = advice(
      id.rawValue, among: actorIDs.lazy.map(\.rawValue), else: "add it to actors.csv")
    report(record, place, column, id.rawValue, "is no actor of this casebook", advice: advice)
  }

  /// Lists the actors that a number means, by code system.
  private func meanings(of number: String) -> String {
    let meanings = casebook.codes.filter { $0.code == number }
      .map { "\($0.actor) in \($0.system)" }
    return meanings.isEmpty ? "" : " (\(number) is \(meanings.uniqued.joined(separator: ", ")))"
  }

  mutating func check<R: Record>(
    claim id: ClaimID?, _ record: R.Type, _ place: Int, _ column: String
  ) {
    guard let id, !id.rawValue.isEmpty, !claimIDs.contains(id),
      !unread.contains(Claim.table)
    else { return }
    let advice = advice(
      id.rawValue, among: claimIDs.lazy.map(\.rawValue), else: "add it to claims.csv")
    report(record, place, column, id.rawValue, "is no claim of this casebook", advice: advice)
  }

  mutating func check<R: Record>(
    source id: SourceID?, _ record: R.Type, _ place: Int, _ column: String
  ) {
    guard let id, !id.rawValue.isEmpty, !sourceIDs.contains(id),
      !unread.contains(Source.table)
    else { return }
    let advice = advice(
      id.rawValue, among: sourceIDs.lazy.map(\.rawValue), else: "add it to sources.csv")
    report(record, place, column, id.rawValue, "is no source of this casebook", advice: advice)
  }

  /// Checks that a word is in one of the codebook's lists; a list that is not there is not asked.
  mutating func check<R: Record>(
    word: String?, of vocabulary: String, _ record: R.Type, _ place: Int, _ column: String
  ) {
    guard let word, !word.isEmpty, let known = vocabularies[vocabulary], !known.contains(word)
    else { return }
    let advice = advice(word, among: known, else: "add it to codebook.yaml")
    report(
      record, place, column, word, "is not among the \(vocabulary) of the codebook", advice: advice)
  }

  /// Checks that no two records of a table have the same name.
  mutating func checkUnique<R: Record, ID: Identifier>(_: R.Type, _ ids: [ID]) {
    var first = Dictionary<ID, Int>(minimumCapacity: ids.count)
    for (place, id) in ids.enumerated() where !id.rawValue.isEmpty {
      guard let earlier = first.updateValue(place, forKey: id) else { continue }
      first[id] = earlier
      report(
        R.self, place, "id", id.rawValue, "is the id of \(row(R.self, earlier)) too",
        advice: "give one of them another")
    }
  }

  /// Checks that a date does not surely come after one that should follow it.
  mutating func checkOrder<R: Record>(
    _ earlier: EDTFDate?, _ later: EDTFDate?, _ record: R.Type, _ place: Int,
    _ names: (String, String)
  ) {
    guard let earlier, let later, earlier.earliest > later.latest else { return }
    report(
      record, place, names.1, later.text, "comes before \(names.0), which is \(earlier.text)",
      advice: "correct one of the two dates")
  }
}

extension String {
  /// Whether the text has digits only, as the numbers of country code systems do.
  var isBareNumber: Bool {
    !isEmpty && utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
