/// The texts that the cells of a workbook refer to by number.
struct SharedTexts {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// The bytes of a text; nil when there is none of that number.
  subscript(place: Int) -> ArraySlice<UInt8>? {
    guard ends.indices.contains(place) else { return nil }
    return bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
  }

  mutating func read(_ part: String, _ archive: ZipArchive) throws {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var text = CellText()
    let reading = try XMLReading(part: part) { element in
      text.open(element)
    } end: { element in
      if element.is("si") {
        bytes += text.take()
        ends.append(bytes.count)
      } else {
        text.close(element)
      }
    } text: {
      text.add($0)
    }
    try reading.read(from: archive)
    (self.bytes, self.ends) = (bytes, ends)
  }
}

/// Gathers a text from its runs, without the readings of characters beside them.
struct CellText {
  private var bytes: [UInt8] = []
  private var isText = false
  private var isReading = false

  mutating func open(_ element: XMLReading.Element) {
    if element.is("t") { isText = !isReading }
    if element.is("rPh") { isReading = true }
  }

  mutating func close(_ element: XMLReading.Element) {
    if element.is("t") { isText = false }
    if element.is("rPh") { isReading = false }
  }

  mutating func add(_ piece: UnsafeBufferPointer<UInt8>) {
    if isText { bytes += piece }
  }

  /// Gives the text, and starts anew; characters written as `_x000D_` are put back.
  mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes.contains(UInt8(ascii: "_")) ? CellText.unescaped(bytes) : bytes
  }

  private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if let character = escaped(bytes[place...].prefix(7)) {
        plain += String(character).utf8
        place += 7
      } else {
        plain.append(bytes[place])
        place += 1
      }
    }
    return plain
  }

  /// Reads `_x000D_`; nil for anything else.
  private static func escaped(_ bytes: ArraySlice<UInt8>) -> Character? {
    guard bytes.count == 7, bytes.starts(with: Array("_x".utf8)),
      bytes.last == UInt8(ascii: "_"),
      let code = UInt32(String(decoding: bytes.dropFirst(2).dropLast(), as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(code)
    else { return nil }
    return Character(scalar)
  }
}
