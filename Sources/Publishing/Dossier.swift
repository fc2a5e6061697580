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

  /// Writes the dossier into a folder, which is made if need be: all files or none.
  ///
  /// - Throws: `PublishingError`, `FileError`; then the folder has what it had before.
  public func write(to folder: URL) throws {
    let files = try files().map { ($0.name, Data($0.text.utf8)) }
    try FileSet.inNewFolder(folder).hold(for: "fulcrum answer") { set in
      try set.replace(Dictionary(files) { $1 })
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
}
