package import Documents
package import Foundation

extension YAMLNode {
  /// Reads the YAML document in a file; `name` is what problems call it.
  ///
  /// - Throws: `Problem`, or `CasebookError.unreadable`.
  package init(contentsOf url: URL, name: String? = nil) throws {
    let data: Data
    do { data = try InputFile.contents(of: url) } catch let error as InputFileError {
      throw CasebookError.unreadable(path: url.path, reason: error.explanation)
    }
    try self.init(yaml: data, file: name ?? url.lastPathComponent)
  }
}
