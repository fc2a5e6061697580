import Foundation

/// The probability that a standard normal number is at most `x`.
public func normalProbability(_ x: Double) -> Double {
  0.5 * erfc(-x / 2.0.squareRoot())
}

/// The number that a standard normal one stays below with probability `p`.
///
/// Rational start of about 1e-9 (Acklam's form), then two Newton steps on `erfc`; error below 1e-15 of
/// the probability for p in (1e-300, 1). Traps outside (0, 1).
public func normalQuantile(_ p: Double) -> Double {
  precondition(p > 0 && p < 1, "A normal quantile needs a probability between 0 and 1.")
  if p > 0.5 { return -normalQuantile(1 - p) }
  var x = initialNormalQuantile(p)
  for _ in 0..<2 {
    let density = exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
    let step = (normalProbability(x) - p) / density
    x -= step / (1 + x * step / 2)
  }
  return x
}

/// A first approximation of the lower half of the normal quantile function.
private func initialNormalQuantile(_ p: Double) -> Double {
  // Abramowitz and Stegun 26.2.23; the Newton steps after it do the rest.
  let t = (-2 * log(p)).squareRoot()
  let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
  let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  return numerator / denominator - t
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
  var low = 0.0
  var high = 1.0
  while studentTails(high, degreesOfFreedom: degreesOfFreedom) > tails { high *= 2 }
  while true {
    let middle = (low + high) / 2
    guard middle > low, middle < high else { return high }
    if studentTails(middle, degreesOfFreedom: degreesOfFreedom) > tails {
      low = middle
    } else {
      high = middle
    }
  }
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
