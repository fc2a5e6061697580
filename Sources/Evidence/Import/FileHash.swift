import Dispatch
import Foundation
import Synchronization

/// The hash of a file as it lies on disk, reckoned when it is first asked for.
///
/// A large file takes longer to hash than to cut into cells, and not every reader needs the hash.
final class FileHash: Sendable {
  private let contents: Data
  private let known = Mutex<String?>(nil)

  init(of contents: Data) { self.contents = contents }

  /// Reckons the hash on another thread, for somebody who will ask for it after other work.
  func begin() { DispatchQueue.global().async { _ = self.text } }

  /// 64 lower-case hexadecimal digits.
  var text: String {
    known.withLock { known in
      if let known { return known }
      let text = SHA256.hash(of: contents)
      known = text
      return text
    }
  }
}
