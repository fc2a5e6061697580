import Documents
import TestSupport

@testable import fulcrum

/// A table that nobody would want to estimate: its text and what is asked of it follow from the seed.
///
/// Most tables can be read, so that the estimators meet what is strange in them; some have garbage.
struct MalformedPanel {
  private(set) var text = ""
  private var random: SeededGenerator
  private var units: [String] = []
  private var periods: [Int] = []

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    var rows = rows()
    for _ in 0..<oneOf([0, 0, 0, 0, 0, 0, 1, 3]) { spoil(&rows) }
    text = ([Self.header] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n")
    if chance(0.02) { text = String(text.prefix(Int.random(in: 0...text.count, using: &random))) }
  }

  private static let header = ["id", "t", "y", "first", "d", "x", "z", "w", "c"]

  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < share
  }

  private mutating func oneOf<Value>(_ values: [Value]) -> Value { random.oneOf(values) }

  // MARK: The table

  private mutating func rows() -> [[String]] {
    units = (0..<oneOf([1, 2, 3, 4, 5, 6, 7, 8, 10, 12])).map { "u\($0)" }
    periods = dates(oneOf([1, 2, 3, 4, 5, 6, 7, 8, 10, 14]))
    let starts = starts()
    let earliest = starts.compactMap(\.self).min() ?? 0
    let outcome = chance(0.3) ? .ordinary : oneOf(Outcome.allCases)
    let (first, second) = (oneOf(Covariate.allCases), oneOf(Covariate.allCases))
    let (weight, cluster) = (oneOf(Weight.allCases), oneOf([1, 2, 3, 100]))
    let (gaps, isLeftOut) = (oneOf([0, 0, 0, 0.1, 0.3, 0.7, 0.95]), chance(0.5))
    var rows: [[String]] = []
    for (unit, name) in units.enumerated() {
      for (place, period) in periods.enumerated() {
        let isGap = chance(gaps)
        if isGap && isLeftOut { continue }
        let isTreated = starts[unit].map { period >= $0 } ?? false
        let cell = Place(
          unit: unit, period: place, isTreated: isTreated, isBefore: period < earliest)
        let x = value(of: first, at: cell, other: 0)
        rows.append([
          name, "\(period)", isGap ? "" : "\(value(of: outcome, at: cell))",
          starts[unit].map { "\($0)" } ?? oneOf(["", "0", "NA", "Inf"]), isTreated ? "1" : "0",
          "\(x)", chance(0.01) ? "" : "\(value(of: second, at: cell, other: x))",
          "\(value(of: weight))", "c\(unit % cluster)",
        ])
      }
    }
    return rows
  }

  /// Where a cell stands.
  private struct Place {
    let unit: Int
    let period: Int
    let isTreated: Bool
    /// Whether nobody is treated yet.
    let isBefore: Bool
  }

  private mutating func dates(_ count: Int) -> [Int] {
    let first = oneOf([1, 1, 1_990, 1_990, 0, -3, 999_999_980, -1_000_000_000])
    let widest = oneOf([1, 1, 1, 3, 1_000])
    var date = first
    return (0..<count).map { _ in
      defer { date = min(date + Int.random(in: 1...widest, using: &random), 1_000_000_000) }
      return date
    }
  }

  /// When each unit is first treated: inside the periods, at their start, between them, after them.
  private mutating func starts() -> [Int?] {
    let never = oneOf([0, 0.3, 0.5, 0.6, 0.8])
    let first = min(1, periods.count - 1)
    let dates = [periods[0], periods[periods.count / 2], periods[periods.count - 1]]
    let isStaggered = chance(0.5)
    let joint = periods[Int.random(in: first..<periods.count, using: &random)]
    let onlyOne = chance(0.2) ? Int.random(in: units.indices, using: &random) : nil
    return units.indices.map { unit in
      if let onlyOne { return unit == onlyOne ? joint : nil }
      if chance(never) { return nil }
      if chance(0.05) { return oneOf([dates[2] + 1, dates[0] - 1, dates[1] + 1, dates[2] + 500]) }
      return isStaggered ? periods[Int.random(in: first..<periods.count, using: &random)] : joint
    }
  }

  private enum Outcome: CaseIterable {
    case ordinary, effectOnly, sameBefore, constantByUnit, additive, trend, binary
    case huge, tooHuge, tiny, denormal, mixed, nearlySame, shifted
  }

  private mutating func value(of outcome: Outcome, at place: Place) -> Double {
    let noise = Double.random(in: -1...1, using: &random)
    let level = Double(place.unit * place.unit) + Double(place.period)
    switch outcome {
    case .ordinary: return level + noise + (place.isTreated ? 2 : 0)
    case .effectOnly: return place.isTreated ? 1 : 0
    case .sameBefore: return place.isBefore ? 7 : noise
    case .constantByUnit: return Double(place.unit)
    case .additive: return level
    case .trend: return Double(place.unit * place.period)
    case .binary: return noise > 0 ? 1 : 0
    case .huge: return noise * 1e40
    case .tooHuge: return noise * 1e308
    case .tiny: return noise * 1e-39
    case .denormal: return noise * .leastNormalMagnitude / 64
    case .mixed: return noise * oneOf([1, 1e39, 1e-100, 1e8, 0, -1e40, .leastNonzeroMagnitude])
    case .nearlySame: return 1 + noise * 1e-15
    case .shifted: return 1e15 + level + noise
    }
  }

  private enum Covariate: CaseIterable {
    case noise, other, constant, ofUnit, ofPeriod, treatment, huge, tiny, binary, missing
  }

  private mutating func value(of covariate: Covariate, at place: Place, other: Double) -> Double {
    let noise = Double.random(in: -1...1, using: &random)
    switch covariate {
    case .noise: return noise
    case .other: return 2 * other + 1
    case .constant: return 4
    case .ofUnit: return Double(place.unit % 3)
    case .ofPeriod: return Double(place.period)
    case .treatment: return place.isTreated ? 1 : 0
    case .huge: return noise * 1e40
    case .tiny: return noise * 1e-39
    case .binary: return noise > 0 ? 1 : 0
    case .missing: return chance(0.05) ? .nan : noise
    }
  }

  private enum Weight: CaseIterable { case one, mild, wild, wrong }

  private mutating func value(of weight: Weight) -> Double {
    switch weight {
    case .one: 1
    case .mild: Double.random(in: 0.5...3, using: &random)
    case .wild: oneOf([1e-39, 1e39, 1, 1e-8, 1e8])
    case .wrong: chance(0.03) ? oneOf([0, -1]) : 1
    }
  }

  /// Puts one thing wrong that the reader should see.
  private mutating func spoil(_ rows: inout [[String]]) {
    guard !rows.isEmpty else { return }
    let row = Int.random(in: 0..<rows.count, using: &random)
    let column = Int.random(in: 0..<Self.header.count, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: rows.append(rows[row])
    case 1: if !rows[row].isEmpty { rows[row].removeLast() }
    case 2: rows[row] = []
    case 3: rows.remove(at: row)
    default:
      guard rows[row].indices.contains(column), column > 0 else { return }
      rows[row][column] = oneOf([
        "many", "\"1,5\"", "\"", "é", "1e400", "1e308", "-1e308", "nan", "Inf", "--", "0x10", "1.5",
        "9999999999999999999", "", " ", "\"a\"b", "\u{0}", "1e-320", "-0", "2e9",
      ])
    }
  }

  // MARK: What is asked of it

  /// The words after `estimate` that ask one method about the table in a file, with options at random.
  mutating func words(_ method: EstimateMethod, file: String) -> [String] {
    var words = [
      file, "--period", "t", "--outcome", "y", "--method", method.name, "--threads", "1",
    ]
    words += chance(0.7) ? ["--first-treated", "first"] : ["--treatment", "d"]
    // More units have more assignments than a test can wait for.
    if units.count <= 5, chance(0.3) { words += ["--randomize", oneOf(["1", "19"])] }
    if chance(0.1) { words += ["--level", oneOf(["0.5", "0.999999"])] }
    let isSampled = method.has(EstimateMethod.GroupTime.repeatedCrossSection) && chance(0.1)
    words += isSampled ? ["--repeated-cross-section"] : ["--unit", "id"]
    for option in method.options.map(\.form)
    where !Self.special.contains(option.name) && chance(0.3) {
      words.append(option.name)
      if option.placeholder != nil { words.append(oneOf(Self.values[option.name] ?? ["1", "3"])) }
    }
    if method.has(EstimateOptions.donors), chance(0.2) {
      words += ["--donors", units.shuffled(using: &random).prefix(3).joined(separator: ",")]
    }
    return words
  }

  /// What is given in words of its own.
  private static let special: Set = ["--donors", "--repeated-cross-section"]

  /// What each option may be given; small numbers where nothing stands here.
  private static let values = [
    "--covariates": ["x", "x,z"], "--weights": ["w"], "--cluster": ["c"],
    "--comparison": ["never", "not-yet"], "--base": ["varying", "universal"],
    "--anticipation": ["1", "2", "1000000"], "--adjustment": ["dr", "ipw", "reg"],
    "--bootstrap": ["2", "5"], "--predictors": ["x", "x,z", "y@1991,x", "y:1-2,z"],
    "--placebo": ["space", "time"], "--interval": ["conformal"],
    "--lambda": ["0", "1", "1e-300", "1e100"], "--factors": ["0", "1", "2", "50"],
    "--mode": ["exact", "frank-wolfe"], "--variant": ["did", "sc", "demeaned-sc"],
    "--se": ["placebo", "jackknife", "bootstrap"], "--pooling": ["separate", "pooled", "partial"],
    "--leads": ["1", "3", "1000000"],
  ]
}

extension SeededGenerator {
  /// One of some values, each equally likely.
  mutating func oneOf<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
}
