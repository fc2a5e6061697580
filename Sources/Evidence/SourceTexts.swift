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
    guard case .chars(let range) = locator else { return .byHand(locator) }
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
    guard let data = try? Data(contentsOf: file), SHA256.hash(of: data) == hash,
      let text = String(data: data, encoding: .utf8)
    else { return .changed(source.id, expected: hash, found: nil) }
    let scalars = text.unicodeScalars
    guard
      let start = scalars.index(
        scalars.startIndex, offsetBy: range.lowerBound, limitedBy: scalars.endIndex),
      let end = scalars.index(start, offsetBy: range.count, limitedBy: scalars.endIndex)
    else { return .outside(locator, length: scalars.count) }
    return .words(String(scalars[start..<end]), file: file)
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
      "\(locator) lies outside the text, which has \(length) characters; mend the locator."
    }
  }
}
