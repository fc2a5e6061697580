package import Documents
package import Foundation

extension YAMLNode {
  /// Reads the YAML document in a file; `name` is what problems call it.
  ///
  /// - Throws: `Problem`, or `CasebookError.unreadable`.
  package init(contentsOf url: URL, name: String? = nil) throws {
    let file = name ?? url.lastPathComponent
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw CasebookError.unreadable(path: url.path, reason: "it is missing or not a file")
    }
    try self.init(yaml: [UInt8](data), file: file)
  }
}
