import Effects
import Panels

// How far parallel trends may fail before an estimate loses its sign.

extension Comparison {
  /// The event times that are looked at: as many leads as the pre-trend has, and the first years after.
  private static let eventTimes = -5...4

  /// The honest bounds of the mean effect over the first years after the treatment, by relative magnitudes.
  ///
  /// Nil where errors do not rest on large samples, the estimator is not group-time or allows for
  /// anticipation, or the event times cannot be told apart.
  func sensitivity() -> HonestBounds? {
    guard showsLargeSampleErrors, let estimator = estimator.groupTime, estimator.anticipation == 0
    else { return nil }
    let universal = GroupTimeDiD(comparison: estimator.comparison, base: .universal)
    guard let effects = try? universal.estimate(panel),
      let study = try? EventStudy(effects, at: Self.eventTimes)
    else { return nil }
    return try? HonestSensitivity(restriction: .relativeMagnitudes, target: .average)
      .bounds(study, m: [])
  }

  /// Whether there are enough units for errors and bands that rest on large samples: ten on either side.
  var showsLargeSampleErrors: Bool {
    effects?.overall.standardError != nil && treated.count >= 10 && untreated.count >= 10
  }
}
