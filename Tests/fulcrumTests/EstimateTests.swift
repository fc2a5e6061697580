import Documents
import Foundation
import Testing

/// `fulcrum estimate` as a person runs it, on panels of our own making.
@Suite struct EstimateTests {
  private static let references = Program.project
    .appending(path: "Tests/EffectsTests/ReferenceValues")

  private func estimate(
    _ arguments: [String], in folder: URL = references
  ) throws -> Program.Run {
    try Program.run(["estimate"] + arguments, in: folder)
  }

  private static let staggered = [
    "staggered/panel.csv", "--unit", "id", "--period", "period", "--outcome", "y",
    "--first-treated", "cohort", "--method", "group-time",
  ]
  private static let block = [
    "block/panel.csv", "--unit", "unit", "--period", "period", "--outcome", "y", "--treatment",
    "treated1", "--method",
  ]

  @Test func groupTimeGivesTheNumbersOfDid() throws {
    let run = try estimate(Self.staggered + ["--json"])
    #expect(run.code == 0 && run.errors.isEmpty)
    let aggregations = run.json["aggregations"] as? [String: Any] ?? [:]
    let overall = aggregations["overall"] as? [String: Any] ?? [:]
    // `did` 2.5.1, simple aggregation without covariates (ReferenceValues/staggered).
    #expect(abs((overall["att"] as? Double ?? 0) - 0.8651072898039215) < 1e-10)
    #expect(run.json["units"] as? Int == 60 && run.json["periods"] as? Int == 12)
    #expect((run.json["cells"] as? [Any])?.count == 33)
  }

  @Test(arguments: ["synthetic-control", "augmented", "synthetic-did"])
  func weightingMethodsGiveAnEffectAndTheirWeights(_ method: String) throws {
    let run = try estimate(Self.block + [method, "--json"])
    #expect(run.code == 0 && run.errors.isEmpty)
    #expect(run.json["att"] is Double && run.json["certificate"] != nil)
    let key = method == "synthetic-did" ? "unitWeights" : "donorWeights"
    let weights = run.json[key] as? [String: Double] ?? [:]
    #expect(weights.count == 30 && abs(weights.values.reduce(0, +) - 1) < 1e-9)
  }

  @Test(arguments: [
    "group-time", "synthetic-control", "augmented", "factors", "matrix-completion",
    "synthetic-did", "imputation",
    "sun-abraham", "twfe",
  ])
  func everyMethodCanBeTestedByReassignment(_ method: String) throws {
    let run = try estimate(
      Self.block + [method, "--randomize", "9", "--json"]
        + (method == "factors" ? ["--factors", "1"] : [])
        + (method == "matrix-completion" ? ["--lambda", "0.01"] : []))
    let test = run.json["randomization"] as? [String: Any] ?? [:]
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    // One of 31 units is treated, so every assignment is enumerated.
    #expect(test["enumerated"] as? Bool == true && test["assignments"] as? Int == 31)
    #expect((test["p"] as? Double ?? 0) >= 1 / 31.0)
  }

  @Test func factorsMayComeFromAllUntreatedCells() throws {
    let run = try estimate(
      Self.block + ["factors", "--factors", "1", "--comparison", "not-yet", "--json"])
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    // The fixed point of another solver (ReferenceValues/factors/exact.json).
    #expect(abs((run.json["att"] as? Double ?? 0) - 1.8358557366682764) < 1e-9)
    let completed = try estimate(
      Self.block + ["matrix-completion", "--lambda", "0.001", "--json"])
    #expect(abs((completed.json["att"] as? Double ?? 0) - 1.84780285664106) < 1e-9)
    #expect(completed.json["certificate"] != nil && completed.json["lambda"] as? Double == 0.001)
  }

  @Test(arguments: [
    "factors --factors 1", "factors --factors 1 --comparison not-yet",
    "matrix-completion --lambda 0.01",
  ])
  func counterfactualMethodsHaveAnErrorByJackknifeAndBootstrap(_ method: String) throws {
    let panel =
      [
        "block/panel.csv", "--unit", "unit", "--period", "period", "--outcome", "y4",
        "--treatment", "treated4", "--json", "--method",
      ] + method.split(separator: " ").map(String.init)
    for (word, count) in [("jackknife", 31), ("bootstrap", 20)] {
      let run = try estimate(panel + ["--se", word, "--bootstrap", "20"])
      #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
      let (att, error) = (run.json["att"] as? Double, run.json["se"] as? Double)
      let upper = run.json["upper"] as? Double ?? 0
      #expect(abs(upper - (att ?? 0) - 1.959963984540054 * (error ?? 0)) < 1e-12)
      #expect(run.json["seMethod"] as? String == word && (error ?? 0) > 0)
      let replications = run.json["replications"] as? [String: Any]
      #expect(replications?["count"] as? Int == count && replications?["undefined"] as? Int == 0)
    }
  }

