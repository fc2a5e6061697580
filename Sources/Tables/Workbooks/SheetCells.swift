import Documents
import Foundation

/// The cells of a sheet that have a text, row by row.
struct SheetCells {
  private struct Cell {
    let column: Int32
    let isText: Bool
    /// Where its bytes end in `bytes`; they start where those of the cell before end.
    let end: Int
  }

  private struct SheetRow {
    let number: Int
    /// Its first cell.
    let first: Int
  }

  /// Merged cells: their rows, and their first column.
  private struct Merge {
    let rows: ClosedRange<Int>
    let column: Int
  }

  private var bytes: [UInt8] = []
  private var cells: [Cell] = []
  private var rows: [SheetRow] = []
  private var merges: [Merge] = []
  private var width = 0

  var isEmpty: Bool { cells.isEmpty }

  /// Starts a row; the numbers have to rise.
  mutating func openRow(_ number: Int) {
    rows.append(SheetRow(number: number, first: cells.count))
  }

  /// Adds a cell to the last row; the columns have to rise.
  ///
  /// - Returns: whether all texts stay within `room` bytes.
  mutating func add(_ text: ArraySlice<UInt8>, column: Int, isText: Bool, room: Int) -> Bool {
    guard bytes.count + text.count <= room else { return false }
    bytes += text
    cells.append(Cell(column: Int32(column), isText: isText, end: bytes.count))
    width = max(width, column)
    return true
  }

  /// Notes that cells of several rows are merged.
  mutating func merge(rows: ClosedRange<Int>, column: Int) {
    if rows.count > 1 { merges.append(Merge(rows: rows, column: column)) }
  }

  /// Writes the rows, each at the place of its number; nil when that takes more than `room` bytes.
  func csv(room: Int) -> Data? {
    guard let filled = mergedTexts(room) else { return nil }
    var csv: [UInt8] = []
    csv.reserveCapacity(bytes.count + cells.count)
    var next = 1
    for place in rows.indices {
      let number = rows[place].number
      csv.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: number - next))
      next = number + 1
      var texts = cells(of: place).map { (column: Int(cells[$0].column), cell: $0) }
      if let more = filled[number] {
        var known = Set(texts.map(\.column))
        texts += more.filter { known.insert($0.column).inserted }
        texts.sort { $0.column < $1.column }
      }
      append(texts, to: &csv)
      guard csv.count <= room else { return nil }
    }
    return Data(csv)
  }

  private func append(_ texts: [(column: Int, cell: Int)], to csv: inout [UInt8]) {
    var column = 1
    for text in texts {
      csv.append(contentsOf: repeatElement(CSVReader.comma, count: text.column - column))
      column = text.column
      CSVWriter.append(bytes[range(of: text.cell)], to: &csv)
    }
    csv.append(contentsOf: repeatElement(CSVReader.comma, count: width - column))
    csv.append(UInt8(ascii: "\n"))
  }

  private func cells(of row: Int) -> Range<Int> {
    rows[row].first..<(row + 1 < rows.count ? rows[row + 1].first : cells.count)
  }

  private func range(of cell: Int) -> Range<Int> {
    (cell == 0 ? 0 : cells[cell - 1].end)..<cells[cell].end
  }

  /// The texts that merged cells put below their first, by row; nil when they are too many.
  private func mergedTexts(_ room: Int) -> [Int: [(column: Int, cell: Int)]]? {
    guard !merges.isEmpty else { return [:] }
    let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1.number, $0) })
    let last = rows.last?.number ?? 0
    var filled: [Int: [(column: Int, cell: Int)]] = [:]
    var left = room
    for merge in merges {
      guard let cell = firstText(of: merge, places) else { continue }
      for row in merge.rows.dropFirst().prefix(while: { $0 <= last }) {
        left -= max(16, range(of: cell).count)
        guard left >= 0 else { return nil }
        filled[row, default: []].append((merge.column, cell))
      }
    }
    return filled
  }

  /// The cell at the top of merged cells, when it holds a text: a number would count again.
  private func firstText(of merge: Merge, _ places: [Int: Int]) -> Int? {
    guard let row = places[merge.rows.lowerBound] else { return nil }
    return cells(of: row).first { Int(cells[$0].column) == merge.column && cells[$0].isText }
  }
}
