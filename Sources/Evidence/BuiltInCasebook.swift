public import Foundation

extension Casebook {
  /// The folder of the casebook that ships with the program, as it was when the program was built.
  public static var westernBalkans: URL {
    Bundle.module.bundleURL.appending(
      path: "Casebooks/western-balkans", directoryHint: .isDirectory)
  }

  /// The folder of the places that public data sets name.
  static var places: URL {
    Bundle.module.bundleURL.appending(path: "Casebooks/places", directoryHint: .isDirectory)
  }

  /// The folder of what a new casebook starts from.
  static var template: URL {
    Bundle.module.bundleURL.appending(path: "Casebooks/new", directoryHint: .isDirectory)
  }
}
