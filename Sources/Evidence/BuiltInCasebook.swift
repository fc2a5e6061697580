public import Foundation
import Documents

extension Casebook {
  /// The folder of the casebook that comes with the program.
  public static var westernBalkans: URL { builtIn("western-balkans") }

  /// The folder of the places that public data sets name.
  static var places: URL { builtIn("places") }

  /// The folder of what a new casebook starts from.
  static var template: URL { builtIn("new") }

  private static func builtIn(_ name: String) -> URL {
    SharedFiles.find("Casebooks", ofModule: "Evidence")
      .appending(path: name, directoryHint: .isDirectory)
  }
}
