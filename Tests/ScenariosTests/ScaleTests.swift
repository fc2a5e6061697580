import Indicators
import Testing

@testable import Scenarios

@Suite struct ScaleTests {
  private let share = ValueRange(least: 0, most: 1)

  @Test func aShareThatWasNeverAtABoundHasALogit() {
    #expect(Scale(of: [0.2, nil, 0.9], within: share) == .between(0, 1))
    #expect(Scale(of: [0.2, 1], within: share) == .plain)
    #expect(Scale(of: [0.2, 0.9], within: ValueRange(least: 0)) == .plain)
    #expect(Scale(of: [0.2, 0.9], within: .unbounded) == .plain)
  }

  @Test func valuesComeBackFromTheScale() {
    let scale = Scale.between(-1, 3)
    for value in [-0.999, -0.3, 0, 1, 2.5, 2.999] {
      #expect(abs(scale.down(scale.up(value)) - value) < 1e-14)
    }
    // ln(3 / 1) at three quarters of the way.
    #expect(abs(scale.up(2) - 1.098_612_288_668_109_8) < 1e-15)
  }

  @Test func noPlaceOnTheScaleLiesOutOfTheRange() {
    for place in [-1e9, -800, -40, 0, 40, 800, 1e9] {
      #expect(share.contains(Scale.between(0, 1).down(place)))
    }
  }

  @Test func theErrorOfABoundedModelIsInTheUnitOfTheSeries() throws {
    let values: [Double?] = (0..<20).map { 0.7 + 0.05 * Double($0 % 3) }
    let bounded = try Baseline(values, horizon: 3, within: share)
    let free = try Baseline(values, horizon: 3)
    for (one, other) in zip(bounded.candidates, free.candidates) {
      let ratio = (one.rollingError ?? 0) / (other.rollingError ?? 1)
      #expect((0.5...2).contains(ratio))
    }
  }
}
