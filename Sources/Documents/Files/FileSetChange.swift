import Foundation

/// One replacement of some files of a folder, as the steps that it takes.
///
/// Before `begin` the old files count, from it on the new ones, wherever the program is stopped.
struct FileSetChange {
  enum Step: Hashable {
    /// Makes the room.
    case prepare
    /// Writes a new file into the room.
    case write(Int)
    /// Gives the old file a second name in the room.
    case keep(Int)
    /// Writes the list of the files.
    case list
    /// Decides that the new files count.
    case begin
    /// Puts a new file into its place.
    case put(Int)
    /// Removes the room.
    case end
  }

  private let set: FileSet
  private let places: [FilePlace]
  private let data: [Data]
  private let room: String

  /// - Throws: `FileError` where a file of the folder cannot be replaced.
  init(_ files: [String: Data], in set: FileSet) throws {
    self.set = set
    let names = files.keys.sorted()
    places = try names.map { try FilePlace($0, in: set) }
    for place in places { try place.checkReplaceable() }
    data = names.map { files[$0] ?? Data() }
    room = "\(set.folder)/\(NewFile.name())"
    let paths = places.map(\.path)
    guard Set(paths).count == paths.count else {
      throw FileError.unwritable(
        path: set.folder, reason: "two of its files are links to one",
        advice: "make a file of each")
    }
  }

  var steps: [Step] {
    [.prepare] + data.indices.map { .write($0) }
      + places.indices.filter { places[$0].status != nil }.map { .keep($0) }
      + [.list, .begin] + data.indices.map { .put($0) } + [.end]
  }

  /// Takes all steps; where one fails, takes back those before it.
  func run() throws {
    var isDecided = false
    do {
      for step in steps {
        try perform(step)
        if step == .begin { isDecided = true }
      }
    } catch {
      if isDecided { try takeBack() } else { Room.remove(room) }
      throw error
    }
  }

  func perform(_ step: Step) throws {
    switch step {
    case .prepare:
      guard mkdir(room, 0o700) == 0 else { throw FileError.ofSystem(at: set.folder) }
    case .write(let number): try write(number)
    case .keep(let number): try keep(number)
    case .list:
      try NewFile.create("\(room)/\(Room.list)", journal.data, like: nil)
      try NewFile.syncFolder(room)
      // Folders that were made on the way have to be there before the files are.
      for folder in journal.folders(set) { try NewFile.syncFolder(folder) }
    case .begin:
      guard rename(room, decided) == 0 else { throw FileError.ofSystem(at: decided) }
      try NewFile.syncFolder(set.folder)
    case .put(let number): try journal.put(number, set, decided)
    case .end:
      for folder in journal.folders(set) { try NewFile.syncFolder(folder) }
      try set.discard(decided)
    }
  }

  private var decided: String { "\(set.folder)/\(FileSet.journal)" }

  private var journal: Journal {
    Journal(
      entries: zip(places, data).map { place, data in
        Journal.Entry(
          name: place.name, hasOld: place.status != nil, hash: SHA256.hash(of: data))
      })
  }

  private func write(_ number: Int) throws {
    do {
      try NewFile.create(Room.new(room, number), data[number], like: places[number].status)
    } catch FileError.unwritable(_, let reason, let advice) {
      throw FileError.unwritable(path: places[number].path, reason: reason, advice: advice)
    }
  }

  /// Gives the old file a second name, or copies it where the disk knows no second names.
  private func keep(_ number: Int) throws {
    let (place, kept) = (places[number], Room.old(room, number))
    guard link(place.path, kept) != 0 else { return }
    guard let old = FileManager.default.contents(atPath: place.path) else {
      throw FileError.ofSystem(at: place.path)
    }
    try NewFile.create(kept, old, like: place.status)
  }

  /// Puts the old files back after a step behind the decision has failed.
  private func takeBack() throws {
    let undoing = "\(set.folder)/\(FileSet.undoing)"
    guard rename(decided, undoing) == 0 else { throw FileError.ofSystem(at: decided) }
    try NewFile.syncFolder(set.folder)
    try journal.takeBack(set, undoing)
    try set.discard(undoing)
  }
}
