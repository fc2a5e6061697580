import Foundation

/// A number as a person reads it: two or three digits that matter, a true minus sign.
///
/// From 10¹⁵ on it is written with a power of ten, as `1.2e+15`.
package func plain(_ number: Double) -> String {
  let size = abs(number)
  guard size < 1e15 else { return (number < 0 ? "−" : "") + String(format: "%.1e", size) }
  let digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.095 || size == 0 ? 2 : 3
  let text = String(format: "%.\(digits)f", size)
  let isZero = !text.contains { "123456789".contains($0) }
  return (number < 0 && !isZero ? "−" : "") + text
}

/// A signed number: `+0.21`, `−0.05`.
package func signed(_ number: Double) -> String {
  let text = plain(number)
  return text.hasPrefix("−") || !text.contains { "123456789".contains($0) } ? text : "+" + text
}

/// A chance that is never quite 0 or 1: `0.93`, or `above 0.99`.
package func plainChance(_ chance: Double) -> String {
  chance >= 0.995 ? "above 0.99" : chance < 0.005 ? "below 0.01" : plain(chance)
}

/// A p-value: `0.031`, or `below 0.001`.
package func plainP(_ p: Double) -> String {
  p < 0.001 ? "below 0.001" : String(format: p < 0.1 ? "%.3f" : "%.2f", p)
}

/// A chance that is one in a whole number: `1 in 20`; else its decimals.
package func oneIn(_ share: Double) -> String {
  let inverse = 1 / share
  guard inverse < 1e9, abs(inverse - inverse.rounded()) < 1e-6 * inverse else {
    return inverse >= 1e9 ? "less than 1 in a billion" : plainP(share)
  }
  return "1 in \(grouped(Int(inverse.rounded())))"
}

/// A whole number with thin groups of three: `10,000`.
package func grouped(_ number: Int) -> String {
  var digits = String(abs(number))
  var groups: [String] = []
  while digits.count > 3 {
    groups.insert(String(digits.suffix(3)), at: 0)
    digits.removeLast(3)
  }
  return (number < 0 ? "−" : "") + ([digits] + groups).joined(separator: ",")
}

/// `a`, `a and b`, or `a, b and c`.
package func listed(_ words: [String]) -> String {
  guard let last = words.last else { return "" }
  return words.count == 1
    ? last : words.dropLast().joined(separator: ", ") + " and " + last
}

/// `one` to `twelve` in letters, others in digits.
package func counted(_ number: Int) -> String {
  let words = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
  ]
  return words.indices.contains(number) ? words[number] : grouped(number)
}

/// A codebook's word as a reader meets it: `action_plan` becomes `action plan`.
func inWords(_ word: some CustomStringConvertible) -> String {
  word.description.replacing("_", with: " ")
}

extension String {
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The text inside a sentence; an abbreviation keeps its capitals.
  var lowercasedFirst: String {
    let isAbbreviation = dropFirst().first.map { $0.isUppercase || $0.isNumber } ?? false
    return isAbbreviation ? self : prefix(1).lowercased() + dropFirst()
  }
}
