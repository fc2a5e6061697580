import Testing

@testable import Scenarios

@Suite struct DominanceTests {
  private func points(_ things: [[Double?]]) -> [[Bounds?]] {
    things.map { $0.map { $0.map { Bounds($0) } } }
  }

  @Test func rangesThatOverlapCannotBeCompared() {
    let apart = Dominance([[Bounds(low: 3, high: 4)], [Bounds(low: 1, high: 3)]])
    #expect(apart.below == [[], []])
    #expect(
      Dominance([[Bounds(low: 4, high: nil)], [Bounds(low: 1, high: 3)]]).below == [[1], []])
    #expect(Dominance([[Bounds(low: 2, high: 4)], [Bounds(low: 1, high: 3)]]).below == [[], []])
    #expect(Dominance([[Bounds(9)], [Bounds(low: 1, high: nil)]]).below == [[], []])
  }

  @Test func whatIsWorseInEveryRespectStandsAbove() {
    let order = Dominance(points([[1, 1], [2, 2], [3, 2]]))
    #expect(order.below == [[], [0], [0, 1]])
    #expect(order.layers == [2, 1, 0])
  }

  @Test func whatIsWorseInDifferentRespectsCannotBeCompared() {
    let order = Dominance(points([[1, 2], [2, 1]]))
    #expect(order.below == [[], []])
    #expect(order.layers == [0, 0])
  }

  @Test func equalThingsStandSideBySide() {
    #expect(Dominance(points([[1, 1], [1, 1]])).layers == [0, 0])
  }

  @Test func whatIsNotKnownCannotBeCompared() {
    #expect(Dominance(points([[9, nil], [1, 1]])).layers == [0, 0])
  }

  @Test func isAPartialOrderWhateverTheThings() {
    let things = (0..<40).map { place in
      (0..<3).map { respect -> Double? in
        let value = (place * 31 + respect * 17) % 7
        return value == 6 ? nil : Double(value)
      }
    }
    let order = Dominance(points(things))
    for upper in things.indices {
      #expect(!order.below[upper].contains(upper))
      for lower in order.below[upper] {
        #expect(!order.below[lower].contains(upper))
        #expect(order.layers[lower] > order.layers[upper])
        #expect(Set(order.below[lower]).isSubset(of: order.below[upper]))
      }
    }
  }
}
