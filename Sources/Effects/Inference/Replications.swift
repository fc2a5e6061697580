import LinearAlgebra
package import Panels

/// Estimates on other samples, and what they say about the error of the estimate.
public struct Replications: Hashable, Sendable {
  public let estimates: [Double]
  /// Nil when fewer than two samples have an estimate.
  public let standardError: Double?
  /// Whether the samples are all there are.
  public let isEnumerated: Bool
  /// Samples that left nothing to estimate: they are not counted, and the error rests on the others.
  public let undefined: Int
  /// Why the first of these has no estimate; nil when all have one.
  public let failure: EstimationFailure?
  /// The placebo test; nil for other replications.
  public let placebo: Placebo?

  /// The rank of the estimate among the placebo estimates.
  public struct Placebo: Hashable, Sendable {
    /// (1 + #{|τ*| ≥ |τ|}) / (1 + number of placebos).
    public let p: Double
    /// The smallest p that the number of placebos allows.
    public let floor: Double
  }
}

extension Replications {
  /// An effect on a panel with the error of these replications, which is absent where it is rounding.
  package func estimate(_ att: Double, on panel: Panel) -> Estimate {
    Estimate(att: att, error: standardError ?? 0, scale: panel.scale)
  }

  /// Takes the samples that have an estimate, and holds the panel's own against them where one is given.
  init(
    _ results: [Result<Double, any Error>], isEnumerated: Bool, heldAgainst observed: Double? = nil
  ) {
    let estimates = results.compactMap { try? $0.get() }
    let failures = results.lazy.compactMap { result -> EstimationFailure? in
      if case .failure(let error) = result { EstimationFailure(error) } else { nil }
    }
    self.init(
      estimates: estimates, standardError: estimates.count > 1 ? spread(estimates) : nil,
      isEnumerated: isEnumerated, undefined: results.count - estimates.count,
      failure: failures.first,
      placebo: observed.map { observed in
        let tail = Tail(estimates, observed: observed, isEnumerated: false)
        return Placebo(p: tail.p { abs($0) }, floor: 1 / Double(estimates.count + 1))
      })
  }

  /// Takes samples that lack one unit each.
  init(leavingOneOut results: [Result<Double, any Error>]) {
    let all = Replications(results, isEnumerated: true)
    self.init(
      estimates: all.estimates,
      standardError: all.estimates.count > 1 ? jackknifeError(all.estimates) : nil,
      isEnumerated: true, undefined: all.undefined, failure: all.failure, placebo: nil)
  }
}

/// The root of (n − 1)/n times the squared deviations of n estimates from their mean.
func jackknifeError(_ estimates: [Double]) -> Double {
  spread(estimates) * Double(estimates.count - 1).squareRoot()
}

/// The root of the mean square deviation from the mean.
private func spread(_ values: [Double]) -> Double {
  let center = mean(values)
  return mean(values.map { ($0 - center) * ($0 - center) }).squareRoot()
}
