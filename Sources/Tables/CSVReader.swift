/// Cuts the bytes of a table into rows and cells, as RFC 4180 writes them.
///
/// Nothing is copied: a cell is a range of the buffer. A malformed row is reported and reading
/// goes on, except after a quote that is never closed.
package struct CSVReader {
  /// The bytes of one cell, without its outer quotes.
  package struct Cell: Sendable {
    package let range: Range<Int>
    /// Whether quotes inside are doubled.
    package let isEscaped: Bool
  }

  /// What is wrong with a row, at a byte of it.
  package enum Fault: Sendable {
    case openQuote
    case quoteInsideCell
    case textAfterQuote
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  package private(set) var position: Int
  /// The row that was read last; the header is row 1.
  package private(set) var row = 0
  /// The byte at which the row that was read last starts.
  package private(set) var rowStart = 0

  private let separator: UInt8

  private static let quote = UInt8(ascii: "\"")
  package static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Starts at the first byte after a byte order mark; cells are parted by commas or another byte.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8 = CSVReader.comma) {
    self.bytes = bytes
    self.separator = separator
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Reads the next row; false at the end.
  package mutating func next(
    _ cells: inout [Cell], fault: (Fault, _ cell: Int) -> Void
  ) -> Bool {
    cells.removeAll(keepingCapacity: true)
    guard position < bytes.count else { return false }
    row += 1
    rowStart = position
    while true {
      cells.append(
        bytes[position...].first == CSVReader.quote
          ? quotedCell(cells.count, fault) : plainCell(cells.count, fault))
      guard position < bytes.count else { return true }
      let delimiter = bytes[position]
      position += 1
      if delimiter == separator { continue }
      if delimiter == CSVReader.carriageReturn, position < bytes.count,
        bytes[position] == CSVReader.lineFeed
      {
        position += 1
      }
      return true
    }
  }

  /// Copies a cell's text, inner quotes halved; bytes that are no UTF-8 are replaced.
  package func text(_ cell: Cell) -> String {
    let slice = UnsafeBufferPointer(rebasing: bytes[cell.range])
    guard cell.isEscaped else { return String(decoding: slice, as: UTF8.self) }
    var halved: [UInt8] = []
    halved.reserveCapacity(slice.count)
    var isSecond = false
    for byte in slice {
      isSecond = byte == CSVReader.quote && !isSecond
      if !isSecond { halved.append(byte) }
    }
    return String(decoding: halved, as: UTF8.self)
  }

  private mutating func plainCell(_ index: Int, _ fault: (Fault, Int) -> Void) -> Cell {
    let start = position
    var hasQuote = false
    while position < bytes.count, !isDelimiter(bytes[position]) {
      if bytes[position] == CSVReader.quote { hasQuote = true }
      position += 1
    }
    if hasQuote { fault(.quoteInsideCell, index) }
    return Cell(range: start..<position, isEscaped: false)
  }

  private mutating func quotedCell(_ index: Int, _ fault: (Fault, Int) -> Void) -> Cell {
    position += 1
    let start = position
    var isEscaped = false
    while position < bytes.count {
      guard bytes[position] == CSVReader.quote else {
        position += 1
        continue
      }
      if position + 1 < bytes.count, bytes[position + 1] == CSVReader.quote {
        isEscaped = true
        position += 2
        continue
      }
      let cell = Cell(range: start..<position, isEscaped: isEscaped)
      position += 1
      if position < bytes.count, !isDelimiter(bytes[position]) {
        fault(.textAfterQuote, index)
        while position < bytes.count, !isDelimiter(bytes[position]) { position += 1 }
      }
      return cell
    }
    fault(.openQuote, index)
    return Cell(range: start..<position, isEscaped: isEscaped)
  }

  private func isDelimiter(_ byte: UInt8) -> Bool {
    byte == separator || byte == CSVReader.lineFeed || byte == CSVReader.carriageReturn
  }
}

extension CSVReader.Fault {
  /// What is wrong, as the end of a sentence.
  package var message: String {
    switch self {
    case .openQuote: "a quote character is left open from here to the end of the file"
    case .quoteInsideCell: "a quote stands inside a cell without quotes"
    case .textAfterQuote: "text follows a closing quote"
    }
  }

  /// What to do about it.
  package var mend: String {
    switch self {
    case .openQuote: "close it, and double every quote inside the cell"
    case .quoteInsideCell: "quote the whole cell and double the quotes inside"
    case .textAfterQuote: "double every quote inside the cell"
    }
  }
}
