import Documents

/// The options of `estimate`, by who understands them.
enum EstimateOptions {
  static let all = ofPanels + ofMethods + ofHonest + ofOutput

  /// Those of every method.
  static let ofPanels = [
    Command.option("--unit", "COL", "the column of the units"),
    Command.option("--period", "COL", "the column of the periods, whole numbers"),
    Command.option("--outcome", "COL", "the column of the outcome; several as A,B"),
    Command.option(
      "--first-treated", "COL", "the first treated period; empty, 0, NA or Inf: never"),
    Command.option("--treatment", "COL", "or: 1 from the first treated period on, else 0"),
    Command.option("--method", "M", "the estimator"),
    Command.option("--level", "P", "of the intervals; 0.95 unless given"),
    Command.option("--seed", "N", "of everything drawn; 1 unless given"),
    Command.option("--threads", "N", "how many threads; all processors unless given"),
    Command.option(
      "--randomize", "N",
      "reassign the adoption dates, in all ways up to 100,000 or N draws; of several outcomes at once"
    ),
  ]

  /// Those that some methods list among theirs.
  private static let ofMethods = [
    Command.option(
      "--comparison", "C",
      "group-time, factors: never (unless given), not-yet; sun-abraham: or last"),
    Command.option("--base", "B", "group-time: varying (unless given) or universal"),
    Command.option(
      "--anticipation", "N", "group-time, imputation, sun-abraham: periods before treatment"),
    Command.option(
      "--covariates", "A,B", "columns to adjust for; not synthetic-control, augmented, factors"),
    Command.option("--adjustment", "A", "group-time: dr (unless given), ipw or reg"),
    Command.option("--weights", "COL", "group-time and the regressions: how much each row counts"),
    Command.option("--cluster", "COL", "as --weights: what varies together; the unit unless given"),
    Command.option("--bootstrap", "N", "group-time: draws for errors and bands; draws of --se"),
    Command.option("--wild", "N", "sun-abraham, twfe: wild bootstrap of clusters, N draws at most"),
    Command.flag("--repeated-cross-section", "group-time: each row a unit of its own, no --unit"),
    Command.option("--donors", "A,B", "synthetic-…, augmented: the units that may carry weight"),
    Command.option("--predictors", "LIST", "synthetic-control: as a:1980-1988,b,c@1975"),
    Command.option("--placebo", "P", "synthetic-control: space or time"),
    Command.flag("--leave-one-out", "synthetic-control: again without each donor that has weight"),
    Command.option("--interval", "I", "synthetic-control, augmented: conformal"),
    Command.option(
      "--pooling", "P", "synthetic-control of several: separate, pooled, partial or its share"),
    Command.flag("--intercept", "with --pooling: take out each unit's own mean before treatment"),
    Command.option(
      "--leads", "N", "with --pooling: treated periods; as many as those treated last have"),
    Command.option("--factors", "R", "factors: how many; cross-validated unless given"),
    Command.option(
      "--lambda", "X", "augmented, matrix-completion: the penalty; cross-validated unless given"),
    Command.option("--mode", "M", "synthetic-did: exact (unless given) or frank-wolfe"),
    Command.option("--variant", "V", "synthetic-did: did, sc or demeaned-sc"),
    Command.option(
      "--se", "S",
      "synthetic-did: placebo, jackknife or bootstrap; factors, matrix-completion: the last two; "
        + "with --pooling: jackknife"),
  ]

  static let ofHonest = [
    Command.option(
      "--restriction", "R", "honest: relative-magnitudes (unless given) or smoothness"),
    Command.option("--m", "A,B", "honest: departures; 0,0.5,1,1.5,2 unless given"),
    Command.option("--effect", "E", "honest: an event time (0 unless given) or average"),
  ]

  static let ofOutput = [
    Command.option("--out", "FILE", "write there instead of printing"),
    Command.flag("--json", "print JSON at full precision"),
  ]
}
