import LinearAlgebra
import Testing

@testable import Effects

@Suite struct FrankWolfeTests {
  /// A problem of random series; where they come in pairs, both of a pair are the same and unpenalised.
  private static func search(
    _ count: Int, _ length: Int, inPairs: Bool = false, seed: UInt64
  ) -> FrankWolfe.Search {
    var random = Philox(seed: seed, stream: 96, index: 0)
    let series = (0...count).map { _ in (0..<length).map { _ in random.nextNormal() } }
    let problem = SimplexProblem(
      count: count, length: length, penalty: inPairs ? 0 : 0.1, hasIntercept: true
    ) {
      series[inPairs && $0 < count ? $0 / 2 : $0][$1]
    }
    return FrankWolfe.Search(
      problem: problem, start: uniform(count), minimumDecrease: 1e-2 * Double(seed % 3))
  }

  @Test func pathsTakenTogetherEndWhereEachEndsAlone() {
    let searches = (0..<11).map { Self.search(1 + 5 * $0, 3 + 2 * $0, seed: UInt64($0)) }
    let together = FrankWolfe.weights(searches)
    #expect(together == searches.map { FrankWolfe.weights([$0])[0] })
  }

  /// The steps of `step`, which looks at every gradient in turn, until they lower the objective no more.
  @Test(arguments: [false, true])
  func followsThePathOfSingleSteps(_ inPairs: Bool) {
    let search = Self.search(14, 9, inPairs: inPairs, seed: 4)
    let problem = search.problem
    let threshold = search.minimumDecrease * search.minimumDecrease * Double(problem.length)
    func objective(_ weights: [Double]) -> Double {
      let errors = problem.errors(weights)
      return dot(errors, errors) + problem.ridge * dot(weights, weights)
    }
    func descend(from start: [Double], limit: Int) -> [Double] {
      var weights = start
      for step in 1...limit {
        let next = FrankWolfe.step(problem, from: weights)
        let decrease = objective(weights) - objective(next)
        weights = next
        if step > 1, decrease <= threshold { break }
      }
      return weights
    }
    let first = descend(from: search.start, limit: FrankWolfe.stepsBeforeSparsifying)
    let expected = descend(from: sparsified(first), limit: FrankWolfe.stepsAfterSparsifying)
    let found = FrankWolfe.weights([search])[0]
    // A few hundred steps of rounding.
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    // Of equals the first is taken.
    if inPairs { #expect(stride(from: 1, to: 14, by: 2).allSatisfy { found[$0] == 0 }) }
  }
}
