import CFuzzer
import Foundation

/// Runs libFuzzer on one reader of the project's input: `fuzz run NAME [OPTION…] [CORPUS…]`.
///
/// `fuzz list` prints the readers with how many inputs a full round takes, `fuzz seeds NAME FOLDER`
/// writes the inputs that a corpus starts from, and the words of the format to `FOLDER.dict`.
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
      guard let folder = words.dropFirst(2).first else { return usage() }
      do { try target.writeSeeds(to: URL(filePath: folder)) } catch { fail("\(error)") }
    case ("run", let target?): run(target)
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

  /// The reader of this run: libFuzzer takes a function without context.
  nonisolated(unsafe) private static var read: (UnsafeBufferPointer<UInt8>) -> Void = { _ in }

  private static func usage() {
    fail("usage: fuzz list | fuzz seeds NAME FOLDER | fuzz run NAME [OPTION…] [CORPUS…]")
  }

  private static func fail(_ sentence: String) {
    FileHandle.standardError.write(Data("\(sentence)\n".utf8))
    exit(2)
  }
}
