/// The constant effects that the randomization test does not reject at 5 %; nil when unbounded.
///
/// Under a constant effect δ the assignment i has the statistic |aᵢ − δ·bᵢ|, aᵢ being its effect and bᵢ
/// its dose, and the observed dates have |τ − δ|. Each i is at least as extreme on one or two
/// ranges of δ, known in closed form, so the ends are exact.
func invertedInterval(
  observed: Double, effects: [Double], doses: [Double], isEnumerated: Bool
) -> ClosedRange<Double>? {
  let ranges = zip(effects, doses).flatMap {
    extremeRanges(effect: $0, dose: $1, observed: observed)
  }
  let own = isEnumerated ? 0 : 1
  let total = effects.count + own
  // p > 0.05 needs more than this many ranges over δ.
  let allowed = Int((significance * Double(total) + 1e-9).rounded(.down)) - own
  guard
    let upper = lastPoint(ranges, inMoreThan: allowed),
    let lower = lastPoint(ranges.map { Extremes(from: -$0.to, to: -$0.from) }, inMoreThan: allowed),
    upper.isFinite, lower.isFinite, -lower <= upper
  else { return nil }
  return -lower...upper
}

/// Constant effects for which one assignment is at least as extreme as the observed dates.
struct Extremes: Hashable {
  let from: Double
  let to: Double
}

/// Where (a − δb)² ≥ (τ − δ)², that is (b² − 1)δ² − 2(ab − τ)δ + a² − τ² ≥ 0.
func extremeRanges(effect a: Double, dose b: Double, observed: Double) -> [Extremes] {
  let everywhere = [Extremes(from: -.infinity, to: .infinity)]
  let square = b * b - 1
  let scale = max(1, abs(a), abs(observed))
  // The two factors: (a + τ) − (b + 1)δ and (a − τ) − (b − 1)δ; their product must not be negative.
  if abs(square) < 1e-12 {
    let isSame = b > 0
    let constant = isSame ? a - observed : a + observed
    if abs(constant) <= 1e-12 * scale { return everywhere }
    let edge = isSame ? (a + observed) / 2 : (observed - a) / 2
    let reachesUp = isSame ? constant < 0 : constant > 0
    return reachesUp
      ? [Extremes(from: edge, to: .infinity)] : [Extremes(from: -.infinity, to: edge)]
  }
  let first = (a + observed) / (b + 1)
  let second = (a - observed) / (b - 1)
  let low = min(first, second)
  let high = max(first, second)
  return square < 0
    ? [Extremes(from: low, to: high)]
    : [Extremes(from: -.infinity, to: low), Extremes(from: high, to: .infinity)]
}

/// The highest point that lies in more than `allowed` ranges; infinite when they reach that far.
private func lastPoint(_ ranges: [Extremes], inMoreThan allowed: Int) -> Double? {
  var open = ranges.filter { $0.to == .infinity }.count
  guard open <= allowed else { return .infinity }
  var starts = ranges.map(\.from).sorted(by: >)[...]
  for end in ranges.map(\.to).filter(\.isFinite).sorted(by: >) {
    while let start = starts.first, start > end {
      open -= 1
      starts.removeFirst()
    }
    open += 1
    if open > allowed { return end }
  }
  // The ranges of unbounded ends may still begin below every finite end.
  return nil
}
