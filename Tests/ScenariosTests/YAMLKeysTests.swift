import Documents
import Foundation
import Testing

@testable import Scenarios
@testable import Studies

/// The documentation of the keys is what the readers take.
@Suite struct YAMLKeysTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Documentation", directoryHint: .isDirectory).standardizedFileURL
  private static let isRewriting =
    ProcessInfo.processInfo.environment["FULCRUM_GOLDEN"] == "rewrite"

  @Test(arguments: ["Study.md", "Scenario.md"])
  func theDocumentationIsCurrent(_ name: String) throws {
    let text = name == "Study.md" ? StudyKeys.documentation : ScenarioKeys.documentation
    let file = Self.folder.appending(path: name)
    if Self.isRewriting { try Data(text.utf8).write(to: file) }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test(arguments: StudyKeys.all.indices)
  func aKeyOfAStudyIsListedOnceWithItsMeaning(_ index: Int) {
    let keys = StudyKeys.all[index]
    #expect(Set(keys.names).count == keys.names.count)
    #expect(keys.keys.allSatisfy { !$0.help.isEmpty && !$0.takes.isEmpty })
  }
}
