import Foundation

@testable import Documents
@testable import Evidence
@testable import Importing

/// The casebook that the fuzzer imports into: a few actors of the built-in one, with their codes, and
/// no evidence but that of their successions.
///
/// It is small because an import looks all of it through, for each input anew.
enum FuzzedCasebook {
  private static let actors: Set<String> = [
    "SRB", "MNE", "MKD", "BIH", "XKX", "HRV", "CHN", "USA", "YUG", "SCG", "NATO", "EU", "UN",
    // House styles name these.
    "RUS", "MDA", "KOR",
  ]

  static func work(
    badRows: BadRows, split: [ActorID], years: ClosedRange<Int>?
  ) -> Import {
    Import(
      format: nil, actors: ["SRB", "MNE", "MKD"], years: years, counterparts: ["CHN"],
      accessed: accessed, coder: nil, badRows: badRows, split: split)
  }

  /// Read once: an input changes a copy.
  static let edit: CasebookEdit = {
    do {
      return try CasebookEdit(files(), accessed: accessed)
    } catch { fatalError("The casebook to import into cannot be read: \(error)") }
  }()

  /// Later than the data sets that the casebook cites, of which every input is another release.
  private static let accessed: EDTFDate = {
    do { return try EDTFDate("2026-11-26") } catch { fatalError("\(error)") }
  }()

  private static func files() throws -> CasebookFiles {
    let whole = try CasebookFiles(in: Casebook.westernBalkans)
    let successions = rows(whole, "successions.csv") { cells in
      actors.contains(cells[0]) && actors.contains(cells[1])
    }
    let claims = Set(successions.map { String($0.split(separator: ",").last ?? "") })
    var contents: [String: Data] = [:]
    for path in ["codebook.yaml", "datapackage.json", "sources.csv", "variables.csv"] {
      contents[path] = whole.contents[path]
    }
    for path in whole.paths where path.hasSuffix(".csv") && contents[path] == nil {
      let kept: [Substring] =
        switch path {
        case "actors.csv", "codes.csv": rows(whole, path) { actors.contains($0[0]) }
        case "claims.csv": rows(whole, path) { claims.contains($0[0]) }
        case "successions.csv": successions
        default: []
        }
      let header = rows(whole, path, from: 0) { _ in true }.prefix(1)
      contents[path] = Data((header + kept).map { $0 + "\n" }.joined().utf8)
    }
    return CasebookFiles(folder: whole.folder, contents: contents)
  }

  /// The lines of a table of which some cells are wanted; the first cells hold no commas.
  private static func rows(
    _ files: CasebookFiles, _ path: String, from first: Int = 1, _ isWanted: ([String]) -> Bool
  ) -> [Substring] {
    let text = String(decoding: files.contents[path] ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").dropFirst(first).filter { line in
      isWanted(line.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
    }
  }
}
