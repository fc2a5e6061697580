/// Makes characters visible that would steer a terminal or change the order of what is read.
package enum VisibleText {
  /// Writes control characters and marks of direction as `\u{1B}`; line feeds and tabs stay.
  package static func of(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnseen) else { return text }
    var visible = ""
    for scalar in text.unicodeScalars {
      if isUnseen(scalar) {
        visible += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        visible.unicodeScalars.append(scalar)
      }
    }
    return visible
  }

  /// Writes the bytes of a name, those that are no UTF-8 as `\\xE9`.
  package static func of(bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    var text = ""
    var place = 0
    bytes.withUnsafeBufferPointer { buffer in
      while place < buffer.count {
        let length = UTF8Check.length(ofSequenceAt: place, in: buffer)
        let end = place + max(length, 1)
        text +=
          length > 0
          ? String(decoding: buffer[place..<end], as: UTF8.self)
          : "\\x" + String(buffer[place], radix: 16, uppercase: true)
        place = end
      }
    }
    return of(text)
  }

  /// Whether a character does something to a terminal instead of being shown.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    // Line and paragraph separators, and what sets the direction of text.
    case 0x200E, 0x200F, 0x061C, 0x2028...0x202E, 0x2066...0x206F: true
    // Characters without a shape: joined names that look alike, tags.
    case 0x00AD, 0x200B, 0x2060...0x2065, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }
}
