/// Long tables as CSV text, the same for the same sizes, whose effects are known.
package enum MadeTables {
  /// A staggered panel: half the units join at seven dates, the others never; every cell observed.
  ///
  /// The outcome has unit and period effects, a slope in the covariate x (fixed in time, larger in later
  /// cohorts), noise, and an effect that grows by 0.1 in each treated period.
  package static func staggered(units: Int, periods: Int) -> String {
    var random = RandomBits(seed: 20_261_125)
    let shocks = (0..<periods).map { _ in random.nextBell() / 5 }
    var text = "unit,period,first_treated,y,x\n"
    for unit in 0..<units {
      let group = unit % 14
      let start = group < 7 ? periods / 4 + group * periods / 10 : 0
      let level = random.nextBell()
      let x = random.nextUnit() + Double(group % 7) / 20
      for period in 1...periods {
        let effect = start > 0 && period >= start ? Double(period - start + 1) / 10 : 0
        let trend = x * Double(period) / 20
        let y = level + shocks[period - 1] + trend + effect + random.nextBell() / 2
        text += "\(unit + 1),\(period),\(start),\(y),\(x)\n"
      }
    }
    return text
  }

  /// A block panel of two factors: the first `treated` units join together, by two thirds of the periods.
  package static func block(units: Int, periods: Int, treated: Int) -> String {
    var random = RandomBits(seed: 424_243)
    var factors = (0.0, 0.0)
    let paths = (0..<periods).map { period -> (Double, Double) in
      factors = (factors.0 + random.nextBell() / 3, factors.1 * 0.8 + random.nextBell() / 2)
      return (factors.0 + Double(period) / 10, factors.1)
    }
    let start = 2 * periods / 3 + 1
    var text = "unit,period,treated,y\n"
    for unit in 0..<units {
      let (level, first, second) = (random.nextBell(), random.nextUnit(), random.nextBell())
      for period in 1...periods {
        let isTreated = unit < treated && period >= start
        let path = paths[period - 1]
        let y =
          10 + level + first * path.0 + second * path.1 + random.nextBell() / 4
          + (isTreated ? 1 : 0)
        text += "\(unit + 1),\(period),\(isTreated ? 1 : 0),\(y)\n"
      }
    }
    return text
  }
}
