import Documents

/// Checks what the records of a casebook say of each other, and collects every problem.
struct CasebookChecker {
  let casebook: Casebook
  var problems: [Problem] = []
  private let origins: [String: [Origin]]
  /// The tables that could not be read: names in them are not called unknown.
  let unread: Set<String>
  /// The last day on which something can have been entered; nil where that is not asked.
  let today: Day?
  /// The names that records have, of each type that was asked for.
  private var known: [NameType: Set<String>] = [:]
  /// Suggestions already made; looking for the nearest of many names is slow.
  private var suggestions: [String: String?] = [:]

  /// How many unknown names get a suggestion before the checker stops looking for them.
  private static let suggestionLimit = 500

  init(
    _ casebook: Casebook, _ origins: [String: [Origin]], unread: Set<String>, today: Day? = nil
  ) {
    self.today = today
    self.casebook = casebook
    self.origins = origins
    self.unread = unread
    for table in Casebook.tables { checkForms(table) }
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

  /// Reports what is wrong in the cell of a property.
  mutating func report<R: Record>(
    _ column: PartialKeyPath<R>, _ place: Int, _ value: String? = nil, _ message: String,
    advice: String?
  ) {
    report(R.self, place, name(column), value, message, advice: advice)
  }

  /// The name of the column of a property.
  func name<R: Record>(_ column: PartialKeyPath<R>) -> String? { R.fields[column]?.name }

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

  /// The names of a type that records of the casebook have.
  mutating func names(of type: NameType) -> Set<String> {
    if let known = known[type] { return known }
    let names = Casebook.tables.reduce(into: Set<String>()) { names, table in
      names.formUnion(table.names(of: type, in: casebook))
    }
    known[type] = names
    return names
  }

  /// Checks that a date does not surely come after one that should follow it.
  mutating func checkOrder<R: Record>(
    _ earlier: EDTFDate?, _ later: EDTFDate?, _ place: Int,
    _ columns: @autoclosure () -> (PartialKeyPath<R>, PartialKeyPath<R>)
  ) {
    guard let earlier, let later, earlier.earliest > later.latest else { return }
    let columns = columns()
    checkOrder(earlier, later, place, name(columns.0) ?? "", columns.1)
  }

  /// Checks the same of a date that stands elsewhere.
  mutating func checkOrder<R: Record>(
    _ earlier: EDTFDate?, _ later: EDTFDate?, _ place: Int, _ name: String,
    _ column: PartialKeyPath<R>
  ) {
    guard let earlier, let later, earlier.earliest > later.latest else { return }
    report(
      column, place, later.text, "comes before \(name), which is \(earlier.text)",
      advice: "correct one of the two dates")
  }
}

extension String {
  /// Whether the text has digits only, as the numbers of country code systems do.
  var isBareNumber: Bool {
    !isEmpty && utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
