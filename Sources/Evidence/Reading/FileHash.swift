import Documents
import Dispatch
package import Foundation
import Synchronization

/// The hash of a file as it lies on disk, or of several, reckoned when it is first asked for.
///
/// A large file takes longer to hash than to cut into cells, and not every reader needs the hash.
package final class FileHash: Sendable {
  private let reckon: @Sendable () -> String
  private let known = Mutex<String?>(nil)

  package init(_ reckon: @escaping @Sendable () -> String) { self.reckon = reckon }

  package convenience init(of contents: Data) { self.init { SHA256.hash(of: contents) } }

  /// Reckons the hash on another thread, for somebody who will ask for it after other work.
  package func begin() { DispatchQueue.global().async { _ = self.text } }

  /// 64 lower-case hexadecimal digits.
  package var text: String {
    known.withLock { known in
      if let known { return known }
      let text = reckon()
      known = text
      return text
    }
  }
}
