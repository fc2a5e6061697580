internal import CZlib
import Foundation

/// Unpacks gzip files with zlib.
enum Gzip {
  /// The most that a file may unpack to.
  static let limit = 1 << 30

  static func isGzip(_ data: Data) -> Bool { data.starts(with: [0x1F, 0x8B]) }

  /// Unpacks a file; nil when it is damaged, cut short or larger than `limit`.
  static func unpack(_ data: Data) -> Data? {
    var stream = z_stream()
    // 15 bits of window, plus 16 to read the gzip header.
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var unpacked = Data()
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var packed = [UInt8](data)
    return packed.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      while true {
        let status = chunk.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          return inflate(&stream, Z_NO_FLUSH)
        }
        unpacked.append(contentsOf: chunk[..<(chunk.count - Int(stream.avail_out))])
        if status == Z_STREAM_END { return unpacked }
        guard status == Z_OK, unpacked.count <= limit else { return nil }
      }
    }
  }
}
