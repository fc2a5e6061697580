/// Reads EDTF at levels 0 and 1, byte by byte.
enum EDTFParser {
  static func date(_ text: String) throws -> EDTFDate {
    let bytes = Array(text.utf8)
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else {
      let one = try single(bytes[...], of: text)
      return EDTFDate(
        text: text, earliest: one.earliest, latest: one.latest,
        isApproximate: one.isApproximate, isUncertain: one.isUncertain)
    }
    let start = try end(bytes[..<slash], of: text)
    let stop = try end(bytes[(slash + 1)...], of: text)
    guard start != nil || stop != nil else {
      throw EDTFError(
        text: text, message: "is open at both ends", advice: "leave the cell empty if not stated")
    }
    let earliest = start?.earliest ?? .distantPast
    let latest = stop?.latest ?? .distantFuture
    guard earliest <= latest else {
      throw EDTFError(
        text: text, message: "ends before it starts", advice: "swap the two dates")
    }
    return EDTFDate(
      text: text, earliest: earliest, latest: latest,
      isApproximate: start?.isApproximate == true || stop?.isApproximate == true,
      isUncertain: start?.isUncertain == true || stop?.isUncertain == true)
  }

  private struct Single {
    var earliest: Day
    var latest: Day
    var isApproximate = false
    var isUncertain = false
  }

  /// Reads one end of an interval; nil when it is open (`..`) or unknown (empty).
  private static func end(_ bytes: ArraySlice<UInt8>, of text: String) throws -> Single? {
    if bytes.isEmpty || bytes.elementsEqual("..".utf8) { return nil }
    return try single(bytes, of: text)
  }

  private static func single(_ bytes: ArraySlice<UInt8>, of text: String) throws -> Single {
    var body = bytes
    var isApproximate = false
    var isUncertain = false
    switch body.last {
    case UInt8(ascii: "~"): isApproximate = true
    case UInt8(ascii: "?"): isUncertain = true
    case UInt8(ascii: "%"): (isApproximate, isUncertain) = (true, true)
    default: break
    }
    if isApproximate || isUncertain { body = body.dropLast() }
    var span = try span(of: body, in: text)
    span.isApproximate = isApproximate
    span.isUncertain = isUncertain
    return span
  }

  /// Finds the first and last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD` with `X` for unstated digits.
  private static func span(of body: ArraySlice<UInt8>, in text: String) throws -> Single {
    let parts = body.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts[0].count == 4,
      parts.dropFirst().allSatisfy({ $0.count == 2 })
    else { throw unreadable(text) }
    guard let years = range(parts[0]), let months = parts.count > 1 ? range(parts[1]) : 1...12,
      let days = parts.count > 2 ? range(parts[2]) : 1...31
    else { throw unreadable(text) }
    if parts.count == 2, (21...24).contains(months.lowerBound) {
      return try season(months.lowerBound, years: years)
    }
    let firstMonth = max(1, months.lowerBound)
    let lastMonth = min(12, months.upperBound)
    guard firstMonth <= lastMonth else {
      throw EDTFError(
        text: text, message: "has no such month", advice: "write year-month-day, months 01 to 12")
    }
    let daysOfFirst = Day.count(inMonth: firstMonth, of: years.lowerBound)
    let daysOfLast = Day.count(inMonth: lastMonth, of: years.upperBound)
    let firstDay = max(1, days.lowerBound)
    let lastDay = min(daysOfLast, days.upperBound)
    guard firstDay <= daysOfFirst, parts.count < 3 || firstDay <= lastDay else {
      throw EDTFError(
        text: text, message: "has no such day", advice: "write a day that the month has")
    }
    return Single(
      earliest: Day(year: years.lowerBound, month: firstMonth, day: firstDay),
      latest: Day(year: years.upperBound, month: lastMonth, day: lastDay))
  }

  /// Places the seasons 21 to 24 (spring to winter, northern) in their calendar months.
  private static func season(_ season: Int, years: ClosedRange<Int>) throws -> Single {
    let first = (season - 21) * 3 + 3
    let wraps = first == 12
    let lastYear = wraps ? min(9999, years.upperBound + 1) : years.upperBound
    let lastMonth = wraps ? 2 : first + 2
    return Single(
      earliest: Day(year: years.lowerBound, month: first, day: 1),
      latest: Day(
        year: lastYear, month: lastMonth, day: Day.count(inMonth: lastMonth, of: lastYear)))
  }

  /// Reads digits of which the last ones may be `X`, as the numbers that they can mean.
  private static func range(_ digits: ArraySlice<UInt8>) -> ClosedRange<Int>? {
    var low = 0
    var high = 0
    var isUnstated = false
    for byte in digits {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9") where !isUnstated:
        let digit = Int(byte - UInt8(ascii: "0"))
        (low, high) = (low * 10 + digit, high * 10 + digit)
      case UInt8(ascii: "X"):
        isUnstated = true
        (low, high) = (low * 10, high * 10 + 9)
      default: return nil
      }
    }
    return low...high
  }

  private static func unreadable(_ text: String) -> EDTFError {
    EDTFError(
      text: text, message: "is not a date",
      advice: "write 2020, 2020-06, 2020-06-14, 2020~, 2018/2020 or ../2023")
  }
}