  /// One treated unit has no jackknife, which is said and not passed over.
  @Test(arguments: ["factors", "synthetic-did"])
  func anErrorThatIsNotDefinedIsSaid(_ method: String) throws {
    let run = try estimate(Self.block + [method, "--se", "jackknife"])
    #expect(run.code == 0 && run.output.contains("No standard error by jackknife: "))
  }

  @Test func replicationsThatLeaveNothingAreSaid() throws {
    let run = try estimate(
      ["gaps.csv", "--unit", "u", "--period", "t", "--outcome", "y", "--first-treated", "g"]
        + ["--method", "synthetic-did", "--se", "placebo"], in: Self.folderWithGaps())
    #expect(
      run.output.contains(
        "1 of 3 replications left nothing to estimate and is not counted. The first: No never-treated"
      ), "\(run.output)\(run.errors)")
  }

  /// One treated unit and three donors, of which one is complete.
  static let panelWithGaps: String = {
    var text = "u,t,y,g\n"
    for unit in 0..<4 {
      for period in 1...9 where (unit, period) != (2, 3) && (unit, period) != (3, 5) {
        text += "\(unit),\(period),\((unit * period * period) % 7),\(unit == 0 ? "7" : "")\n"
      }
    }
    return text
  }()

  private static func folderWithGaps() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "fulcrum-gaps-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(panelWithGaps.utf8).write(to: folder.appending(path: "gaps.csv"))
    return folder
  }

  @Test(arguments: ["synthetic-control", "augmented"])
  func oneTreatedUnitHasAConformalInterval(_ method: String) throws {
    let run = try estimate(Self.block + [method, "--interval", "conformal", "--json"])
    let interval = run.json["interval"] as? [Double] ?? []
    #expect(run.code == 0 && interval.count == 2 && interval[0] < interval[1])
    // The effect of this panel grows, so that no constant one describes it.
    let text = try estimate(Self.block + [method, "--interval", "conformal"])
    #expect(text.output.contains("The mean gap lies outside"))
    let strict = try estimate(
      Self.block + [method, "--interval", "conformal", "--level", "0.99"])
    #expect(
      strict.output.contains("Conformal interval: none, as the shifts of"), "\(strict.output)")
  }

  @Test func theTextSaysWhatTheNumbersSay() throws {
    let bands = try estimate(Self.staggered + ["--bootstrap", "99"]).output
    #expect(bands.contains("Bands of 95 % on both sides of all event times at once: "))
    #expect(
      bands.hasSuffix("Never treated: 30 of 60 units, whose cohort is empty, 0, NA or Inf.\n"))
    let control = Self.block + ["synthetic-control"]
    let placebo = try estimate(control + ["--placebo", "time"]).output
    #expect(placebo.contains("Placebo in time, as if treated from 9: effect 0.2961. Root mean"))
    #expect(placebo.contains("gap: 0.1519 before, 1.8675 from then on, 12.3 times as much."))
    #expect(placebo.hasSuffix("Never treated: 30 of 31 units, whose treated1 is 0 throughout.\n"))
    let predictors = try estimate(control + ["--predictors", "p1,y@3"]).output
    #expect(predictors.contains("predictor  weight"))
    let alone = try estimate(control + ["--donors", "d01", "--leave-one-out"]).output
    #expect(alone.contains("Could not be left out:\n  d01: it is the only donor"))
    let four = ["block/panel.csv", "--unit", "unit", "--period", "period", "--outcome", "y4"]
    let test = try estimate(
      four + ["--treatment", "treated4", "--method", "twfe", "--randomize", "9"])
    #expect(test.output.contains("no result could be below 1 in 31,465."))
  }

  /// Three of six joined, at three dates: 1 in 20 by who joined, 1 in 120 by who and when.
  @Test func bothFloorsAreToldWhereThePCanLieBetweenThem() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = (0..<6).flatMap { unit in
      (0..<10).map { period -> String in
        let joined = unit < 3 ? 4 + unit : 0
        let effect = joined > 0 && period >= joined ? 50 : 0
        return "u\(unit),\(period),\(joined),\(effect + (unit * 7 + period * period * 3) % 11)"
      }
    }
    try (["u,t,g,y"] + rows).joined(separator: "\n")
      .write(to: folder.appending(path: "p.csv"), atomically: true, encoding: .utf8)
    let run = try estimate(
      [
        "p.csv", "--unit", "u", "--period", "t", "--first-treated", "g", "--outcome", "y",
        "--method", "group-time", "--randomize", "99",
      ], in: folder)
    #expect(
      run.output.contains(
        "p = 0.008 over 120 assignments (all); no result could be below 0.0083, by who joined "
          + "alone 0.0500."), "\(run.output)")
  }

  @Test func donorsAreLeftOutInTurn() throws {
    let run = try estimate(
      Self.block + ["synthetic-control", "--leave-one-out", "--json"])
    let left = run.json["leaveOneOut"] as? [[String: Any]] ?? []
    let weights = run.json["donorWeights"] as? [String: Double] ?? [:]
    #expect(
      left.map { $0["unit"] as? String ?? "" }.sorted()
        == weights.filter { $0.value > 0 }.keys.sorted())
    // Leaving a donor out by hand gives the same effect.
    let first = try #require(left.first)
    let others = weights.keys.filter { $0 != first["unit"] as? String }.sorted()
    let without = try estimate(
      Self.block + [
        "synthetic-control", "--donors", others.joined(separator: ","), "--json",
      ])
    let (own, byHand) = (first["att"] as? Double ?? .nan, without.json["att"] as? Double ?? 0)
    #expect(abs(own - byHand) < 1e-10)
    let text = try estimate(Self.block + ["synthetic-control", "--leave-one-out"])
    #expect(text.output.contains("without  effect  error before"))
  }

  @Test func severalTreatedUnitsArePooled() throws {
    let panel =
      Array(Self.staggered.dropLast()) + ["synthetic-control", "--leads", "3", "--json"]
    let run = try estimate(panel + ["--pooling", "partial", "--intercept"])
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    // `augsynth` 0.2.0, multisynth with its default share (ReferenceValues/block/augsynth.json).
    #expect(abs((run.json["nu"] as? Double ?? 0) - 0.3028303934099935) < 1e-4)
    #expect((run.json["units"] as? [Any])?.count == 30 && run.json["certificate"] != nil)
    #expect((run.json["eventTime"] as? [Any])?.count == 12)
    let refused = try estimate(panel + ["--pooling", "half"])
    #expect(refused.code == 2 && refused.errors.contains("a share from 0 to 1"))
    let alone = try estimate(panel)
    #expect(alone.code == 2 && alone.errors.contains("--leads needs --pooling; add it."))
    let mixed = try estimate(panel + ["--pooling", "0.5", "--placebo", "space"])
    #expect(mixed.code == 2 && mixed.errors.contains("--placebo does not go with --pooling"))
  }

  @Test func sameSeedSameBytesOnAnyNumberOfThreads() throws {
    let drawn = Self.staggered + ["--json", "--bootstrap", "99", "--randomize", "50"]
    let one = try estimate(drawn + ["--threads", "1"])
    let three = try estimate(drawn + ["--threads", "3"])
    #expect(one.code == 0 && one.output == three.output && one.json["band"] != nil)
  }

  @Test func severalOutcomesAreAdjustedForEachOther() throws {
    let run = try estimate(
      [
        "block/panel.csv", "--unit", "unit", "--period", "period", "--outcome", "y,y4",
        "--treatment", "treated1", "--method", "imputation", "--randomize", "50", "--json",
      ])
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    let outcomes = run.json["outcomes"] as? [[String: Any]] ?? []
    #expect(outcomes.map { $0["outcome"] as? String } == ["y", "y4"])
    #expect(outcomes.allSatisfy { $0["att"] is Double && $0["randomization"] != nil })
    let stepDown = run.json["stepDown"] as? [String: Any] ?? [:]
    #expect(stepDown["assignments"] as? Int == 31 && stepDown["enumerated"] as? Bool == true)
    let together = stepDown["outcomes"] as? [[String: Any]] ?? []
    for (own, joint) in zip(outcomes, together) {
      let alone = (own["randomization"] as? [String: Any])?["p"] as? Double
      #expect(joint["p"] as? Double == alone)
      #expect((joint["adjustedP"] as? Double ?? 0) >= (alone ?? 1))
    }
  }

  @Test func twoWayEffectsHaveAWildBootstrap() throws {
    let arguments = [
      "staggered/panel.csv", "--unit", "id", "--period", "period", "--outcome", "y",
      "--first-treated", "cohort", "--cluster", "cluster", "--wild", "999", "--method",
    ]
    for method in ["twfe", "sun-abraham"] {
      let run = try estimate(arguments + [method, "--json"])
      let wild = run.json["wild"] as? [String: Any] ?? [:]
      let p = wild["p"] as? Double ?? 0
      #expect(run.code == 0 && p > 0 && p <= 1, "\(run.errors)")
      #expect(wild["clusters"] is Int && wild["enumerated"] is Bool)
    }
    let refused = try estimate(arguments + ["imputation"])
    #expect(refused.code == 2)
    #expect(
      refused.errors
        == "fulcrum estimate: --wild does not apply to imputation; it belongs to sun-abraham and "
        + "twfe; leave it out.\n")
  }

  @Test func honestGivesBoundsAndABreakdown() throws {
    let run = try estimate(
      [
        "honest", "sensitivity/coefs.json", "--m", "0,0.01", "--json", "--restriction",
        "smoothness",
      ]
    )
    let bounds = run.json["bounds"] as? [[String: Double]] ?? []
    #expect(run.code == 0 && bounds.count == 2 && run.json["breakdown"] is Double)
    #expect(abs((bounds.last?["lower"] ?? 0) - 0.016238065621858436) < 1e-7)
  }

  @Test func anOptionOfAnotherMethodIsRefused() throws {
    let run = try estimate(Self.staggered + ["--lambda", "1"])
    #expect(run.code == 2)
    #expect(
      run.errors
        == "fulcrum estimate: --lambda does not apply to group-time; it belongs to augmented and "
        + "matrix-completion; leave it out.\n")
  }

  /// The staggered panel by another method.
  private func regression(_ method: String, _ more: String...) throws -> Program.Run {
    try estimate(Self.staggered.dropLast() + [method, "--json"] + more)
  }

  @Test func twoWayFixedEffectsPrintWhatFixestFindsAndWhatTheyMix() throws {
    let run = try regression("twfe")
    let file = try Data(contentsOf: Self.references.appending(path: "two-way/fixest.json"))
    let peer = try #require(JSONSerialization.jsonObject(with: file) as? [String: Any])
    let twfe = (peer["staggered"] as? [String: Any])?["twfe"] as? [String: Any]
    let byUnit = try #require(twfe?["by_id"] as? [String: Any])
    let att = try #require(run.json["att"] as? Double)
    let error = try #require(run.json["se"] as? Double)
    #expect(abs(att - (byUnit["est"] as? [Double] ?? [])[0]) < 1e-10)
    #expect(abs(error - (byUnit["se"] as? [Double] ?? [])[0]) < 1e-10)
    let parts = try #require(run.json["decomposition"] as? [[String: Any]])
    let mixed = parts.reduce(0) { sum, part in
      sum + (part["weight"] as? Double ?? .nan) * (part["estimate"] as? Double ?? .nan)
    }
    #expect(abs(mixed - att) < 1e-10)
  }

  @Test func sunAbrahamAndGroupTimeAgreeOnACompletePanelWithoutCovariates() throws {
    let regression = try regression("sun-abraham")
    let cells = try estimate(Self.staggered + ["--json", "--base", "universal"])
    let aggregations = try #require(cells.json["aggregations"] as? [String: Any])
    let overall = try #require(aggregations["overall"] as? [String: Any])
    let att = try #require(regression.json["att"] as? Double)
    #expect(abs(att - (overall["att"] as? Double ?? .nan)) < 1e-10)
  }

  @Test func imputationPrintsTheMeanOfItsCells() throws {
    let run = try regression("imputation")
    #expect(run.code == 0)
    #expect((run.json["cells"] as? [Any])?.isEmpty == false)
    #expect(run.json["att"] is Double && run.json["se"] is Double)
  }

  @Test func anOptionThatARegressionDoesNotKnowIsRefused() throws {
    let run = try regression("twfe", "--comparison", "never")
    #expect(run.code == 2)
    #expect(
      run.errors
        == "fulcrum estimate: --comparison does not apply to twfe; it belongs to group-time, "
        + "factors and sun-abraham; leave it out.\n")
  }
}

extension Program.Run {
  /// The object that was printed; empty when none was.
  fileprivate var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
  }
}
