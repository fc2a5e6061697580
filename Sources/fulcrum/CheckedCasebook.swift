import Documents
import Evidence
import Foundation
import Scenarios
import Studies

// What `check` finds in a casebook beyond its tables, and what may therefore not be added to it.

extension Casebook {
  /// The problems of the studies and scenarios.
  ///
  /// - Throws: What keeps one of them from being read.
  func problemsOfQuestions() throws -> [Problem] {
    let studies = try studies.values.sorted { $0.path < $1.path }.flatMap { file in
      try problems { _ = try Study(contentsOf: file, for: self) }
    }
    let scenarios = try scenarios.values.sorted { $0.path < $1.path }.flatMap { file in
      try problems { _ = try Scenario(contentsOf: file, for: self) }
    }
    return (studies + scenarios).uniqued
  }

  /// The problems that reading a file throws.
  private func problems(_ read: () throws -> Void) throws -> [Problem] {
    do {
      try read()
      return []
    } catch StudyError.problems(let problems) {
      return problems
    } catch ScenarioError.problems(let problems) {
      return problems
    }
  }

  /// Refuses a change that gives a study or scenario a problem that it did not have.
  ///
  /// - Throws: `CasebookError.problems`.
  static func checkQuestions(before: Casebook, after: Casebook) throws {
    let new = Set(try after.problemsOfQuestions()).subtracting(try before.problemsOfQuestions())
    guard new.isEmpty else {
      throw CasebookError.problems(
        new.sorted { ($0.file, $0.description) < ($1.file, $1.description) })
    }
  }
}
