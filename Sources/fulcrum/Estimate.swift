import Effects
import Foundation
import Panels
import Publishing
import Tables

extension Fulcrum {
  static let estimate = Command(
    name: "estimate",
    summary: "Estimates an effect on any panel in a long CSV file.",
    operands: """
      PANEL.csv --unit COL --period COL --outcome COL (--first-treated COL | --treatment COL) --method M
             fulcrum estimate honest COEFS.json [--restriction R] [--m A,B,C] [--effect E]

      PANEL.csv, or PANEL.csv.gz, has one row for each unit and period. M is one of:
        group-time         cohort by cohort and period by period, in four aggregations
        synthetic-control  one treated unit against weighted donors
        augmented          the same, corrected by a ridge regression
        factors            outcomes without treatment from factors of the never-treated
        synthetic-did      donors and periods weighted to run parallel
        imputation         what untreated cells predict for the treated ones
        sun-abraham        an effect for each cohort and event time in one regression
        twfe               two-way fixed effects, with the comparisons that they mix
      Each method's options are marked by its name; one that a method does not know is refused.

      COEFS.json has event_time, beta and covariance: honest tells how far parallel trends may fail.
      """,
    options: estimateOptions,
    run: { arguments in
      let report =
        arguments.operands.first == "honest"
        ? try honestReport(arguments) : try panelReport(arguments)
      let text = arguments.has("--json") ? report.json.text(indented: true) : report.text
      guard let path = arguments["--out"] else {
        print(text, terminator: "")
        return .clean
      }
      do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
        throw arguments.failure("\(path) cannot be written; choose another --out.")
      }
      return .clean
    })

  private static let estimateOptions = [
    Command.option("--unit", "COL", "the column of the units"),
    Command.option("--period", "COL", "the column of the periods, whole numbers"),
    Command.option("--outcome", "COL", "the column of the outcome"),
    Command.option(
      "--first-treated", "COL", "the first treated period; empty, 0, NA or Inf: never"),
    Command.option("--treatment", "COL", "or: 1 from the first treated period on, else 0"),
    Command.option("--method", "M", "the estimator"),
    Command.option("--level", "P", "of the intervals; 0.95 unless given"),
    Command.option("--seed", "N", "of everything drawn; 1 unless given"),
    Command.option("--threads", "N", "how many threads; all processors unless given"),
    Command.option(
      "--comparison", "C", "group-time: never (unless given) or not-yet; sun-abraham: or last"),
    Command.option("--base", "B", "group-time: varying (unless given) or universal"),
    Command.option(
      "--anticipation", "N", "group-time, imputation, sun-abraham: periods before treatment"),
    Command.option(
      "--covariates", "A,B", "columns to adjust for; not synthetic-control, augmented, factors"),
    Command.option("--adjustment", "A", "group-time: dr (unless given), ipw or reg"),
    Command.option("--weights", "COL", "group-time and the regressions: how much each row counts"),
    Command.option("--cluster", "COL", "as --weights: what varies together; the unit unless given"),
    Command.option("--bootstrap", "N", "group-time: draws for errors and bands"),
    Command.option("--randomize", "N", "reassign the adoption dates, N draws at most"),
    Command.flag("--repeated-cross-section", "group-time: each row a unit of its own, no --unit"),
    Command.option("--donors", "A,B", "synthetic-…, augmented: the units that may carry weight"),
    Command.option("--predictors", "LIST", "synthetic-control: as a:1980-1988,b,c@1975"),
    Command.option("--placebo", "P", "synthetic-control: space or time"),
    Command.option("--interval", "I", "synthetic-control: conformal"),
    Command.option("--factors", "R", "factors: how many; cross-validated unless given"),
    Command.option("--lambda", "X", "augmented: the penalty; cross-validated unless given"),
    Command.option("--mode", "M", "synthetic-did: exact (unless given) or frank-wolfe"),
    Command.option("--variant", "V", "synthetic-did: did, sc or demeaned-sc"),
    Command.option("--se", "S", "synthetic-did: placebo, jackknife or bootstrap"),
    Command.option(
      "--restriction", "R", "honest: relative-magnitudes (unless given) or smoothness"),
    Command.option("--m", "A,B", "honest: departures; 0,0.5,1,1.5,2 unless given"),
    Command.option("--effect", "E", "honest: an event time (0 unless given) or average"),
    Command.option("--out", "FILE", "write there instead of printing"),
    Command.flag("--json", "print JSON at full precision"),
  ]

  // MARK: A panel

  private static let common: Set = [
    "--unit", "--period", "--outcome", "--first-treated", "--treatment", "--method", "--level",
    "--seed", "--threads", "--out", "--json", "--randomize",
  ]

  /// The options that each method has beside the common ones.
  private static let methods: KeyValuePairs<String, Set<String>> = [
    "group-time": [
      "--comparison", "--base", "--anticipation", "--covariates", "--adjustment", "--weights",
      "--cluster", "--bootstrap", "--repeated-cross-section",
    ],
    "synthetic-control": ["--donors", "--predictors", "--placebo", "--interval"],
    "augmented": ["--donors", "--lambda"],
    "factors": ["--donors", "--factors"],
    "synthetic-did": ["--donors", "--covariates", "--mode", "--variant", "--se", "--bootstrap"],
    "imputation": ["--anticipation", "--covariates", "--weights", "--cluster"],
    "sun-abraham": ["--comparison", "--anticipation", "--covariates", "--weights", "--cluster"],
    "twfe": ["--covariates", "--weights", "--cluster"],
  ]

  private static func panelReport(_ arguments: Arguments) throws -> EstimateReport {
    let path = try arguments.operands("PANEL.csv")[0]
    let method = try arguments.required("--method")
    let names = methods.map(\.key)
    guard let known = methods.first(where: { $0.key == method })?.value else {
      let question = Suggestion.question(for: method, among: names)
      throw arguments.failure(
        "--method \(method) is none of \(names.joined(separator: ", "))\(question.map { "; \($0)" } ?? ".")"
      )
    }
    for option in estimateOptions.map(\.name)
    where !common.contains(option) && !known.contains(option) && arguments.isGiven(option) {
      let others = methods.filter { $0.value.contains(option) }.map(\.key)
      let owner = others.isEmpty ? "honest" : others.joined(separator: " and ")
      throw arguments.failure(
        "\(option) means nothing to \(method), only to \(owner); leave it out.")
    }
    let outcome = try arguments.required("--outcome")
    let heading = EstimateReport.Heading(
      method: method, outcome: outcome, level: try arguments.level())
    let predictors = try arguments.predictors(outcome: outcome)
    let columns = try arguments.columns(outcome: outcome, predictors: predictors)
    let panel = try PanelFile.rows(of: URL(filePath: path), columns).panel(outcome: outcome)
    do {
      try arguments.requireVariation(panel, outcome: outcome)
      let pool = try arguments.pool(panel)
      switch method {
      case "group-time": return try groupTime(arguments, panel, heading)
      case "synthetic-control":
        return try syntheticControl(arguments, pool, predictors, heading)
      case "augmented": return try augmented(arguments, pool, heading)
      case "factors": return try factors(arguments, pool, heading)
      case "imputation", "sun-abraham", "twfe":
        return try regression(method, arguments, panel, heading)
      default: return try syntheticDiD(arguments, pool, heading)
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      // The estimators know no file: what they say of its columns is said of it.
      throw Failure(message: "\(path): \(error)", code: .problems)
    }
  }

  private static func groupTime(
    _ arguments: Arguments, _ panel: Panel, _ heading: EstimateReport.Heading
  ) throws -> EstimateReport {
    let estimator = GroupTimeDiD(
      comparison: try arguments.word("--comparison") ?? .neverTreated,
      base: try arguments.word("--base") ?? .varying,
      anticipation: try arguments.count("--anticipation", from: 0, to: 1_000_000) ?? 0,
      covariates: arguments.list("--covariates") ?? [],
      adjustment: try arguments.word("--adjustment") ?? .doublyRobust,
      changes: arguments.has("--repeated-cross-section") ? .betweenSamples() : .withinUnits)
    let (seed, threads) = (try arguments.seed(), try arguments.threads())
    let bootstrap = try arguments.count("--bootstrap", from: 2, to: 1_000_000).map {
      MultiplierBootstrap(draws: $0, seed: seed, level: heading.level, threads: threads)
    }
    let effects = try estimator.estimate(panel, bootstrap: bootstrap)
    let test = try randomization(arguments)?.test(estimator, on: panel)
    return EstimateReport(effects, of: panel, heading: heading, randomization: test)
  }

  private static func regression(
    _ method: String, _ arguments: Arguments, _ panel: Panel, _ heading: EstimateReport.Heading
  ) throws -> EstimateReport {
    let covariates = arguments.list("--covariates") ?? []
    let anticipation = try arguments.count("--anticipation", from: 0, to: 1_000_000) ?? 0
    guard !arguments.isGiven("--randomize") else {
      throw arguments.failure("--randomize means nothing to \(method) yet; leave it out.")
    }
    switch method {
    case "imputation":
      let estimator = Imputation(covariates: covariates, anticipation: anticipation)
      return EstimateReport(try estimator.estimate(panel), heading: heading)
    case "sun-abraham":
      let estimator = SunAbraham(
        comparison: try arguments.word("--comparison") ?? .neverTreated, covariates: covariates,
        anticipation: anticipation)
      return EstimateReport(try estimator.estimate(panel), heading: heading)
    default:
      let estimator = TwoWayFixedEffects(covariates: covariates)
      let effects = try estimator.estimate(panel, threads: try arguments.threads())
      return EstimateReport(effects, heading: heading)
    }
  }

  /// The test that is asked for; nil for none.
  private static func randomization(_ arguments: Arguments) throws -> Randomization? {
    let (seed, threads) = (try arguments.seed(), try arguments.threads())
    return try arguments.count("--randomize", from: 1, to: 10_000_000).map {
      Randomization(draws: $0, seed: seed, threads: threads)
    }
  }

  private static func augmented(
    _ arguments: Arguments, _ panel: Panel, _ heading: EstimateReport.Heading
  ) throws -> EstimateReport {
    let penalty = try arguments.number("--lambda")
    let estimator = AugmentedSyntheticControl(
      penalty: penalty.map { .given($0) } ?? .crossValidated)
    return EstimateReport(try estimator.estimate(panel), heading: heading)
      .adding(try randomization(arguments)?.test(estimator, on: panel))
  }

  private static func factors(
    _ arguments: Arguments, _ panel: Panel, _ heading: EstimateReport.Heading
  ) throws -> EstimateReport {
    let count = try arguments.count("--factors", from: 0, to: 100)
    let estimator = InteractiveFixedEffects(
      factors: count.map { .given($0) } ?? .crossValidated())
    return EstimateReport(try estimator.estimate(panel), heading: heading)
      .adding(try randomization(arguments)?.test(estimator, on: panel))
  }

  private static func syntheticControl(
    _ arguments: Arguments, _ panel: Panel, _ predictors: [Predictor],
    _ heading: EstimateReport.Heading
  ) throws -> EstimateReport {
    let estimator = SyntheticControl(
      predictors: predictors, weighting: .search(seed: try arguments.seed()))
    let effects = try estimator.estimate(panel)
    let placebo = try arguments.choice("--placebo", of: ["space", "time"])
    let interval = try arguments.choice("--interval", of: ["conformal"])
    let before = panel.periods.filter { $0 < effects.cohort }
    return EstimateReport(
      effects, heading: heading,
      placebos: placebo == "space"
        ? try estimator.placebosInSpace(panel, threads: try arguments.threads()) : nil,
      earlier: placebo == "time"
        ? try estimator.placeboInTime(panel, at: before[before.count / 2]) : nil,
      interval: interval == nil
        ? nil : try estimator.conformalInterval(panel, level: heading.level)
    ).adding(try randomization(arguments)?.test(estimator, on: panel))
  }

  private static func syntheticDiD(
    _ arguments: Arguments, _ panel: Panel, _ heading: EstimateReport.Heading
  ) throws -> EstimateReport {
    let method = try arguments.choice("--se", of: ["placebo", "jackknife", "bootstrap"])
    let (seed, threads) = (try arguments.seed(), try arguments.threads())
    let draws = try arguments.count("--bootstrap", from: 2, to: 1_000_000) ?? 200
    let errors: SyntheticDiD.ErrorMethod? =
      switch method {
      case "placebo": .placebo(draws: draws, seed: seed, threads: threads)
      case "jackknife": .jackknife
      case "bootstrap": .bootstrap(draws: draws, seed: seed, threads: threads)
      default: nil
      }
    let estimator = SyntheticDiD(
      variant: try arguments.word("--variant") ?? .syntheticDiD,
      mode: try arguments.word("--mode") ?? .exact,
      covariates: arguments.list("--covariates") ?? [], errors: errors)
    return EstimateReport(
      try estimator.estimate(panel), heading: heading, errorMethod: method
    ).adding(try randomization(arguments)?.test(estimator, on: panel))
  }

  // MARK: Honest sensitivity

  /// An event study as a file holds it.
  private struct CoefficientFile: Decodable {
    let eventTime: [Int]
    let beta: [Double]
    let covariance: [[Double]]

    enum CodingKeys: String, CodingKey {
      case eventTime = "event_time"
      case beta, covariance
    }
  }

  private static func honestReport(_ arguments: Arguments) throws -> EstimateReport {
    let path = try arguments.operands("honest", "COEFS.json")[1]
    let allowed: Set = ["--restriction", "--m", "--effect", "--level", "--out", "--json"]
    for option in estimateOptions.map(\.name)
    where !allowed.contains(option) && arguments.isGiven(option) {
      throw arguments.failure("\(option) means nothing to honest; leave it out.")
    }
    let time = try arguments["--effect"] == "average" ? nil : arguments.integer("--effect") ?? 0
    let sensitivity = HonestSensitivity(
      restriction: try arguments.word("--restriction") ?? .relativeMagnitudes,
      target: time.map { .eventTime($0) } ?? .average, level: try arguments.level())
    let heading = EstimateReport.Heading(
      method: "honest", outcome: time.map { "the effect at event time \($0)" } ?? "the mean effect",
      level: sensitivity.level)
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw arguments.failure("\(path) cannot be read: it is missing or not a file.")
    }
    guard let file = try? JSONDecoder().decode(CoefficientFile.self, from: data) else {
      throw Failure(
        message:
          "\(path): is no event study; write an object with event_time (whole numbers), beta "
          + "(numbers) and covariance (rows of numbers).", code: .problems)
    }
    do {
      let study = try EventStudy(
        eventTimes: file.eventTime, effects: file.beta, covariance: file.covariance)
      return EstimateReport(
        try sensitivity.bounds(study, m: arguments.numbers("--m") ?? [0, 0.5, 1, 1.5, 2]),
        sensitivity, heading: heading)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(message: "\(path): \(error)", code: .problems)
    }
  }
}
