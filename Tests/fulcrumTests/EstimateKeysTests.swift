import Documents
import Foundation
import Publishing
import TestSupport
import Testing

@testable import fulcrum

/// The JSON of `fulcrum estimate`, and the page that says what its keys mean.
@Suite struct EstimateKeysTests {
  private static let page = Result {
    try DocumentedKeys(Program.project.appending(path: "Documentation/Outputs.md"))
  }
  private static let panels = Program.project.appending(path: "Tests/EffectsTests/ReferenceValues")

  private static let block = ["block/panel.csv", "--unit", "unit", "--period", "period"]
  private static let one = block + ["--outcome", "y", "--treatment", "treated1"]
  private static let four = block + ["--outcome", "y4", "--treatment", "treated4"]
  private static let staggered = [
    "staggered/panel.csv", "--unit", "id", "--period", "period", "--outcome", "y",
    "--first-treated", "cohort",
  ]

  /// Every method with options that between them bring out all that it can tell.
  private static let questions: [(part: String, asked: [(panel: [String], options: String)])] = [
    ("--method group-time`", [(staggered, "--method group-time --bootstrap 9 --randomize 3")]),
    ("--method twfe`", [(staggered, "--method twfe --wild 19")]),
    ("--method sun-abraham`", [(staggered, "--method sun-abraham --wild 19")]),
    ("--method imputation`", [(staggered, "--method imputation --randomize 3")]),
    (
      "--method synthetic-control`",
      [
        (
          one,
          "--method synthetic-control --placebo space --leave-one-out --interval conformal"
        ),
        (one, "--method synthetic-control --predictors p1,y@3,y@9 --placebo time"),
        (one, "--method synthetic-control --donors d01 --leave-one-out"),
      ]
    ),
    (
      "--method synthetic-control --pooling`",
      [(staggered, "--method synthetic-control --pooling separate --leads 2 --se jackknife")]
    ),
    (
      "--method augmented`",
      [
        (one, "--method augmented --interval conformal"),
        (staggered, "--method augmented --lambda 1"),
      ]
    ),
    (
      "--method synthetic-did`",
      [
        (one, "--method synthetic-did --se placebo --randomize 2"),
        (one, "--method synthetic-did --covariates p1 --variant did"),
        (staggered, "--method synthetic-did --se jackknife"),
      ]
    ),
    ("--method factors`", [(four, "--method factors --se bootstrap --bootstrap 5")]),
    (
      "--method matrix-completion`",
      [(four, "--method matrix-completion --se jackknife --donors d01,d02,d03,d04,d05,d06")]
    ),
    ("honest`", [(["honest", "sensitivity/coefs.json"], "--m 0,0.5,1")]),
  ]

  private static func report(_ panel: [String], _ options: String) throws -> String {
    var words = panel.map { word in
      word.contains("/") && !word.hasPrefix("/") ? panels.appending(path: word).path : word
    }
    words += options.split(separator: " ").map(String.init)
    return try EstimateCommand.report(Arguments(words, for: EstimateCommand.command)).json.text()
  }

  /// Below these keys stand names of units, periods and predictors.
  private static let named: Set = [
    "donorWeights", "predictorWeights", "unitWeights", "timeWeights",
  ]

  @Test func everyKeyOfEveryMethodIsDocumentedAndNoOther() throws {
    let page = try Self.page.get()
    let common = try #require(page.keys(of: "estimate PANEL.csv --json`")).subtracting(Self.values)
    var ofAll = try keys(ofJSON: Self.several(), named: Self.named)
      .union(keys(ofJSON: Self.withoutDonors(), named: Self.named))
    for (part, asked) in Self.questions {
      let own = try #require(page.keys(of: "estimate \(part)"), "\(part) has no table")
      let used = try asked.reduce(into: Set<String>()) { found, question in
        found.formUnion(
          try keys(ofJSON: Self.report(question.panel, question.options), named: Self.named))
      }
      ofAll.formUnion(used)
      #expect(used.subtracting(common).subtracting(own).sorted() == [], "\(part): not documented")
      #expect(own.subtracting(used).subtracting(Self.values).sorted() == [], "\(part): not there")
    }
    #expect(ofAll.subtracting(common.union(Self.ofMethods(page))).sorted() == [])
    #expect(common.subtracting(ofAll).sorted() == [], "keys of the common table that nothing has")
  }

  /// A key that is left out of the page is found.
  @Test func aKeyThatIsNotDocumentedIsFound() throws {
    let page = try Self.page.get()
    let common = try #require(page.keys(of: "estimate PANEL.csv --json`"))
    let own = try #require(page.keys(of: "estimate --method twfe`"))
    let used = try keys(ofJSON: #"{"att": 1, "decomposition": [{"share": 0.5}], "nan": null}"#)
    #expect(used.subtracting(common).subtracting(own) == ["share", "nan"])
  }

  /// Words of the page that stand for a value.
  private static let values: Set<String> = ["less", "greater"]

  private static func ofMethods(_ page: DocumentedKeys) -> Set<String> {
    questions.reduce(into: []) { $0.formUnion(page.keys(of: "estimate \($1.part)") ?? []) }
  }

  private static func several() throws -> String {
    try report(
      block + ["--outcome", "y,y4", "--treatment", "treated1"],
      "--method imputation --randomize 2")
  }

  /// A panel of which donors, periods and placebos are left out.
  private static func withoutDonors() throws -> String {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "fulcrum-keys-\(ProcessInfo.processInfo.processIdentifier).csv")
    try Data(EstimateTests.panelWithGaps.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try report(
      [file.path, "--unit", "u", "--period", "t", "--outcome", "y", "--first-treated", "g"],
      "--method synthetic-did --se placebo")
  }
}
