package import Foundation

/// The files that a program reads besides its input: casebooks, style sheets, scripts.
///
/// They lie next to the program where it was built, and in `share/fulcrum` where it is installed; the
/// sources are not needed.
package enum SharedFiles {
  /// Finds a folder or file by its path in an installation, such as `Casebooks`.
  ///
  /// `bundle` is the name that the build gives to the resources of a module; files that are no resource of
  /// a module lie in the build's own folder. Where nothing is found, the installed place is returned, so
  /// that reading fails with its path.
  package static func find(_ path: String, ofModule module: String? = nil) -> URL {
    let folder = programFolder
    let built =
      module.map { folder.appending(path: "Fulcrum_\($0).resources/\(path)") }
      ?? folder.appending(path: "../../\(path)").standardized
    let installed = folder.appending(path: "../share/fulcrum/\(path)").standardized
    return FileManager.default.fileExists(atPath: built.path) ? built : installed
  }

  /// The folder of the running program, links followed.
  private static let programFolder = (Bundle.main.executableURL ?? Bundle.main.bundleURL)
    .resolvingSymlinksInPath().deletingLastPathComponent()
}
