/// The manual page, in the language of `man`, made from the declarations of the commands.
struct ManPage {
  let commands: [Command]
  let version: String

  var text: String {
    ([heading] + commands.filter { !$0.isHidden }.map(section) + [closing])
      .joined(separator: "\n") + "\n"
  }

  private var heading: String {
    """
    .TH FULCRUM 1 "" "fulcrum \(version)" "User Commands"
    .SH NAME
    fulcrum \\- answer a causal question from sourced evidence
    .SH SYNOPSIS
    .B fulcrum
    .I COMMAND
    .RI [ options ]
    .SH DESCRIPTION
    Fulcrum reads a casebook, a folder of claims with their sources, and answers the question of its
    study: whether joining an organisation changed how states deal with another power. The answer has
    an estimate with its uncertainty where the comparison can decide, and leads every number back to
    the claims that it rests on. Commands that take a casebook use the one that comes with the program
    where none is named.
    .SH COMMANDS
    """
  }

  private func section(_ command: Command) -> String {
    var lines = [".SS \"\(roff(command.name))\"", paragraph(command.summary), ".PP"]
    let usage = HelpText.usage(of: command).dropFirst("usage: ".count).split(separator: "\n")
    lines.append(
      usage.map { ".B \(roff($0.trimmingPrefix { $0 == " " }))" }.joined(separator: "\n.br\n"))
    if !command.details.isEmpty {
      lines += command.details.split(separator: "\n").flatMap { [".PP", paragraph(String($0))] }
    }
    if !command.topics.all.isEmpty {
      lines += [".PP", "\(roff(command.topics.placeholder)) is one of:"]
      lines += command.topics.all.flatMap { item($0.name, $0.summary) }
    }
    lines += command.everyOption.flatMap { option, topics in
      item(
        HelpText.term(option.form),
        HelpText.text(option.form)
          + (topics.isEmpty ? "" : " [\(topics.joined(separator: ", "))]"))
    }
    return lines.joined(separator: "\n")
  }

  private func item(_ term: String, _ text: String) -> [String] {
    [".TP", ".B \(roff(term))", paragraph(text)]
  }

  private var closing: String {
    """
    .SH EXIT STATUS
    .TP
    .B 0
    The input has no problems.
    .TP
    .B 1
    The input has problems: a casebook, a study, a panel.
    .TP
    .B 2
    Something cannot be read or written, the arguments included.
    .SH EXAMPLES
    .TP
    .B fulcrum answer
    Answers the question of the casebook that comes with the program.
    .TP
    .B fulcrum serve
    Serves the same answer in a browser, with controls that recompute it.
    .TP
    .B fulcrum init mine
    Starts a casebook of your own in the folder mine.
    """
  }

  /// A text as one line that no character of it turns into a request.
  private func paragraph(_ text: String) -> String {
    let line = roff(text)
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  private func roff(_ text: some StringProtocol) -> String {
    String(text).replacing("\\", with: "\\e").replacing("-", with: "\\-")
  }
}
