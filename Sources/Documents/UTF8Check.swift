/// Finds bytes that are no UTF-8.
package enum UTF8Check {
  /// Lists the offsets at which ill-formed sequences start, the first `most` of them.
  package static func invalidOffsets(
    in bytes: UnsafeBufferPointer<UInt8>, most: Int = UTF8Check.most
  ) -> [Int] {
    var offsets: [Int] = []
    var start = 0
    while start < bytes.count, offsets.count < most {
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: bytes.span.extracting(start..<bytes.count))
        return offsets
      } catch {
        offsets.append(start + error.byteOffsets.lowerBound)
        start += max(error.byteOffsets.upperBound, 1)
      }
    }
    return offsets
  }

  /// How many faults are looked for: with more of them a file is not what it says it is.
  package static let most = 1000

  /// Says what is wrong, as the end of a sentence, by the offsets that were found.
  package static func message(_ offsets: [Int]) -> String {
    let first = "byte \(offsets.first ?? 0) of the file is not UTF-8"
    switch offsets.count {
    case ...1: return first
    case ..<most: return first + ", nor are \(offsets.count - 1) later ones"
    default: return first + ", nor are \(Numeral.grouped(most - 1)) later ones or more"
    }
  }

  /// How many bytes the well-formed sequence at a place has; none where it is ill-formed.
  package static func length(
    ofSequenceAt place: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let lead = bytes[place]
    if lead < 0x80 { return 1 }
    // The second byte has a narrower range where a longer form, a surrogate or too large a number begins.
    let (count, second): (Int, ClosedRange<UInt8>) =
      switch lead {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: (0, 0x80...0xBF)
      }
    guard count > 0, place + count <= bytes.count, second.contains(bytes[place + 1]),
      bytes[(place + 2)..<(place + count)].allSatisfy({ $0 & 0xC0 == 0x80 })
    else { return 0 }
    return count
  }
}
