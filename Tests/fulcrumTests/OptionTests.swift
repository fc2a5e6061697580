import Foundation
import Testing

@testable import fulcrum

/// How the words of a command line become values, and what is said of those that do not.
@Suite struct OptionTests {
  private static let count = Option("--count", .whole(1...1000), default: 7, help: "a count")
  private static let share = Option("--share", .number(0..<1), help: "a share")
  private static let name = Option("--name", .text, help: "a name")
  private static let quiet = Option("--quiet", help: "print nothing")
  private static let place = Option(required: "--place", .folder, help: "a folder")
  private static let first = Operand("A")
  private static let rest = Operand(any: "B")

  private static let command = Command(
    name: "try", summary: "Tries.", operands: [first, rest],
    options: [count, share, name, quiet, place], run: { _ in .clean })

  private func read(_ words: String...) throws -> Arguments {
    try Arguments(words, for: Self.command)
  }

  private func message(_ words: [String], for command: Command = command) -> String? {
    do {
      _ = try Arguments(words, for: command)
      return nil
    } catch { return Fulcrum.message(of: error) }
  }

  @Test func valuesHaveTheTypeOfTheirOption() throws {
    let read = try read("x", "--count", "12", "--share=0.5", "--quiet", "--place", "here", "y", "z")
    #expect(read[Self.count] == 12 && read[Self.share] == 0.5 && read[Self.quiet])
    #expect(read[Self.place] == "here" && read[Self.name] == nil)
    #expect(read[Self.first] == "x" && read[Self.rest] == ["y", "z"])
    #expect(read.isGiven(Self.count) && !read.isGiven(Self.name))
  }

  @Test func whatIsNotGivenHasItsDefault() throws {
    let read = try read("x", "--place", "here")
    #expect(read[Self.count] == 7 && read[Self.share] == nil && !read[Self.quiet])
    #expect(read[Self.rest].isEmpty)
  }

  @Test func afterTwoDashesAllAreOperands() throws {
    let read = try read("--place", "here", "--", "--count", "-x")
    #expect(read[Self.first] == "--count" && read[Self.rest] == ["-x"])
  }

  @Test(arguments: [
    (["x"], "fulcrum try: --place is missing; add --place DIR."),
    (["--place", "."], "fulcrum try: expected at least one argument, A and B; got none."),
    (["--quit"], "fulcrum: unknown option `--quit` for `try`; did you mean `--quiet`?"),
    (["--zzzzzz"], "fulcrum: unknown option `--zzzzzz` for `try`; see `fulcrum try --help`."),
    (["--quiet=yes"], "fulcrum try: --quiet takes no value; leave it out."),
    (["--count"], "fulcrum try: --count needs a value: --count N."),
    (["--count", "--quiet"], "fulcrum try: --count needs a value: --count N."),
    (["--count", "1", "--count", "2"], "fulcrum try: --count is given twice; keep one."),
    (
      ["x", "--place", ".", "--count", "0"],
      "fulcrum try: --count: expected a whole number from 1 to 1000; got `0`."
    ),
    (["x", "--place", "."], nil),
  ])
  func whatIsWrongIsSaidWithWhatWouldBeRight(_ words: [String], _ expected: String?) {
    #expect(message(words) == expected)
  }

  /// Every option of every command that reads a number.
  private static let numbers: [(command: Command, topic: Topic?, option: any DeclaredOption)] =
    Fulcrum.commands.flatMap { command in
      ([nil] + command.topics.all.map(Optional.some)).flatMap { topic in
        command.options(of: topic)
          .filter { ["N", "X", "X,Y", "YEAR", "YEARS", "E"].contains($0.form.placeholder ?? "") }
          .map { (command, topic, $0) }
      }
    }

  @Test(arguments: [
    "9223372036854775808", "-9223372036854775808", "-1", "1e12", "1e400", "nan", "inf", "-inf",
    "0x10", "1_000", "", " 5", "٣", "99999999999999999999999999",
  ])
  func noNumberOutsideOfItsRangeIsRead(_ text: String) {
    #expect(Self.numbers.count > 40)
    for (command, topic, option) in Self.numbers {
      // Sizes and penalties may be large.
      let isLarge = ["--m", "--lambda"].contains(option.name)
      if isLarge, let number = Double(text), (0...1e100).contains(number) { continue }
      let place = "\(command.name) \(topic?.name ?? "") \(option.name)"
      #expect(throws: Misreading.self, "\(place) \(text)") { try option.value(reading: text) }
    }
  }

  @Test func levelsNearOneAreRefused() throws {
    let level = EstimateOptions.level
    for text in ["0.9999999999999999", "1", "0", "1e-300"] {
      #expect(throws: Misreading.self) { try level.value(reading: text) }
    }
    #expect(try level.value(reading: "0.999999") as? Double == 0.999999)
  }

  @Test func theLargestSeedIsRead() throws {
    let seed = try Shared.seed.value(reading: "9223372036854775807")
    #expect(seed as? UInt64 == UInt64(Int.max))
  }

  @Test func everyRangeIsInTheHelp() {
    for (command, topic, option) in Self.numbers where option.form.placeholder == "N" {
      let isSeed = option.name == "--seed"
      #expect(
        isSeed || option.form.remark?.contains(" to ") == true,
        "\(command.name) \(topic?.name ?? "") \(option.name)")
    }
  }

  @Test func everyDefaultIsAValueOfItsOption() throws {
    for command in Fulcrum.commands {
      for option in command.everyOption.map(\.option) {
        guard let text = option.form.defaultText, !text.contains(" ") || text == "0,0.5,1,1.5,2"
        else { continue }
        // A default in words is found when the program runs.
        let words = ["today", "all", "cross-validated"]
        if words.contains(text) { continue }
        #expect(throws: Never.self, "\(command.name) \(option.name) \(text)") {
          try option.value(reading: text)
        }
      }
    }
  }

  @Test func noNameIsDeclaredTwiceForOneUse() {
    for command in Fulcrum.commands {
      for topic in [nil] + command.topics.all.map(Optional.some) {
        let names = command.options(of: topic).map(\.name)
        #expect(Set(names).count == names.count, "\(command.name) \(topic?.name ?? "")")
      }
    }
  }
}
