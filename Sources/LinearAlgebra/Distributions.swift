import Foundation

/// The probability that a standard normal number is at most `x`.
public func normalProbability(_ x: Double) -> Double {
  0.5 * erfc(-x / 2.0.squareRoot())
}

/// The number that a standard normal one stays below with probability `p`.
///
/// Wichura's AS 241 (1988, 10.2307/2347330), routine PPND16: rational forms in the middle and in both
/// tails, error about 1e-16 of the value. Traps outside (0, 1).
public func normalQuantile(_ p: Double) -> Double {
  precondition(p > 0 && p < 1, "A normal quantile needs a probability between 0 and 1.")
  let q = p - 0.5
  if abs(q) <= 0.425 { return q * QuantileForm.middle.value(at: 0.180625 - q * q) }
  let r = (-log(q < 0 ? p : 1 - p)).squareRoot()
  let size = r <= 5 ? QuantileForm.tail.value(at: r - 1.6) : QuantileForm.farTail.value(at: r - 5)
  return q < 0 ? -size : size
}

/// A ratio of two polynomials of degree seven, by rising powers, the lower with constant 1.
private struct QuantileForm {
  let above: (Double, Double, Double, Double, Double, Double, Double, Double)
  let below: (Double, Double, Double, Double, Double, Double, Double)

  @inline(__always)
  func value(at x: Double) -> Double {
    let (a, b) = (above, below)
    let numerator =
      ((((((a.7 * x + a.6) * x + a.5) * x + a.4) * x + a.3) * x + a.2) * x + a.1) * x + a.0
    let denominator =
      ((((((b.6 * x + b.5) * x + b.4) * x + b.3) * x + b.2) * x + b.1) * x + b.0) * x + 1
    return numerator / denominator
  }

  static let middle = QuantileForm(
    above: (
      3.387_132_872_796_366_608, 133.141_667_891_784_377_45, 1971.590_950_306_551_442_7,
      13_731.693_765_509_461_125, 45_921.953_931_549_871_457, 67_265.770_927_008_700_853,
      33_430.575_583_588_128_105, 2509.080_928_730_122_672_7
    ),
    below: (
      42.313_330_701_600_911_252, 687.187_007_492_057_908_3, 5394.196_021_424_751_107_7,
      21_213.794_301_586_595_867, 39_307.895_800_092_710_61, 28_729.085_735_721_942_674,
      5226.495_278_852_854_561
    ))
  static let tail = QuantileForm(
    above: (
      1.423_437_110_749_683_577_34, 4.630_337_846_156_545_295_9, 5.769_497_221_460_691_405_5,
      3.647_848_324_763_204_605_04, 1.270_458_252_452_368_382_58, 0.241_780_725_177_450_611_77,
      0.022_723_844_989_269_184_583_3, 7.745_450_142_783_414_076_4e-4
    ),
    below: (
      2.053_191_626_637_758_821_87, 1.676_384_830_183_803_849_4, 0.689_767_334_985_100_004_55,
      0.148_103_976_427_480_074_59, 0.015_198_666_563_616_457_196_6, 5.475_938_084_995_344_946e-4,
      1.050_750_071_644_416_843_24e-9
    ))
  static let farTail = QuantileForm(
    above: (
      6.657_904_643_501_103_777_2, 5.463_784_911_164_114_369_9, 1.784_826_539_917_291_335_8,
      0.296_560_571_828_504_891_23, 0.026_532_189_526_576_123_093,
      1.242_660_947_388_078_438_6e-3, 2.711_555_568_743_487_578_15e-5,
      2.010_334_399_292_288_132_65e-7
    ),
    below: (
      0.599_832_206_555_887_937_69, 0.136_929_880_922_735_805_31, 0.014_875_361_290_850_614_852_5,
      7.868_691_311_456_132_591e-4, 1.846_318_317_510_054_681_8e-5,
      1.421_511_758_316_445_888_7e-7, 2.044_263_103_389_939_785_64e-15
    ))
}

