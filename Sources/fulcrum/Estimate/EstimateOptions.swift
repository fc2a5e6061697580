import Effects
import Panels

/// The options of `estimate` that more than one method has.
enum EstimateOptions {
  static let unit = Option("--unit", .column, help: "the column of the units")
  static let period = Option(
    required: "--period", .column, help: "the column of the periods, whole numbers")
  static let outcome = Option(
    required: "--outcome", .columns, help: "the column of the outcome; several as A,B")
  static let firstTreated = Option(
    "--first-treated", .column,
    help: "the column of the first treated period; empty, 0, NA or Inf mean never")
  static let treatment = Option(
    "--treatment", .column,
    help: "instead: a column that is 1 from the first treated period on, else 0")
  static let method = Option(
    required: "--method", .word("METHOD", of: EstimateMethod.all.map(\.name)),
    help: "the estimator")
  static let level = Option(
    "--level", .number(0.001...0.999_999), default: 0.95, help: "the level of the intervals")
  static let randomize = Option(
    "--randomize", .whole(1...10_000_000),
    help: "reassign the adoption dates, in all ways if there are at most 100,000, else in N draws; "
      + "several outcomes are tested together")
  static let json = Option("--json", help: "print JSON at full precision")

  /// Those of every method.
  static let ofPanels: [any DeclaredOption] = [
    unit, period, outcome, firstTreated, treatment, method, level, Shared.seed, Shared.threads,
    randomize, Shared.limits, Shared.out, json,
  ]

  // MARK: Those of some methods

  static let anticipation = Option(
    "--anticipation", .whole(0...1_000_000), default: 0,
    help: "periods before treatment in which its effect may begin")
  static let covariates = Option(
    "--covariates", .columns, help: "the columns to adjust for")
  static let weights = Option(
    "--weights", .column, help: "the column with the weight of each row")
  static let cluster = Option(
    "--cluster", .column, otherwise: "the unit", help: "the column of what varies together")
  static let bootstrap = Option(
    "--bootstrap", .whole(2...1_000_000), default: 200, help: "draws of the bootstrap")
  static let wild = Option(
    "--wild", .whole(1...10_000_000), help: "wild bootstrap of the clusters, N draws at most")
  static let donors = Option(
    "--donors", .list(of: "units"), otherwise: "all that are never treated",
    help: "the units that may carry weight")
  static let interval = Option(
    "--interval", .word("I", of: ["conformal"]), help: "the kind of interval")
  static let penalty = Option(
    "--lambda", .number(0...1e100), otherwise: "cross-validated", help: "the penalty")
}

extension Arguments {
  /// The test that is asked for; nil for none.
  var randomization: Randomization? {
    self[EstimateOptions.randomize].map {
      Randomization(draws: $0, seed: self[Shared.seed], threads: self[Shared.threads])
    }
  }
}
