import Documents

/// How finely a cell's number format shows a date.
enum CellDate: Hashable, Sendable {
  case year, month, day, time

  /// Tells whether a number format shows a date: by its number when it is built in, else by its code.
  ///
  /// Lengths of time, such as `[h]:mm`, are numbers.
  init?(format: Int, code: String?) {
    if let code {
      guard let form = CellDate(code: code) else { return nil }
      self = form
      return
    }
    switch format {
    case 17: self = .month
    case 14...16, 22, 27...31, 36, 50...58: self = .day
    case 18...21, 32...35, 45, 47: self = .time
    default: return nil
    }
  }

  private init?(code: String) {
    let letters = CellDate.letters(of: code)
    let (hasYear, hasMonth, hasDay) = (
      letters.contains("y"), letters.contains("m"), letters.contains("d")
    )
    let hasTime = letters.contains("h") || letters.contains("s")
    switch (hasYear, hasDay, hasTime) {
    case (_, true, _), (true, _, true): self = .day
    case (true, false, false): self = hasMonth ? .month : .year
    case (false, false, true): self = .time
    case (false, false, false):
      guard hasMonth else { return nil }
      self = .day
    }
  }

  /// The letters of a format's first part that are not literal, and not a colour or a language; none
  /// of a length of time.
  private static func letters(of code: String) -> Set<Character> {
    var letters: Set<Character> = []
    var rest = code.lowercased().replacing("am/pm", with: "").replacing("a/p", with: "")[...]
    while let next = rest.popFirst() {
      switch next {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }
        if !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) { return [] }
        rest = rest.dropFirst(inside.count + 1)
      case ";": return letters
      default: letters.insert(next)
      }
    }
    return letters
  }

  /// Writes the number of a cell as the date that it stands for; nil when it stands for none.
  ///
  /// A date is as fine as its format shows, or finer when the number is. Days count from 1 January
  /// 1900, with a 29 February in that year which never was, or from 1 January 1904.
  func text(_ number: Double, from1904: Bool) -> String? {
    guard number >= 0, number < 2_958_466 else { return nil }
    let whole = number.rounded(.down)
    let seconds = Int(((number - whole) * 86_400).rounded())
    let day = Int(whole) + seconds / 86_400
    let time = seconds % 86_400
    if self == .time, day == 0 { return CellDate.clock(time) }
    guard let date = CellDate.date(day, from1904: from1904) else { return nil }
    if time > 0 { return "\(date)T\(CellDate.clock(time))" }
    if self == .year, date.hasSuffix("-01-01") { return String(date.prefix(4)) }
    if self == .month, date.hasSuffix("-01") { return String(date.prefix(7)) }
    return date
  }

  private static func date(_ day: Int, from1904: Bool) -> String? {
    if from1904 { return CalendarDay.text(daysSince1970: day - 24_107) }
    switch day {
    case 0: return nil
    case 60: return "1900-02-29"
    default: return CalendarDay.text(daysSince1970: day - (day < 60 ? 25_568 : 25_569))
    }
  }

  private static func clock(_ seconds: Int) -> String {
    [seconds / 3600, seconds / 60 % 60, seconds % 60].map { CalendarDay.padded($0, 2) }
      .joined(separator: ":")
  }
}
