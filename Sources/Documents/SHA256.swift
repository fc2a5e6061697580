import CNettle
package import Foundation

/// The Secure Hash Algorithm with 256 bits (FIPS 180-4).
package struct SHA256: Sendable {
  private var context = sha256_ctx()

  package init() { nettle_sha256_init(&context) }

  /// Hashes a file's contents into 64 lower-case hexadecimal digits.
  package static func hash(of data: Data) -> String {
    var hash = SHA256()
    data.withUnsafeBytes { hash.append($0) }
    return hash.digest()
  }

  package mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { append($0) }
  }

  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
    nettle_sha256_update(&context, bytes.count, start)
  }

  /// Ends the message and writes its hash in hexadecimal digits.
  package func digest() -> String {
    var rest = context
    let hash = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_SIZE)) { buffer, count in
      nettle_sha256_digest(&rest, buffer.count, buffer.baseAddress)
      count = buffer.count
    }
    let digits = Array("0123456789abcdef")
    return String(hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
