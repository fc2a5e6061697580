import Studies

// Numbers rounded for people. Full precision is in answer.json and in the panels.

/// Writes a number with a fixed count of decimals, a true minus sign and comma-grouped thousands.
func figure(_ number: Double, decimals: Int) -> String {
  let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
  let scaled = (abs(number) * scale).rounded()
  guard scaled < 1e15 else { return "\(number)" }
  let digits = String(Int(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let whole = grouped(Int(padded.dropLast(decimals)) ?? 0)
  let sign = number < 0 && scaled > 0 ? "\u{2212}" : ""
  return sign + whole + (decimals > 0 ? "." + padded.suffix(decimals) : "")
}

/// The decimals that give the largest of some numbers three significant digits, from 0 to 6.
func decimals(for numbers: [Double]) -> Int {
  let largest = numbers.map(abs).filter(\.isFinite).max() ?? 0
  guard largest > 0 else { return 0 }
  var decimals = 2
  var bound = 10.0
  while decimals > 0, largest >= bound {
    decimals -= 1
    bound *= 10
  }
  bound = 1
  while decimals < 6, largest < bound {
    decimals += 1
    bound /= 10
  }
  return decimals
}

/// Writes a number as it came from a table: at most six decimals, no trailing zeros.
package func plainFigure(_ number: Double) -> String {
  var text = figure(number, decimals: abs(number) >= 1000 ? 2 : abs(number) < 0.01 ? 6 : 4)
  guard text.contains(".") else { return text }
  while text.hasSuffix("0") { text.removeLast() }
  if text.hasSuffix(".") { text.removeLast() }
  return text
}

/// Writes a p-value after its letter: `p = 0.041`, `p below 0.001`.
func pStatement(_ p: Double) -> String {
  let text = plainP(p)
  return text.hasPrefix("below") ? "p \(text)" : "p = \(text)"
}

/// Writes a share as a percentage without decimals, or with one below ten per cent.
func percentage(_ share: Double) -> String {
  figure(share * 100, decimals: abs(share) < 0.0995 ? 1 : 0) + " %"
}

/// Writes a count with its noun: `1 claim`, `12 claims`.
func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? singular : plural ?? singular + "s")"
}

/// Writes a choice: `a, b or c`.
func alternatives(_ parts: [String]) -> String {
  guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
  return "\(parts.dropLast().joined(separator: ", ")) or \(last)"
}
