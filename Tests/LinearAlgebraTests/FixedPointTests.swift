import LinearAlgebra
import Testing

@Suite struct FixedPointTests {
  /// The gradient step of ½x′Ax − b′x with one slow direction, whose plain rounds would take thousands.
  @Test func mixesStepsToTheMinimumOfAQuadratic() {
    let (curvature, right) = ([1.0, 0.5, 1e-3], [1.0, -2, 3e-3])
    let found = fixedPoint(from: [0, 0, 0], settled: 1e-13, limit: 100) { point, image in
      var value = 0.0
      for place in point.indices {
        let slope = curvature[place] * point[place] - right[place]
        image[place] = point[place] - slope
        value += point[place] * (curvature[place] * point[place] / 2 - right[place])
      }
      return value
    }
    for (place, expected) in [1.0, -4, 3].enumerated() {
      #expect(abs(found.point[place] - expected) < 1e-9)
    }
    #expect(found.rounds < 30 && found.move <= 1e-13)
  }

  @Test func saysWhenItDoesNotSettle() {
    let found = fixedPoint(from: [1], settled: 1e-12, limit: 50) { point, image in
      image[0] = point[0] + 1
      return -point[0]
    }
    #expect(found.rounds == 50 && found.move == 1)
  }
}
