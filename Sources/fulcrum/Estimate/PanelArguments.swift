import Effects
import Panels
import Documents

/// What `estimate` is told of the panel's columns and units.
extension Arguments {
  /// The columns of the outcomes.
  func outcomes() throws -> [String] {
    _ = try required("--outcome")
    let outcomes = list("--outcome") ?? []
    if let twice = outcomes.first(where: { name in outcomes.count { $0 == name } > 1 }) {
      throw failure("--outcome has \(twice) twice; keep one.")
    }
    guard !outcomes.isEmpty else { throw failure("--outcome names no column; give one or more.") }
    return outcomes
  }

  /// Which columns of the panel hold what.
  func columns(outcomes: [String], predictors: [Predictor]) throws -> PanelColumns {
    let treatment: PanelColumns.Treatment
    switch (self["--first-treated"], self["--treatment"]) {
    case (let column?, nil): treatment = .firstTreated(column)
    case (nil, let column?): treatment = .status(column)
    default: throw failure("give one of --first-treated and --treatment.")
    }
    let isSampled = has("--repeated-cross-section")
    if isSampled, self["--unit"] != nil {
      throw failure("--repeated-cross-section makes each row a unit of its own; leave --unit out.")
    }
    let covariates = list("--covariates") ?? []
    if let twice = covariates.first(where: { name in covariates.count { $0 == name } > 1 }) {
      throw failure("--covariates has \(twice) twice; keep one.")
    }
    var variables: [String] = []
    for name in covariates + predictors.compactMap(\.variable) where !variables.contains(name) {
      variables.append(name)
    }
    return PanelColumns(
      unit: isSampled ? nil : try required("--unit"), period: try required("--period"),
      outcomes: outcomes, treatment: treatment, covariates: variables,
      weight: self["--weights"], cluster: self["--cluster"])
  }

  /// Reads `a:1980-1988,b,c@1975`: the mean over some periods, over all, the value in one.
  ///
  /// A predictor that is the outcome has a place in one estimate only.
  func predictors(outcomes: [String]) throws -> [Predictor] {
    if outcomes.count > 1, isGiven("--predictors") {
      throw failure("--predictors are those of one outcome; estimate one outcome after the other.")
    }
    return try (list("--predictors") ?? []).map { text in
      let parts = text.split(separator: /[:@]/, maxSplits: 1).map(String.init)
      let numbers = parts.count == 2 ? parts[1].split(separator: "-").map { Int($0) } : []
      let ends = numbers.compactMap(\.self)
      guard let name = parts.first, ends.count == numbers.count, ends.count <= 2,
        parts.count == 1 || !ends.isEmpty, ends == ends.sorted()
      else {
        throw failure("--predictors \(text) is none; write name, name:1980-1988 or name@1975.")
      }
      let periods = ends.first.map { $0...(ends.last ?? $0) }
      return Predictor(name: text, variable: name == outcomes[0] ? nil : name, periods: periods)
    }
  }

  /// The panel with the donors that are asked for.
  func pool(_ panel: Panel) throws -> Panel {
    guard let donors = list("--donors") else { return panel }
    if let stranger = donors.first(where: { !panel.units.contains($0) }) {
      let question = Suggestion.question(for: stranger, among: panel.units)
      throw failure("--donors \(stranger) is no unit; \(question ?? "use the names of the file.")")
    }
    return try panel.filter { unit in
      panel.cohorts[unit] != .neverTreated || donors.contains(panel.units[unit])
        ? nil : "not among the donors asked for"
    }
  }

  /// Refuses an outcome that is the same in every row before anybody is treated.
  func requireVariation(_ panel: Panel, outcome: String) throws {
    guard let start = panel.cohorts.compactMap(\.start).min() else { return }
    var seen = Set<Double>()
    for period in panel.periods.indices where panel.periods[period] < start {
      for unit in panel.units.indices {
        if let value = panel.cell(unit: unit, period: period).value { seen.insert(value) }
        if seen.count > 1 { return }
      }
    }
    guard let value = seen.first else { return }
    throw Failure(
      message:
        "\(operands[0]), column \(outcome): the outcome is \(Numeral.text(value)) in every row "
        + "before \(start), the first treated period; choose one that varies before treatment.",
      code: .problems)
  }
}
