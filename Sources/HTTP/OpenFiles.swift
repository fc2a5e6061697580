import Foundation

/// How many files and connections the process may have open.
enum OpenFiles {
  /// How many more may be opened, once the limit is as high as the process may set it.
  static var left: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
    if limit.rlim_cur < limit.rlim_max {
      let own = limit
      limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, most))
      if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) != 0 { limit = own }
    }
    let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 32
    return Int(min(limit.rlim_cur, most)) - open
  }

  /// More than a server needs.
  private static let most: rlim_t = 4_096
}

extension Server.Limits {
  /// Files that the server's threads and the program itself need beside the connections.
  private var ownFiles: Int { 2 * threads + 12 }

  /// The limits with no more connections than files can be opened for, so that none fails to be accepted.
  ///
  /// - Throws: `ServerError.fewFiles`.
  func fitted(toFiles left: Int) throws -> Server.Limits {
    var limits = self
    // Each thread takes its share, so that few files are for few threads.
    if left < connections + refusals + ownFiles { limits.threads = min(threads, 2) }
    let room = left - limits.ownFiles
    guard room >= 4 else { throw ServerError.fewFiles(left: left, needed: limits.ownFiles + 4) }
    guard room < connections + refusals else { return limits }
    limits.refusals = max(1, room / 4)
    limits.connections = room - limits.refusals
    return limits
  }
}
