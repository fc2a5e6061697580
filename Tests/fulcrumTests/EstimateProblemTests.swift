import Documents
import Foundation
import Testing

/// What `fulcrum estimate` says of a broken panel: where, what came, what would be right.
@Suite struct EstimateProblemTests {
  /// Runs an estimate on a made panel; the columns are id, t, y, x and first unless others are named.
  private func estimate(
    _ rows: [String], header: String = "id,t,y,x,first", by method: String = "group-time",
    treatment: [String] = ["--first-treated", "first"], _ more: String...
  ) throws -> Program.Run {
    try Self.withFolder { folder in
      try Self.write(rows, header: header, to: folder)
      return try Program.run(Self.words(by: method, treatment) + more, in: folder)
    }
  }

  private static func words(by method: String, _ treatment: [String]) -> [String] {
    ["estimate", "p.csv", "--unit", "id", "--period", "t", "--outcome", "y"] + treatment
      + ["--method", method]
  }

  private static func write(_ rows: [String], header: String, to folder: URL) throws {
    let text = ([header] + rows).joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: folder.appending(path: "p.csv"))
  }

  private static func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "fulcrum-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// Two treated from 2 and three never treated, two periods.
  private static func rows(
    y: (Int, Int) -> String = { "\($0 * $0 + 3 * $1)" }, x: (Int) -> String = { "\($0 % 3)" },
    first: (Int) -> String = { $0 < 2 ? "2" : "" }
  ) -> [String] {
    (0..<5).flatMap { unit in
      (1...2).map { "u\(unit),\($0),\(y(unit, $0)),\(x(unit)),\(first(unit))" }
    }
  }

  private func expectProblem(_ run: Program.Run, _ message: String) {
    #expect(run.code == 1 && run.output.isEmpty)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  // MARK: The file

  @Test func aPlainPanelIsEstimated() throws {
    #expect(try estimate(Self.rows()).code == 0)
  }

  @Test func anOutcomeThatIsNoNumberIsNamedByRowAndColumn() throws {
    expectProblem(
      try estimate(Self.rows(y: { "\($0 == 1 ? "many" : "\($0 + $1)")" })),
      "p.csv, row 4, column y: `many` is not a number; ")
  }

  @Test func aUnitThatIsThereTwiceIsNamedByBothRows() throws {
    expectProblem(
      try estimate(Self.rows() + ["u0,1,5,0,2"]),
      "p.csv, row 12, column id: `u0` is there twice in 1, first in row 2; ")
  }

  @Test func aMissingColumnBringsTheNearestName() throws {
    expectProblem(
      try estimate(Self.rows(), "--weights", "fist"),
      "p.csv, row 1, column fist: the column is missing; did you mean `first`?")
  }

  @Test func aTreatmentThatSwitchesOffIsNamedByBothRows() throws {
    let rows = ["a,1,1,0,0", "a,2,2,0,1", "a,3,5,0,0", "b,1,3,0,0", "b,2,4,0,0", "b,3,9,0,0"]
    expectProblem(
      try estimate(rows, treatment: ["--treatment", "first"]),
      "p.csv, row 4, column first: `a` is treated from 2 (row 3) and untreated in 3; a treatment "
        + "stays; end the unit's rows before its treatment does.")
  }

  @Test func aWeightOfZeroIsNamedByRowAndColumn() throws {
    expectProblem(
      try estimate(Self.rows(x: { "\($0)" }), "--weights", "x"),
      "p.csv, row 2, column x: `0` is not a weight; write a number above zero, or leave the row out."
    )
  }

  @Test func numbersThatCannotBeReckonedWithAreNamed() throws {
    expectProblem(
      try estimate(Self.rows(y: { "\($0 + $1)e50" })),
      "p.csv, row 2, column y: `1e50` is too large to compute with; give it in larger units.")
    expectProblem(
      try estimate(Self.rows(y: { "\($0 * $0 + $1)e-60" })),
      "p.csv: The largest value of the outcome is 1.8e-59, too small to compute with; give it in "
        + "smaller units.")
  }

  @Test func allProblemsOfAFileAreSaidAtOnceInTheirOrder() throws {
    let run = try estimate(Self.rows() + ["u9,soon,1,1,", "u9,2,one,1,", "u9,3,1", "u0,2,1,1,2"])
    #expect(run.code == 1 && run.output.isEmpty)
    let lines = run.errors.split(separator: "\n")
    #expect(lines.count == 3)
    for (line, start) in zip(
      lines,
      [
        "p.csv, row 12, column t: `soon` is not a period; ",
        "p.csv, row 13, column y: `one` is not a number; ",
        "p.csv, row 14: the row has 3 cells, the header 5; ",
      ])
    {
      #expect(line.hasPrefix(start), "\(line)")
    }
  }

  @Test func aFailedEstimateWritesNothingAndLeavesWhatWasThere() throws {
    try Self.withFolder { folder in
      try Self.write(
        Self.rows(y: { _, _ in "many" }), header: "id,t,y,x,first", to: folder)
      let out = folder.appending(path: "result.json")
      try Data("before".utf8).write(to: out)
      let words = Self.words(by: "group-time", ["--first-treated", "first"])
      for name in ["result.json", "other.json"] {
        let run = try Program.run(words + ["--json", "--out", name], in: folder)
        #expect(run.code == 1 && run.output.isEmpty)
      }
      #expect(try Data(contentsOf: out) == Data("before".utf8))
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(left == ["p.csv", "result.json"])
    }
  }

  // MARK: The design

  @Test func nobodyWithAPeriodBeforeTreatmentIsSaid() throws {
    expectProblem(
      try estimate(Self.rows(first: { $0 < 2 ? "1" : "" })),
      "p.csv: No unit of the panel is treated inside its periods with a period before it")
  }

  @Test func oneTreatedUnitWithoutAPeriodBeforeIsLeftOutAndListed() throws {
    let run = try estimate(Self.rows(first: { ["1", "2", "", "", ""][$0] }))
    #expect(run.code == 0 && run.errors.isEmpty)
    #expect(run.output.contains("Left out:\n  u0: "), "\(run.output)")
  }

  @Test func noComparisonUnitIsSaid() throws {
    expectProblem(
      try estimate(Self.rows(first: { _ in "2" })),
      "p.csv: No treated unit is observed both before and after")
  }

  @Test(arguments: ["synthetic-control", "augmented", "factors", "synthetic-did"])
  func noDonorIsSaid(_ method: String) throws {
    let rows = (0..<4).flatMap { unit in
      (1...4).map { "u\(unit),\($0),\(unit * unit + $0 * $0 * unit),0,\(3 + unit % 2)" }
    }
    expectProblem(
      try estimate(rows, by: method),
      "p.csv: Every unit of the panel is treated, so none can carry weights; widen the pool.")
  }

  @Test func severalTreatedUnitsOfOneSyntheticControlAreNamed() throws {
    expectProblem(
      try estimate(Self.rows(), by: "synthetic-control"),
      "p.csv: u0 and u1 are treated, and one synthetic control has one treated unit; ")
  }

  @Test func anOutcomeThatIsConstantBeforeTreatmentIsNamed() throws {
    expectProblem(
      try estimate(Self.rows(y: { $1 == 1 ? "7" : "\($0)" })),
      "p.csv, column y: the outcome is 7 in every row before 2, the first treated period; ")
  }

  // MARK: Covariates

  @Test func aConstantCovariateIsNamed() throws {
    expectProblem(
      try estimate(Self.rows(x: { _ in "4" }), "--covariates", "x"),
      "p.csv: The covariate x is the same in every cell")
  }

  @Test func perfectSeparationNamesTheCovariateAndTheCohort() throws {
    expectProblem(
      try estimate(Self.rows(x: { "\($0 < 2 ? $0 : $0 + 10)" }), "--covariates", "x"),
      "p.csv: In 2 the covariate x tells the cohort of 2 perfectly from the units")
  }

  /// Six units, z being twice x and one.
  private static let doubled = (0..<6).flatMap { unit in
    (1...3).map { period in
      let x = [3, 1, 2, 0, 2, 5][unit] * period
      let first = unit < 2 ? "3" : ""
      return "u\(unit),\(period),\(unit * unit + 3 * period),\(x),\(first),\(2 * x + 1)"
    }
  }

  @Test func aCollinearCovariateIsNamedWithItsCohortAndPeriod() throws {
    expectProblem(
      try estimate(Self.doubled, header: "id,t,y,x,first,z", "--covariates", "x,z"),
      "p.csv: In 2 the covariate z follows from the others among the units compared with the cohort of "
        + "3")
  }

  @Test(arguments: ["twfe", "imputation", "sun-abraham"])
  func aCollinearCovariateOfARegressionIsNamed(_ method: String) throws {
    expectProblem(
      try estimate(Self.doubled, header: "id,t,y,x,first,z", by: method, "--covariates", "x,z"),
      "p.csv: The covariate z follows from the unit and period effects and the covariates before it; "
        + "leave it out.")
  }

  @Test func aConstantPredictorIsNamed() throws {
    let rows = (0..<4).flatMap { unit in
      (1...4).map { "u\(unit),\($0),\(unit * unit + $0 * $0 * unit),4,\(unit == 0 ? "3" : "")" }
    }
    expectProblem(
      try estimate(rows, by: "synthetic-control", "--predictors", "x,y@1"),
      "p.csv: The predictor x is the same for all units, so it cannot tell them apart; leave it out."
    )
  }

  // MARK: Coefficients of an event study

  @Test(arguments: [
    ("{", "c.json: is not an event study; write an object with event_time (whole numbers), beta "),
    (
      #"{"event_time": [-2, 1], "beta": [1, 2], "covariance": [[1, 0], [0, 1]]}"#,
      "c.json: The event times -2, 1 have a gap or no side of the treatment; "
    ),
    (
      #"{"event_time": [-2, 0], "beta": [1, 2], "covariance": [[1, 0], [0.5, 1]]}"#,
      "c.json: The covariance of the effects at 0 and -2 is not that at -2 and 0; "
    ),
    (
      #"{"event_time": [-2, 0], "beta": [1, 2], "covariance": [[1, 0], [0]]}"#,
      "c.json: The covariance has 2 × 1 finite numbers for 2 event times; "
    ),
  ])
  func anEventStudyThatIsNoneIsNamed(_ text: String, _ message: String) throws {
    try Self.withFolder { folder in
      try Data(text.utf8).write(to: folder.appending(path: "c.json"))
      expectProblem(try Program.run(["estimate", "honest", "c.json"], in: folder), message)
    }
  }
}
