import Documents
import Foundation
import Publishing
import TestSupport
import Testing

@testable import fulcrum

/// No value of an option ends the program: it is refused by a message, or the result is finite.
@Suite struct ExtremeOptionsTests {
  @Test(arguments: Extremes.texts)
  func everyOptionReadsOrRefusesEveryText(_ text: String) {
    for command in Fulcrum.commands {
      for option in command.everyOption.map(\.option) where option.form.placeholder != nil {
        do { _ = try option.value(reading: text) } catch {
          let message = (error as? Misreading)?.message ?? "\(error)"
          #expect(message.contains(" "), "\(command.name) \(option.name): \(error)")
        }
      }
    }
  }

  /// Six units over eight periods, of which some are treated.
  private static let panel: String = {
    let starts = [0, 0, 0, 2004, 2005, 2004]
    let rows = starts.indices.flatMap { unit in
      (2000..<2008).map { year in
        let level = Double((unit * 7 + year * 3) % 11) + (year == 2006 ? 0.5 : 0)
        return "u\(unit),\(year),\(level),\(starts[unit])"
      }
    }
    return (["unit,year,y,first"] + rows).joined(separator: "\n") + "\n"
  }()

  /// Values near the ends of what options take; more draws than a test has time for are left out.
  private static let values = [
    "0", "1", "2", "1000", "1000000", "0.001", "0.999999", "1e-320", "1e12", "1e100",
    "9223372036854775807",
  ]
  private static let draws: Set<String> = ["--randomize", "--wild", "--bootstrap", "--threads"]

  @Test(arguments: EstimateMethod.all.map(\.name))
  func everyNumberOfAMethodGivesAMessageOrAFiniteResult(_ name: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    try Data(Self.panel.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let method = try #require(EstimateMethod.all.first { $0.name == name })
    let command = EstimateCommand.command
    let usual = [
      file.path, "--unit", "unit", "--period", "year", "--outcome", "y", "--first-treated", "first",
      "--method", name,
    ]
    for option in command.options(of: method.topic) {
      guard ["N", "X"].contains(option.form.placeholder ?? "") else { continue }
      for value in Self.values {
        let isLong = (Int(value) ?? 0) > 1000 && Self.draws.contains(option.name)
        guard !isLong, (try? option.value(reading: value)) != nil else { continue }
        do {
          let report = try EstimateCommand.report(
            Arguments(usual + ["\(option.name)=\(value)"], for: command))
          #expect(!report.text.contains("nan"), "\(name) \(option.name)=\(value)")
        } catch {
          let message = (error as? Failure)?.message ?? ""
          #expect(message.contains(" "), "\(name) \(option.name)=\(value): \(error)")
        }
      }
    }
  }

  @Test(arguments: [
    ("{\"event_time\": [9223372036854775807, -9223372036854775808], \"beta\": [1, 1], \"covariance\": [[1, 0], [0, 1]]}"),
    ("{\"event_time\": [-1, 0], \"beta\": [1e308, 1e308], \"covariance\": [[1e308, 0], [0, 1e308]]}"),
    ("{\"event_time\": [-2, 0], \"beta\": [5e-324, 0], \"covariance\": [[5e-324, 0], [0, 5e-324]]}"),
    ("{\"event_time\": [], \"beta\": [], \"covariance\": []}"),
    ("{\"event_time\": [-1000000000, 1000000000], \"beta\": [1, 1], \"covariance\": [[1, 0], [0, 1]]}"),
  ])
  func anEventStudyOfExtremesGivesAMessageOrAResult(_ text: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    do {
      let report = try EstimateCommand.report(
        Arguments(["honest", file.path], for: EstimateCommand.command))
      #expect(!report.text.contains("nan"))
    } catch { #expect(error is Failure, "\(error)") }
  }
}
