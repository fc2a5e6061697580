import Evidence
import Foundation
import Documents

/// One thing that `fulcrum` can be asked to do.
struct Command: Sendable {
  /// An option that a command understands: a flag, or one that takes a value.
  struct Option: Sendable {
    let name: String
    /// What stands for the value in the help; nil for a flag.
    let value: String?
    let help: String
  }

  let name: String
  let summary: String
  /// What comes after the command's name, as the help shows it: `DIR`, `FORMAT FILE…`.
  let operands: String
  let options: [Option]
  /// Does the work and gives the exit code.
  let run: @Sendable (Arguments) throws -> ExitCode

  static func flag(_ name: String, _ help: String) -> Option {
    Option(name: name, value: nil, help: help)
  }

  static func option(_ name: String, _ value: String, _ help: String) -> Option {
    Option(name: name, value: value, help: help)
  }
}

/// How a run of the program ended; the same codes everywhere.
enum ExitCode: Int32 {
  case clean = 0
  case problems = 1
  /// Something cannot be read or written, the arguments included.
  case unreadable = 2
}

/// Why a run stops before its work is done.
struct Failure: Error {
  let message: String
  var code = ExitCode.unreadable
}

/// The words after a command's name, sorted into options and operands.
struct Arguments {
  private(set) var operands: [String] = []
  private var values: [String: String] = [:]
  private var flags: Set<String> = []
  let command: Command

  /// Sorts the words after a command's name.
  ///
  /// An option is `--name`, `--name value` or `--name=value`; after `--` all are operands.
  init(_ words: some Sequence<String>, for command: Command) throws {
    self.command = command
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        return
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      try take(word, &rest)
    }
  }

  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    if name == "--help" || name == "-h" {
      flags.insert("--help")
      return
    }
    guard let option = command.options.first(where: { $0.name == name }) else {
      let question = Suggestion.question(for: name, among: command.options.map(\.name))
      throw failure("\(name) is no option of it; \(question ?? "see --help.")")
    }
    guard option.value != nil else {
      guard parts.count == 1 else { throw failure("\(name) takes no value; leave it out.") }
      flags.insert(name)
      return
    }
    guard values[name] == nil else { throw failure("\(name) is given twice; keep one.") }
    guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst(),
      parts.count == 2 || !value.hasPrefix("--")
    else { throw failure("\(name) needs a value: \(name) \(option.value ?? "").") }
    values[name] = value
  }

  func has(_ flag: String) -> Bool { flags.contains(flag) }

  subscript(option: String) -> String? { values[option] }

  /// The comma-separated words of an option.
  func list(_ option: String) -> [String]? {
    values[option].map { $0.split(separator: ",").map(String.init) }
  }

  /// The whole number of an option.
  func integer(_ option: String) throws -> Int? {
    guard let text = values[option] else { return nil }
    guard let number = Int(text) else {
      throw failure("\(option) \(text) is no whole number; write digits.")
    }
    return number
  }

  /// The values of `KEY=VALUE,…` by their keys, each of which is known and stands once.
  func pairs(_ text: String, of option: String, known: [String]) throws -> [String: String] {
    var values: [String: String] = [:]
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=", maxSplits: 1).map(String.init)
      let key = words[0]
      guard known.contains(key) else {
        let advice =
          Suggestion.question(for: key, among: known)
          ?? "known are \(known.joined(separator: ", "))."
        throw failure("\(option): \(key) is no key of it; \(advice)")
      }
      guard words.count == 2 else { throw failure("\(option): \(key) has no value: \(key)=….") }
      guard values.updateValue(words[1], forKey: key) == nil else {
        throw failure("\(option): \(key) is given twice; keep one.")
      }
    }
    return values
  }

  /// The number of a key, which is not negative.
  func amount(_ text: String, of option: String, _ key: String) throws -> Double {
    guard let number = Double(text), number >= 0, number.isFinite else {
      throw failure("\(option): \(key) \(text) is no number of 0 or more.")
    }
    return number
  }

  /// Gives the operands, which must be as many as are named.
  func operands(_ names: String...) throws -> [String] {
    guard operands.count == names.count else {
      let wanted = names.joined(separator: " ")
      throw failure("\(operands.count) operands came; it takes \(wanted).")
    }
    return operands
  }

  /// Gives the casebook that the operands name, if they do.
  func casebook() throws -> String? {
    guard operands.count <= 1 else {
      throw failure("\(operands.count) casebooks came; it takes one.")
    }
    return operands.first
  }

  /// Writes the output into the file of `--out`, beside its place and then into it; else prints it.
  func write(_ output: Data) throws {
    guard let path = self["--out"] else {
      do { try FileHandle.standardOutput.write(contentsOf: output) } catch {
        throw failure("the output cannot be printed; name a file with --out.")
      }
      return
    }
    do { try output.write(to: URL(filePath: path), options: .atomic) } catch {
      throw failure("\(path) cannot be written; name a file in a folder that is there.")
    }
  }

  func failure(_ message: String, code: ExitCode = .unreadable) -> Failure {
    Failure(message: "fulcrum \(command.name): \(message)", code: code)
  }
}
