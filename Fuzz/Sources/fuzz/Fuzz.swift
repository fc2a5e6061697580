import CFuzzer
import Foundation

@testable import Evidence

/// Runs libFuzzer on one reader of the project's input: `fuzz run NAME [OPTION…] [CORPUS…]`.
///
/// `fuzz list` prints the readers with how many inputs a full round takes, `fuzz seeds NAME FOLDER`
/// writes the inputs that a corpus starts from, and the words of the format to `FOLDER.dict`;
/// `fuzz reach` prints what becomes of those of the importers, and fails when a form places nothing.
@main
struct Fuzz {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    let target = words.dropFirst().first.flatMap { name in
      Target.all.first { $0.name == name }
    }
    switch (words.first, target) {
    case ("list", _):
      for target in Target.all { print(target.name, target.fullRound) }
    case ("seeds", let target?):
      guard let folder = words.dropFirst(2).first else { usage() }
      do { try target.writeSeeds(to: URL(filePath: folder)) } catch { fail("\(error)") }
    case ("run", let target?): run(target)
    case ("reach", _): reach()
    default: usage()
    }
  }

  /// Hands over to libFuzzer, which does not come back before its round is over.
  private static func run(_ target: Target) {
    read = target.read
    // To merge corpora, libFuzzer starts itself again by the first word.
    let program = "\(CommandLine.arguments[0]) run \(target.name)"
    var words: [UnsafeMutablePointer<CChar>?] =
      [strdup(program)] + CommandLine.arguments.dropFirst(3).map { strdup($0) } + [nil]
    var count = CInt(words.count - 1)
    words.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      exit(
        LLVMFuzzerRunDriver(&count, &start) { bytes, size in
          Fuzz.read(UnsafeBufferPointer(start: bytes, count: size))
          return 0
        })
    }
  }

  /// Prints what becomes of each importer's seeds; each form has to have one whose rows are placed.
  private static func reach() {
    var lacking: [String] = []
    for fuzzed in FuzzedImporter.all {
      for (form, seeds) in fuzzed.seeds.enumerated() {
        let placed = seeds.enumerated().map { place, seed in
          reach(fuzzed, seed, "import-\(fuzzed.name), form \(form), seed \(place)")
        }
        if placed.allSatisfy({ $0 == 0 }) { lacking.append("\(fuzzed.name), form \(form)") }
      }
    }
    guard lacking.isEmpty else { fail("nothing is placed of " + lacking.joined(separator: "; ")) }
  }

  /// Prints what becomes of one seed; gives how many of its rows are placed.
  private static func reach(_ fuzzed: FuzzedImporter, _ seed: Data, _ name: String) -> Int {
    do {
      let read = try seed.withUnsafeBytes {
        try fuzzed.read($0.bindMemory(to: UInt8.self), isThorough: true)
      }
      guard let report = read else { return 0 }
      let added = report.changes.map { "\($0.table) +\($0.added)" }
      print(
        "\(name): \(report.rowsRead) rows, \(report.rowsPlaced) placed, "
          + "\(report.skipped.count) problems; \(added.joined(separator: ", "))")
      return report.rowsPlaced
    } catch {
      print("\(name): \(error)")
      return 0
    }
  }

  /// The reader of this run: libFuzzer takes a function without context.
  nonisolated(unsafe) private static var read: (UnsafeBufferPointer<UInt8>) -> Void = { _ in }

  private static func usage() -> Never {
    fail(
      "usage: fuzz list | fuzz reach | fuzz seeds NAME FOLDER | fuzz run NAME [OPTION…] [CORPUS…]")
  }

  private static func fail(_ sentence: String) -> Never {
    FileHandle.standardError.write(Data("\(sentence)\n".utf8))
    exit(2)
  }
}
