import Documents
import Foundation
import Testing

/// The program as a person runs it: its output, its messages and its exit codes.
@Suite struct CommandTests {
  private static let project = Program.project
  private static let builtIn = project.appending(path: "Casebooks/western-balkans")

  /// Runs the program in a folder.
  private func fulcrum(_ arguments: String..., in folder: URL) throws -> Program.Run {
    try Program.run(arguments, in: folder)
  }

  /// Gives a folder of its own, with a copy of the built-in casebook changed by `change`.
  private func withCasebook(
    _ change: (URL) throws -> Void = { _ in }, _ body: (URL) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "fulcrum-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let casebook = folder.appending(path: "casebook")
    try FileManager.default.copyItem(at: Self.builtIn, to: casebook)
    try change(casebook)
    try body(folder)
  }

  private func replace(_ text: String, by other: String, in file: URL) throws {
    let old = try String(contentsOf: file, encoding: .utf8)
    #expect(old.contains(text))
    try old.replacingOccurrences(of: text, with: other)
      .write(to: file, atomically: true, encoding: .utf8)
  }

  @Test func anUnknownCommandOffersTheNearest() throws {
    let run = try fulcrum("answr", in: Self.project)
    #expect(run.code == 2)
    #expect(run.errors == "fulcrum: unknown command `answr`; did you mean `answer`?\n")
  }

  @Test func theBuiltInCasebookHasNoProblems() throws {
    let run = try fulcrum("check", Self.builtIn.path, in: Self.project)
    #expect(run.code == 0 && run.errors.isEmpty)
  }

  /// Runs in a folder with a casebook whose study names a variable that it does not have.
  private func withAnUnknownVariable(_ body: (_ folder: URL) throws -> Void) throws {
    try withCasebook(
      { casebook in
        try replace(
          "variable: un-agreement-CHN", by: "variable: un-agrement-CHN",
          in: casebook.appending(path: "studies/nato-china.yaml"))
      }, body)
  }

  /// Evidence can be read before a study can be answered.
  @Test func followsAClaimToItsSourceWhereTheStudyHasNoAnswer() throws {
    try withAnUnknownVariable { folder in
      let claim = try fulcrum("trace", "cow-hrv-state", "--casebook", "casebook", in: folder)
      #expect(claim.code == 0 && claim.errors.isEmpty)
      #expect(claim.output.hasPrefix("claim cow-hrv-state\n"))
      #expect(claim.output.contains("What it moves is not known: `fulcrum answer` says why"))
      let outcome = try fulcrum("trace", "votes", "--casebook", "casebook", in: folder)
      #expect(outcome.code == 1 && outcome.errors.contains("is no variable"))
    }
  }

  @Test func whatIsWrongInStudiesAndScenariosIsCheckedToo() throws {
    try withAnUnknownVariable { folder in
      let run = try fulcrum("check", "casebook", in: folder)
      #expect(run.code == 1)
      #expect(run.output.contains("studies/nato-china.yaml\n  line "))
      #expect(run.output.contains("did you mean `un-agreement-CHN`?"))
      #expect(run.output.hasSuffix(" in 1 file.\n"))
    }
    try withCasebook { casebook in
      try replace(
        "horizon:", by: "horizn:", in: casebook.appending(path: "scenarios/bosnia-2030.yaml"))
    } _: { folder in
      let run = try fulcrum("check", "casebook", in: folder)
      #expect(run.code == 1 && run.output.contains("scenarios/bosnia-2030.yaml\n  line "))
    }
  }

