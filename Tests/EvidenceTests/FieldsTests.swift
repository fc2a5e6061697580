import Foundation
import Documents
import Testing

@testable import Evidence

/// The lists of columns that tables are read, written and described by.
@Suite struct FieldsTests {
  private let casebook = Result { try Casebook(contentsOf: Casebook.westernBalkans) }

  /// Reads the records of a table from its text.
  private func read<R: Record>(_ text: String, as _: R.Type) -> Table<R> {
    Array(text.utf8).withUnsafeBufferPointer { Table<R>.read($0, file: "\(R.table).csv") }
  }

  private func text<R: Record>(of records: [R]) -> String {
    ([R.fields.all.map(\.name)] + records.map { R.fields.cells(of: $0) })
      .map(CSVWriter.row).joined()
  }

  @Test func everyTableOfTheBuiltInCasebookIsReadBackAsItWasWritten() throws {
    let casebook = try casebook.get()
    func check(_ table: some CasebookTable) {
      func check<R>(_ table: some CasebookTable<R>) {
        let records = casebook[keyPath: table.records]
        let back = read(text(of: records), as: R.self)
        #expect(back.problems.isEmpty, "\(R.table)")
        #expect(back.records == records, "\(R.table)")
      }
      check(table)
    }
    #expect(Casebook.tables.count == 14)
    for table in Casebook.tables { check(table) }
  }

  @Test func everyPropertyOfARecordHasAColumn() {
    func check(_ table: some CasebookTable) {
      func check<R>(_ table: some CasebookTable<R>) {
        let names = R.fields.all.map(\.name)
        let cells = R.fields.all.map { FieldsTests.example(of: $0.schema.form) }
        let record = read([names, cells].map(CSVWriter.row).joined(), as: R.self).records.first
        for (full, blank) in zip(
          Mirror(reflecting: record ?? R.fields.blank).children,
          Mirror(reflecting: R.fields.blank).children)
        {
          #expect(
            "\(full.value)" != "\(blank.value)", "\(R.table): \(full.label ?? "") has no column")
        }
      }
      check(table)
    }
    for table in Casebook.tables { check(table) }
  }

  /// A cell that differs from what an empty one stands for.
  private static func example(of form: FieldForm) -> String {
    switch form {
    case .name, .reference, .term, .stage, .shaped, .text: "MNE"
    case .word(let words): words.last ?? ""
    case .day, .dayOfEntry: "2020-06"
    case .year: "2020"
    case .number: "0.5"
    case .locator: "page=3"
    }
  }

  @Test func theKeysOfTablesAreColumnsOfThem() {
    for schema in Casebook.tables.map(\.schema) {
      #expect(!schema.key.isEmpty && schema.key.allSatisfy { schema[column: $0] != nil })
    }
  }

  @Test func everyReferenceIsToANameThatSomeColumnGives() {
    let forms = Casebook.tables.flatMap { $0.schema.fields.map(\.form) }
    let named = Set(forms.compactMap { if case .name(let type, _) = $0 { type } else { nil } })
    let needed = forms.compactMap { if case .reference(let type, _) = $0 { type } else { nil } }
    #expect(!needed.isEmpty && needed.allSatisfy(named.contains))
  }

  @Test func anEmptyStatusStandsForAnObservedValueAndIsWrittenSo() {
    let table = read("variable,actor,period,value\nv,MNE,2020,1\n", as: SeriesValue.self)
    #expect(table.records.first?.status == .observed)
    #expect(table.records.map { SeriesValue.fields.cells(of: $0)[6] } == [""])
  }

  @Test func aCellThatCannotBeReadIsNotCalledEmptyToo() {
    let table = read("variable,actor,period,value\nv,MNE,2020,many\n", as: SeriesValue.self)
    #expect(table.problems.map(\.message) == ["is not a number"])
  }
}
