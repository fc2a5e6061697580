public import Indicators
import LinearAlgebra

/// How one series would go on: the model that has foreseen it best, and what the others say.
public struct Baseline: Hashable, Sendable {
  /// The candidates in the order of `BaselineModel`.
  public let candidates: [Candidate]
  /// The place of the one with the smallest rolling-origin error.
  public let chosen: Int
  /// The scale on which the candidates are fitted.
  let scale: Scale

  /// A fitted model and how it has done.
  public struct Candidate: Hashable, Sendable {
    public let fit: FittedBaseline
    /// The root of the mean squared error over all origins and years ahead; nil when the series is too
    /// short to be foreseen from a part of itself.
    public let rollingError: Double?
    /// The share of the draws that follow this model.
    public let weight: Double
  }

  /// Fits all candidates to a yearly series that begins and ends with an observed value.
  ///
  /// Rolling origin (Tashman 2000, 10.1016/S0169-2070(00)00065-0): each model is fitted to the values up to
  /// an origin and foresees the next `horizon` years at most. Candidates are drawn with weights
  /// that are inverse to their mean squared errors. Values between two bounds are carried on
  /// between them.
  ///
  /// - Throws: `ScenarioError.tooFewValues`.
  public init(
    _ values: [Double?], horizon: Int, within range: ValueRange = .unbounded
  ) throws {
    let scale = Scale(of: values, within: range)
    self.scale = scale
    let scaled = values.map { $0.map(scale.up) }
    let fits = BaselineModel.allCases.compactMap { $0.fitted(to: scaled) }
    guard !fits.isEmpty else {
      throw ScenarioError.tooFewValues(
        values.count { $0 != nil }, least: BaselineModel.localLevel.fewestValues)
    }
    let errors = fits.map { rollingError($0.model, scaled, on: scale, horizon: horizon) }
    let known = errors.compactMap { $0 }
    let chosen = errors.indices.min { (errors[$0] ?? .infinity) < (errors[$1] ?? .infinity) } ?? 0
    self.chosen = chosen
    let least = known.min() ?? 0
    let weights = errors.indices.map { place -> Double in
      guard let error = errors[place] else { return known.isEmpty ? 1 : 0 }
      return error > least ? least * least / (error * error) : 1
    }
    let total = weights.reduce(0, +)
    candidates = fits.indices.map {
      Candidate(fit: fits[$0], rollingError: errors[$0], weight: weights[$0] / total)
    }
  }

  /// What every path of `horizon` years shares, one for each candidate.
  func courses(horizon: Int) -> [Course] {
    candidates.map { candidate in
      Course(
        fit: candidate.fit, expectations: candidate.fit.expectations(horizon: horizon),
        carried: candidate.fit.carried(horizon: horizon))
    }
  }

  /// One candidate's expected years, and what each keeps of a shock.
  struct Course {
    let fit: FittedBaseline
    let expectations: [Double]
    let carried: [Double]
  }

  /// Draws one path along one of the courses.
  ///
  /// The scale of the innovations is uncertain too: it is drawn from its scaled inverse chi-square.
  func path(along courses: [Course], _ generator: inout Philox) -> [Double] {
    let course = courses[drawn(generator.nextUnit())]
    let fit = course.fit
    let freedom = Double(fit.degreesOfFreedom)
    let innovation =
      fit.innovation * (freedom / generator.nextChiSquare(fit.degreesOfFreedom)).squareRoot()
    var path = course.expectations
    for year in path.indices {
      let shock = innovation * generator.nextNormal()
      for later in year..<path.count { path[later] += course.carried[later - year] * shock }
    }
    return path.map(scale.down)
  }

  private func drawn(_ unit: Double) -> Int {
    var passed = 0.0
    for (place, candidate) in candidates.enumerated() {
      passed += candidate.weight
      if unit < passed { return place }
    }
    return chosen
  }
}

/// The root mean squared error of a model over rolling origins, in the unit of the series; nil without any
/// year to check.
private func rollingError(
  _ model: BaselineModel, _ values: [Double?], on scale: Scale, horizon: Int
) -> Double? {
  var squares = 0.0
  var count = 0
  let first = BaselineModel.allCases.map(\.fewestValues).max() ?? 0
  for origin in values.indices.dropLast() where values[origin] != nil {
    let past = Array(values[...origin])
    guard past.count(where: { $0 != nil }) >= first, let fit = model.fitted(to: past) else {
      continue
    }
    let ahead = values[(origin + 1)...].prefix(horizon)
    for (expected, value) in zip(fit.expectations(horizon: ahead.count), ahead) {
      guard let value else { continue }
      let error = scale.down(value) - scale.down(expected)
      squares += error * error
      count += 1
    }
  }
  return count > 0 ? (squares / Double(count)).squareRoot() : nil
}
