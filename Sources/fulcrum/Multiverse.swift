import Documents
import Dispatch
import Evidence
import Foundation
import Publishing
import Studies
import Synchronization

extension Fulcrum {
  static let multiverse = Command(
    name: "multiverse",
    summary: "Estimates an outcome under every combination of the study's defensible choices.",
    operands: "[CASEBOOK] [--study ID] [--outcome ID]",
    options: [
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      Command.option("--outcome", "A,B", "the outcomes; the headlines unless given"),
      Command.option("--cap", "N", "the most combinations; above it they are drawn; 10000"),
      Command.option("--draws", "N", "how many permutations of who joined when; 199"),
      Command.option("--seed", "N", "the seed of the draws; the study's unless given"),
      Command.option("--threads", "N", "how many threads; all processors unless given"),
      Command.option("--resume", "FILE", "keep what is done in FILE, and carry on from it"),
      Command.option("--out", "FILE", "where the output goes; printed unless given"),
      Command.flag("--json", "the key multiverse of answer.json instead of the text"),
      Command.flag("--csv", "a row for each specification instead of the text; one outcome"),
      Command.flag("--quiet", "no progress"),
    ],
    run: { arguments in
      let path = try arguments.casebook()
      let (casebook, study) = try asked(arguments, casebook: path)
      let multiverses = try multiverses(arguments, study, casebook)
      try arguments.write(Data(try output(multiverses, arguments).utf8))
      return .clean
    })

  /// The multiverses of the outcomes that the arguments name; the headlines when they name none.
  private static func multiverses(
    _ arguments: Arguments, _ study: Study, _ casebook: Casebook
  ) throws -> [Multiverse] {
    let headlines = study.channels.flatMap(\.outcomes).filter(\.isHeadline).map(\.id)
    let outcomes = arguments.list("--outcome") ?? headlines
    if outcomes.count > 1 {
      for option in ["--resume", "--csv"] where arguments[option] != nil || arguments.has(option) {
        throw arguments.failure("\(option) is of one outcome; name it with --outcome.")
      }
    }
    guard !study.choices.isEmpty else {
      throw arguments.failure(
        "the study names no choices; add `multiverse:` to \(study.id).yaml, as its template shows.",
        code: .problems)
    }
    let stop = Interruption()
    return try outcomes.map { outcome in
      try multiverse(of: outcome, arguments, study, casebook, stop)
    }
  }

  private static func multiverse(
    of outcome: String, _ arguments: Arguments, _ study: Study, _ casebook: Casebook,
    _ stop: Interruption
  ) throws -> Multiverse {
    let cap = try arguments.integer("--cap") ?? MultiverseRun.standardCap
    guard cap > 0 else { throw arguments.failure("--cap takes a number from 1.") }
    let draws = try arguments.integer("--draws") ?? MultiverseRun.standardDraws
    guard draws >= 19 else { throw arguments.failure("--draws takes a number from 19.") }
    let seed = try arguments.integer("--seed")
    guard seed ?? 0 >= 0 else { throw arguments.failure("--seed takes a number from 0.") }
    var run = try MultiverseRun(
      study, outcome: outcome, from: casebook, cap: cap, draws: draws,
      seed: seed.map { UInt64($0) }, threads: try arguments.threads())
    let path = arguments["--resume"] ?? "multiverse-\(study.id)-\(outcome).jsonl"
    var record = MultiverseRecord(URL(filePath: path))
    if arguments["--resume"] != nil { try record.restore(&run) }
    var progress = Progress(
      run, isShown: !arguments.has("--quiet") && isatty(STDERR_FILENO) == 1)
    while !run.isComplete, !stop.isAsked {
      try run.advance(by: 32)
      if arguments["--resume"] != nil { try record.append(run) }
      progress.show(run)
    }
    progress.end()
    if !run.isComplete {
      if arguments["--resume"] == nil { try record.append(run) }
      throw Failure(
        message: "fulcrum multiverse: stopped after \(run.results.count) of \(run.total) "
          + "specifications of \(outcome); carry on with --outcome \(outcome) --resume \(path).",
        code: .problems)
    }
    return run.multiverse()
  }

  private static func output(
    _ multiverses: [Multiverse], _ arguments: Arguments
  ) throws -> String {
    if arguments.has("--csv") { return multiverses.map(\.table).joined() }
    if arguments.has("--json") { return multiverses.text }
    let isColoured = isTerminal && arguments["--out"] == nil
    return multiverses.map { MultiverseText($0).text(isColoured: isColoured) }
      .joined(separator: "\n")
  }
}

/// Whether a person asked the work to stop.
///
/// The first Ctrl-C lets what is under way end; the second ends the program.
private struct Interruption {
  private final class Flag: Sendable {
    let isSet = Mutex(false)
  }

  private let flag = Flag()
  private let source: any DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [flag] in
      signal(SIGINT, SIG_DFL)
      flag.isSet.withLock { $0 = true }
    }
    source.resume()
  }

  var isAsked: Bool { flag.isSet.withLock { $0 } }
}

/// The file that keeps what is done of one multiverse.
private struct MultiverseRecord {
  private let file: URL
  private var written = 0
  private var isOpen = false

  init(_ file: URL) { self.file = file }

  /// Takes over what the file has, when it is there.
  mutating func restore(_ run: inout MultiverseRun) throws {
    guard let data = try? Data(contentsOf: file) else { return }
    try run.restore(String(decoding: data, as: UTF8.self))
  }

  /// Writes the results that are not yet written; the first time all of them.
  mutating func append(_ run: MultiverseRun) throws {
    let lines = (isOpen ? [] : [run.recordHeader]) + run.record(from: written)
    let data = Data(lines.map { $0 + "\n" }.joined().utf8)
    do {
      if isOpen {
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: data)
      } else {
        try data.write(to: file, options: .atomic)
      }
    } catch {
      throw Failure(
        message: "fulcrum multiverse: \(file.relativePath) cannot be written; name a file in a "
          + "folder that is there.")
    }
    isOpen = true
    written = run.results.count
  }
}

/// A line on the terminal that says how far the work is and how long it still takes.
private struct Progress {
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let before: Int

  init(_ run: MultiverseRun, isShown: Bool) {
    self.isShown = isShown
    before = run.results.count
  }

  mutating func show(_ run: MultiverseRun) {
    guard isShown, run.results.count > before else { return }
    let spent = ContinuousClock.now - start
    let each = spent / Double(run.results.count - before)
    let left = Int((each * Double(run.total - run.results.count)).components.seconds)
    let text =
      "\(run.outcome.id): \(run.results.count) of \(run.total) specifications, "
      + (left >= 90 ? "about \((left + 30) / 60) minutes left" : "about \(left) s left")
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }

  func end() {
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
