enum CompletionCommand {
  private static let shell = Operand("SHELL", completion: .words(["bash", "zsh"]))

  static let command = Command(
    name: "completion",
    summary: "Prints the completion of a shell, bash or zsh.",
    details: """
      For bash: `fulcrum completion bash > ~/.local/share/bash-completion/completions/fulcrum`.
      For zsh: `fulcrum completion zsh > _fulcrum`, in a folder of `$fpath`.
      """,
    operands: [shell],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    switch arguments[shell] {
    case "bash": try Output.write(BashCompletion(commands: Fulcrum.commands).text)
    case "zsh": try Output.write(ZshCompletion(commands: Fulcrum.commands).text)
    case let other: throw arguments.failure("SHELL: expected bash or zsh; got `\(other)`.")
    }
    return .clean
  }
}