/// The probability that a chi-square number exceeds `statistic`.
///
/// The upper regularised incomplete gamma function Q(k/2, x/2): series below a + 1, Lentz's continued
/// fraction above it (NIST DLMF 8.7.1 and 8.9.2).
public func chiSquareUpperTail(_ statistic: Double, degreesOfFreedom: Int) -> Double {
  precondition(degreesOfFreedom > 0, "A chi-square test needs at least one degree of freedom.")
  guard statistic > 0 else { return 1 }
  let a = Double(degreesOfFreedom) / 2
  let x = statistic / 2
  let scale = exp(a * log(x) - x - logGamma(a))
  return x < a + 1
    ? 1 - scale * lowerGammaSeries(a: a, x: x) : scale * upperGammaFraction(a: a, x: x)
}

private func lowerGammaSeries(a: Double, x: Double) -> Double {
  var term = 1 / a
  var sum = term
  var n = a
  while abs(term) > abs(sum) * 1e-17 {
    n += 1
    term *= x / n
    sum += term
  }
  return sum
}

private func upperGammaFraction(a: Double, x: Double) -> Double {
  let tiny = 1e-300
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var fraction = d
  for i in 1...10_000 {
    let numerator = -Double(i) * (Double(i) - a)
    b += 2
    d = numerator * d + b
    if abs(d) < tiny { d = tiny }
    c = b + numerator / c
    if abs(c) < tiny { c = tiny }
    d = 1 / d
    let factor = d * c
    fraction *= factor
    if abs(factor - 1) < 1e-16 { break }
  }
  return fraction
}

/// ln Γ(x) for x > 0; `lgamma` of the C library writes to a global and is kept out of threads.
private func logGamma(_ x: Double) -> Double {
  // Stirling's series (NIST DLMF 5.11.1): its first term left out is below 1e-16 from here on.
  if x > 20 {
    let square = 1 / (x * x)
    let series = 1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))
    return (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + series / x
  }
  // Half-integers only are asked for: exact recurrences from Γ(1/2) and Γ(1).
  var result = 0.0
  var y = x
  while y > 1 {
    y -= 1
    result += log(y)
  }
  return y == 0.5 ? result + 0.5 * log(Double.pi) : result
}

/// The probability that Student's t is farther from zero than `statistic`, on both sides together.
///
/// The regularised incomplete beta function I_x(ν/2, 1/2) at x = ν/(ν + t²) (NIST DLMF 8.17), by Lentz's
/// continued fraction (8.17.22) on the side where it is quick.
public func studentTails(_ statistic: Double, degreesOfFreedom: Int) -> Double {
  precondition(degreesOfFreedom > 0, "Student's t needs at least one degree of freedom.")
  let freedom = Double(degreesOfFreedom)
  let square = statistic * statistic
  guard square.isFinite else { return 0 }
  let (x, rest) = (freedom / (freedom + square), square / (freedom + square))
  let (a, b) = (freedom / 2, 0.5)
  guard x > 0, rest > 0 else { return rest > 0 ? 0 : 1 }
  let scale = exp(
    a * log(x) + b * log(rest) + logGamma(a + b) - logGamma(a) - logGamma(b))
  return x < (a + 1) / (a + b + 2)
    ? scale * betaFraction(a, b, x) / a : 1 - scale * betaFraction(b, a, rest) / b
}

/// The number that Student's t stays below with probability `p`; traps outside (0, 1).
public func studentQuantile(_ p: Double, degreesOfFreedom: Int) -> Double {
  precondition(p > 0 && p < 1, "A quantile needs a probability between 0 and 1.")
  if p < 0.5 { return -studentQuantile(1 - p, degreesOfFreedom: degreesOfFreedom) }
  let tails = 2 * (1 - p)
  let low = 0.0
  var high = 1.0
  while studentTails(high, degreesOfFreedom: degreesOfFreedom) > tails { high *= 2 }
  return bisect(high, low, while: { ($1 + $2) / 2 > $2 && ($1 + $2) / 2 < $1 }) {
    !(studentTails($0, degreesOfFreedom: degreesOfFreedom) > tails)
  }.inside
}

/// The continued fraction of the incomplete beta function.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  var c = 1.0
  var d = 1 - (a + b) * x / (a + 1)
  d = 1 / (abs(d) < tiny ? tiny : d)
  var fraction = d
  for m in 1...10_000 {
    let m = Double(m)
    for numerator in [
      m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
      -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
    ] {
      d = 1 + numerator * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + numerator / c
      if abs(c) < tiny { c = tiny }
      fraction *= c * d
    }
    if abs(c * d - 1) < 1e-16 { break }
  }
  return fraction
}
