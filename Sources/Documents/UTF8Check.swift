/// Finds bytes that are no UTF-8.
package enum UTF8Check {
  /// Lists the offsets at which ill-formed sequences start.
  package static func invalidOffsets(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var offsets: [Int] = []
    var start = 0
    while start < bytes.count {
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
}