  @Test func anUnknownStudyOffersTheNearestAndWritesNothing() throws {
    try withCasebook { folder in
      let run = try fulcrum("answer", "casebook", "--study", "nato-chna", in: folder)
      #expect(run.code == 1)
      #expect(
        run.errors
          == "There is no study `nato-chna` in this casebook; did you mean `nato-china`?\n")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "answer").path))
    }
  }

  @Test(arguments: [["answer", "casebook"], ["influence", "casebook"]])
  func severalStudiesAreListedByTheCommandThatAsks(_ words: [String]) throws {
    try withCasebook { casebook in
      let studies = casebook.appending(path: "studies")
      try FileManager.default.copyItem(
        at: studies.appending(path: "nato-china.yaml"), to: studies.appending(path: "other.yaml"))
    } _: { folder in
      let run = try Program.run(words, in: folder)
      #expect(run.code == 1 && run.output.isEmpty)
      #expect(
        run.errors
          == "fulcrum \(words[0]): the casebook has several studies; choose one with --study: "
          + "nato-china, other.\n")
    }
  }

  @Test func aStudyThatNamesAnUnknownVariableSaysTheLine() throws {
    try withAnUnknownVariable { folder in
      let run = try fulcrum("answer", "casebook", in: folder)
      #expect(run.code == 1)
      #expect(run.errors.hasPrefix("studies/nato-china.yaml, line "))
      #expect(run.errors.contains("did you mean `un-agreement-CHN`?"))
    }
  }

  @Test func aMissingTableIsNamed() throws {
    try withCasebook { casebook in
      try FileManager.default.removeItem(at: casebook.appending(path: "claims.csv"))
    } _: { folder in
      let run = try fulcrum("answer", "casebook", in: folder)
      #expect(run.code == 1)
      #expect(run.errors.contains("claims.csv"))
    }
  }

  @Test func anEmptyTableIsNamed() throws {
    try withCasebook { casebook in
      try Data().write(to: casebook.appending(path: "actors.csv"))
    } _: { folder in
      let run = try fulcrum("answer", "casebook", in: folder)
      #expect(run.code == 1)
      #expect(run.errors.contains("actors.csv"))
    }
  }

  @Test func aPoolWithNobodyTreatedIsNamed() throws {
    try withCasebook { casebook in
      try replace(
        "    actors: [ALB, BIH, XKX, MKD, MNE, SRB]", by: "    actors: [BIH, XKX, SRB]",
        in: casebook.appending(path: "studies/nato-china.yaml"))
    } _: { folder in
      let run = try fulcrum("answer", "casebook", in: folder)
      #expect(run.code == 1)
      #expect(run.errors.contains("nobody in the pool `six` joined NATO"))
    }
  }

  @Test func aPoolWithNobodyUntreatedIsNamed() throws {
    try withCasebook { casebook in
      try replace(
        "    actors: [ALB, BIH, XKX, MKD, MNE, SRB]", by: "    actors: [ALB, MKD, MNE]",
        in: casebook.appending(path: "studies/nato-china.yaml"))
    } _: { folder in
      let run = try fulcrum("answer", "casebook", in: folder)
      #expect(run.code == 1)
      #expect(run.errors.contains("everybody in the pool `six` had joined NATO"))
    }
  }

  @Test func aFolderThatIsNotThereCannotBeRead() throws {
    let run = try fulcrum("answer", "nowhere", in: FileManager.default.temporaryDirectory)
    #expect(run.code == 2)
    #expect(run.errors.contains("nowhere"))
  }

  @Test func aFolderThatCannotBeWrittenLeavesNothingBehind() throws {
    try withCasebook { folder in
      try Data("here".utf8).write(to: folder.appending(path: "taken"))
      let run = try fulcrum("answer", "casebook", "--out", "taken", in: folder)
      #expect(run.code == 2)
      #expect(run.errors.contains("taken"))
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(left == ["casebook", "taken"])
    }
  }

  private static let islands = project.appending(path: "Examples/harbour-league/casebook").path

  @Test func beforeTheFirstRecordItSaysThatNothingWas() throws {
    let run = try fulcrum(
      "answer", Self.islands, "--as-known-on", "2019-02-28", "--json", in: Self.project)
    #expect(run.code == 1 && run.output.isEmpty)
    #expect(
      run.errors
        == "fulcrum answer: nothing was recorded by 2019-02-28; the first record is of 2019-03-01.\n"
    )
  }

  @Test func aComparisonWithADayBeforeTheFirstRecordSaysThatNothingWas() throws {
    let run = try fulcrum(
      "diff", "2019-02-28", "2030-01-01", "--casebook", Self.islands, in: Self.project)
    #expect(run.code == 1 && run.output.isEmpty)
    #expect(
      run.errors
        == "fulcrum diff: nothing was recorded by 2019-02-28; the first record is of 2019-03-01.\n")
  }

  @Test func everyTextThatNamesAStateNamesItInTheChosenStyle() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "fulcrum-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: URL(filePath: Self.islands), to: folder)
    let codebook = folder.appending(path: "codebook.yaml")
    let style = """

      styles:
        - id: port
          title: Port Authority
          names: [{actor: FAR, name: Far Light Isle, note: So the charts say.}]

      """
    try (String(contentsOf: codebook, encoding: .utf8) + style)
      .write(to: codebook, atomically: true, encoding: .utf8)
    let scenarios = folder.appending(path: "scenarios")
    try FileManager.default.createDirectory(at: scenarios, withIntermediateDirectories: true)
    try """
    title: A step
    note: Assumed.
    study: league-meridian
    steps: [{actor: FAR, leaves: signatory, on: 2025}]
    transfer: 1
    horizon: 3

    """.write(to: scenarios.appending(path: "step.yaml"), atomically: true, encoding: .utf8)
    for words in [
      ["scenario", "step", "--casebook", folder.path], ["replay", folder.path, "--draws", "99"],
      ["influence", folder.path, "--estimates", "--channel", "trade"],
    ] {
      let plain = try Program.run(words, in: Self.project)
      #expect(plain.code == 0 && plain.output.contains("Farlight"), "\(words) \(plain.errors)")
      let styled = try Program.run(words + ["--names", "port"], in: Self.project)
      #expect(styled.code == 0 && !styled.output.contains("Farlight"), "\(words)")
      #expect(styled.output.contains("Far Light Isle: So the charts say."), "\(words)")
      let unknown = try Program.run(words + ["--names", "ports"], in: Self.project)
      #expect(unknown.code == 1 && unknown.errors.contains("is no style of this casebook"))
    }
  }

  @Test func aDayThatIsNoDateIsNamed() throws {
    let run = try fulcrum("answer", Self.islands, "--as-known-on", "yesterday", in: Self.project)
    #expect(run.code == 2 && run.errors.contains("--as-known-on") && run.output.isEmpty)
  }

  /// A correction of 2020-05-01 is unknown the day before, and a replay is the same to the byte.
  @Test func aPastDayIsAnsweredWithoutWhatCameLaterAndAlwaysAlike() throws {
    func answer(_ day: String) throws -> Program.Run {
      try fulcrum("answer", Self.islands, "--as-known-on", day, "--json", in: Self.project)
    }
    let before = try answer("2020-04-30")
    #expect(before.code == 0 && before.errors.isEmpty)
    #expect(before.output.contains("\"asKnownOn\": \"2020-03-01\""))
    #expect(before.output.contains("dues-BRI-2012-accounts"))
    #expect(!before.output.contains("dues-BRI-2012-corrected"))
    #expect(try answer("2020-04-30").output == before.output)
    let whole = try fulcrum("answer", Self.islands, "--json", in: Self.project)
    #expect(try answer("2020-05-01").output == whole.output && whole.output != before.output)
  }

  @Test func theSameAnswerTwiceGivesTheSameBytes() throws {
    try withCasebook { folder in
      for (name, threads) in [("one", "1"), ("two", "3")] {
        let run = try fulcrum(
          "answer", "casebook", "--out", name, "--threads", threads, "--quiet", in: folder)
        #expect(run.code == 0 && run.output.isEmpty, "\(run.errors)")
      }
      let one = folder.appending(path: "one")
      let files = try FileManager.default.subpathsOfDirectory(atPath: one.path)
        .filter { $0.contains(".") }
      #expect(files.contains("answer.json") && files.contains("dossier.html"))
      for file in files {
        let first = try Data(contentsOf: one.appending(path: file))
        let second = try Data(contentsOf: folder.appending(path: "two/\(file)"))
        #expect(first == second, "\(file)")
      }
    }
  }
}

