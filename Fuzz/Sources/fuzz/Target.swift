import Foundation

/// One reader of input, with what its corpus starts from.
struct Target: Sendable {
  let name: String
  /// How many inputs a full round takes.
  var fullRound = 1_000_000
  /// The inputs that a corpus starts from.
  let seeds: [Data]
  /// Words that inputs are likely to need.
  var words: [String] = []
  /// Reads an input, and throws away what it gives: what matters is that it comes back.
  let read: @Sendable (UnsafeBufferPointer<UInt8>) -> Void

  static var all: [Target] { Target.ofTexts + Target.ofFiles + Target.ofImporters }

  /// Writes the seeds as files, and the words beside the folder as libFuzzer takes them.
  func writeSeeds(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (place, seed) in seeds.enumerated() {
      try seed.write(to: folder.appending(path: "seed-\(place)"))
    }
    let lines = Set(words).sorted().filter { !$0.isEmpty }.map { word in
      "\""
        + word.utf8.map { byte in
          (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            ? String(UnicodeScalar(byte)) : "\\x" + String(Int(byte) + 0x100, radix: 16).suffix(2)
        }.joined() + "\"\n"
    }
    try Data(lines.joined().utf8).write(to: URL(filePath: folder.path + ".dict"))
  }
}
