import Documents
import Dispatch
import Evidence
import Foundation
import Publishing
import Studies
import Synchronization

enum MultiverseCommand {
  private static let outcome = Option(
    "--outcome", .list(of: "outcomes"), otherwise: "the headlines", help: "the outcomes")
  private static let cap = Option(
    "--cap", .whole(1...1_000_000), default: MultiverseRun.standardCap,
    help: "the most combinations; if there are more, that many are drawn")
  private static let draws = Option(
    "--draws", .whole(19...1_000_000), default: MultiverseRun.standardDraws,
    help: "permutations of who joined when")
  private static let seed = Option(
    "--seed", .seed, otherwise: "the study's", help: "seed of the draws")
  private static let resume = Option(
    "--resume", .file, help: "keep finished results in FILE, and continue from it")
  private static let json = Option(
    "--json", help: "print the key multiverse of answer.json instead of the text")
  private static let csv = Option(
    "--csv", help: "print a row for each specification instead of the text; one outcome")

  static let command = Command(
    name: "multiverse",
    summary: "Estimates an outcome under every combination of the study's defensible choices.",
    operands: [Shared.casebook],
    options: [
      Shared.study, outcome, cap, draws, seed, Shared.threads, Shared.limits, resume,
      Shared.out, json, csv, Shared.noProgress,
    ],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let (casebook, study) = try arguments.readStudy(in: arguments[Shared.casebook])
    let multiverses = try multiverses(arguments, study, casebook)
    if arguments[csv] || arguments[json] {
      let text = arguments[csv] ? multiverses.map(\.table).joined() : multiverses.text
      try Output.write(Data(text.utf8), to: arguments[Shared.out])
    } else {
      try Output.show(text(multiverses, arguments), to: arguments[Shared.out])
    }
    return .clean
  }

  /// The multiverses of the outcomes that the arguments name; the headlines when they name none.
  private static func multiverses(
    _ arguments: Arguments, _ study: Study, _ casebook: Casebook
  ) throws -> [Multiverse] {
    let headlines = study.channels.flatMap(\.outcomes).filter(\.isHeadline).map(\.id)
    let outcomes = arguments[outcome] ?? headlines
    if outcomes.count > 1 {
      try arguments.refuse([resume, csv], because: "takes one outcome; name it with --outcome")
    }
    guard !study.choices.isEmpty else {
      throw arguments.failure(
        "the study names no choices; add `multiverse:` to \(study.id).yaml, as its template shows.",
        code: .problems)
    }
    let stop = Interruption()
    return try outcomes.map { outcome in
      let run = try MultiverseRun(
        study, outcome: outcome, from: casebook, cap: arguments[cap], draws: arguments[draws],
        seed: arguments[seed], threads: arguments[Shared.threads])
      return try completed(run, arguments, stop)
    }
  }

  /// Works through a run, or to where a person stops it.
  private static func completed(
    _ start: MultiverseRun, _ arguments: Arguments, _ stop: Interruption
  ) throws -> Multiverse {
    guard let path = arguments[resume] else { return try completed(start, nil, arguments, stop) }
    let file = try OutputFile(path).replaceable()
    return try FileLock(onFile: file).hold(for: "fulcrum multiverse", patience: 0) {
      var run = start
      let record = MultiverseRecord(path)
      try record.restore(&run)
      return try completed(run, record, arguments, stop)
    }
  }

  /// The same, with a record that is written as the work goes on; without one only where it is stopped.
  private static func completed(
    _ start: MultiverseRun, _ kept: MultiverseRecord?, _ arguments: Arguments, _ stop: Interruption
  ) throws -> Multiverse {
    var run = start
    let outcome = run.outcome.id
    var record = kept ?? MultiverseRecord("multiverse-\(run.study.id)-\(outcome).jsonl")
    let progress = Progress(
      outcome, of: "specifications", isQuiet: arguments[Shared.noProgress])
    progress.show(run.results.count, of: run.total)
    while !run.isComplete, !stop.isAsked {
      try run.advance(by: 32)
      if kept != nil { try record.append(run) }
      progress.show(run.results.count, of: run.total)
    }
    progress.end()
    guard !run.isComplete else { return run.multiverse() }
    if kept == nil { try record.append(run) }
    throw arguments.failure(
      "stopped after \(run.results.count) of \(run.total) specifications of \(outcome); continue "
        + "with --outcome \(outcome) --resume \(record.path).",
      code: .problems)
  }

  private static func text(_ multiverses: [Multiverse], _ arguments: Arguments) -> String {
    let isColoured = Output.isTerminal && !arguments.isGiven(Shared.out)
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
  let path: String
  private var written = 0
  private var isOpen = false

  init(_ path: String) { self.path = path }

  /// Takes over what the file has, when it is there.
  func restore(_ run: inout MultiverseRun) throws {
    guard FileStatus(at: path) != nil else { return }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        message: "fulcrum multiverse: \(path) cannot be read; make it readable, or name a new file."
      )
    }
    do { try run.restore(String(decoding: data, as: UTF8.self), version: Fulcrum.version) } catch {
      throw Failure(message: "\(path): \(sentence(of: error))", code: .problems)
    }
  }

  /// Writes the results that are not yet written; the first time all of them.
  mutating func append(_ run: MultiverseRun) throws {
    let header = isOpen ? [] : [run.recordHeader(version: Fulcrum.version)]
    let lines = header + run.record(from: written, version: Fulcrum.version)
    let data = Data(lines.map { $0 + "\n" }.joined().utf8)
    let file = OutputFile(path)
    try isOpen ? file.append(data) : file.write(data)
    isOpen = true
    written = run.results.count
  }
}