/// The commands that say how far an answer can be trusted.
@Suite struct TrustCommandTests {
  private static let project = Program.project
  private static let example = project.appending(path: "Examples/harbour-league/casebook")

  private static let choices = """

    multiverse:
      - choice: anticipation
        title: Anticipation
        options: [{label: none, anticipation: 0}, {label: one, anticipation: 1}]
      - choice: estimator
        title: Estimator
        options: [{label: group-time, method: group-time}, {label: imputation, method: imputation}]
    """

  /// A copy of the example, its study with choices.
  private func withChoices(_ body: (URL, _ outcome: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "fulcrum-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let casebook = folder.appending(path: "casebook")
    try FileManager.default.copyItem(at: Self.example, to: casebook)
    let studies = casebook.appending(path: "studies")
    let file = try #require(
      try FileManager.default.contentsOfDirectory(at: studies, includingPropertiesForKeys: nil)
        .first)
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data((text + Self.choices).utf8).write(to: file)
    let expected = try JSONSerialization.jsonObject(
      with: Data(
        contentsOf: Self.example.deletingLastPathComponent().appending(path: "expected.json")))
    let outcomes = try #require(expected as? [[String: Any]])
    try body(folder, try #require(outcomes.first?["outcome"] as? String))
  }

  @Test func theMultiverseIsTheSameWhenCarriedOn() throws {
    try withChoices { folder, outcome in
      let words = ["multiverse", "casebook", "--outcome", outcome, "--draws", "19"]
      let whole = try Program.run(words, in: folder)
      #expect(whole.code == 0 && whole.output.contains("4 combinations"))
      #expect(whole.output.contains("What moves the estimate"))
      let kept = try Program.run(words + ["--resume", "kept.jsonl"], in: folder)
      #expect(kept.output == whole.output)
      let file = folder.appending(path: "kept.jsonl")
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 5)
      try Data((lines.prefix(3).joined(separator: "\n") + "\n").utf8).write(to: file)
      let again = try Program.run(words + ["--resume", "kept.jsonl", "--threads", "1"], in: folder)
      #expect(again.output == whole.output)
      let other = try Program.run(
        [
          "multiverse", "casebook", "--outcome", outcome, "--draws", "29", "--resume", "kept.jsonl",
        ],
        in: folder)
      #expect(other.code == 1 && other.errors.contains("The record is not of outcome"))
    }
  }

