import Documents
public import Evidence
public import Foundation

/// The texts of sources that a reader has, found by their hash and never by their look.
public struct SourceTexts: Sendable {
  private let fileOfHash: [String: URL]
  private let hashOfName: [String: String]

  /// Hashes the files in a folder; hidden files and folders inside are left out.
  ///
  /// - Throws: `CasebookError.unreadable`.
  public init(in folder: URL) throws {
    let files: [URL]
    do {
      files = try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    } catch {
      throw CasebookError.unreadable(path: folder.path, reason: "there is no such folder")
    }
    var fileOfHash: [String: URL] = [:]
    var hashOfName: [String: String] = [:]
    for file in files.sorted(by: { $0.lastPathComponent < $1.lastPathComponent }) {
      guard let data = try? Data(contentsOf: file) else { continue }
      let hash = SHA256.hash(of: data)
      if fileOfHash[hash] == nil { fileOfHash[hash] = file }
      hashOfName[file.deletingPathExtension().lastPathComponent] = hash
    }
    self.fileOfHash = fileOfHash
    self.hashOfName = hashOfName
  }

  /// Finds the words that a claim points at.
  ///
  /// The text is the file with the source's hash. A file that bears the source's name but another
  /// hash is reported as changed; its words are never taken.
  public func passage(of claim: Claim, in casebook: Casebook) -> Passage {
    guard let locator = claim.locator else { return .noLocator }
    switch locator {
    case .page, .paragraph: return .byHand(locator)
    case .chars, .row: break
    }
    guard let source = casebook.source(claim.source), let hash = source.sha256 else {
      return .noHash(claim.source)
    }
    guard let file = fileOfHash[hash] else {
      if let found = hashOfName[source.id.rawValue] {
        return .changed(source.id, expected: hash, found: found)
      }
      return .noText(source.id, expected: hash)
    }
    // The file may have been changed since the folder was hashed.
    guard let data = try? Data(contentsOf: file), SHA256.hash(of: data) == hash else {
      return .changed(source.id, expected: hash, found: nil)
    }
    let (words, length) =
      switch locator {
      case .chars(let range): SourceTexts.words(in: data, at: range)
      case .row(let row, let sheet): SourceTexts.cells(of: row, sheet, in: file)
      case .page, .paragraph: (String?.none, 0)
      }
    return words.map { .words($0, file: file) } ?? .outside(locator, length: length)
  }

  /// The words at a place in a text, and the number of its characters.
  private static func words(in data: Data, at range: Range<Int>) -> (String?, length: Int) {
    guard let scalars = String(data: data, encoding: .utf8)?.unicodeScalars else { return (nil, 0) }
    guard
      let start = scalars.index(
        scalars.startIndex, offsetBy: range.lowerBound, limitedBy: scalars.endIndex),
      let end = scalars.index(start, offsetBy: range.count, limitedBy: scalars.endIndex)
    else { return (nil, scalars.count) }
    return (String(scalars[start..<end]), scalars.count)
  }

  /// The cells of a row of a table, parted by bars, and the number of its rows.
  private static func cells(
    of row: Int, _ sheet: String?, in file: URL
  ) -> (String?, length: Int) {
    guard let tables = try? DataFile(contentsOf: file).tables,
      let table = tables.first(where: { sheet == nil || $0.sheet == sheet })
    else { return (nil, 0) }
    let (cells, count) = table.cells(ofRow: row)
    return (cells.map { $0.filter { !$0.isEmpty }.joined(separator: " | ") }, count)
  }
}

/// What stands at the place in a source that a claim points at, or why it cannot be shown.
public enum Passage: Hashable, Sendable, CustomStringConvertible {
  case words(String, file: URL)
  /// The claim points at no place.
  case noLocator
  /// The place is a page or paragraph of a document, not an offset in a text.
  case byHand(Locator)
  /// The source has no hash to find its text by.
  case noHash(SourceID)
  /// No file in the folder has the hash.
  case noText(SourceID, expected: String)
  /// The file with the source's name, or the one hashed before, is not the text that was coded.
  case changed(SourceID, expected: String, found: String?)
  /// The text ends before the place.
  case outside(Locator, length: Int)

  /// The words, when they can be shown.
  public var words: String? {
    guard case .words(let words, _) = self else { return nil }
    return words
  }

  public var description: String {
    switch self {
    case .words(let words, _): words
    case .noLocator: "The claim points at no place in its source."
    case .byHand(let locator): "Look at \(locator) of the document itself."
    case .noHash(let source): "\(source) has no sha256; add it to find the text by."
    case .noText(let source, let expected):
      "The text of \(source) is not here; put the file with sha256 \(expected) into the folder."
    case .changed(let source, let expected, let found):
      "The text of \(source) has changed: its sha256 is \(found ?? "another"), the claim was coded "
        + "from \(expected); find that version, the words are not looked for elsewhere."
    case .outside(let locator, let length):
      "\(locator) lies outside the text, which has \(length) \(locator.counts); correct the locator."
    }
  }
}
