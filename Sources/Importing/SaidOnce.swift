import Evidence
import Documents

extension [Problem] {
  /// The problems, with those that differ in their row alone said once, at the first of the rows.
  var saidOnce: [Problem] {
    var rows: [Problem: [Int]] = [:]
    var first: [Problem] = []
    for problem in self {
      let everywhere = problem.inNoRow
      if rows[everywhere] == nil { first.append(problem) }
      guard case .row(let row, _) = problem.place, rows[everywhere]?.last != row else {
        rows[everywhere] = rows[everywhere] ?? []
        continue
      }
      rows[everywhere, default: []].append(row)
    }
    return first.map { $0.andIn(rows: rows[$0.inNoRow, default: []].dropFirst()) }
  }
}

extension Problem {
  /// The same, without the number of its row.
  fileprivate var inNoRow: Problem {
    guard case .row(_, let column) = place else { return self }
    return Problem(
      file: file, place: .row(0, column: column), value: value, message: message, advice: advice)
  }

  /// The same, with the other rows that it is in.
  fileprivate func andIn(rows: ArraySlice<Int>) -> Problem {
    guard let last = rows.last else { return self }
    let others =
      switch rows.count {
      case 1: "row \(last)"
      case ...9: "rows \(rows.map(String.init).joined(separator: ", "))"
      default: "\(rows.count) more rows to row \(last)"
      }
    return Problem(
      file: file, place: place, value: value, message: "\(message), here and in \(others)",
      advice: advice)
  }
}
