import LinearAlgebra
import Panels

/// Factors of the never-treated in closed form, and the treated carried on along them.
///
/// Xu 2017, algorithm 1 without covariates. With rows less their own mean and less the donors' mean of
/// each period, the factors are the leading eigenvectors of the sum of outer products of the donors'
/// rows. That sum is laid out once for all complete units; a sample only takes rows out of it.
struct NeverTreatedModel: Sendable {
  let panel: Panel
  private let design: WeightingDesign
  /// Whether a unit is observed in every period.
  private let isComplete: [Bool]
  /// Each unit's row less its mean.
  private let rows: [Double]
  /// The sum of outer products of the complete units' rows, and the sum of those rows.
  private let products: Matrix
  private let total: [Double]
  /// The complete units, treated or not.
  private let members: [Int]

  private var width: Int { panel.periods.count }

  /// - Throws: `EffectError.noDonor` when no never-treated unit is complete.
  init(_ design: WeightingDesign) throws {
    self.design = design
    panel = design.panel
    let panel = self.panel
    let width = panel.periods.count
    let isComplete = panel.units.indices.map { unit in
      panel.row(unit).allSatisfy { panel.absences[$0] == nil }
    }
    guard design.sample.donors.contains(where: { isComplete[$0] }) else {
      throw EffectError.noDonor(cohort: design.sample.starts.first.map { panel.periods[$0] })
    }
    var rows = panel.values
    for unit in panel.units.indices {
      let level = panel.row(unit).reduce(0) { $0 + rows[$1] } / Double(width)
      for place in panel.row(unit) { rows[place] -= level }
    }
    let members = design.sample.units.filter { isComplete[$0] }
    var products = SymmetricSum(width)
    var total = [Double](repeating: 0, count: width)
    for unit in members {
      products.add(rows[panel.row(unit)], times: 1)
      for period in 0..<width { total[period] += rows[unit * width + period] }
    }
    self.isComplete = isComplete
    self.rows = rows
    self.products = products.matrix
    self.total = total
    self.members = members
  }

  /// The units and periods left out: donors with a gap, and what was left out before.
  var dropped: [Dropped] {
    design.dropped
      + design.sample.donors.filter { !isComplete[$0] }.map {
        Dropped(
          unit: panel.units[$0], period: nil,
          reason: "a gap, and factors are found in complete never-treated units")
      }
  }
}

/// The factors of one sample and the treated cells carried on along them.
struct FactorFit {
  /// A row for each factor, a column for each period.
  let factors: Matrix
  let cells: [CounterfactualCell]
  /// The cells of the treated units before their treatment.
  let before: [CounterfactualCell]
}

extension NeverTreatedModel {
  /// Finds the factors of a sample's donors and the counterfactual of each treated cell.
  ///
  /// - Throws: `EffectError` when the periods before a treatment do not tell the factors apart.
  func fit(_ sample: WeightingSample, factors count: Int) throws -> FactorFit {
    let common = try common(sample, factors: count)
    var (cells, before): ([CounterfactualCell], [CounterfactualCell]) = ([], [])
    for start in sample.starts {
      for unit in sample.treated[start] ?? [] {
        let line = try line(unit, before: start, common)
        func cell(_ period: Int) -> CounterfactualCell {
          CounterfactualCell(
            panel, unit: unit, start: start, period: period,
            counterfactual: line.value(at: period, common))
        }
        cells += after(start, unit).map(cell)
        before += self.before(start, unit).map(cell)
      }
    }
    return FactorFit(factors: common.factors, cells: cells, before: before)
  }

  /// The mean effect over the treated cells of a sample.
  ///
  /// - Throws: as `fit` does.
  func att(_ sample: WeightingSample, factors count: Int) throws -> Double {
    let common = try common(sample, factors: count)
    var sum = 0.0
    var cells = 0
    for start in sample.starts {
      for unit in sample.treated[start] ?? [] {
        let line = try line(unit, before: start, common)
        for period in after(start, unit) {
          sum += panel.values[unit * width + period] - line.value(at: period, common)
          cells += 1
        }
      }
    }
    return sum / Double(cells)
  }

  /// The mean squared error of each treated outcome before the treatment, predicted from the others.
  ///
  /// The residual of a least-squares line without one of its points is the residual with it over one
  /// less its leverage. Numbers of factors that leave no freedom are not tried.
  func predictionErrors(upTo limit: Int) throws -> [FactorError] {
    let sample = design.sample
    var errors: [FactorError] = []
    for count in 0...max(0, min(limit, design.fewestBefore - 2)) {
      let common = try common(sample, factors: count)
      guard common.factors.rows == count else { break }
      var squares: [Double] = []
      for start in sample.starts {
        for unit in sample.treated[start] ?? [] {
          squares += try line(unit, before: start, common).leaveOneOutErrors.map { $0 * $0 }
        }
      }
      errors.append(FactorError(factors: count, error: mean(squares)))
    }
    return errors
  }

