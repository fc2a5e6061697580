/// The size of the gaps before and after the treatment.
public struct GapFit: Hashable, Sendable {
  public let preRMSPE: Double
  public let postRMSPE: Double

  /// The root mean square gap after over that before; infinite after a fit that is perfect to rounding.
  public var ratio: Double { preRMSPE > 0 ? postRMSPE / preRMSPE : .infinity }

  /// `scale` is the largest size of an outcome.
  init(gaps: [Double], preCount: Int, scale: Double) {
    func root(_ gaps: ArraySlice<Double>) -> Double {
      (gaps.reduce(0) { $0 + $1 * $1 } / Double(gaps.count)).squareRoot()
    }
    let before = root(gaps[..<preCount])
    preRMSPE = before > perfectShare * scale ? before : 0
    postRMSPE = root(gaps[preCount...])
  }
}

/// Gaps below this share of the largest outcome are what rounding leaves of a perfect fit.
private let perfectShare = 1e-12
