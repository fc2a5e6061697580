package import Documents

/// How the cells of a column are read into values, and written from them.
package protocol FieldKind<Value>: Sendable {
  associatedtype Value: Hashable & Sendable
  var form: FieldForm { get }
  /// Reads a cell that is not empty; reports one that cannot be read, and gives nil.
  func read(_ row: Row, _ column: Column) -> Value?
  func text(_ value: Value) -> String
  func json(_ value: Value) -> JSON
}

extension FieldKind {
  package func json(_ value: Value) -> JSON { .string(text(value)) }
}

/// A name: the record's own, one that records share, or a reference to one.
package struct NameKind<ID: Identifier>: FieldKind {
  package let form: FieldForm

  package func read(_ row: Row, _ column: Column) -> ID? {
    // A unique name is not looked up among those read before.
    if case .name(_, isUnique: true) = form { return row.prose(column).map { ID(rawValue: $0) } }
    return row.identifier(column)
  }

  package func text(_ value: ID) -> String { value.rawValue }
}

extension FieldKind {
  /// The record's own name, which no other row has.
  package static func name<ID>() -> Self where Self == NameKind<ID> {
    NameKind(form: .name(NameType(ID.self), isUnique: true))
  }

  /// A name that several rows may share.
  package static func sharedName<ID>() -> Self where Self == NameKind<ID> {
    NameKind(form: .name(NameType(ID.self), isUnique: false))
  }

  /// A name that some row of the casebook has.
  package static func reference<ID>() -> Self where Self == NameKind<ID> {
    NameKind(form: .reference(NameType(ID.self), isList: false))
  }

  /// A word of a vocabulary of the codebook that has a type of its own.
  package static func term<ID>(of vocabulary: String) -> Self where Self == NameKind<ID> {
    NameKind(form: .term(of: vocabulary))
  }
}

extension FieldKind where Self == NameKind<Stage> {
  /// A stage of the organisation's ladder.
  package static var stage: Self { NameKind(form: .stage) }
}

/// Names separated by semicolons.
package struct NamesKind<ID: Identifier>: FieldKind {
  package var form: FieldForm { .reference(NameType(ID.self), isList: true) }

  package func read(_ row: Row, _ column: Column) -> [ID]? { row.identifiers(column) }
  package func text(_ value: [ID]) -> String { value.map(\.rawValue).joined(separator: ";") }
  package func json(_ value: [ID]) -> JSON { .strings(value.map(\.rawValue)) }
}

extension FieldKind {
  /// Names that rows of the casebook have, separated by semicolons.
  package static func references<ID>() -> Self where Self == NamesKind<ID> { NamesKind() }
}

/// A word of a closed vocabulary.
package struct WordKind<W: Word>: FieldKind {
  package var form: FieldForm { .word(W.allCases.map(\.rawValue)) }

  package func read(_ row: Row, _ column: Column) -> W? { row.word(column) }
  package func text(_ value: W) -> String { value.rawValue }
}

extension FieldKind {
  package static func word<W>() -> Self where Self == WordKind<W> { WordKind() }
}

/// A text; one that rows are likely to repeat is kept once.
package struct TextKind: FieldKind {
  package let form: FieldForm
  let isRepeated: Bool

  package func read(_ row: Row, _ column: Column) -> String? {
    isRepeated ? row.text(column) : row.prose(column)
  }

  package func text(_ value: String) -> String { value }
}

extension FieldKind where Self == TextKind {
  package static var text: Self { TextKind(form: .text, isRepeated: true) }
  /// A text of its own, such as a statement or a title.
  package static var prose: Self { TextKind(form: .text, isRepeated: false) }

  /// A word of a vocabulary of the codebook.
  package static func term(of vocabulary: String) -> Self {
    TextKind(form: .term(of: vocabulary), isRepeated: true)
  }

  package static func shaped(_ shape: TextShape) -> Self {
    TextKind(form: .shaped(shape), isRepeated: shape != .url)
  }
}

package struct DayKind: FieldKind {
  package let form: FieldForm

  package func read(_ row: Row, _ column: Column) -> EDTFDate? { row.date(column) }
  package func text(_ value: EDTFDate) -> String { value.text }
}

extension FieldKind where Self == DayKind {
  /// A date, as precise as the source states it.
  package static var day: Self { DayKind(form: .day) }
  /// The date on which a row, or what it is about, was entered.
  package static var dayOfEntry: Self { DayKind(form: .dayOfEntry) }
}

package struct YearKind: FieldKind {
  package var form: FieldForm { .year }

  package func read(_ row: Row, _ column: Column) -> Int? { row.year(column) }
  package func text(_ value: Int) -> String { String(value) }
  package func json(_ value: Int) -> JSON { .integer(value) }
}

extension FieldKind where Self == YearKind {
  package static var year: Self { YearKind() }
}

package struct NumberKind: FieldKind {
  package var form: FieldForm { .number }

  package func read(_ row: Row, _ column: Column) -> Double? { row.number(column) }
  package func text(_ value: Double) -> String { Numeral.text(value) }
  package func json(_ value: Double) -> JSON { .number(value) }
}

extension FieldKind where Self == NumberKind {
  package static var number: Self { NumberKind() }
}

package struct LocatorKind: FieldKind {
  package var form: FieldForm { .locator }

  package func read(_ row: Row, _ column: Column) -> Locator? { row.locator(column) }
  package func text(_ value: Locator) -> String { value.description }
}

extension FieldKind where Self == LocatorKind {
  /// A place in a source.
  package static var locator: Self { LocatorKind() }
}
