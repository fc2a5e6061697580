import Documents
import Evidence
public import Foundation

extension RollCalls {
  /// Writes the agreement of pairs of states in each year as a CSV table, by year and states.
  ///
  /// The columns are `year`, `one`, `other`, `roll_calls` (in which both voted), `agreement` (half
  /// credit), `identical` (share), `contested_roll_calls` and `contested_agreement` (half credit
  /// without unanimous roll calls).
  ///
  /// - Parameter state: one of the pair; nil for all pairs, each once.
  /// - Returns: the table in UTF-8, with a header row.
  public func agreementTable(with state: String?) -> Data {
    var table = AgreementTableText(states: states)
    let order = states.indices.sorted { states[$0] < states[$1] }
    let chosen = state.flatMap { states.firstIndex(of: $0) }
    for year in years {
      for (rank, one) in order.enumerated() where chosen == nil || chosen == one {
        let others = chosen == nil ? order[(rank + 1)...] : order[...]
        for other in others where other != one {
          table.append(year, one, other, agreement(of: one, with: other, in: year))
        }
      }
    }
    return table.bytes
  }
}

/// The text of an agreement table as it grows.
private struct AgreementTableText {
  private(set) var bytes = Data(
    ("year,one,other,roll_calls,agreement,identical,contested_roll_calls,"
      + "contested_agreement\n").utf8)
  private let names: [[UInt8]]
  /// The texts of fractions by denominator and numerator; there are few.
  private var fractions: [[[UInt8]]] = []

  init(states: [String]) { names = states.map { Array(CSVWriter.cell($0).utf8) } }

  mutating func append(_ year: Int, _ one: Int, _ other: Int, _ agreement: VoteAgreement) {
    guard agreement.rollCalls > 0 else { return }
    append(year)
    bytes.append(contentsOf: names[one])
    bytes.append(AgreementTableText.comma)
    bytes.append(contentsOf: names[other])
    bytes.append(AgreementTableText.comma)
    append(agreement.rollCalls)
    append(agreement.points, 2 * agreement.rollCalls)
    append(agreement.identical, agreement.rollCalls)
    append(agreement.contested)
    append(agreement.contestedPoints, 2 * agreement.contested)
    bytes[bytes.count - 1] = UInt8(ascii: "\n")
  }

  private static let comma = UInt8(ascii: ",")

  private mutating func append(_ number: Int) {
    bytes.append(contentsOf: String(number).utf8)
    bytes.append(AgreementTableText.comma)
  }

  /// Writes a fraction of one; an empty cell where there is nothing to divide by.
  private mutating func append(_ numerator: Int, _ denominator: Int) {
    defer { bytes.append(AgreementTableText.comma) }
    guard denominator > 0 else { return }
    while fractions.count <= denominator { fractions.append([]) }
    if fractions[denominator].isEmpty {
      fractions[denominator] = (0...denominator).map {
        Array(Numeral.text(Double($0) / Double(denominator)).utf8)
      }
    }
    bytes.append(contentsOf: fractions[denominator][numerator])
  }
}
