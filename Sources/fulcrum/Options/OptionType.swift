/// How the value of an option is written and read.
struct OptionType<Value: Sendable>: Sendable {
  /// What stands for the value in the help: `N`, `FILE`.
  let placeholder: String
  /// What may be written, as an error says it: `a whole number from 1 to 1,000`.
  let expected: String
  /// What the help adds to the text of an option, such as the values that may be written.
  var remark: String?
  var completion = Completion.nothing
  var write: @Sendable (Value) -> String = { "\($0)" }
  let read: @Sendable (String) throws -> Value

  /// Describes a type by a reading that gives nil for what is not of the type.
  ///
  /// What the reading throws says itself what is wrong.
  init(
    _ placeholder: String, _ expected: String, read: @escaping @Sendable (String) throws -> Value?
  ) {
    self.placeholder = placeholder
    self.expected = expected
    self.read = { text in
      guard let value = try read(text) else {
        throw Misreading(message: "expected \(expected); got `\(text)`")
      }
      return value
    }
  }

  /// The same type with another placeholder.
  func named(_ placeholder: String) -> OptionType {
    var type = OptionType(placeholder, expected, read: read)
    (type.remark, type.completion, type.write) = (remark, completion, write)
    return type
  }
}

/// What is wrong with the value of an option; the reader of the command line names the option.
struct Misreading: Error {
  let message: String
}

/// What a shell offers while a person types a value.
enum Completion: Hashable, Sendable {
  case nothing, files, folders
  case words([String])
}
