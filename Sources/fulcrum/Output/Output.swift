import Documents
import Foundation

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

  static func write(_ text: String) throws { try write(Data(text.utf8)) }

  static func line(_ text: String) throws { try write(text + "\n") }

  /// Writes into the file, device or pipe that a person named; without one to standard output.
  static func write(_ data: Data, to path: String?) throws {
    guard let path else { return try write(data) }
    try OutputFile(path).write(data)
  }

  /// Writes a line for the person, apart from the output; a message that cannot be written is lost.
  static func complain(_ text: String) { prompt(text + "\n") }

  /// Writes a text for the person, whose answer or next line follows it.
  static func prompt(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Whether a person reads the output.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Makes writing beyond the allowed size of a file fail, instead of ending the program.
  static func failBeyondLimits() { signal(SIGXFSZ, SIG_IGN) }

  /// Gives closed standard streams a descriptor, so that no file that is opened later takes their place.
  ///
  /// What is written to such a standard output fails.
  static func holdClosedStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
