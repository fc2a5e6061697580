import Documents
import Foundation

/// Reads the cells of one sheet, and writes them as comma-separated text.
final class SheetReader {
  static let mostRows = 1 << 20
  static let mostColumns = 1 << 14

  private let part: String
  private let parts: WorkbookParts
  /// How many bytes the text may take.
  private let room: Int
  private var cells = SheetCells()
  private var row = 0
  private var colours: [Workbook.CellPlace: Workbook.Colour] = [:]

  // The cell that is being read.
  private var column = 0
  private var kind = ""
  private var style = 0
  private var value: [UInt8] = []
  private var formula: [UInt8] = []
  private var inline = CellText()
  private var isValue = false
  private var isFormula = false

  init(part: String, _ parts: WorkbookParts, room: Int) {
    (self.part, self.parts, self.room) = (part, parts, room)
  }

  /// Reads the sheet; nil when it has no cells.
  ///
  /// - Throws: `WorkbookError`.
  func read(
    from archive: ZipArchive
  ) throws -> (csv: Data, colours: [Workbook.CellPlace: Workbook.Colour])? {
    let reading = try XMLReading(part: part) { [unowned self] in
      try open($0)
    } end: { [unowned self] in
      try close($0)
    } text: { [unowned self] in
      add($0)
    }
    try reading.read(from: archive)
    guard !cells.isEmpty else { return nil }
    guard let csv = cells.csv(room: room) else { throw tooLarge }
    return (csv, colours)
  }

  // MARK: Elements

  private func open(_ element: XMLReading.Element) throws {
    if element.is("c") {
      try openCell(element)
    } else if element.is("row") {
      try openRow(element)
    } else if element.is("v") {
      isValue = true
    } else if element.is("f") {
      isFormula = true
    } else if element.is("mergeCell") {
      try merge(element["ref"] ?? "")
    } else {
      inline.open(element)
    }
  }

  private func close(_ element: XMLReading.Element) throws {
    if element.is("c") {
      try closeCell()
    } else if element.is("v") {
      isValue = false
    } else if element.is("f") {
      isFormula = false
    } else {
      inline.close(element)
    }
  }

  private func add(_ piece: UnsafeBufferPointer<UInt8>) {
    if isValue {
      value += piece
    } else if isFormula {
      formula += piece
    } else {
      inline.add(piece)
    }
  }

  private func openRow(_ element: XMLReading.Element) throws {
    let number = element["r"].map { Int($0) ?? 0 } ?? row + 1
    guard number > row, number <= SheetReader.mostRows else {
      throw damage("row \(element["r"] ?? "") comes after row \(row)")
    }
    cells.openRow(number)
    row = number
    column = 0
  }

  private func openCell(_ element: XMLReading.Element) throws {
    guard row > 0 else { throw damage("a cell stands outside the rows") }
    let last = column
    if let name = element["r"] {
      guard let place = CellName.place(name), place.row == row, place.column > last
      else { throw damage("cell \(name) is out of order") }
      column = place.column
    } else {
      column += 1
    }
    guard column <= SheetReader.mostColumns else { throw damage("a row has too many cells") }
    kind = element["t"] ?? "n"
    style = element["s"].flatMap { Int($0) } ?? 0
    value.removeAll(keepingCapacity: true)
    formula.removeAll(keepingCapacity: true)
    _ = inline.take()
  }

  private func closeCell() throws {
    let text = try text()
    guard !text.isEmpty else { return }
    let isNumber = kind == "n" && !value.isEmpty
    guard cells.add(text, column: column, isText: !isNumber, room: room) else { throw tooLarge }
    if parts.styles.indices.contains(style), let colour = parts.styles[style].colour {
      colours[Workbook.CellPlace(row: row, column: column)] = colour
    }
  }

  /// The text of the cell that was read; empty for an empty one.
  private func text() throws -> ArraySlice<UInt8> {
    switch kind {
    case "inlineStr": return inline.take()[...]
    case _ where value.isEmpty:
      return formula.isEmpty ? [] : (Array("=".utf8) + formula)[...]
    case "s":
      let written = String(decoding: value, as: UTF8.self)
      guard let text = Int(written).flatMap({ parts.texts[$0] }) else {
        throw damage("text number \(written.prefix(20)) does not exist")
      }
      return text
    case "b": return Array((value == Array("1".utf8) ? "TRUE" : "FALSE").utf8)[...]
    case "n": return number()
    default: return value[...]
    }
  }

  /// The text of a number: a date when its style says so.
  private func number() -> ArraySlice<UInt8> {
    let date = parts.styles.indices.contains(style) ? parts.styles[style].date : nil
    guard let number = value.withUnsafeBufferPointer({ Numeral.number($0) }) else {
      return value[...]
    }
    let text = date?.text(number, from1904: parts.countsFrom1904) ?? Numeral.text(number)
    return Array(text.utf8)[...]
  }

  private func merge(_ name: String) throws {
    let corners = name.split(separator: ":").compactMap { CellName.place($0) }
    guard let first = corners.first, let last = corners.last, first.row <= last.row else {
      throw damage("\(name) names no merged cells")
    }
    cells.merge(rows: first.row...last.row, column: first.column)
  }

  private func damage(_ reason: String) -> WorkbookError {
    .damaged(reason: "\(part): \(reason)")
  }

  private var tooLarge: WorkbookError {
    .tooLarge(part: part, reason: "its text takes more than \(room) bytes")
  }
}

/// Reads the names of cells.
enum CellName {
  /// Reads `B12` as a place; nil for what is no cell of a sheet.
  static func place(_ name: some StringProtocol) -> Workbook.CellPlace? {
    var column = 0
    var row = 0
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0:
        column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
      case UInt8(ascii: "0")...UInt8(ascii: "9") where column > 0:
        row = row * 10 + Int(byte - UInt8(ascii: "0"))
      default: return nil
      }
      guard column <= SheetReader.mostColumns, row <= SheetReader.mostRows else { return nil }
    }
    return row > 0 ? Workbook.CellPlace(row: row, column: column) : nil
  }
}
