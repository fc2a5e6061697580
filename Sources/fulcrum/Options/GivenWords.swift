import Documents
import Foundation

/// The words that the system hands to the program.
enum GivenWords {
  /// The words after the program's name; the system may hand over any bytes, a `String` holds only UTF-8.
  ///
  /// - Throws: `Failure` that names the word, or the folder that the program is started in, which is not
  ///   UTF-8.
  static func checked() throws -> [String] {
    for place in 1..<max(1, Int(CommandLine.argc)) {
      guard let word = CommandLine.unsafeArgv[place] else { continue }
      try check(word, "the word")
    }
    if let folder = getcwd(nil, 0) {
      defer { free(folder) }
      try check(folder, "the folder that it is started in,")
    }
    return Array(CommandLine.arguments.dropFirst())
  }

  private static func check(_ word: UnsafePointer<CChar>, _ what: String) throws {
    guard String(validatingCString: word) == nil else { return }
    let bytes = UnsafeRawBufferPointer(start: word, count: strlen(word))
    throw Failure(
      message:
        "fulcrum: \(what) `\(VisibleText.of(bytes: bytes))` is not UTF-8; rename the file or "
        + "folder, or reach it by a link whose name is.")
  }
}
