import Documents
import Foundation

/// Finds the encoding of a text.
enum TextEncoding {
  /// Whether a text starts with the byte order mark of UTF-16.
  static func isUTF16(_ data: Data) -> Bool {
    data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
  }

  /// Gives a text as UTF-8, with a note when it was written otherwise.
  ///
  /// Bytes that are no UTF-8 are read as Windows-1252, of which Latin-1 is a part, one by one: what
  /// is UTF-8 beside them stays.
  static func utf8(_ data: Data) -> (bytes: Data, note: String?) {
    if isUTF16(data), let text = fromUTF16(data) { return (text, "the text is UTF-16") }
    let first = data.withUnsafeBytes {
      UTF8Check.invalidOffsets(in: $0.bindMemory(to: UInt8.self), most: 1).first
    }
    guard let first else { return (data, nil) }
    let place = place(of: first, in: data)
    let (bytes, hasUTF8) = data.withUnsafeBytes { read($0.bindMemory(to: UInt8.self)) }
    let what = hasUTF8 ? "UTF-8 and Windows-1252 are mixed" : "the text is Windows-1252"
    return (
      bytes,
      "\(what); the first byte that is not UTF-8 is in \(place): check the names there, or save the "
        + "file as UTF-8"
    )
  }

  /// Writes UTF-16 as UTF-8, without its mark; nil where it is neither.
  private static func fromUTF16(_ data: Data) -> Data? {
    guard data.count % 2 == 0 else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(data.count)
    let hasFault = data.withUnsafeBytes { raw -> Bool in
      let units = UTF16Units(bytes: raw, isLittle: raw.first == 0xFF)
      return transcode(units, from: UTF16.self, to: UTF8.self, stoppingOnError: true) {
        text.append($0)
      }
    }
    return hasFault ? nil : Data(text)
  }

  /// The units of a text after its mark, whichever byte of each comes first.
  private struct UTF16Units: IteratorProtocol {
    let bytes: UnsafeRawBufferPointer
    let isLittle: Bool
    var place = 2

    mutating func next() -> UInt16? {
      guard place + 1 < bytes.count else { return nil }
      let unit = bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self)
      place += 2
      return isLittle ? UInt16(littleEndian: unit) : UInt16(bigEndian: unit)
    }
  }

  /// The line and the character in it of a byte.
  private static func place(of offset: Int, in data: Data) -> Problem.Place {
    let before = data.prefix(offset)
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? before.startIndex
    return .line(
      before.count { $0 == UInt8(ascii: "\n") } + 1,
      column: before[start...].count { $0 & 0xC0 != 0x80 } + 1)
  }

  /// Writes the bytes that are no UTF-8 as characters of Windows-1252, and says whether others than ASCII
  /// are UTF-8.
  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (text: Data, hasUTF8: Bool) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    var hasUTF8 = false
    var place = 0
    while place < bytes.count {
      let length = UTF8Check.length(ofSequenceAt: place, in: bytes)
      if length > 1 { hasUTF8 = true }
      if length > 0 {
        text.append(contentsOf: bytes[place..<place + length])
      } else {
        text.append(contentsOf: windows1252[Int(bytes[place]) - 0x80])
      }
      place += max(length, 1)
    }
    return (Data(text), hasUTF8)
  }

  /// The characters of the bytes from 0x80 on, in UTF-8.
  private static let windows1252 = (UInt8(0x80)...0xFF).map { byte in
    Array((String(data: Data([byte]), encoding: .windowsCP1252) ?? "\u{FFFD}").utf8)
  }
}
