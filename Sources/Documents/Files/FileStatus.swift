import Foundation

/// What the system says of a file: its kind, size, times, mode and owner.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case file, folder, link, pipe, device, disk, socket }

  package let kind: Kind
  package let size: Int
  let device: UInt
  let inode: UInt
  /// How many names the file has.
  let names: Int
  let mode: mode_t
  let owner: uid_t
  let group: gid_t
  private let times: [Int]

  /// Looks at the file that a path leads to; nil where it leads to none.
  package init?(at path: String) {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    self.init(found)
  }

  /// Looks at what stands at a path, and if that is a link at the link.
  init?(ofLinkAt path: String) {
    var found = stat()
    guard lstat(path, &found) == 0 else { return nil }
    self.init(found)
  }

  init?(of descriptor: Int32) {
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { return nil }
    self.init(found)
  }

  private init(_ found: stat) {
    kind =
      switch found.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFCHR: .device
      case S_IFBLK: .disk
      default: .socket
      }
    size = Int(found.st_size)
    device = UInt(found.st_dev)
    inode = UInt(found.st_ino)
    names = Int(found.st_nlink)
    mode = found.st_mode & 0o7777
    owner = found.st_uid
    group = found.st_gid
    times = [
      found.st_mtim.tv_sec, found.st_mtim.tv_nsec, found.st_ctim.tv_sec, found.st_ctim.tv_nsec,
    ]
  }

  func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}

/// The path without links; nil where it leads nowhere.
func resolved(_ path: String) -> String? {
  guard let found = realpath(path, nil) else { return nil }
  defer { free(found) }
  return String(cString: found)
}
