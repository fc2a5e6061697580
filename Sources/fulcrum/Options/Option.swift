/// An option of a command, with the type of its value: name, range, default, help and completion.
///
/// `arguments[option]` gives the value; an option without a default gives nil where it is not given.
struct Option<Value: Sendable>: DeclaredOption {
  let form: OptionForm
  fileprivate let read: @Sendable (String) throws -> Value
  /// The value where the option is not given; nil for an option that must be given.
  fileprivate let otherwise: (@Sendable () -> Value)?

  func value(reading text: String?) throws -> any Sendable {
    if let text { return try read(text) }
    guard let otherwise else { throw Misreading(message: "is missing") }
    return otherwise()
  }
}

/// What the help, the manual page and the completions say of an option.
struct OptionForm: Hashable, Sendable {
  let name: String
  let help: String
  /// What stands for the value, such as `N`; nil for a flag.
  var placeholder: String?
  /// What the help adds to the text, such as the values that may be given.
  var remark: String?
  /// What counts where the option is not given; nil where that is nothing.
  var defaultText: String?
  var isRequired = false
  var completion = Completion.nothing
}

/// An option of any type, as a command lists it.
protocol DeclaredOption: Sendable {
  var form: OptionForm { get }
  /// Reads the text after the option's name; nil stands for an option that is not given.
  ///
  /// - Throws: `Misreading`.
  func value(reading text: String?) throws -> any Sendable
}

extension DeclaredOption {
  var name: String { form.name }
}

extension Option where Value == Bool {
  /// Declares a flag, which takes no value.
  init(_ name: String, help: String) {
    form = OptionForm(name: name, help: help)
    read = { _ in true }
    otherwise = { false }
  }
}

extension Option {
  /// Declares an option whose value is nil where it is not given; `otherwise` says what counts then.
  init<Given>(
    _ name: String, _ type: OptionType<Given>, otherwise: String? = nil, help: String
  ) where Value == Given? {
    form = type.form(name, help, default: otherwise)
    read = { try type.read($0) }
    self.otherwise = { nil }
  }

  /// Declares an option with a default.
  init(_ name: String, _ type: OptionType<Value>, default value: Value, help: String) {
    form = type.form(name, help, default: type.write(value))
    read = type.read
    otherwise = { value }
  }

  /// Declares an option whose default is found when the program runs, and described by a text.
  init(
    _ name: String, _ type: OptionType<Value>, described text: String,
    default value: @escaping @Sendable () -> Value, help: String
  ) {
    form = type.form(name, help, default: text)
    read = type.read
    otherwise = value
  }

  /// Declares an option that must be given.
  init(required name: String, _ type: OptionType<Value>, help: String) {
    var form = type.form(name, help, default: nil)
    form.isRequired = true
    self.form = form
    read = type.read
    otherwise = nil
  }
}

extension OptionType {
  fileprivate func form(_ name: String, _ help: String, default text: String?) -> OptionForm {
    OptionForm(
      name: name, help: help, placeholder: placeholder, remark: remark, defaultText: text,
      completion: completion)
  }
}
