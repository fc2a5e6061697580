import Documents
import Foundation
import Publishing

/// What the program writes to a person, and to whoever reads its output.
enum Output {
  /// Writes to standard output, at once.
  ///
  /// - Throws: `Failure` where it is full, or closed.
  static func write(_ data: Data) throws {
    do { try FileHandle.standardOutput.write(contentsOf: data) } catch {
      throw Failure(
        message: "fulcrum: standard output cannot be written: it is closed, or the disk is full.")
    }
  }

  /// Writes a text for programs, such as JSON, as it is.
  static func write(_ text: String) throws { try write(Data(text.utf8)) }

  /// Writes a text for a person, who sees what would otherwise steer the terminal.
  static func show(_ text: String) throws { try write(visible(text, isColoured: isTerminal)) }

  static func show(_ text: String, to path: String?) throws {
    guard let path else { return try show(text) }
    try write(Data(visible(text, isColoured: false).utf8), to: path)
  }

  static func line(_ text: String) throws { try show(text + "\n") }

  /// A text in which nothing steers a terminal but the program's own colours.
  static func visible(_ text: String, isColoured: Bool) -> String {
    guard isColoured else { return VisibleText.of(text) }
    var shown = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "\u{1B}") {
      shown += VisibleText.of(String(rest[..<start]))
      rest = rest[start...]
      let code = TextLayout.terminalCodes.first(where: rest.hasPrefix) ?? String(rest.prefix(1))
      shown += TextLayout.terminalCodes.contains(code) ? code : VisibleText.of(code)
      rest = rest.dropFirst(code.count)
    }
    return shown + VisibleText.of(String(rest))
  }

  /// Writes into the file, device or pipe that a person named; without one to standard output.
  static func write(_ data: Data, to path: String?) throws {
    guard let path else { return try write(data) }
    try OutputFile(path).write(data)
  }

  /// Writes a line for the person, apart from the output; a message that cannot be written is lost.
  static func complain(_ text: String) { prompt(text + "\n") }

  /// Writes a text for the person, whose answer or next line follows it.
  static func prompt(_ text: String) { toPerson(visible(text, isColoured: false)) }

  /// Writes a line on the terminal over the one before; an empty one clears it.
  static func rewrite(_ line: String) {
    toPerson("\r\u{1B}[K" + visible(line, isColoured: false))
  }

  private static func toPerson(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Whether a person reads the output.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Makes writing beyond the allowed size of a file fail, instead of ending the program.
  static func failBeyondLimits() { signal(SIGXFSZ, SIG_IGN) }
  /// Whether a person reads the messages.
  static var hasReader: Bool { isatty(STDERR_FILENO) == 1 }

  /// Gives closed standard streams a descriptor, so that no file that is opened later takes their place.
  ///
  /// What is written to such a standard output fails.
  static func holdClosedStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
