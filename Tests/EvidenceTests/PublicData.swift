import Foundation
@testable import Importing
import Testing

@testable import Evidence

/// The public files beside the project, which are never committed.
enum PublicData {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let folder = root.deletingLastPathComponent().appending(path: "shared/data")
  static let casebook = root.appending(path: "Casebooks/western-balkans")

  static var isHere: Bool { FileManager.default.fileExists(atPath: folder.path) }
  static let absence: Comment = "../shared/data is not here: its files were not read"

  static func file(_ path: String) throws -> DataFile {
    try DataFile(contentsOf: folder.appending(path: path))
  }

  /// Pearson's correlation of pairs.
  static func correlation(_ pairs: [(ours: Double, theirs: Double)]) -> Double {
    let count = Double(pairs.count)
    let ours = pairs.map(\.ours).reduce(0, +) / count
    let theirs = pairs.map(\.theirs).reduce(0, +) / count
    func product(_ f: (Double, Double) -> Double) -> Double {
      pairs.map { f($0.ours - ours, $0.theirs - theirs) }.reduce(0, +)
    }
    return product { $0 * $1 }
      / (product { x, _ in x * x } * product { _, y in y * y }).squareRoot()
  }
}
