import LinearAlgebra
import Testing

@Suite struct DistributionsTests {
  /// Values at 20 digits by mpmath 1.3, for the nearest double to each probability.
  @Test(arguments: [
    (0.975, 1.9599639845400538556), (0.75, 0.6744897501960817432),
    (0.075_000_000_1, -1.4395314702320187914), (0.500_000_1, 2.5066282733116483012e-7),
    (1e-10, -6.3613409024040561991), (1e-14, -7.6506280929352688166),
    (1e-300, -37.047096299361199237),
  ])
  func normalQuantileIsExactToTheLastDigits(_ p: Double, _ expected: Double) {
    #expect(abs(normalQuantile(p) / expected - 1) < 4 * Double.ulpOfOne)
  }

  @Test func normalQuantileInvertsTheProbability() {
    for step in 1..<1000 {
      let p = Double(step) / 1000
      #expect(abs(normalProbability(normalQuantile(p)) - p) < 4e-16)
    }
  }

  /// With two degrees of freedom the tail is exp(−x/2); with one it is 2(1 − Φ(√x)).
  @Test(arguments: [0.01, 0.5, 1.0, 3.0, 9.0, 40.0])
  func chiSquareTailHasItsClosedForms(_ x: Double) {
    #expect(
      abs(chiSquareUpperTail(x, degreesOfFreedom: 1) - 2 * normalProbability(-x.squareRoot()))
        < 1e-14)
    let two = chiSquareUpperTail(x, degreesOfFreedom: 2)
    let four = chiSquareUpperTail(x, degreesOfFreedom: 4)
    #expect(abs(four - two * (1 + x / 2)) < 1e-14)
  }

  @Test func solvesAPositiveDefiniteSystem() throws {
    let matrix = Matrix(rows: 2, columns: 2, elements: [4, 1, 1, 3])
    let solution = try solvePositiveDefinite(matrix, [1, 2])
    #expect(abs(solution[0] - 1.0 / 11) < 1e-15)
    #expect(abs(solution[1] - 7.0 / 11) < 1e-15)
  }

  @Test func refusesAMatrixThatIsNotPositiveDefinite() {
    let matrix = Matrix(rows: 2, columns: 2, elements: [1, 1, 1, 1])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(minor: 2)) {
      try solvePositiveDefinite(matrix, [1, 2])
    }
  }
}
