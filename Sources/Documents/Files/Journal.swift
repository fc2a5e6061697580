import Foundation

/// The list of the files that a change replaces, from which it can be completed or taken back.
struct Journal: Codable {
  struct Entry: Codable {
    /// The file's path in the folder.
    let name: String
    /// Whether there was a file before.
    let hasOld: Bool
    /// The hash of the new file.
    let hash: String
  }

  let entries: [Entry]

  init(entries: [Entry]) { self.entries = entries }

  /// Reads the list in a room; nil where it was removed, so that nothing is left to do.
  ///
  /// - Throws: `FileError.unfinished` where it is not what the program wrote.
  init?(in room: String) throws {
    let path = "\(room)/\(Room.list)"
    guard let status = FileStatus(ofLinkAt: path) else { return nil }
    guard status.kind == .file, let data = FileManager.default.contents(atPath: path) else {
      throw FileError.damagedJournal(path: room)
    }
    let lines = data.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
    guard lines.count == 2, Array(lines[0]) == Array(SHA256.hash(of: Data(lines[1])).utf8),
      let journal = try? JSONDecoder().decode(Journal.self, from: Data(lines[1]))
    else { throw FileError.damagedJournal(path: room) }
    self = journal
  }

  /// The list as text below its hash.
  var data: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let text = try? encoder.encode(self) else {
      preconditionFailure("A journal is made of names and hashes.")
    }
    return Data((SHA256.hash(of: text) + "\n").utf8) + text
  }

  /// The folders that the files stand in.
  func folders(_ set: FileSet) -> [String] {
    Set(entries.map { URL(filePath: "\(set.folder)/\($0.name)").deletingLastPathComponent().path })
      .sorted()
  }

  /// Puts the new files into their places, those that are not there yet.
  func complete(_ set: FileSet, _ room: String) throws {
    for number in entries.indices {
      let new = Room.new(room, number)
      guard let status = FileStatus(ofLinkAt: new) else { continue }
      guard status.kind == .file, let data = FileManager.default.contents(atPath: new),
        SHA256.hash(of: data) == entries[number].hash
      else { throw FileError.damagedJournal(path: room) }
      try put(number, set, room)
    }
    for folder in folders(set) { try NewFile.syncFolder(folder) }
  }

  /// Puts one new file into its place.
  func put(_ number: Int, _ set: FileSet, _ room: String) throws {
    let place = try FilePlace(entries[number].name, in: set)
    guard rename(Room.new(room, number), place.path) == 0 else {
      throw FileError.ofSystem(at: place.path)
    }
  }

  /// Puts the old files back into their places, and removes new ones that replaced nothing.
  func takeBack(_ set: FileSet, _ room: String) throws {
    for number in entries.indices where FileStatus(ofLinkAt: Room.new(room, number)) == nil {
      let entry = entries[number]
      let place = try FilePlace(entry.name, in: set)
      let old = Room.old(room, number)
      if entry.hasOld, FileStatus(ofLinkAt: old)?.kind == .file {
        guard rename(old, place.path) == 0 else { throw FileError.ofSystem(at: place.path) }
      } else if !entry.hasOld {
        unlink(place.path)
      }
    }
    for folder in folders(set) { try NewFile.syncFolder(folder) }
  }
}
