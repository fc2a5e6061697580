import LinearAlgebra
import Testing

@Suite struct DistributionsTests {
  /// Values of R 4.2.2 `qnorm` at 17 digits.
  @Test(arguments: [
    (0.975, 1.9599639845400539), (0.75, 0.67448975019608159), (1e-10, -6.3613409024040575),
  ])
  func normalQuantileEqualsR(_ p: Double, _ expected: Double) {
    #expect(abs(normalQuantile(p) - expected) < 1e-12)
  }

  @Test func normalQuantileInvertsTheProbability() {
    for step in 1..<1000 {
      let p = Double(step) / 1000
      #expect(abs(normalProbability(normalQuantile(p)) - p) < 1e-15)
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
