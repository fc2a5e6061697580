/// Reads decimal numbers as tables write them.
package enum Numeral {
  /// Reads `-12.5` or `1e6`; nil for anything else, infinities and hexadecimals included.
  package static func number(_ text: some StringProtocol) -> Double? {
    let isDecimal = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isDecimal, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// Reads the same from bytes, without a text in between where few digits allow it.
  package static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    shortNumber(bytes) ?? number(String(decoding: bytes, as: UTF8.self))
  }

  /// Reads a number of up to 15 digits without an exponent: exact, as two exact numbers divided.
  package static func shortNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var place = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { place = 1 }
    guard place < bytes.count, bytes.count - place <= 16 else { return nil }
    var digits = 0
    var decimals = 0
    var mantissa: Int64 = 0
    var hasPoint = false
    while place < bytes.count {
      let digit = bytes[place] &- UInt8(ascii: "0")
      if digit <= 9 {
        mantissa = mantissa &* 10 &+ Int64(digit)
        digits += 1
        if hasPoint { decimals += 1 }
      } else if bytes[place] == UInt8(ascii: "."), !hasPoint, digits > 0 {
        hasPoint = true
      } else {
        return nil
      }
      place += 1
    }
    guard digits > 0, digits <= 15, !hasPoint || decimals > 0 else { return nil }
    let size = Double(mantissa) / powersOfTen[decimals]
    return isNegative ? -size : size
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  /// Writes the shortest text that reads back as the same number, whole numbers without a point.
  package static func text(_ number: Double) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
