import LinearAlgebra

/// What the outcomes of all cells would be without treatment, completed from those known.
///
/// Beyond unit and period effects the outcomes have few common factors. Unknown cells are filled in, the
/// factors found in the whole, and the cells filled in again from them; every round lowers the squared
/// misses of the known cells, plus the penalty.
struct CompletedOutcomes: Sendable {
  /// Cell by cell, unit after unit.
  let outcomes: [Double]
  /// The number of factors.
  let factors: Int
  /// With a penalty the duality gap over the objective; else the last move over the largest outcome
  /// beyond unit and period effects.
  let residual: Double
  /// Cell by cell, beyond unit and period effects: to begin another completion with.
  let rest: [Double]

  /// How the factors of the whole are found.
  enum Shrinkage: Hashable, Sendable {
    /// The first ones in full: interactive fixed effects (Bai 2009, 10.3982/ECTA6135).
    case leading(Int)
    /// All, each less a penalty on its singular value: ½‖known misses‖² + penalty·Σ singular values
    /// (Athey et al. 2021, 10.1080/01621459.2021.1891924).
    case threshold(Double)
  }

  /// A certificate above this is no optimum.
  static let tolerance = 1e-9

  /// How far rounds go.
  struct Precision: Hashable, Sendable {
    /// Rounds end when they move no cell by more than this share of the largest.
    let settled: Double
    let rounds: Int
    /// Whether cells that still move after all rounds are an error.
    let isRequired: Bool

    static let full = Precision(settled: 1e-12, rounds: 5_000, isRequired: true)
    /// Enough to tell predictions apart.
    static let rough = Precision(settled: 1e-5, rounds: 200, isRequired: false)
  }

  /// Completes a sample's cells.
  ///
  /// - Throws: `EffectError.factorsDoNotSettle`; `LinearAlgebraError`.
  init(
    _ cells: UntreatedCells, _ shrinkage: Shrinkage, from start: [Double]? = nil,
    precision: Precision = .full
  ) throws {
    let unknown = cells.isKnown.indices.filter { !cells.isKnown[$0] }
    let size = cells.rest.reduce(0) { max($0, abs($1)) }
    var filled = cells.rest
    let found = try fixedPoint(
      from: unknown.map { start?[$0] ?? 0 }, settled: precision.settled * size,
      limit: precision.rounds
    ) { point, image in
      for (place, cell) in unknown.enumerated() { filled[cell] = point[place] }
      let part = try CommonPart(filled, width: cells.width, shrinkage)
      for (place, cell) in unknown.enumerated() { image[place] = part.fitted(filled, cell) }
      return part.objective
    }
    guard found.move <= precision.settled * size || !precision.isRequired else {
      throw EffectError.factorsDoNotSettle(rounds: precision.rounds)
    }
    for (place, cell) in unknown.enumerated() { filled[cell] = found.point[place] }
    let part = try CommonPart(filled, width: cells.width, shrinkage)
    outcomes = filled.indices.map { cells.additive[$0] + part.fitted(filled, $0) }
    factors = part.factors
    residual =
      switch shrinkage {
      case .leading: size > 0 ? found.move / size : 0
      case .threshold(let penalty):
        try part.gap(
          cells, misses: filled.indices.map { filled[$0] - part.fitted(filled, $0) }, penalty)
      }
    rest = filled
  }
}

/// The unit and period effects and the factors of a whole table.
private struct CommonPart {
  /// The table less its means by unit and period.
  private let centred: [Double]
  /// The factors' part of it.
  private let common: [Double]
  let factors: Int
  /// Half the sum of squares left, plus the penalty.
  let objective: Double
  private let nuclearNorm: Double

