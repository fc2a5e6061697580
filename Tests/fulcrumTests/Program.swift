import Foundation

/// The program that was built beside these tests.
enum Program {
  static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Where a run ended and what it said.
  struct Run {
    let code: Int32
    let output: String
    let errors: String
  }

  static var file: URL {
    let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let beside = tests.deletingLastPathComponent().appending(path: "fulcrum")
    let isThere = FileManager.default.isExecutableFile(atPath: beside.path)
    return isThere ? beside : project.appending(path: ".build/debug/fulcrum")
  }

  /// Runs the program in a folder on a terminal, on which a person types lines and then ends them.
  static func run(_ arguments: [String], in folder: URL, typing lines: [String]) throws -> Run {
    let (unlock, askNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN
    let person = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (isLocked, number): (Int32, Int32) = (0, 0)
    guard ioctl(person, unlock, &isLocked) == 0, ioctl(person, askNumber, &number) == 0 else {
      throw POSIXError(.ENXIO)
    }
    let keyboard = FileHandle(fileDescriptor: person, closeOnDealloc: true)
    let terminal = FileHandle(
      fileDescriptor: open("/dev/pts/\(number)", O_RDWR | O_NOCTTY), closeOnDealloc: true)
    let endOfInput = "\u{4}"
    try keyboard.write(
      contentsOf: Data((lines.map { $0 + "\n" }.joined() + endOfInput).utf8))
    return try run(arguments, in: folder, reading: terminal)
  }

  /// Runs the program, or another, in a folder.
  static func run(
    _ arguments: [String], in folder: URL, by program: URL = file,
    reading input: FileHandle = .nullDevice
  ) throws -> Run {
    let process = Process()
    process.standardInput = input
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      code: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
      errors: String(decoding: complained, as: UTF8.self))
  }
}
