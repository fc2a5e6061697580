extension HTML {
  /// The page with its numbers kept on one line with their signs: `4.8 %`, `p = 0.04`, `p 0.04`.
  ///
  /// A space there becomes one that does not break. Tags, and with them what fields hold, scripts and styles
  /// stay as they are.
  package var typeset: HTML {
    let bytes = Array(text.utf8)
    var typeset: [UInt8] = []
    typeset.reserveCapacity(bytes.count + bytes.count / 64)
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "<") {
        let end = Self.endOfTag(in: bytes, from: place)
        typeset += bytes[place..<end]
        place = end
      } else {
        let stays = bytes[place] == UInt8(ascii: " ") && Self.binds(bytes, at: place)
        typeset += stays ? [0xC2, 0xA0] : [bytes[place]]
        place += 1
      }
    }
    return HTML(trusted: String(decoding: typeset, as: UTF8.self))
  }

  /// The place after a tag; that of a script or a style goes to its end.
  private static func endOfTag(in bytes: [UInt8], from start: Int) -> Int {
    let raw = ["<script", "<style"].first { bytes[start...].starts(with: $0.utf8) }
    var place = start
    if let raw {
      let end = Array("</\(raw.dropFirst())".utf8)
      while place < bytes.count,
        bytes[place] != UInt8(ascii: "<") || !bytes[place...].starts(with: end)
      { place += 1 }
    }
    while place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
    return min(place + 1, bytes.count)
  }

  /// Whether a space stands between a number and its sign.
  private static func binds(_ bytes: [UInt8], at space: Int) -> Bool {
    guard space > 1, space + 1 < bytes.count else { return false }
    let (before, after) = (bytes[space - 1], bytes[space + 1])
    if isDigit(before), after == UInt8(ascii: "%") { return true }
    let isP = before == UInt8(ascii: "p") && !isLetter(bytes[space - 2])
    let isSign = before == UInt8(ascii: "=") || isAtMost(bytes, from: space - 3)
    if isP, after == UInt8(ascii: "=") || isAtMost(bytes, from: space + 1) { return true }
    return (isP || isSign) && isDigit(after)
  }

  /// Whether a sign ≤ begins at a place.
  private static func isAtMost(_ bytes: [UInt8], from place: Int) -> Bool {
    place >= 0 && place + 2 < bytes.count && bytes[place] == 0xE2 && bytes[place + 1] == 0x89
      && bytes[place + 2] == 0xA4
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte >= 0x80
  }
}
