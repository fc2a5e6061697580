import Evidence
import Foundation
import Documents

/// Asks a person on a terminal for the cells of a row.
struct Questions {
  /// Why no row came of it.
  static let ended = Failure(message: "Nothing was written: the answers ended.")

  private let kind: AddedRow.Kind
  private let casebook: Casebook
  private let today: Day

  init(_ kind: AddedRow.Kind, _ casebook: Casebook, today: Day) {
    self.kind = kind
    self.casebook = casebook
    self.today = today
  }

  /// The columns of a claim that are asked for; the others are given as options.
  private static let ofClaim = [
    "actor", "counterpart", "channel", "instrument", "direction", "phase", "on", "statement",
    "source", "locator", "credibility",
  ]

  /// The cells given, and those that a person adds; nil when the answers end.
  ///
  /// Without any cell given it asks for all that a row usually has, else for what is missing;
  /// `only` asks for some columns.
  func asked(_ given: [String: String], only: [String]? = nil) -> [String: String]? {
    let usual = kind == .claim ? Self.ofClaim : kind.columns.map(\.name)
    var cells = given
    for column in kind.columns.sorted(by: { place($0, usual) < place($1, usual) })
    where cells[column.name] == nil {
      let standard = AddedRow(kind, cells: cells)
        .completed(in: casebook, today: today.description).cells[column.name]
      let isNeeded = column.isRequired && standard == nil && usual.contains(column.name)
      let isUsual = given.isEmpty && usual.contains(column.name)
      guard only?.contains(column.name) ?? (isUsual || isNeeded) else { continue }
      guard let answer = answer(to: column, standard) else { return nil }
      if !answer.isEmpty { cells[column.name] = answer }
    }
    return cells
  }

  private func place(_ column: FieldSchema, _ order: [String]) -> Int {
    order.firstIndex(of: column.name) ?? order.count
  }

  /// Asks until the answer can stand; empty for what may stay empty, nil when the answers end.
  private func answer(to column: FieldSchema, _ standard: String?) -> String? {
    let words = column.words(in: casebook)
    Output.complain("  \(column.help)")
    if (1...60).contains(words.count) {
      Output.complain("  \(column.name): \(words.joined(separator: ", "))")
    } else if let hint = column.hint {
      Output.complain("  \(column.name): \(hint)")
    }
    let otherwise = standard ?? (column.isRequired ? nil : "empty")
    while true {
      let question = column.name + (otherwise.map { " [\($0)]" } ?? "") + ": "
      Output.prompt(question)
      guard let line = readLine() else { return nil }
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty {
        if otherwise != nil { return "" }
        Output.complain("  It is required.")
      } else if words.isEmpty || words.contains(text) {
        return text
      } else {
        let near = Suggestion.question(for: text, among: words)
        Output.complain("  unknown value `\(text)`; \(near ?? "write one of those above.")")
      }
    }
  }
}
