package import Documents

/// One row of a table being read: gives a record its cells, and collects what is wrong in them.
///
/// A cell that cannot be read is reported and stands as empty, so that reading goes on.
package final class Row {
  private var log: ProblemLog
  /// How many problems there are, which is asked after each row.
  @exclusivity(unchecked) package private(set) var problemCount = 0
  // No method that changes these calls back, so that checks of exclusive access, one for each cell, would
  // find nothing; they took an eighth of the time.
  @exclusivity(unchecked) package private(set) var number = 0
  @exclusivity(unchecked) private var reader: CSVReader
  private let bytes: UnsafeBufferPointer<UInt8>
  @exclusivity(unchecked) package private(set) var cells: [CSVReader.Cell] = []
  @exclusivity(unchecked) private var pool = TextPool()
  private var dates: [String: EDTFDate] = [:]
  /// Whether a row was larger than the limits.
  package private(set) var isBeyondLimits = false
  /// The texts that stand for an empty cell in this table.
  private let missing: Set<String>
  /// Whether a number may be one of them, such as -9.
  private let missesNumbers: Bool

  package init(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String, separator: UInt8 = CSVReader.comma,
    missing: Set<String> = [], limits: ReadingLimits = .standard, mostProblems: Int = 1000
  ) {
    log = ProblemLog(file: file, limit: mostProblems)
    self.bytes = bytes
    self.missing = missing
    missesNumbers = missing.contains { Numeral.number($0) != nil }
    reader = CSVReader(bytes, separator: separator, limits: limits)
  }

  package var file: String { log.file }
  package var problems: [Problem] { log.problems }

  /// Reads the next row of the table; false at the end.
  package func advance(_ header: Header?) -> Bool {
    var faults: [(CSVReader.Fault, Int)] = []
    guard reader.next(&cells, fault: { faults.append(($0, $1)) }) else { return false }
    number = reader.row
    for (fault, cell) in faults {
      if fault.isOfLimits { isBeyondLimits = true }
      report(column: header?.names[safe: cell], fault.message, advice: fault.advice)
    }
    return true
  }

  /// The bytes of the table that the row takes.
  package var byteRange: Range<Int> { reader.rowStart..<reader.position }

  package func report(
    column: String?, value: String? = nil, _ message: String, advice: String? = nil
  ) {
    log.report(row: number, column: column, value: value, message, advice: advice)
    problemCount += 1
  }

  // MARK: Cells

  package func isEmpty(_ column: Column) -> Bool {
    guard let place = column.place, place < cells.count else { return true }
    return cells[place].range.isEmpty
  }

  /// The bytes of a cell as they stand in the file, doubled quotes included.
  package func bytes(_ column: Column) -> UnsafeBufferPointer<UInt8> {
    guard let place = column.place, place < cells.count else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(rebasing: bytes[cells[place].range])
  }

  /// Copies a text of its own: a statement, a title.
  package func prose(_ column: Column) -> String? {
    guard let place = column.place, place < cells.count, !isEmpty(column) else { return nil }
    return reader.text(cells[place])
  }

  /// Copies a text that other rows are likely to repeat.
  package func text(_ column: Column) -> String? {
    guard let place = column.place, place < cells.count, !isEmpty(column) else { return nil }
    let cell = cells[place]
    let text =
      cell.isEscaped
      ? reader.text(cell) : pool.text(UnsafeBufferPointer(rebasing: bytes[cell.range]))
    return !missing.isEmpty && missing.contains(text) ? nil : text
  }

  package func identifier<ID: Identifier>(_ column: Column) -> ID? {
    text(column).map { ID(rawValue: $0) }
  }

  /// Reads a list of names separated by semicolons.
  package func identifiers<ID: Identifier>(_ column: Column) -> [ID] {
    guard let text = text(column) else { return [] }
    return text.split(separator: ";").map { ID(rawValue: $0.trimmed) }
  }

  /// Reads a word of a closed vocabulary.
  package func word<W: Word>(_ column: Column) -> W? {
    guard let text = text(column) else { return nil }
    if let word = W(rawValue: text) { return word }
    let known = W.allCases.map(\.rawValue)
    report(
      column: column.name, value: text, "is not a word for this column",
      advice: Suggestion.question(for: text, among: known)
        ?? "write one of \(known.joined(separator: ", "))")
    return nil
  }

  package func date(_ column: Column) -> EDTFDate? {
    guard let text = text(column) else { return nil }
    if let date = dates[text] { return date }
    do {
      let date = try EDTFDate(text)
      dates[text] = date
      return date
    } catch let error as EDTFError {
      report(column: column.name, value: text, error.message, advice: error.advice)
    } catch {
      preconditionFailure("A date throws only EDTFError.")
    }
    return nil
  }

  package func number(_ column: Column) -> Double? {
    // Most numbers are short, and need no text unless that may stand for an empty cell.
    if !missesNumbers, let number = Numeral.shortNumber(bytes(column)) { return number }
    guard let text = text(column) else { return nil }
    if let number = Numeral.number(text) {
      if Bounded.cell.contains(number) { return number }
      report(
        column: column.name, value: text, "is too large to compute with",
        advice: "write \(Bounded.cell.words), perhaps in larger units")
      return nil
    }
    report(column: column.name, value: text, "is not a number", advice: Row.advice(number: text))
    return nil
  }

  /// Says how to write a number that has commas in it, else how numbers are written.
  private static func advice(number text: String) -> String {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 2, Numeral.number(parts.joined(separator: ".")) != nil, parts[1].count != 3 {
      return "it has a decimal comma; write \(parts.joined(separator: "."))"
    }
    if parts.count == 2, parts[0].contains("."), !parts[1].contains(".") {
      let whole = parts[0].replacing(".", with: "")
      if Numeral.number("\(whole).\(parts[1])") != nil {
        return "it has points between thousands and a decimal comma; write \(whole).\(parts[1])"
      }
    }
    if parts.count > 1, Numeral.number(parts.joined()) != nil {
      return "leave out the commas between thousands"
    }
    return "write digits with a decimal point, the unit in its own column"
  }

  /// Reads a year of four digits.
  package func year(_ column: Column) -> Int? {
    guard let text = text(column) else { return nil }
    if text.utf8.count == 4, let year = Int(text), year > 0 { return year }
    report(column: column.name, value: text, "is not a year", advice: "write four digits")
    return nil
  }

  /// Reads a whole number, which may be written with a point and zeros: `2010.0`.
  package func integer(_ column: Column) -> Int? {
    guard let number = number(column) else { return nil }
    if let whole = Int(exactly: number) { return whole }
    report(
      column: column.name, value: text(column), "is not a whole number",
      advice: "write digits, no fraction")
    return nil
  }

  /// Reads a year, which may be written as `2010.0`.
  package func calendarYear(_ column: Column) -> Int? {
    guard let year = integer(column) else { return nil }
    if (1...9999).contains(year) { return year }
    report(column: column.name, value: text(column), "is not a year", advice: "write four digits")
    return nil
  }

  /// Reads a number with its bounds, and reports when they are not in order.
  package func bounded(_ value: Column, _ low: Column, _ high: Column) -> BoundedNumber {
    let bounded = BoundedNumber(value: number(value), low: number(low), high: number(high))
    checkOrder(bounded, value.name)
    return bounded
  }

  /// Reports a number that is not between its bounds.
  func checkOrder(_ number: BoundedNumber, _ column: String) {
    guard !number.isInOrder else { return }
    let stated = [number.low, number.value, number.high].compactMap(\.self)
    report(
      column: column, value: stated.map(\.description).joined(separator: " > "),
      "low, value and high are out of order", advice: "write low ≤ value ≤ high")
  }

  package func locator(_ column: Column) -> Locator? {
    guard let text = prose(column) else { return nil }
    if let locator = Locator(text) { return locator }
    report(
      column: column.name, value: text, "is not a place in a source",
      advice: "write page=3, paragraph=14, row=12 or chars=9120-9241 (start before end)")
    return nil
  }
}

extension Array {
  package subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  package var trimmed: String {
    var rest = self[...]
    while rest.unicodeScalars.first == " " { rest = rest.dropFirst() }
    while rest.unicodeScalars.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
