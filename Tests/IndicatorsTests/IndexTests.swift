import Evidence
import Foundation
import Panels
import Testing

@testable import Indicators

@Suite struct IndexTests {
  private static func row(_ values: [Double?]) -> [[IndicatorCell]] {
    [
      values.map {
        IndicatorCell(cell: $0.map { .observed($0) } ?? .absent(.notSearched), evidence: [])
      }
    ]
  }

  private static func values(
    _ components: [[Double?]], weights: [Double], _ normalisation: InstrumentIndex.Normalisation,
    _ aggregation: InstrumentIndex.Aggregation = .arithmetic
  ) -> [Double?] {
    let rule = ClaimRule(measure: .count, channel: "security")
    let index = InstrumentIndex(
      components: weights.map { .init(rule: rule, weight: $0) }, normalisation: normalisation,
      aggregation: aggregation)
    return indexCells(index, components: components.map(row))[0].map(\.cell.value)
  }

  @Test func minMaxPutsEachComponentBetweenZeroAndOne() {
    let values = Self.values([[0, 5, 10], [1, 1, 3]], weights: [3, 1], .minMax)
    #expect(values == [0, 0.375, 1])
  }

  @Test func standardScoresHaveMeanZeroAndUnitVariance() throws {
    let values = try Self.values([[1, 2, 3, 6]], weights: [1], .standard).map { try #require($0) }
    #expect(abs(values.reduce(0, +)) < 1e-14)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 3 - 1) < 1e-14)
  }

  @Test func tiesShareTheirMeanRank() {
    #expect(Self.values([[4, 4, 9]], weights: [1], .rank) == [0.25, 0.25, 1])
  }

  @Test func oneMissingComponentLeavesTheIndexMissing() {
    #expect(Self.values([[0, nil, 1], [0, 1, 2]], weights: [1, 1], .minMax) == [0, nil, 1])
  }

  @Test func theGeometricMeanPunishesImbalance() throws {
    let values = Self.values([[0, 1, 4], [0, 4, 1]], weights: [1, 1], .minMax, .geometric)
    #expect(abs(try #require(values[1]) - 0.5) < 1e-15)
  }

  @Test func aConstantComponentHasNoScale() {
    #expect(Self.values([[2, 2, 2]], weights: [1], .minMax) == [nil, nil, nil])
  }
}
