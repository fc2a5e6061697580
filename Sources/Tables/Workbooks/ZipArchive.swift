internal import CZip
import Foundation

/// The files in a zip archive in memory, unpacked by libzip piece by piece.
final class ZipArchive {
  /// The most bytes that one file may unpack to.
  static let limit = 1 << 28
  /// How many times its packed size a file may unpack to, once it is larger than `small`.
  static let ratio = 200
  private static let small = 1 << 20

  private let archive: OpaquePointer
  /// How many bytes the files may still unpack to, all together.
  private var room: Int
  private let unpacked: Int
  /// A copy that stays in its place as long as the archive is open.
  private let bytes: UnsafeMutableRawBufferPointer

  /// Opens an archive whose files may unpack to some bytes, all together.
  ///
  /// - Throws: `WorkbookError.damaged` when the list of its files cannot be read.
  init(_ data: Data, unpacked: Int) throws {
    (room, self.unpacked) = (unpacked, unpacked)
    bytes = .allocate(byteCount: max(data.count, 1), alignment: 8)
    data.copyBytes(to: bytes)
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(data.count), 0, &error)
    else {
      bytes.deallocate()
      throw WorkbookError.damaged(reason: "not enough memory to read it")
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      let reason = String(cString: zip_error_strerror(&error))
      zip_source_free(source)
      bytes.deallocate()
      throw WorkbookError.damaged(reason: reason)
    }
    self.archive = archive
  }

  deinit {
    zip_discard(archive)
    bytes.deallocate()
  }

  func contains(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

  /// Unpacks a file and hands it on in pieces, in their order.
  ///
  /// - Throws: `WorkbookError`, also when its check sum is wrong; or what `piece` throws.
  func read(_ name: String, piece: (UnsafeRawBufferPointer) throws -> Void) throws {
    let place = zip_name_locate(archive, name, 0)
    var facts = zip_stat_t()
    zip_stat_init(&facts)
    guard place >= 0, zip_stat_index(archive, UInt64(place), 0, &facts) == 0 else {
      throw WorkbookError.damaged(reason: "\(name) is missing in it")
    }
    guard facts.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) == 0 || facts.encryption_method == 0
    else { throw WorkbookError.encrypted }
    guard let file = zip_fopen_index(archive, UInt64(place), 0) else {
      throw WorkbookError.damaged(
        reason: "\(name): \(String(cString: zip_error_strerror(zip_get_error(archive))))")
    }
    defer { zip_fclose(file) }
    let packed = Int(clamping: facts.comp_size)
    let most = min(ZipArchive.limit, max(ZipArchive.small, packed &* ZipArchive.ratio))
    var read = 0
    try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { buffer in
      guard let start = buffer.baseAddress else { return }
      while true {
        let count = Int(zip_fread(file, start, UInt64(buffer.count)))
        guard count >= 0 else {
          let reason = String(cString: zip_error_strerror(zip_file_get_error(file)))
          throw WorkbookError.damaged(reason: "\(name): \(reason)")
        }
        if count == 0 { return }
        read += count
        guard read <= most else {
          throw WorkbookError.tooLarge(
            part: name, reason: "\(packed) bytes unpack to more than \(most)")
        }
        room -= count
        guard room >= 0 else {
          throw WorkbookError.tooLarge(
            part: "the workbook",
            reason: "its files unpack to more than the limit `unpacked`, \(unpacked) bytes")
        }
        try piece(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
  }
}
