import HTTP
import Evidence
import Foundation
import Observatory
import Publishing
import Studies

extension Fulcrum {
  static let serve = Command(
    name: "serve",
    summary: "Serves the answer live in a browser, with the controls that recompute.",
    operands: "[CASEBOOK] [--port N] [--host H]",
    options: [
      Command.option("--port", "N", "the port; 8010 unless given, 0 for a free one"),
      Command.option(
        "--host", "H", "the address to listen on; 127.0.0.1 unless given: this machine alone"),
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      namesOption,
      Command.option("--threads", "N", "how many threads; all processors unless given"),
      Command.option(
        "--share-with", "ORIGIN", "let another site's pages read it, such as https://example.org"),
      Command.flag("--quiet", "print nothing but errors"),
    ],
    run: { arguments in
      let path = try arguments.casebook()
      let port = try arguments.integer("--port") ?? 8010
      guard (0...65_535).contains(port) else {
        throw arguments.failure("--port takes a number from 0 to 65535.")
      }
      let (plain, study) = try asked(arguments, casebook: path)
      let observatory = try Observatory(
        study, casebook: named(plain, arguments), version: version, resources: .ofProgram,
        threads: try arguments.threads(), sharedWith: arguments["--share-with"])
      let stops = StopSignals()
      let server: Server
      do {
        server = try Server(host: arguments["--host"] ?? "127.0.0.1", port: port) {
          observatory.respond(to: $0)
        }
      } catch let error as ServerError { throw arguments.failure("\(error)") }
      if !arguments.has("--quiet") {
        // At once, also into a pipe.
        let text = "\(study.question)\nServed at \(server.address) until Ctrl-C.\n"
        try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
      }
      stops.wait()
      server.stop()
      return .clean
    })
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
