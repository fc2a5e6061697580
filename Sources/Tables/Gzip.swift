internal import CZlib
import Documents
package import Foundation

/// Packs and unpacks gzip files with zlib.
package enum Gzip {
  /// The most bytes that are handed to zlib at a time: it counts them in 32 bits.
  private static let piece = 1 << 30

  package static func isGzip(_ data: Data) -> Bool { data.starts(with: [0x1F, 0x8B]) }

  /// Unpacks a file of one or more members, which may take `limit` bytes.
  ///
  /// - Throws: `GzipError`.
  package static func unpack(
    _ data: Data, limit: Int = ReadingLimits.standard.unpacked
  ) throws -> Data {
    var stream = z_stream()
    // 15 bits of window, plus 16 to read the gzip header.
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw GzipError.damaged }
    defer { inflateEnd(&stream) }
    return try data.withUnsafeBytes {
      try unpack($0.bindMemory(to: UInt8.self), &stream, limit: limit)
    }
  }

  /// Packs bytes into a file of one member; nil when memory is short or they are too many.
  ///
  /// The same bytes give the same file: it names no time.
  package static func pack(_ data: Data) -> Data? {
    var stream = z_stream()
    guard data.count <= piece,
      deflateInit2_(
        &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(data.count))))
    let status = data.withUnsafeBytes { input in
      packed.withUnsafeMutableBufferPointer { output in
        stream.next_in = UnsafeMutablePointer(
          mutating: input.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    return status == Z_STREAM_END ? Data(packed.prefix(Int(stream.total_out))) : nil
  }

  private static func unpack(
    _ packed: UnsafeBufferPointer<UInt8>, _ stream: inout z_stream, limit: Int
  ) throws -> Data {
    var unpacked = Data()
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var position = 0
    while position < packed.count {
      let input = packed[position..<min(position + piece, packed.count)]
      stream.next_in = UnsafeMutablePointer(
        mutating: UnsafeBufferPointer(rebasing: input).baseAddress)
      stream.avail_in = UInt32(input.count)
      let status = chunk.withUnsafeMutableBufferPointer { output in
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return inflate(&stream, Z_NO_FLUSH)
      }
      position += input.count - Int(stream.avail_in)
      unpacked.append(contentsOf: chunk[..<(chunk.count - Int(stream.avail_out))])
      guard status == Z_OK || status == Z_STREAM_END else { throw GzipError.damaged }
      guard unpacked.count <= limit else { throw GzipError.tooLarge(limit: limit) }
      guard status == Z_STREAM_END else { continue }
      // Some tools write several members, or fill the end with zeros.
      if packed[position...].allSatisfy({ $0 == 0 }) { return unpacked }
      guard inflateReset(&stream) == Z_OK else { throw GzipError.damaged }
    }
    throw GzipError.damaged
  }
}

/// Why a gzip file is not unpacked.
package enum GzipError: Error, Hashable, CustomStringConvertible {
  /// It is damaged or cut short.
  case damaged
  case tooLarge(limit: Int)

  package var description: String {
    switch self {
    case .damaged: "the gzip file is damaged or cut short; fetch it again"
    case .tooLarge(let limit):
      "the gzip file unpacks to more than \(Numeral.grouped(limit)) bytes; raise the limit "
        + "`unpacked`, or cut the file"
    }
  }
}
