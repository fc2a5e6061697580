import Evidence
import Documents

/// The columns of a table, by what a mapping takes of each.
struct MappedColumns {
  private let places: [String: Int]

  init(_ layout: Layout) {
    places = Dictionary(
      uniqueKeysWithValues: layout.columns.enumerated().map { ($1, $0) })
  }

  /// The column of a field among those that a row is read by; nil for a constant.
  func column(_ field: Mapping.Field, _ columns: [Column]) -> Column? {
    field.column.flatMap { places[$0] }.map { columns[$0] }
  }

  /// The text of a field in a row; nil where it is empty.
  func text(_ field: Mapping.Field?, _ row: Row, _ columns: [Column]) -> String? {
    guard let field else { return nil }
    guard let column = column(field, columns) else {
      guard case .constant(let text) = field.origin else { return nil }
      return text
    }
    guard let text = row.text(column)?.trimmed, !text.isEmpty else { return nil }
    guard !field.words.isEmpty else { return text }
    if let word = field.words[text] { return word }
    row.report(
      column: column.name, value: text, "has no word in the mapping",
      advice: Suggestion.question(for: text, among: field.words.keys.sorted())
        ?? "add it under `words:` in line \(field.node.line) of \(field.node.file)")
    return nil
  }

  /// The number of a field in a row.
  func number(_ field: Mapping.Field?, _ row: Row, _ columns: [Column]) -> Double? {
    guard let field else { return nil }
    if let column = column(field, columns), field.words.isEmpty { return row.number(column) }
    guard let text = text(field, row, columns) else { return nil }
    if let number = Numeral.number(text) { return number }
    row.report(
      column: field.column, value: text, "is not a number",
      advice: "advice it in line \(field.node.line) of \(field.node.file)")
    return nil
  }

  /// A number with its bounds, which have to be in order.
  func bounded(
    _ value: Mapping.Field?, _ low: Mapping.Field?, _ high: Mapping.Field?, _ row: Row,
    _ columns: [Column]
  ) -> BoundedNumber {
    let bounded = BoundedNumber(
      value: number(value, row, columns), low: number(low, row, columns),
      high: number(high, row, columns))
    let stated = [bounded.low, bounded.value, bounded.high].compactMap(\.self)
    if zip(stated, stated.dropFirst()).contains(where: { $0 > $1 }) {
      row.report(
        column: value?.column, value: stated.map(\.description).joined(separator: " > "),
        "low, value and high are out of order", advice: "see which column is which")
    }
    return bounded
  }

  /// A word of a closed vocabulary.
  func word<W: Word>(_ field: Mapping.Field?, _ row: Row, _ columns: [Column]) -> W? {
    guard let field, let text = text(field, row, columns) else { return nil }
    if let word = W(rawValue: text) { return word }
    let known = W.allCases.map(\.rawValue)
    row.report(
      column: field.column, value: text, "is not a word for this column",
      advice: "say under `words:` which of \(known.joined(separator: ", ")) it is")
    return nil
  }

  func date(
    _ field: Mapping.Field?, _ row: Row, _ columns: [Column], _ order: Mapping.DateOrder
  ) -> EDTFDate? {
    guard let field, let text = text(field, row, columns) else { return nil }
    if let date = EDTFDate(text, order) { return date }
    row.report(
      column: field.column, value: text, "is no date",
      advice: order == .iso
        ? "write 2020, 2020-06 or 2020-06-14, or say `dates: day-first` or `month-first`"
        : "it is read \(order.rawValue), as the mapping says")
    return nil
  }
}

extension EDTFDate {
  /// Reads a date as EDTF writes it, or with slashes or points in an order that a mapping states.
  init?(_ text: String, _ order: Mapping.DateOrder) {
    let parts = text.split(omittingEmptySubsequences: false) { "/.".contains($0) }
    guard order != .iso, parts.count == 3 else {
      guard let date = try? EDTFDate(text) else { return nil }
      self = date
      return
    }
    let (day, month) = order == .dayFirst ? (parts[0], parts[1]) : (parts[1], parts[0])
    let padded = [parts[2], month, day].map { $0.utf8.count == 1 ? "0\($0)" : String($0) }
    guard let date = try? EDTFDate(padded.joined(separator: "-")) else { return nil }
    self = date
  }
}

extension MappedColumns {
  /// The year of a period, which may be written as a date within it.
  func year(
    _ field: Mapping.Field, _ row: Row, _ columns: [Column], _ order: Mapping.DateOrder
  ) -> Int? {
    guard let text = text(field, row, columns) else {
      row.report(column: field.column, "the period is empty", advice: "fill it in, or cut the row")
      return nil
    }
    if let number = Numeral.number(text), let year = Int(exactly: number),
      (1...9999).contains(year)
    {
      return year
    }
    if let date = EDTFDate(text, order), date.earliest.year == date.latest.year {
      return date.earliest.year
    }
    row.report(
      column: field.column, value: text, "is no year", advice: "write four digits or a date")
    return nil
  }
}
