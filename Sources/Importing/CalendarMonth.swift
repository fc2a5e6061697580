import Evidence
import Documents

/// The months by their English names, which some tables write.
enum CalendarMonth {
  private static let names = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// The number of a month by its name or the first three letters of it.
  static func number(_ text: String) -> Int? {
    let word = text.trimmed.lowercased()
    guard word.count >= 3 else { return nil }
    return names.firstIndex { $0 == word || $0.prefix(3) == word }.map { $0 + 1 }
  }

  /// The date of a whole month.
  static func date(year: Int, month: Int) -> EDTFDate? {
    guard (1...12).contains(month) else { return nil }
    return try? EDTFDate("\(FourDigits.text(year))-\(month < 10 ? "0" : "")\(month)")
  }
}

/// Years as dates write them.
enum FourDigits {
  static func text(_ year: Int) -> String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension Row {
  /// Reads a date as a person writes it in a spreadsheet: `2017`, `2017.0`, `2017-05`, `May 2017`.
  func spokenDate(_ column: Column) -> EDTFDate? {
    guard let text = text(column)?.trimmed, !text.isEmpty else { return nil }
    if let year = Numeral.number(text).flatMap({ Int(exactly: $0) }), (1...9999).contains(year) {
      return EDTFDate(year: year)
    }
    let day = text.split(separator: " ").first.map(String.init) ?? text
    if let date = (try? EDTFDate(text)) ?? (text.contains(":") ? try? EDTFDate(day) : nil) {
      return date
    }
    let words = text.split(separator: " ")
    if words.count == 2, let month = CalendarMonth.number(String(words[0])),
      let year = Int(words[1]), let date = CalendarMonth.date(year: year, month: month)
    {
      return date
    }
    report(
      column: column.name, value: text, "is not a date",
      advice: "write 2017, 2017-05, 2017-05-14 or May 2017")
    return nil
  }
}
