import Evidence
import Foundation

/// Runs of semicolons that a spreadsheet program has put at the ends of lines parted by commas.
enum LineTails {
  static let note = "the lines end in semicolons that part nothing; they are left out"

  /// The text without these runs; nil when its first line ends in fewer than two semicolons.
  static func removed(from text: Data) -> Data? {
    let semicolon = UInt8(ascii: ";")
    let first = text.prefix(64 << 10).prefix { $0 != UInt8(ascii: "\n") }
    let end = first.last == UInt8(ascii: "\r") ? first.dropLast() : first
    guard end.suffix(2) == Data([semicolon, semicolon]) else { return nil }
    var kept: [UInt8] = []
    kept.reserveCapacity(text.count)
    for byte in text {
      if byte == UInt8(ascii: "\n") { strip(&kept, semicolon) }
      kept.append(byte)
    }
    strip(&kept, semicolon)
    return Data(kept)
  }

  private static func strip(_ bytes: inout [UInt8], _ semicolon: UInt8) {
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    while bytes.last == semicolon { bytes.removeLast() }
  }
}
