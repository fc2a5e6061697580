package import Documents

/// The ranges of the numbers in a study, which its file, its addresses and its scenarios share.
extension Bounded<Int> {
  /// Years before a step in which its effect may begin.
  package static let anticipation = Bounded(0...100)
  /// Factors of a model.
  package static let factors = Bounded(0...100)
  /// Draws that a file may ask for, within the limits of who runs the program.
  package static func draws(within limits: ReadingLimits) -> Bounded {
    Bounded(99...max(99, limits.draws))
  }
  /// Draws that one specification may ask for.
  static let changedDraws = Bounded(1...ReadingLimits.standard.draws)
}

extension Bounded<Double> {
  /// The smallest effect that is worth knowing.
  static let smallestEffect = Bounded(1e-30...1e30)
}
