import Documents
import Evidence
public import Foundation
import Indicators
import Panels
public import Studies

/// An answer as files: `dossier.html`, `answer.json` and a panel for each outcome.
///
/// The same answer gives the same bytes.
public struct Dossier: Sendable {
  public let answer: Answer
  /// The version of the program, as the dossier is to name it.
  public let version: String
  public let resources: PublishingResources
  /// What all defensible choices make of some outcomes; nil: not asked.
  public var multiverses: [Multiverse]?
  /// What the answer is without each piece of evidence; nil: not asked.
  public var influence: Influence?

  /// What its pages on choices, scenarios and exposures show; a part that is missing has no section.
  package var supplement = Supplement()

  public init(_ answer: Answer, version: String, resources: PublishingResources) {
    self.answer = answer
    self.version = version
    self.resources = resources
  }

  /// The text of `answer.json`.
  public var json: String {
    answer.json(version: version, multiverses: multiverses, influence: influence)
      .text(indented: true)
  }

  /// Writes the dossier into a folder, which is made if need be.
  ///
  /// All is made before anything is written, and each file is written beside its place, then moved
  /// into it.
  ///
  /// - Throws: `PublishingError`.
  public func write(to folder: URL) throws {
    let files = try files()
    let panels = folder.appending(path: "panels", directoryHint: .isDirectory)
    do {
      try FileManager.default.createDirectory(at: panels, withIntermediateDirectories: true)
    } catch {
      throw PublishingError.unwritable(path: folder.path, reason: reason(for: error))
    }
    for file in files {
      let place = folder.appending(path: file.name)
      do {
        try Data(file.text.utf8).write(to: place, options: .atomic)
      } catch {
        throw PublishingError.unwritable(path: place.path, reason: reason(for: error))
      }
    }
  }

  /// Makes the files: their names within the folder and their texts, the page last.
  ///
  /// - Throws: `PublishingError` when a file that pages are made with is missing.
  package func files() throws -> [(name: String, text: String)] {
    let panels = answer.outcomes.map { outcome in
      (name: outcome.panelFile, text: outcome.panel.table)
    }
    var pages = Pages(answer, version: version)
    pages.supplement = supplement
    pages.influence = influence
    pages.supplement.multiverses = multiverses ?? supplement.multiverses
    let html = try pages.dossier(
      json: answer.json(version: version), style: resources.page("pages.css"),
      script: resources.page("pages.js"),
      charts: resources.charts())
    return panels + [("answer.json", json), ("dossier.html", html)]
  }

  private func reason(for error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    guard cause.domain == NSPOSIXErrorDomain else { return "the folder does not take files" }
    return String(cString: strerror(Int32(cause.code)))
  }
}