  @Test func aRecordIsAFileThatNobodyElseWrites() throws {
    try withChoices { folder, outcome in
      let words = ["multiverse", "casebook", "--outcome", outcome, "--draws", "19", "--resume"]
      let device = try Program.run(words + ["/dev/null"], in: folder)
      #expect(device.code == 2 && device.errors.contains("it is not a file"))
      let file = folder.appending(path: "kept.jsonl").path
      let used = try FileLock(onFile: file).hold(for: "a test", patience: 0) {
        try Program.run(words + ["kept.jsonl"], in: folder)
      }
      #expect(used.code == 2)
      #expect(used.errors.contains("by process \(ProcessInfo.processInfo.processIdentifier) "))
      #expect(try Program.run(words + ["kept.jsonl"], in: folder).code == 0)
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let changed = text.replacing("\"effect\":", with: "\"effect\":1")
      #expect(changed != text)
      try Data(changed.utf8).write(to: URL(filePath: file))
      let run = try Program.run(words + ["kept.jsonl"], in: folder)
      #expect(run.code == 1 && run.errors.hasPrefix("kept.jsonl: Line "))
      #expect(run.errors.contains("was changed after it was written"))
    }
  }

  @Test func theMultiverseGivesARowForEachSpecification() throws {
    try withChoices { folder, outcome in
      let run = try Program.run(
        ["multiverse", "casebook", "--outcome", outcome, "--draws", "19", "--csv"], in: folder)
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 5 && lines[0].hasPrefix("anticipation,estimator,estimate,p,"))
    }
  }

  @Test func aStudyWithoutChoicesIsToldHowToNameThem() throws {
    let run = try Program.run(["multiverse", Self.example.path], in: Self.project)
    #expect(run.code == 1 && run.errors.contains("the study names no choices"))
  }

  @Test func twoDaysAreComparedStepByStep() throws {
    let run = try Program.run(
      ["diff", "2019-03-15", "2030-01-01", "--casebook", Self.example.path], in: Self.project)
    #expect(run.code == 0 && run.output.contains("claims added"))
    let none = try Program.run(
      ["diff", "yesterday", "2030-01-01", "--casebook", Self.example.path], in: Self.project)
    #expect(none.code == 2 && none.errors.contains("`yesterday` is neither a day nor a folder"))
  }
}
