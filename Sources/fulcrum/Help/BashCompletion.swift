/// The completion of bash, made from the declarations of the commands.
struct BashCompletion {
  let commands: [Command]

  var text: String {
    """
    # bash completion for fulcrum; made by `fulcrum completion bash`

    # The options of a command, and of a method, format or kind of row of it.
    _fulcrum_options() {
      case "$1" in
    \(lines(options))
      esac
    }

    # The operands of a command, as words or as what compgen makes them of.
    _fulcrum_operands() {
      case "$1" in
    \(lines(operands))
      esac
    }

    # The values of an option; 2 for a flag.
    _fulcrum_values() {
      case "$1:$2" in
    \(lines(values))
        *) return 2 ;;
      esac
    }

    # The words that have options of their own.
    _fulcrum_topics() {
      case "$1" in
    \(lines(topics))
      esac
    }

    \(driver)

    """
  }

  private func lines(_ cases: [(pattern: String, action: String)]) -> String {
    cases.map { "    \($0.pattern)) \($0.action) ;;" }.joined(separator: "\n")
  }

  /// Each command alone and with each of its topics, by `command/topic`.
  private var places: [(name: String, command: Command, topic: Topic?)] {
    commands.flatMap { command in
      [(command.name + "/", command, nil)]
        + command.topics.all.map { (command.name + "/" + $0.name, command, Optional($0)) }
    }
  }

  private func names(_ options: [any DeclaredOption]) -> String {
    (options.map(\.name) + ["--help"]).joined(separator: " ")
  }

  private var options: [(pattern: String, action: String)] {
    places.map { name, command, topic in
      let own = topic == nil ? command.everyOption.map(\.option) : command.options(of: topic)
      return (name, "echo '\(names(own))'")
    }
  }

  private var topics: [(pattern: String, action: String)] {
    commands.filter { !$0.topics.all.isEmpty }.map { command in
      (command.name, "echo '\(command.topics.all.map(\.name).joined(separator: " "))'")
    }
  }

  private var operands: [(pattern: String, action: String)] {
    places.map { name, command, topic in
      let words =
        topic == nil
        ? command.topics.all.filter { $0.place == .firstOperand }.map(\.name) : []
      let kinds = Set(command.operands(of: topic).map(\.form.completion))
      return (name, action(for: kinds, words))
    }
  }

  private func action(for kinds: Set<Completion>, _ words: [String]) -> String {
    var words = words
    for case .words(let own) in kinds { words += own }
    let list = words.isEmpty ? [] : ["compgen -W '\(words.joined(separator: " "))' -- \"$2\""]
    let files = kinds.contains(.files) ? ["compgen -f -- \"$2\""] : []
    let folders = kinds.contains(.folders) ? ["compgen -d -- \"$2\""] : []
    return
      (list + files + folders + (list.isEmpty && files.isEmpty && folders.isEmpty ? [":"] : []))
      .joined(separator: "; ")
  }

  private var values: [(pattern: String, action: String)] {
    places.flatMap { name, command, topic in
      let own = topic == nil ? command.everyOption.map(\.option) : command.options(of: topic)
      return own.filter { $0.form.placeholder != nil }.map { option in
        (
          "\(name):\(option.name)",
          action(for: [option.form.completion], []).replacing("\"$2\"", with: "\"$3\"")
        )
      }
    }
  }

  private var driver: String {
    """
    _fulcrum() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
      local command=${COMP_WORDS[1]} topic= word found IFS=$'\\n'
      COMPREPLY=()
      if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W "$(printf '%s\\n' \(commandNames))" -- "$current"))
        return
      fi
      # bash splits --option=value into three words.
      if [[ $current == = ]]; then
        current=
      elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
      fi
      for word in "${COMP_WORDS[@]:2:COMP_CWORD-2}"; do
        [[ " $(_fulcrum_topics "$command") " == *" $word "* ]] && topic=$word
      done
      if [[ $current == -* ]]; then
        IFS=$' \\n'
        COMPREPLY=($(compgen -W "$(_fulcrum_options "$command/$topic")" -- "$current"))
      elif [[ $previous == --* ]] &&
        found=$(IFS=$' \\n'
          _fulcrum_values "$command/$topic" "$previous" "$current"
          (($? != 2)) || echo //) &&
        [[ $found != // ]]; then
        COMPREPLY=($found)
      else
        COMPREPLY=($(IFS=$' \\n'; _fulcrum_operands "$command/$topic" "$current"))
      fi
    }

    complete -o filenames -F _fulcrum fulcrum
    """
  }

  private var commandNames: String {
    (commands.filter { !$0.isHidden }.map(\.name) + ["help", "--help", "--version"])
      .joined(separator: " ")
  }
}