  /// The donors' mean path and factors.
  private func common(_ sample: WeightingSample, factors count: Int) throws -> CommonPath {
    let donors = sample.donors.filter { isComplete[$0] }
    guard !donors.isEmpty else {
      throw EffectError.noDonor(cohort: sample.starts.first.map { panel.periods[$0] })
    }
    var path = total
    var sum = SymmetricSum(products)
    // A resampled unit stands as often as it was drawn.
    var times = [Int](repeating: 0, count: isComplete.count)
    for unit in donors { times[unit] += 1 }
    for unit in members where times[unit] != 1 {
      let more = Double(times[unit] - 1)
      sum.add(rows[panel.row(unit)], times: more)
      for period in 0..<width { path[period] += more * rows[unit * width + period] }
    }
    for period in 0..<width { path[period] /= Double(donors.count) }
    guard count > 0 else { return CommonPath(path: path, factors: Matrix(zeros: 0, width)) }
    let before = sum.trace
    sum.add(path[...], times: -Double(donors.count))
    let leading = try LeadingEigenvectors(sum.matrix, .largest(min(count, width)))
    let found = leading.values.prefix { $0 > Self.nothing * before }.count
    return CommonPath(path: path, factors: leading.vectors.prefix(found))
  }

  /// A factor with a smaller share of the donors' squares is rounding.
  private static let nothing = 1e-13

  private func before(_ start: Int, _ unit: Int) -> [Int] {
    (0..<start).filter { panel.isObserved(unit: unit, period: $0) }
  }

  private func after(_ start: Int, _ unit: Int) -> [Int] {
    (start..<width).filter { panel.isObserved(unit: unit, period: $0) }
  }

  private func line(_ unit: Int, before start: Int, _ common: CommonPath) throws -> FactorLine {
    let periods = before(start, unit)
    let outcomes = periods.map { panel.values[unit * width + $0] - common.path[$0] }
    guard let line = FactorLine(outcomes, at: periods, common) else {
      throw EffectError.factorsNotTold(unit: panel.units[unit], factors: common.factors.rows)
    }
    return line
  }
}

/// What the donors have in common: their mean path and their factors, period by period.
struct CommonPath {
  let path: [Double]
  /// A row for each factor, a column for each period.
  let factors: Matrix
}

/// One unit's level and loadings, by least squares over some periods.
struct FactorLine {
  /// The level, then a loading for each factor.
  private let coefficients: [Double]
  /// The outcomes less the line, each over one less its leverage.
  let leaveOneOutErrors: [Double]

  /// Nil when the periods do not tell the level and the factors apart.
  ///
  /// Columns are made orthonormal one after the other, twice for the digits; what is left of a column
  /// must exceed rounding.
  init?(_ outcomes: [Double], at periods: [Int], _ common: CommonPath) {
    let count = common.factors.rows + 1
    guard periods.count >= count else { return nil }
    var basis: [[Double]] = []
    var triangle = Matrix(zeros: count, count)
    for column in 0..<count {
      var own = periods.map { column == 0 ? 1 : common.factors[column - 1, $0] }
      let size = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for _ in 0..<2 {
        for (place, known) in basis.enumerated() {
          let share = sequentialDot(own, known)
          triangle[place, column] += share
          for row in own.indices { own[row] -= share * known[row] }
        }
      }
      let left = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard left > 1e-10 * size, left > 0 else { return nil }
      triangle[column, column] = left
      basis.append(own.map { $0 / left })
    }
    var residuals = outcomes
    var shares: [Double] = []
    for known in basis {
      let share = sequentialDot(residuals, known)
      shares.append(share)
      for row in residuals.indices { residuals[row] -= share * known[row] }
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      for column in (row + 1)..<max(row + 1, count) {
        shares[row] -= triangle[row, column] * shares[column]
      }
      shares[row] /= triangle[row, row]
    }
    coefficients = shares
    leaveOneOutErrors = residuals.indices.map { row in
      residuals[row] / basis.reduce(1) { $0 - $1[row] * $1[row] }
    }
  }

  /// What the unit would have had without treatment.
  func value(at period: Int, _ common: CommonPath) -> Double {
    (0..<common.factors.rows).reduce(common.path[period] + coefficients[0]) {
      $0 + coefficients[$1 + 1] * common.factors[$1, period]
    }
  }
}
