public import Foundation

extension Casebook {
  /// Reads the casebook in a folder.
  ///
  /// - Throws: `CasebookError`: all problems of the folder, or why it cannot be read.
  public init(contentsOf folder: URL) throws {
    let (casebook, problems) = try Casebook.read(folder)
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
    self = casebook
  }

  /// Finds every problem of the casebook in a folder.
  ///
  /// - Throws: `CasebookError.unreadable` when the folder or a file in it cannot be read.
  public static func check(contentsOf folder: URL) throws -> [Problem] {
    try read(folder).problems
  }

  static func read(_ folder: URL) throws -> (casebook: Casebook, problems: [Problem]) {
    throw CasebookError.unreadable(
      path: folder.path, reason: "tables are read from a later commit on")
  }
}
