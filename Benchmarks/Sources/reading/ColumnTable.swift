@testable import Documents

/// A whole table by columns, each of numbers or of texts: what the peers make of a file.
///
/// A column whose cells among the first rows are numbers or empty is one of numbers; a later cell that is
/// none counts as missing.
struct ColumnTable {
  private struct Column {
    let isOfNumbers: Bool
    var numbers: [Double] = []
    /// The place of each text among those that differ.
    var places: [Int32] = []
    var texts = NamePool()

    mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
      if isOfNumbers {
        numbers.append(cell.isEmpty ? .nan : Numeral.number(cell) ?? .nan)
      } else {
        places.append(Int32(texts.place(of: cell)))
      }
    }
  }

  /// How many rows tell what a column holds, as for the peers.
  private static let sample = 10_000

  private var columns: [Column] = []
  private(set) var rows = 0

  var cellCount: Int { rows * columns.count }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    columns = ColumnTable.kinds(bytes).map { Column(isOfNumbers: $0) }
    var reader = CSVReader(bytes)
    var cells: [CSVReader.Cell] = []
    _ = reader.next(&cells, fault: { _, _ in })
    while reader.next(&cells, fault: { _, _ in }) {
      rows += 1
      for place in columns.indices {
        let range = place < cells.count ? cells[place].range : 0..<0
        columns[place].append(UnsafeBufferPointer(rebasing: bytes[range]))
      }
    }
  }

  /// Which columns hold numbers, as far as the first rows tell.
  private static func kinds(_ bytes: UnsafeBufferPointer<UInt8>) -> [Bool] {
    var reader = CSVReader(bytes)
    var cells: [CSVReader.Cell] = []
    _ = reader.next(&cells, fault: { _, _ in })
    var areNumbers = Array(repeating: true, count: cells.count)
    while reader.row <= sample, reader.next(&cells, fault: { _, _ in }) {
      for (place, cell) in cells.enumerated().prefix(areNumbers.count) where areNumbers[place] {
        let text = UnsafeBufferPointer(rebasing: bytes[cell.range])
        areNumbers[place] = text.isEmpty || Numeral.number(text) != nil
      }
    }
    return areNumbers
  }

  /// Counts the cells of a table, and does nothing with them.
  static func cells(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var reader = CSVReader(bytes)
    var cells: [CSVReader.Cell] = []
    var count = 0
    while reader.next(&cells, fault: { _, _ in }) { count += cells.count }
    return count
  }
}
