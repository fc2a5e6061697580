import HTTP
import Evidence
import Foundation
import Observatory
import Publishing
import Studies

enum ServeCommand {
  private static let port = Option(
    "--port", .whole(0...65535), default: 8010, help: "the port; 0 takes a free one")
  private static let host = Option(
    "--host", .text.named("H"), default: "127.0.0.1",
    help: "the address to listen on; the default is reached from this machine only")
  private static let shareWith = Option(
    "--share-with", .origin,
    help: "let the pages of another site read it, such as https://example.org")
  private static let hostNames = Option<[String]?>(
    "--host-name", .hostNames,
    help: "further names that it answers to, such as fulcrum.example.org; separated by commas")
  private static let requestDraws = Option(
    "--request-draws", .whole(99...100_000), default: Observatory.Settings.usualDraws,
    help: "the most reassignments that a client may ask for")

  static let command = Command(
    name: "serve",
    summary: "Serves the answer live in a browser, with controls that recompute it.",
    operands: [Shared.casebook],
    options: [
      port, host, Shared.study, Shared.names, Shared.threads, Shared.limits, shareWith, hostNames,
      requestDraws,
      Shared.quiet,
    ],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let (casebook, study) = try arguments.readNamedStudy(in: arguments[Shared.casebook])
    let observatory = try Observatory(
      study, casebook: casebook, version: Fulcrum.version, resources: .ofProgram,
      settings: settings(arguments))
    let stops = StopSignals()
    let server: Server
    do {
      server = try Server(host: arguments[host], port: arguments[port]) {
        observatory.reply(to: $0)
      }
    } catch let error as ServerError { throw arguments.failure("\(error)") }
    if Admission.isEverywhere(arguments[host]) {
      Output.complain(
        "fulcrum serve: everybody who can reach this machine can read the casebook and make it "
          + "compute; leave --host out to serve this machine only.")
    }
    if !arguments[Shared.quiet] {
      try Output.show("\(study.question)\nServed at \(server.address) until Ctrl-C.\n")
    }
    stops.wait()
    server.stop()
    // Threads may still work out what nobody waits for any more; `exit` would take away what they use.
    _exit(ExitCode.clean.rawValue)
  }

  private static func settings(_ arguments: Arguments) -> Observatory.Settings {
    Observatory.Settings(
      threads: arguments[Shared.threads],
      admission: Admission(
        host: arguments[host], names: arguments[hostNames] ?? [], sharedWith: arguments[shareWith]),
      mostDraws: arguments[requestDraws])
  }
}

extension OptionType<Origin> {
  /// The origin of a site's pages.
  static var origin: OptionType {
    OptionType("ORIGIN", "an origin such as https://example.org, without a path; not `*`") {
      Origin($0)
    }
  }
}

extension OptionType<[String]> {
  /// Names of a host, without ports.
  static var hostNames: OptionType {
    var type = OptionType("NAMES", "names such as fulcrum.example.org, without ports") { text in
      let names = text.split(separator: ",").map(String.init)
      return names.isEmpty || !names.allSatisfy(Admission.isHostName) ? nil : names
    }
    type.write = { $0.joined(separator: ",") }
    return type
  }
}

/// The signals that end a server, taken instead of ending the program.
struct StopSignals {
  private var signals = sigset_t()

  /// Keeps the signals from every thread that begins after this.
  init() {
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Waits for one of them.
  func wait() {
    var signals = signals
    var which: Int32 = 0
    sigwait(&signals, &which)
  }
}
