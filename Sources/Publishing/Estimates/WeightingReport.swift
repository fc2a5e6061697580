import Documents
import Effects
import Panels
import Studies

func certificate(_ residual: Double) -> JSON {
  .object(defined: ["residual": finite(residual)])
}

func gaps(_ periods: [SyntheticPeriod]) -> JSON {
  .array(
    periods.map { period in
      .object(defined: [
        "period": .integer(period.period.number), "observed": finite(period.observed),
        "synthetic": finite(period.synthetic), "gap": finite(period.gap),
      ])
    })
}

func weights(_ weights: [UnitWeight]) -> JSON {
  .object(weights.map { JSON.Member(key: $0.unit, value: .number($0.weight)) })
}

func gapTable(_ periods: [SyntheticPeriod]) -> String {
  table(
    [["period", "observed", "synthetic", "gap"]]
      + periods.map { ["\($0.period)"] + figures([$0.observed, $0.synthetic, $0.gap]) })
}

/// The donors that carry weight, the heaviest first.
func weightTable(_ weights: [UnitWeight]) -> String {
  let carrying = weights.filter { abs($0.weight) >= 0.0005 }
    .sorted { ($1.weight, $0.unit) < ($0.weight, $1.unit) }
  return table(
    [["donor", "weight"]] + carrying.map { [$0.unit, figure($0.weight, decimals: 3)] })
}

/// Writes the smallest p that is possible: `0.0323`, or `1 in 31,465`.
func floorFigure(_ floor: Double) -> String {
  floor < 0.001 ? oneIn(floor) : figure(floor, decimals: 4)
}
