import Evidence
package import Foundation
import Documents

/// What the columns of a table mean, as a mapping file says: for data that no format is known for.
package struct Mapping: Sendable {
  /// Where the text of a cell of the casebook comes from.
  struct Field: Sendable {
    enum Origin: Hashable, Sendable {
      case column(String)
      case constant(String)
    }
    let origin: Origin
    /// What the texts of the column stand for; empty when they stand for themselves.
    let words: [String: String]
    /// Where the mapping says so.
    let node: YAMLNode

    var column: String? {
      guard case .column(let name) = origin else { return nil }
      return name
    }
  }

  /// A variable, and the columns of its values.
  struct Series: Sendable {
    let variable: Variable
    let value: Field
    let low: Field?
    let high: Field?
  }

  /// What a row of a table of claims can say.
  enum ClaimField: String, CaseIterable, Sendable {
    case key, fact, deal, by, counterpart, channel, instrument, direction, phase, on, ordered
    case delivered, until, value, low, high, unit, currency
    case priceYear = "price_year"
    case statement

    static let required: [ClaimField] = [.key, .channel, .instrument, .on, .statement]
  }

  enum Content: Sendable {
    case series([Series], period: Field)
    case claims([ClaimField: Field])
  }

  /// Which part of a date with slashes comes first.
  enum DateOrder: String, CaseIterable, Sendable {
    case iso
    case dayFirst = "day-first"
    case monthFirst = "month-first"
  }

  let source: ImportedSource
  let sheet: String?
  let missing: Set<String>
  let dates: DateOrder
  let actor: Field
  let system: CodeSystem
  let content: Content

  /// Reads a mapping file.
  ///
  /// - Throws: `CasebookError` with every problem and its line.
  package init(contentsOf url: URL) throws {
    let root: YAMLNode
    do { root = try YAMLNode(contentsOf: url) } catch let problem as Problem {
      throw CasebookError.problems([problem])
    }
    try self.init(root)
  }

  init(_ root: YAMLNode) throws {
    let reader = MappingReader()
    guard let mapping = reader.mapping(root), reader.problems.isEmpty else {
      throw CasebookError.problems(reader.problems)
    }
    self = mapping
  }

  init(
    source: ImportedSource, sheet: String?, missing: Set<String>, dates: DateOrder, actor: Field,
    system: CodeSystem, content: Content
  ) {
    self.source = source
    self.sheet = sheet
    self.missing = missing
    self.dates = dates
    self.actor = actor
    self.system = system
    self.content = content
  }

  /// All fields, the actor first, in the order of the mapping.
  var fields: [Field] {
    switch content {
    case .series(let series, let period):
      [actor, period] + series.flatMap { [$0.value, $0.low, $0.high].compactMap(\.self) }
    case .claims(let fields): [actor] + ClaimField.allCases.compactMap { fields[$0] }
    }
  }

  /// The columns that a table must have.
  var layout: Layout {
    Layout(
      what: "what the mapping names", columns: fields.compactMap(\.column).uniqued, sheet: sheet,
      missing: missing)
  }
}
