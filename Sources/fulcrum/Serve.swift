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
    "--share-with", .text.named("ORIGIN"),
    help: "let the pages of another site read it, such as https://example.org")

  static let command = Command(
    name: "serve",
    summary: "Serves the answer live in a browser, with controls that recompute it.",
    operands: [Shared.casebook],
    options: [
      port, host, Shared.study, Shared.names, Shared.threads, shareWith, Shared.quiet,
    ],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let (casebook, study) = try arguments.readNamedStudy(in: arguments[Shared.casebook])
    let observatory = try Observatory(
      study, casebook: casebook, version: Fulcrum.version, resources: .ofProgram,
      threads: arguments[Shared.threads], sharedWith: arguments[shareWith])
    let stops = StopSignals()
    let server: Server
    do {
      server = try Server(host: arguments[host], port: arguments[port]) {
        observatory.respond(to: $0)
      }
    } catch let error as ServerError { throw arguments.failure("\(error)") }
    defer { server.stop() }
    if !arguments[Shared.quiet] {
      try Output.write("\(study.question)\nServed at \(server.address) until Ctrl-C.\n")
    }
    stops.wait()
    return .clean
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
