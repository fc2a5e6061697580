import Documents
public import Evidence
import Foundation

/// A quantity known to lie between two bounds; without a high one it has none.
public struct Bounds: Hashable, Sendable {
  public let low: Double
  public let high: Double?

  public init(low: Double, high: Double?) {
    self.low = low
    self.high = high
  }

  /// A quantity that is known.
  public init(_ point: Double) { self.init(low: point, high: point) }

  /// Whether both bounds are one number.
  public var isPoint: Bool { high == low }

  package static func + (left: Bounds, right: Bounds) -> Bounds {
    Bounds(
      low: left.low + right.low,
      high: left.high.flatMap { first in right.high.map { first + $0 } })
  }

  func scaled(by factor: Double) -> Bounds {
    Bounds(low: low * factor, high: high.map { $0 * factor })
  }
}

/// What a loan's terms say about the principal still owed.
///
/// Payments begin a year after the grace and are yearly. The bounds are exact: the principal owed grows
/// with the principal, the grace, the maturity and, of an annuity, the rate.
public struct Repayment: Hashable, Sendable {
  public let terms: Terms

  /// - Throws: `ScenarioError.contradictoryTerms` when the loan is due before its grace is over.
  public init(_ terms: Terms) throws {
    self.terms = terms
    if let grace = terms.graceYears.least, let maturity = terms.maturityYears.most,
      maturity <= grace
    {
      throw ScenarioError.contradictoryTerms(
        terms.deal, grace: grace, maturity: maturity)
    }
  }

  /// The principal owed at the end of a year, in the loan's currency; nil where no year of signing is
  /// stated or it was not signed yet.
  ///
  /// What the terms leave open is bounded by what cannot be otherwise: without a maturity anything
  /// between nothing and the whole may be left once the grace is over.
  public func outstanding(atEndOf year: Int) -> Bounds? {
    guard let signed = terms.signed, let least = terms.principal.least else { return nil }
    let years = (first: year - signed.latest.year, last: year - signed.earliest.year)
    guard years.last >= 0 else { return nil }
    // The older the loan can be, the less is owed.
    let low = years.first < 0 ? 0 : least * share(after: Double(years.last), isLow: true)
    let high = terms.principal.most.map {
      $0 * share(after: Double(max(0, years.first)), isLow: false)
    }
    return Bounds(low: low, high: high)
  }

  /// The share of the principal owed some years after signing: at least, or at most.
  private func share(after years: Double, isLow: Bool) -> Double {
    let grace = isLow ? terms.graceYears.least ?? 0 : terms.graceYears.most
    let maturity = isLow ? terms.maturityYears.least : terms.maturityYears.most
    guard isLow else {
      guard let maturity else { return 1 }
      return owed(
        years, grace: grace ?? maturity, maturity: maturity, rate: rates.high, isLow: false)
    }
    guard let maturity else { return years <= (grace ?? 0) && terms.graceYears.isStated ? 1 : 0 }
    return owed(years, grace: grace ?? 0, maturity: maturity, rate: rates.low, isLow: true)
  }

  private var rates: (low: Double, high: Double) {
    (terms.rate.least ?? 0, terms.rate.most ?? terms.rate.least ?? 0)
  }

  /// By the schedule; where none is stated, by the one that leaves least, or most, to pay.
  private func owed(
    _ years: Double, grace: Double, maturity: Double, rate: Double, isLow: Bool
  ) -> Double {
    switch terms.schedule ?? (isLow ? .equalPrincipal : .bullet) {
    case .bullet: years < maturity ? 1 : 0
    case .equalPrincipal: equalPrincipalOwed(years, grace: grace, maturity: maturity)
    case .annuity: annuityOwed(years, grace: grace, maturity: maturity, rate: rate)
    }
  }
}

/// The share owed `years` after signing when equal parts are paid yearly after the grace.
func equalPrincipalOwed(_ years: Double, grace: Double, maturity: Double) -> Double {
  guard years > grace else { return 1 }
  guard years < maturity else { return 0 }
  return (maturity - years) / (maturity - grace)
}

/// The share owed `years` after signing when equal payments of principal and interest follow the grace.
///
/// ((1 + r)ⁿ − (1 + r)ᵏ) / ((1 + r)ⁿ − 1) after k of n payments.
func annuityOwed(_ years: Double, grace: Double, maturity: Double, rate: Double) -> Double {
  guard rate > 0 else { return equalPrincipalOwed(years, grace: grace, maturity: maturity) }
  guard years > grace else { return 1 }
  guard years < maturity else { return 0 }
  let whole = pow(1 + rate, maturity - grace)
  return (whole - pow(1 + rate, years - grace)) / (whole - 1)
}

extension BoundedNumber {
  /// The least that the number can be; nil when nothing is stated.
  var least: Double? { low ?? value }
  /// The most that the number can be; nil when nothing bounds it from above.
  var most: Double? { high ?? value }
}
