import Documents

// What the form of a column asks of its cells: names that are there, words of the codebook, shapes.

extension CasebookChecker {
  mutating func checkForms<R>(_ table: some CasebookTable<R>) {
    let records = casebook[keyPath: table.records]
    for field in R.fields.all {
      switch field.schema.form {
      case .name(let type, isUnique: true): checkUnique(field, records, type)
      case .reference(let type, let isList): checkReferences(field, records, type, isList: isList)
      case .term(let vocabulary): checkWords(field, records, of: vocabulary)
      case .shaped(let shape): checkShapes(field, records, shape)
      case .dayOfEntry: checkEntries(field, records)
      default: continue
      }
    }
  }

  /// Checks that no two records of a table have the same name, and keeps the names.
  private mutating func checkUnique<R: Record>(
    _ field: Field<R>, _ records: [R], _ type: NameType
  ) {
    var first = Dictionary<String, Int>(minimumCapacity: records.count)
    for (place, record) in records.enumerated() {
      let name = field.text(record)
      guard !name.isEmpty, let earlier = first.updateValue(place, forKey: name) else { continue }
      first[name] = earlier
      report(
        R.self, place, field.name, name, "is the id of \(row(R.self, earlier)) too",
        advice: "give one of them another")
    }
  }

  /// Checks that each name in a column is one that some record of the casebook has.
  private mutating func checkReferences<R: Record>(
    _ field: Field<R>, _ records: [R], _ type: NameType, isList: Bool
  ) {
    var known: Set<String>?
    // A cell like the one above it needs no second look.
    var last = ""
    for (place, record) in records.enumerated() {
      let text = field.text(record)
      guard !text.isEmpty, text != last else { continue }
      let names = known ?? self.names(of: type)
      known = names
      if !isList, names.contains(text) {
        last = text
        continue
      }
      let cell = isList ? text.split(separator: ";").map(String.init) : [text]
      let unknown = cell.filter { !names.contains($0) }
      if unknown.isEmpty { last = text }
      for name in unknown { reportUnknown(name, type, R.self, place, field.name) }
    }
  }

  /// Checks that words are in one of the codebook's lists; a list that is not there is not asked.
  private mutating func checkWords<R: Record>(
    _ field: Field<R>, _ records: [R], of vocabulary: String
  ) {
    guard let words = casebook.codebook.vocabularies[vocabulary] else { return }
    let known = Set(words.map(\.id))
    var last = ""
    for (place, record) in records.enumerated() {
      let word = field.text(record)
      guard !word.isEmpty, word != last else { continue }
      if known.contains(word) {
        last = word
      } else {
        let advice = advice(word, among: known, else: "add it to codebook.yaml")
        report(
          R.self, place, field.name, word, "is not among the \(vocabulary) of the codebook",
          advice: advice)
      }
    }
  }

  private mutating func checkShapes<R: Record>(
    _ field: Field<R>, _ records: [R], _ shape: TextShape
  ) {
    for (place, record) in records.enumerated() {
      let text = field.text(record)
      guard !text.isEmpty, !shape.fits(text) else { continue }
      report(R.self, place, field.name, text, shape.message, advice: shape.advice(for: text))
    }
  }

  /// Checks that nothing was entered after today.
  private mutating func checkEntries<R: Record>(_ field: Field<R>, _ records: [R]) {
    guard let today else { return }
    var last = ""
    for (place, record) in records.enumerated() {
      let text = field.text(record)
      guard text != last else { continue }
      guard let date = try? EDTFDate(text), date.earliest > today else {
        last = text
        continue
      }
      report(
        R.self, place, field.name, text, "is in the future",
        advice: "write the day on which it was done, \(today) at the latest")
    }
  }

  // MARK: Names that nobody has

  private mutating func reportUnknown<R: Record>(
    _ name: String, _ type: NameType, _ record: R.Type, _ place: Int, _ column: String
  ) {
    guard let named = Casebook.column(naming: type), !unread.contains(named.table) else { return }
    if type == NameType(ActorID.self), name.isBareNumber {
      report(
        record, place, column, name,
        "is a bare number, and the same number is another country in another code system",
        advice: "write the actor's id" + meanings(of: name))
      return
    }
    let (message, instead) = words(forUnknown: type, in: named.table)
    let advice = advice(name, among: names(of: type), else: instead)
    report(record, place, column, name, message, advice: advice)
  }

  /// What is wrong with a name of a type that nothing has, and what to do where none is near.
  private func words(forUnknown type: NameType, in table: String) -> (String, String) {
    switch type {
    case NameType(FactID.self): ("is a fact that no claim is about", "add a claim about it")
    case NameType(DealID.self):
      ("is a deal that no claim is about", "name it in the deal column of a claim")
    default:
      (
        "is not \(table.first == "a" ? "an" : "a") \(table.dropLast()) of this casebook",
        "add it to \(table).csv"
      )
    }
  }

  /// Lists the actors that a number means, by code system.
  private func meanings(of number: String) -> String {
    let meanings = casebook.codes.filter { $0.code == number }
      .map { "\($0.actor) in \($0.system)" }
    return meanings.isEmpty ? "" : " (\(number) is \(meanings.uniqued.joined(separator: ", ")))"
  }
}

extension TextShape {
  fileprivate func fits(_ text: String) -> Bool {
    switch self {
    case .currency:
      text.utf8.count == 3 && text.utf8.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
    case .language: CitationStyle.isLanguage(text)
    case .url: text.hasPrefix("https://") || text.hasPrefix("http://")
    case .citationType: CitationStyle.types.contains(text)
    case .sha256: CitationStyle.isSHA256(text)
    }
  }

  fileprivate var message: String {
    switch self {
    case .currency: "is not a currency code"
    case .language: "is not a language tag"
    case .url: "is not a web address"
    case .citationType: "is not a CSL type"
    case .sha256: "is not a SHA-256"
    }
  }

  fileprivate func advice(for text: String) -> String {
    switch self {
    case .currency: "write the three capitals of ISO 4217, such as EUR"
    case .language: "write a tag such as en or sr-Latn"
    case .url: "start it with https://, or leave it empty"
    case .citationType:
      Suggestion.question(for: text, among: CitationStyle.types)
        ?? "write one of them, such as report, webpage or dataset"
    case .sha256: "write the 64 lower-case digits that sha256sum prints"
    }
  }
}
