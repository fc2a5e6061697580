enum ManualCommand {
  static let command = Command(
    name: "manual",
    summary: "Prints the manual page in the language of `man`.",
    isHidden: true,
    run: { _ in
      try Output.write(ManPage(commands: Fulcrum.commands, version: Fulcrum.version).text)
      return .clean
    })
}
