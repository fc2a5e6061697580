/// One cell of a panel: a number and what is known of its error, or the reason why there is none.
public enum Cell: Hashable, Sendable {
  case observed(Double, uncertainty: Uncertainty? = nil)
  case absent(Absence)

  public var value: Double? {
    if case .observed(let value, _) = self { value } else { nil }
  }

  /// The bounds and draws of the value; nil where its source states none.
  public var uncertainty: Uncertainty? {
    if case .observed(_, let uncertainty) = self { uncertainty } else { nil }
  }

  public var absence: Absence? {
    if case .absent(let absence) = self { absence } else { nil }
  }
}

/// What a source states about the error of one value: bounds, draws, or both.
///
/// What the bounds are (one standard deviation, 5 and 95 % of a posterior) is the source's to say.
public struct Uncertainty: Hashable, Sendable {
  public let low: Double?
  public let high: Double?
  /// Draws of the value, in the source's order; empty when it publishes none.
  public let draws: [Double]

  /// Nil when nothing is stated.
  public init?(low: Double? = nil, high: Double? = nil, draws: [Double] = []) {
    guard low != nil || high != nil || !draws.isEmpty else { return nil }
    self.low = low
    self.high = high
    self.draws = draws
  }
}

/// Why a cell holds no number.
public enum Absence: String, Hashable, Sendable, CaseIterable {
  /// It cannot exist: it leaves the contrast.
  case impossible
  /// Nobody looked.
  case notSearched
  /// Somebody knows and does not say.
  case withheld
  /// Looked for and not there, without a stated reason.
  case missing
}

/// A unit, a period or one cell that was left out, and why.
public struct Dropped: Hashable, Sendable {
  public let unit: String?
  public let period: Period?
  public let reason: String

  public init(unit: String?, period: Period?, reason: String) {
    self.unit = unit
    self.period = period
    self.reason = reason
  }
}
