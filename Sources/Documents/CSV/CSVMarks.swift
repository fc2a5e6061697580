/// Finds the bytes of a table that part cells, end rows or quote, one after the other.
struct CSVMarks {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let separator: UInt8
  /// Where the bytes start that were not looked at yet.
  private var end: Int
  /// A bit for each mark that is left in the 64 bytes before the end.
  private var left: UInt64 = 0

  private static let width = 64
  private static let lanes = 16

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ separator: UInt8, from start: Int) {
    self.bytes = bytes
    self.separator = separator
    end = start
  }

  /// The place of the next mark; the end of the buffer when there is none.
  @inline(__always)
  mutating func next() -> Int {
    while left == 0 {
      guard end < bytes.count else { return bytes.count }
      look()
    }
    let place = end - CSVMarks.width + left.trailingZeroBitCount
    left &= left &- 1
    return place
  }

  /// Looks at the next 64 bytes, or at those that are left.
  private mutating func look() {
    if end + CSVMarks.width <= bytes.count, let base = bytes.baseAddress {
      left = marks(in: UnsafeRawPointer(base + end))
    } else {
      for (place, byte) in bytes[end...].enumerated() where isMark(byte) {
        left |= 1 << UInt64(place)
      }
    }
    end += CSVMarks.width
  }

  /// A bit for each mark in 64 bytes, which are compared sixteen at a time.
  private func marks(in block: UnsafeRawPointer) -> UInt64 {
    let separators = SIMD16(repeating: separator)
    let quotes = SIMD16(repeating: CSVReader.quote)
    let lineFeeds = SIMD16(repeating: CSVReader.lineFeed)
    let returns = SIMD16(repeating: CSVReader.carriageReturn)
    var marks: UInt64 = 0
    for offset in stride(from: 0, to: CSVMarks.width, by: CSVMarks.lanes) {
      let part = block.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
      let isMark =
        (part .== separators) .| (part .== quotes) .| (part .== lineFeeds) .| (part .== returns)
      let halves = unsafeBitCast(isMark, to: SIMD2<UInt64>.self)
      marks |= (CSVMarks.bits(halves[0]) | CSVMarks.bits(halves[1]) << 8) << UInt64(offset)
    }
    return marks
  }

  /// One bit for each of eight bytes, of which all bits are set or none.
  private static func bits(_ word: UInt64) -> UInt64 {
    // No two bits meet in the product, whose highest byte has the lowest bit of each.
    ((UInt64(littleEndian: word) & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) >> 56
  }

  private func isMark(_ byte: UInt8) -> Bool {
    byte == separator || byte == CSVReader.quote || byte == CSVReader.lineFeed
      || byte == CSVReader.carriageReturn
  }
}
