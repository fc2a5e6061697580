import Documents
import Evidence
import Foundation
import Publishing
import Studies

/// The operands and options that several commands share.
enum Shared {
  static let casebook = Operand(optional: "CASEBOOK", completion: .folders)
  static let casebookOption = Option(
    "--casebook", .folder, otherwise: "the built-in one", help: "the casebook")
  static let study = Option(
    "--study", .id, help: "the study; not needed if the casebook has only one")
  static let asKnownOn = Option(
    "--as-known-on", .date, help: "use only what was recorded by the end of this day")
  static let names = Option(
    "--names", .text.named("STYLE"), default: HouseStyle.neutral,
    help: "how actors are named: neutral, or a style of the codebook")
  static let threads = Option(
    "--threads", .whole(1...1000), described: "all processors",
    default: { ProcessInfo.processInfo.activeProcessorCount }, help: "number of threads")
  static let seed = Option("--seed", .seed, default: 1, help: "seed of everything drawn")
  static let limits = Option(
    "--limits", .limits, described: "these numbers", default: { .standard },
    help: "other limits of what is read, as NAME=N: "
      + ReadingLimits.all.map { limit in
        "\(limit.name)=\(ReadingLimits.standard[keyPath: limit.path]) \(limit.help)"
      }.joined(separator: ", "))
  static let noProgress = Option("--quiet", help: "show no progress")
  static let out = Option(
    "--out", .file, otherwise: "standard output", help: "the file to write")
  static let json = Option("--json", help: "print JSON instead of the text")
  static let quiet = Option("--quiet", help: "print nothing but errors")
}

/// The casebook and the study that a command line names.
extension Arguments {
  /// Reads a casebook; the built-in one when none is named.
  ///
  /// With `today`, dates of entry after it are problems.
  func readCasebook(at path: String?, today: Day? = nil) throws -> Casebook {
    let folder = path.map { URL(filePath: $0, directoryHint: .isDirectory) }
    return try Casebook(
      contentsOf: folder ?? Casebook.westernBalkans, today: today, limits: self[Shared.limits])
  }

  /// Reads a casebook and the study of it that `--study` names.
  func readStudy(in path: String?) throws -> (casebook: Casebook, study: Study) {
    let casebook = try readCasebook(at: path)
    return (casebook, try Study(contentsOf: studyFile(in: casebook), for: casebook))
  }

  /// The same, with the actors named in the style of `--names`.
  func readNamedStudy(in path: String?) throws -> (casebook: Casebook, study: Study) {
    let (casebook, study) = try readStudy(in: path)
    return (try casebook.named(by: self[Shared.names]), study)
  }

  /// The casebook as known on the day of `--as-known-on`, with the names of `--names`.
  func known(_ casebook: Casebook) throws -> Casebook {
    let day = self[Shared.asKnownOn]?.latest
    let known = try day.map { try asKnown(casebook, on: $0) } ?? casebook
    return try known.named(by: self[Shared.names])
  }

  /// The casebook as known on a day, by which something must have been recorded.
  func asKnown(_ casebook: Casebook, on day: Day) throws -> Casebook {
    let earlier = casebook.asKnown(on: day)
    guard !earlier.claims.isEmpty || !earlier.series.isEmpty else {
      let first = casebook.firstRecorded.map { "the first record is of \($0)" }
      throw failure(
        "nothing was recorded by \(day); "
          + "\(first ?? "the casebook has no claim and no series value").",
        code: .problems)
    }
    return earlier
  }

  /// The file of the study that `--study` names, or of the only one.
  func studyFile(in casebook: Casebook) throws -> URL {
    let known = casebook.studies.keys.sorted()
    if let name = self[Shared.study] {
      guard let file = casebook.studies[name] else {
        throw StudyError.unknownStudy(name, known: known)
      }
      return file
    }
    guard let only = known.first, known.count == 1, let file = casebook.studies[only] else {
      throw failure(
        known.isEmpty
          ? "the casebook has no study; write one in its studies/."
          : "the casebook has several studies; choose one with --study: "
            + known.joined(separator: ", ") + ".",
        code: .problems)
    }
    return file
  }
}