  init(
    _ table: [Double], width: Int, _ shrinkage: CompletedOutcomes.Shrinkage
  ) throws {
    let centred = Self.centred(table, width: width)
    let height = table.count / width
    // Eigenvectors of the smaller of both Gram matrices are the singular vectors of one side.
    let isWide = width > height
    let side = isWide ? height : width
    var gram = SymmetricSum(side)
    for line in 0..<(isWide ? width : height) {
      let vector =
        isWide
        ? (0..<height).map { centred[$0 * width + line] }
        : Array(centred[line * width..<(line + 1) * width])
      gram.add(vector[...], times: 1)
    }
    let leading: LeadingEigenvectors
    var penalty = 0.0
    switch shrinkage {
    case .leading(let count):
      leading = try LeadingEigenvectors(gram.matrix, .largest(min(count, side)))
    case .threshold(let given):
      penalty = given
      leading = try LeadingEigenvectors(gram.matrix, .above(given * given))
    }
    let values = leading.values.map { max(0, $0).squareRoot() }
    let shares = values.map { $0 > 0 ? max(0, $0 - penalty) / $0 : 0 }
    var common = [Double](repeating: 0, count: table.count)
    for (place, share) in shares.enumerated() where share > 0 {
      let vector = Array(leading.vectors.elements[place * side..<(place + 1) * side])
      Self.add(centred, along: vector, times: share, isWide: isWide, width: width, to: &common)
    }
    self.centred = centred
    self.common = common
    factors = shares.count { $0 > 0 }
    nuclearNorm = values.reduce(0) { $0 + max(0, $1 - penalty) }
    // Summed from what is left: the difference of two large sums would not tell close points apart.
    objective =
      zip(centred, common).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 2
      + penalty * nuclearNorm
  }

  /// Unit effect, period effect and factors of one cell.
  func fitted(_ table: [Double], _ cell: Int) -> Double {
    table[cell] - centred[cell] + common[cell]
  }

  /// The table less the means of its rows and of its columns.
  private static func centred(_ table: [Double], width: Int) -> [Double] {
    let height = table.count / width
    var rows = table
    var columns = [Double](repeating: 0, count: width)
    for row in 0..<height {
      var sum = 0.0
      for column in 0..<width { sum += rows[row * width + column] }
      let level = sum / Double(width)
      for column in 0..<width {
        rows[row * width + column] -= level
        columns[column] += rows[row * width + column]
      }
    }
    for row in 0..<height {
      for column in 0..<width { rows[row * width + column] -= columns[column] / Double(height) }
    }
    return rows
  }

  /// Adds the part of a table along one singular vector.
  private static func add(
    _ table: [Double], along vector: [Double], times share: Double, isWide: Bool, width: Int,
    to sum: inout [Double]
  ) {
    let height = table.count / width
    if isWide {
      var shares = [Double](repeating: 0, count: width)
      for row in 0..<height {
        for column in 0..<width { shares[column] += vector[row] * table[row * width + column] }
      }
      for row in 0..<height {
        let own = share * vector[row]
        for column in 0..<width { sum[row * width + column] += own * shares[column] }
      }
      return
    }
    for row in 0..<height {
      var own = 0.0
      for column in 0..<width { own += vector[column] * table[row * width + column] }
      own *= share
      for column in 0..<width { sum[row * width + column] += own * vector[column] }
    }
  }

  /// The duality gap over the objective (not below a millionth of what unit and period effects leave).
  ///
  /// The dual maximises ⟨U, Y⟩ − ½‖U‖² over U on the known cells whose sums by unit and by period are zero
  /// and whose largest singular value is at most the penalty; the misses themselves attain it.
  func gap(_ cells: UntreatedCells, misses: [Double], _ penalty: Double) throws -> Double {
    let known = misses.indices.map { cells.isKnown[$0] ? misses[$0] : 0 }
    let objective = sequentialDot(known, known) / 2 + penalty * nuclearNorm
    let dual = try cells.withoutEffects(known)
    let largest = try LeadingEigenvectors(cells.gram(dual), .largest(1)).values.first ?? 0
    let share = min(1, penalty / max(largest, 0).squareRoot())
    // A fit without misses leaves nothing to compare with.
    let least = 1e-6 * sequentialDot(cells.rest, cells.rest) / 2
    let attained =
      share * sequentialDot(dual, cells.rest) - share * share * sequentialDot(dual, dual) / 2
    return max(0, objective - attained) / max(objective, least, .leastNormalMagnitude)
  }
}
