/// The ways in which a series may go on when nothing new happens.
public enum BaselineModel: Hashable, Sendable, CaseIterable {
  /// A level that follows the series; its future is flat.
  case localLevel
  /// A level with a trend that fades.
  case dampedTrend
  /// Each value pulled from the last towards a mean.
  case autoregression

  /// The fewest observed values that leave the model degrees of freedom.
  var fewestValues: Int {
    switch self {
    case .localLevel: 4
    case .dampedTrend: 8
    case .autoregression: 5
    }
  }

  /// Fits the model to a yearly series; nil when it has too few values or would explode.
  func fitted(to values: [Double?]) -> FittedBaseline? {
    guard values.count(where: { $0 != nil }) >= fewestValues else { return nil }
    switch self {
    case .localLevel: return .localLevel(values)
    case .dampedTrend: return .dampedTrend(values)
    case .autoregression: return .autoregression(values)
    }
  }
}

/// A model fitted to one series: where it goes from its end, and how it carries a shock on.
///
/// All models are linear: a path is the expectation plus innovations, each carried on by `carried`.
public struct FittedBaseline: Hashable, Sendable {
  public let model: BaselineModel
  /// The smoothing parameters (level; trend and damping), or intercept and slope.
  public let parameters: [Double]
  /// The errors one step ahead, in the order of the observed values that have one.
  public let errors: [Double]
  public let degreesOfFreedom: Int
  let end: End

  /// The state in which the series ends.
  enum End: Hashable, Sendable {
    case smoothed(level: Double, trend: Double)
    case last(Double)
  }

  /// The standard deviation of one year's innovation.
  public var innovation: Double {
    (errors.reduce(0) { $0 + $1 * $1 } / Double(degreesOfFreedom)).squareRoot()
  }

  /// The expected values one to `horizon` years after the last.
  public func expectations(horizon: Int) -> [Double] {
    switch end {
    case .smoothed(let level, let trend):
      let damping = model == .dampedTrend ? parameters[2] : 0
      var (slope, power) = (0.0, 1.0)
      return (0..<horizon).map { _ in
        power *= damping
        slope += power
        return level + slope * trend
      }
    case .last(var value):
      return (0..<horizon).map { _ in
        value = parameters[0] + parameters[1] * value
        return value
      }
    }
  }

  /// What is left of an innovation in its own year and in those after it, `horizon` numbers.
  ///
  /// Hyndman, Koehler, Ord and Snyder 2008, table 6.1: α and α + β(φ + … + φʲ); ρʲ of an
  /// autoregression.
  public func carried(horizon: Int) -> [Double] {
    var (sum, power) = (0.0, 1.0)
    return (0..<horizon).map { years in
      if years == 0 { return 1 }
      switch model {
      case .localLevel: return parameters[0]
      case .dampedTrend:
        power *= parameters[2]
        sum += power
        return parameters[0] + parameters[1] * sum
      case .autoregression:
        power *= parameters[1]
        return power
      }
    }
  }
}
