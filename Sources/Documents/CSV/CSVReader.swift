/// Cuts the bytes of a table into rows and cells, as RFC 4180 writes them.
///
/// Nothing is copied: a cell is a range of the buffer. A malformed row is reported and reading
/// goes on, except after a quote that is never closed.
package struct CSVReader {
  /// The bytes of one cell, without its outer quotes.
  package struct Cell: Sendable {
    private let start: Int
    /// Twice the end, plus 1 where quotes inside are doubled: two words make for fewer bytes to write.
    private let end: Int

    /// Where the cell lies in the buffer.
    package var range: Range<Int> { Range(uncheckedBounds: (start, end >> 1)) }
    /// Whether quotes inside are doubled.
    package var isEscaped: Bool { end & 1 == 1 }

    fileprivate init(_ start: Int, _ end: Int, isEscaped: Bool = false) {
      self.start = start
      self.end = end << 1 | (isEscaped ? 1 : 0)
    }
  }

  /// What is wrong with a row, at a byte of it.
  package enum Fault: Sendable {
    case openQuote
    case quoteInsideCell
    case textAfterQuote
    /// The row is longer than the limit, in bytes.
    case longRow(limit: Int)
    /// The cell is longer than the limit, in bytes.
    case longCell(limit: Int)
    /// The row has more cells than the limit; those beyond are not kept.
    case wideRow(limit: Int)
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var marks: CSVMarks
  package private(set) var position: Int
  /// The row that was read last; the header is row 1.
  package private(set) var row = 0
  /// The byte at which the row that was read last starts.
  package private(set) var rowStart = 0

  private let separator: UInt8
  private let limits: ReadingLimits

  package static let quote = UInt8(ascii: "\"")
  package static let comma = UInt8(ascii: ",")
  package static let lineFeed = UInt8(ascii: "\n")
  package static let carriageReturn = UInt8(ascii: "\r")

  /// Starts at the first byte after a byte order mark; cells are parted by commas or another byte.
  package init(
    _ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8 = CSVReader.comma,
    limits: ReadingLimits = .standard
  ) {
    self.bytes = bytes
    self.limits = limits
    self.separator = separator
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    marks = CSVMarks(bytes, separator, from: position)
  }

  /// Reads the next row; false at the end.
  package mutating func next(
    _ cells: inout [Cell], fault: (Fault, _ cell: Int) -> Void
  ) -> Bool {
    guard position < bytes.count else {
      cells.removeAll(keepingCapacity: true)
      return false
    }
    row += 1
    rowStart = position
    var isLast = false
    // Most rows are as wide as the one before, whose cells are written over.
    let count = cells.withUnsafeMutableBufferPointer { known in
      var count = 0
      while count < known.count, !isLast {
        (known[count], isLast) = cell(count, fault)
        count += 1
      }
      return count
    }
    cells.removeLast(cells.count - count)
    while !isLast, cells.count < limits.columns {
      let cell: Cell
      (cell, isLast) = self.cell(cells.count, fault)
      cells.append(cell)
    }
    if !isLast { skipRest(of: cells.count, fault) }
    // A row that is no longer than one cell may be has none that is too long.
    if position - rowStart > limits.cell { emptyLong(&cells, fault) }
    return true
  }

  /// Goes past the cells of a row that are too many to keep.
  private mutating func skipRest(of count: Int, _ fault: (Fault, Int) -> Void) {
    fault(.wideRow(limit: limits.columns), count)
    var isLast = false
    while !isLast { (_, isLast) = cell(count, { _, _ in }) }
  }

  /// Reports what is longer than the limits, and leaves empty cells in its place.
  private func emptyLong(_ cells: inout [Cell], _ fault: (Fault, Int) -> Void) {
    let isLongRow = position - rowStart > limits.row
    if isLongRow { fault(.longRow(limit: limits.row), 0) }
    for place in cells.indices {
      let range = cells[place].range
      let isLong = range.count > limits.cell
      if isLong, !isLongRow { fault(.longCell(limit: limits.cell), place) }
      if isLong || isLongRow { cells[place] = Cell(range.lowerBound, range.lowerBound) }
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

  /// Reads one cell and what ends it; whether it is the last of its row.
  @inline(__always)
  private mutating func cell(
    _ index: Int, _ fault: (Fault, Int) -> Void
  ) -> (cell: Cell, isLast: Bool) {
    let start = position
    var end = marks.next()
    if end < bytes.count, bytes[end] == CSVReader.quote {
      if end == start { return quotedCell(index, fault) }
      fault(.quoteInsideCell, index)
      end = endOfPlain()
    }
    return (Cell(start, end), isLast(endingAt: end))
  }

  /// Goes past the byte at which a cell ends; true when the row ends there too.
  @inline(__always)
  private mutating func isLast(endingAt end: Int) -> Bool {
    position = end + 1
    guard end < bytes.count else {
      position = bytes.count
      return true
    }
    if bytes[end] == separator { return false }
    if bytes[end] == CSVReader.carriageReturn, position < bytes.count,
      bytes[position] == CSVReader.lineFeed
    {
      position += 1
      _ = marks.next()
    }
    return true
  }

  /// Finds the next byte that ends a cell, quotes being text like other.
  private mutating func endOfPlain() -> Int {
    var end = marks.next()
    while end < bytes.count, bytes[end] == CSVReader.quote { end = marks.next() }
    return end
  }

  private mutating func quotedCell(
    _ index: Int, _ fault: (Fault, Int) -> Void
  ) -> (cell: Cell, isLast: Bool) {
    let start = position + 1
    var isEscaped = false
    while true {
      var quote = marks.next()
      while quote < bytes.count, bytes[quote] != CSVReader.quote { quote = marks.next() }
      guard quote < bytes.count else {
        fault(.openQuote, index)
        return (Cell(start, bytes.count, isEscaped: isEscaped), isLast(endingAt: bytes.count))
      }
      let after = marks.next()
      if after == quote + 1, after < bytes.count, bytes[after] == CSVReader.quote {
        isEscaped = true
        continue
      }
      let cell = Cell(start, quote, isEscaped: isEscaped)
      if after == quote + 1 || quote + 1 == bytes.count {
        return (cell, isLast(endingAt: after))
      }
      fault(.textAfterQuote, index)
      let isQuote = after < bytes.count && bytes[after] == CSVReader.quote
      return (cell, isLast(endingAt: isQuote ? endOfPlain() : after))
    }
  }
}

extension CSVReader.Fault {
  /// Whether the row is larger than a limit.
  package var isOfLimits: Bool {
    switch self {
    case .openQuote, .quoteInsideCell, .textAfterQuote: false
    case .longRow, .longCell, .wideRow: true
    }
  }

  /// What is wrong, as the end of a sentence.
  package var message: String {
    switch self {
    case .openQuote: "a quote character is left open from here to the end of the file"
    case .quoteInsideCell: "a quote stands inside a cell without quotes"
    case .textAfterQuote: "text follows a closing quote"
    case .longRow(let limit): "the row has more than \(Numeral.grouped(limit)) bytes"
    case .longCell(let limit): "the cell has more than \(Numeral.grouped(limit)) bytes"
    case .wideRow(let limit): "the row has more than \(Numeral.grouped(limit)) cells"
    }
  }

  /// What to do about it.
  package var advice: String {
    switch self {
    case .openQuote: "close it, and double every quote inside the cell"
    case .quoteInsideCell: "quote the whole cell and double the quotes inside"
    case .textAfterQuote: "double every quote inside the cell"
    case .longRow: "break the row with line feeds, or raise the limit `row`"
    case .longCell: "shorten it, or raise the limit `cell`"
    case .wideRow: "break the row with line feeds, or raise the limit `columns`"
    }
  }
}
