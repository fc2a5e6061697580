import LinearAlgebra
public import Panels

/// A panel with a known effect: unit and period effects, normal noise, and an effect from each start on.
///
/// `starts` holds the first treated period of each unit, counted from 1, nil for never; `gapShare` is
/// the share of cells left out at random. Of a unit's noise the share `persistence` stays for the next
/// period, its variance being the same in all.
public func generatedPanel(
  starts: [Int?], periods: Int, effect: Double, noise: Double = 1, gapShare: Double = 0,
  persistence: Double = 0, seed: UInt64
) throws -> Panel {
  var random = Philox(seed: seed, stream: 99, index: 0)
  let periodEffects = (0..<periods).map { _ in random.nextNormal() }
  let cells = starts.map { start -> [Cell] in
    let unitEffect = 3 * random.nextNormal()
    var shock = 0.0
    return (0..<periods).map { period in
      let isTreated = start.map { period + 1 >= $0 } ?? false
      let fresh = random.nextNormal()
      shock =
        period == 0
        ? fresh : persistence * shock + (1 - persistence * persistence).squareRoot() * fresh
      let value = unitEffect + periodEffects[period] + noise * shock + (isTreated ? effect : 0)
      return random.nextUnit() < gapShare ? .absent(.missing) : .observed(value)
    }
  }
  return try Panel(
    units: starts.indices.map { "u\($0)" }, periods: (1...periods).map { Period($0) },
    cells: cells,
    cohorts: starts.map { $0.map { .firstTreated(Period($0)) } ?? .neverTreated })
}
