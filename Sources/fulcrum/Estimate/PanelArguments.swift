import Effects
import Panels
import Documents

/// What `estimate` is told of the panel's columns and units.
extension Arguments {
  /// The value of an option that only some methods have; nil for the others.
  private func value<Value>(of option: Option<Value?>, for method: EstimateMethod) -> Value? {
    method.has(option) ? self[option] : nil
  }

  /// Which columns of the panel hold what.
  func columns(
    of method: EstimateMethod, outcomes: [String], predictors: [Predictor]
  ) throws -> PanelColumns {
    let options = EstimateOptions.self
    let treatment: PanelColumns.Treatment
    switch (self[options.firstTreated], self[options.treatment]) {
    case (let column?, nil): treatment = .firstTreated(column)
    case (nil, let column?): treatment = .status(column)
    default: throw failure("give one of --first-treated and --treatment.")
    }
    let covariates = value(of: options.covariates, for: method) ?? []
    var variables: [String] = []
    for name in covariates + predictors.compactMap(\.variable) where !variables.contains(name) {
      variables.append(name)
    }
    return PanelColumns(
      unit: try unit(of: method), period: self[options.period], outcomes: outcomes,
      treatment: treatment, covariates: variables,
      weight: value(of: options.weights, for: method),
      cluster: value(of: options.cluster, for: method))
  }

  /// The column of the units; nil where each row is one.
  private func unit(of method: EstimateMethod) throws -> String? {
    let sampled = EstimateMethod.GroupTime.repeatedCrossSection
    guard method.has(sampled), self[sampled] else {
      return try required(EstimateOptions.unit)
    }
    try refuse(
      [EstimateOptions.unit],
      because: "does not go with \(sampled.name), which makes each row a unit; leave it out")
    return nil
  }

  /// The predictors of a method; one that is the outcome has a place in one estimate only.
  func predictors(of method: EstimateMethod, outcomes: [String]) throws -> [Predictor] {
    let option = EstimateMethod.SyntheticControlOptions.predictors
    guard let predictors = value(of: option, for: method) else { return [] }
    guard outcomes.count == 1 else {
      throw failure("\(option.name) belongs to one outcome; estimate one outcome after the other.")
    }
    return predictors.map { predictor in
      guard predictor.variable == outcomes[0] else { return predictor }
      return Predictor(name: predictor.name, variable: nil, periods: predictor.periods)
    }
  }

  /// The panel with the donors that are asked for.
  func pool(_ panel: Panel, for method: EstimateMethod) throws -> Panel {
    guard let donors = value(of: EstimateOptions.donors, for: method) else { return panel }
    if let stranger = donors.first(where: { !panel.units.contains($0) }) {
      let question = Suggestion.question(for: stranger, among: panel.units)
      throw failure(
        "--donors: unknown unit `\(stranger)`; \(question ?? "use the names in the file.")")
    }
    return try panel.filter { unit in
      panel.cohorts[unit] != .neverTreated || donors.contains(panel.units[unit])
        ? nil : "not among the donors asked for"
    }
  }

  /// Refuses an outcome that is the same in every row before anybody is treated.
  func requireVariation(_ panel: Panel, in path: String, outcome: String) throws {
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
        "\(path), column \(outcome): the outcome is \(Numeral.text(value)) in every row "
        + "before \(start), the first treated period; choose one that varies before treatment.",
      code: .problems)
  }
}

extension OptionType<[Predictor]> {
  /// Reads `a:1980-1988,b,c@1975`: the mean over some periods, over all, the value in one.
  static var predictors: OptionType {
    OptionType("LIST", "predictors such as a:1980-1988,b,c@1975") { text in
      let predictors = text.split(separator: ",").map { predictor(String($0)) }
      let known = predictors.compactMap(\.self)
      return known.isEmpty || known.count < predictors.count ? nil : known
    }
  }

  private static func predictor(_ text: String) -> Predictor? {
    let parts = text.split(separator: /[:@]/, maxSplits: 1).map(String.init)
    let numbers = parts.count == 2 ? parts[1].split(separator: "-").map { Int($0) } : []
    let ends = numbers.compactMap(\.self)
    guard let name = parts.first, ends.count == numbers.count, ends.count <= 2,
      parts.count == 1 || !ends.isEmpty, ends == ends.sorted()
    else { return nil }
    return Predictor(name: text, variable: name, periods: ends.first.map { $0...(ends.last ?? $0) })
  }
}
