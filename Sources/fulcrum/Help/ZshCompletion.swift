/// The completion of zsh, made from the declarations of the commands.
struct ZshCompletion {
  let commands: [Command]

  var text: String {
    let listed = commands.filter { !$0.isHidden }
    let names = listed.map { "    '\(escaped($0.name)):\(escaped($0.summary))'" }
    return """
      #compdef fulcrum
      # zsh completion for fulcrum; made by `fulcrum completion zsh`

      _fulcrum() {
        local -a commands
        commands=(
      \(names.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )); then
          _describe -t commands command commands
          return
        fi
        shift words
        (( CURRENT-- ))
        case $words[1] in
      \(listed.map(branch).joined(separator: "\n"))
        esac
      }

      _fulcrum "$@"

      """
  }

  private func branch(_ command: Command) -> String {
    let specifications =
      command.everyOption.map { specification($0.option.form) }
      + ["'--help[show the help]'"] + operands(of: command)
    return """
          \(command.name))
            _arguments \\
      \(specifications.map { "        \($0)" }.joined(separator: " \\\n"))
            ;;
      """
  }

  private func specification(_ form: OptionForm) -> String {
    guard let placeholder = form.placeholder else { return "'\(form.name)[\(escaped(form.help))]'" }
    return
      "'\(form.name)=[\(escaped(form.help))]:\(escaped(placeholder)):\(action(form.completion))'"
  }

  private func operands(of command: Command) -> [String] {
    let words = command.topics.all.filter { $0.place == .firstOperand }.map(\.name)
    let first =
      words.isEmpty
      ? []
      : [
        "'1:\(command.topics.placeholder):{ _alternative \"words:word:(\(words.joined(separator: " ")))\" \"files:file:_files\" }'"
      ]
    let places = command.operands.enumerated().map { place, operand in
      let form = operand.form
      let isLast = form.count == .atLeastOne || form.count == .any
      let number = isLast ? "*" : "\(place + first.count + 1)"
      return "'\(number):\(escaped(form.name)):\(action(form.completion))'"
    }
    return first + places
  }

  private func action(_ completion: Completion) -> String {
    switch completion {
    case .nothing: " "
    case .files: "_files"
    case .folders: "_files -/"
    case .words(let words): "(\(words.joined(separator: " ")))"
    }
  }

  /// A text inside of single quotes and of the brackets of a specification.
  private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("'", with: "'\\''").replacing("[", with: "\\[")
      .replacing("]", with: "\\]").replacing(":", with: "\\:")
  }
}
