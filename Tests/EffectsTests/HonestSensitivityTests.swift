import Foundation
import LinearAlgebra
import TestSupport
import Testing

@testable import Effects

@Suite struct HonestSensitivityTests {
  private static let folder = Bundle.module.resourceURL?
    .appending(path: "ReferenceValues/sensitivity")

  private func values(_ file: String) throws -> [String: Any] {
    try referenceValues(#require(Self.folder).appending(path: file))
  }

  private func study() throws -> EventStudy {
    let file = try values("coefs.json")
    return try study(file, effects: "beta", covariance: "covariance")
  }

  private func study(
    _ file: [String: Any], effects: String, covariance: String
  ) throws -> EventStudy {
    let times = file.numbers("event_time").map { Int($0) }
    let rows = try #require(file[covariance] as? [[Double]])
    return try EventStudy(
      eventTimes: times, effects: file.numbers(effects),
      covariance: Matrix(rows: rows.count, columns: rows.count, elements: rows.flatMap { $0 }))
  }

  /// A small event study: two effects before and two after, with a covariance of one parameter.
  private func small(_ effects: [Double], correlation: Double = 0.3) throws -> EventStudy {
    try EventStudy(
      eventTimes: [-3, -2, 0, 1], effects: effects,
      covariance: Matrix(
        rows: 4, columns: 4,
        elements: (0..<16).map { $0 % 5 == 0 ? 0.01 : 0.01 * correlation }))
  }

  private static let targets: [(String, HonestSensitivity.Target)] = [
    ("first", .eventTime(0)), ("average", .average),
  ]

  // MARK: Reference values

  /// In errors of the end's own largest moment: the critical value there is one quantile of 1,000 draws.
  ///
  /// The 99.5 % quantile of 1,000 draws has an error of about 0.15; the ends move by a small part of
  /// it. With the departure the moments' errors grow, and so does the noise. A grid step is 0.001.
  private static let simulation = 0.003
  private static let gridStep = 0.001

  @Test(arguments: targets)
  func relativeMagnitudesEqualHonestDiD(
    _ target: (name: String, target: HonestSensitivity.Target)
  ) throws {
    let reference = try values("honestdid.json").at(
      target.name, "relative_magnitudes_C_LF", "R HonestDiD, grid -1..1 with 2001 points")
    let result = try HonestSensitivity(restriction: .relativeMagnitudes, target: target.target)
      .bounds(study(), m: reference.numbers("mbar"))
    for (place, bound) in result.bounds.enumerated() {
      let tolerance = Self.gridStep + Self.simulation * (1 + bound.m)
      #expect(abs(bound.lower - reference.numbers("lb")[place]) < tolerance)
      #expect(abs(bound.upper - reference.numbers("ub")[place]) < tolerance)
    }
  }

  /// The reference's solver stops here.
  private static let solver = 1e-7

  @Test(arguments: targets)
  func smoothnessEqualsTheExactInterval(
    _ target: (name: String, target: HonestSensitivity.Target)
  ) throws {
    let file = try values("honestdid.json").at(target.name, "smoothness")
    let exact = try #require(file["exact FLCI by our own solver"] as? [[String: Any]])
    let result = try HonestSensitivity(restriction: .smoothness, target: target.target)
      .bounds(study(), m: exact.map { $0.number("m") })
    #expect(
      largestDifference(result.bounds.map(\.lower), exact.map { $0.number("lb") }) < Self.solver)
    #expect(
      largestDifference(result.bounds.map(\.upper), exact.map { $0.number("ub") }) < Self.solver)
  }

  // MARK: Invariances

  @Test(arguments: HonestSensitivity.Restriction.allCases)
  func boundsScaleAndMirrorWithTheEffects(_ restriction: HonestSensitivity.Restriction) throws {
    let study = try study()
    // Relative departures have no unit; bends have that of the outcome.
    let departure = restriction == .smoothness ? 0.02 : 0.5
    let sensitivity = HonestSensitivity(restriction: restriction, target: .average)
    let own = try sensitivity.bounds(study, m: [departure])
    for factor in [-3.0, 0.25] {
      let scaled = try EventStudy(
        eventTimes: study.eventTimes, effects: study.effects.map { $0 * factor },
        covariance: Matrix(
          rows: 11, columns: 11, elements: study.covariance.elements.map { $0 * factor * factor }))
      let scaledDeparture = restriction == .smoothness ? departure * abs(factor) : departure
      let result = try sensitivity.bounds(scaled, m: [scaledDeparture])
      let ends = [own.bounds[0].lower, own.bounds[0].upper].map { $0 * factor }.sorted()
      // The mirrored problem meets other draws: its critical value has their noise of about 0.1 errors,
      // an end a twentieth of it (an error is 0.028 here, at factor one).
      #expect(abs(result.bounds[0].lower - ends[0]) < 2e-3 * abs(factor))
      #expect(abs(result.bounds[0].upper - ends[1]) < 2e-3 * abs(factor))
    }
  }

  @Test(arguments: HonestSensitivity.Restriction.allCases)
  func boundsWidenWithTheDeparture(_ restriction: HonestSensitivity.Restriction) throws {
    let result = try HonestSensitivity(restriction: restriction, target: .eventTime(2))
      .bounds(study(), m: [0, 0.01, 0.1, 1, 10])
    for (narrow, wide) in zip(result.bounds, result.bounds.dropFirst()) {
      #expect(wide.lower <= narrow.lower && wide.upper >= narrow.upper)
    }
  }

  @Test(arguments: HonestSensitivity.Restriction.allCases)
  func theSignIsLostAtTheBreakdownAndNotBefore(
    _ restriction: HonestSensitivity.Restriction
  ) throws {
    let sensitivity = HonestSensitivity(restriction: restriction, target: .eventTime(0))
    let breakdown = try #require(try sensitivity.bounds(study(), m: []).breakdown)
    let ends = try sensitivity.bounds(study(), m: [breakdown * 0.999, breakdown * 1.001]).bounds
    #expect(breakdown > 0 && ends[0].lower > 0 && ends[1].lower <= 0)
  }

  @Test func anEffectThatIsNoneBreaksDownAtOnce() throws {
    let study = try small([0.01, -0.02, 0.03, -0.01])
    for restriction in HonestSensitivity.Restriction.allCases {
      let result = try HonestSensitivity(restriction: restriction, target: .average)
        .bounds(study, m: [0])
      #expect(result.breakdown == 0)
      #expect(result.bounds[0].lower < 0 && result.bounds[0].upper > 0)
    }
  }

  @Test func theGridIsWidenedUntilNoEndIsHeld() throws {
    let result = try HonestSensitivity(restriction: .relativeMagnitudes, target: .average)
      .bounds(study(), m: [50])
    #expect(result.bounds[0].upper > 100 * result.standardError)
  }

  // MARK: Special cases and brute force

  @Test func withOneEffectBeforeSmoothnessTakesOutTheTrend() throws {
    let study = try EventStudy(
      eventTimes: [-2, 0], effects: [0.3, 1],
      covariance: Matrix(rows: 2, columns: 2, elements: [0.04, 0.01, 0.01, 0.09]))
    let result = try HonestSensitivity(restriction: .smoothness, target: .eventTime(0))
      .bounds(study, m: [0, 0.5])
    // The trend is −0.3 a period; the estimate β₀ + β₋₂ has variance 0.04 + 0.09 + 2·0.01.
    let error = 0.15.squareRoot()
    #expect(abs(result.bounds[0].lower - (1.3 - 1.959963984540054 * error)) < 1e-12)
    let reach = error * foldedQuantile(0.95, 0.5 / error)
    #expect(abs(result.bounds[1].upper - (1.3 + reach)) < 1e-12)
  }

  @Test func theShortestIntervalIsShorterThanThatOfAnyOtherWeights() throws {
    let study = try small([0.1, -0.05, 0.4, 0.6])
    let m = 0.05
    let result = try HonestSensitivity(restriction: .smoothness, target: .eventTime(0))
      .bounds(study, m: [m])
    let half = (result.bounds[0].upper - result.bounds[0].lower) / 2
    // c₁ = 1 and one free weight: w₂ = c₂, w₁ = 1 − 2c₂.
    for place in -400...400 {
      let bend = Double(place) / 200
      let weights = [bend, 1 - 2 * bend, 1, 0]
      let error = study.covariance(weights, weights).squareRoot()
      let reach = error * foldedQuantile(0.95, m * (1 + abs(bend)) / error)
      #expect(reach >= half - 1e-12)
    }
  }

  /// The dual vertices by trying every set of binding moments: γ ≥ 0, X′γ = 0, sd′γ = 1.
  private func enumeratedStatistic(
    _ moments: [[Double]], ofEffect: [Double], free: [[Double]], study: EventStudy, effect: Double
  ) -> Double {
    let rows = moments.count
    let deviations = moments.map { study.covariance($0, $0).squareRoot() }
    var largest = -Double.infinity
    for mask in 1..<(1 << rows) {
      let chosen = (0..<rows).filter { mask >> $0 & 1 == 1 }
      guard chosen.count == free.count + 1 else { continue }
      let system =
        free.map { row in chosen.map { row[$0] } + [0] } + [chosen.map { deviations[$0] } + [1]]
      guard let weights = eliminate(system), weights.allSatisfy({ $0 >= -1e-12 }) else { continue }
      let value = zip(chosen, weights).reduce(0) { sum, part in
        let moment = zip(moments[part.0], study.effects).reduce(0) { $0 + $1.0 * $1.1 }
        return sum + part.1 * (moment + ofEffect[part.0] * effect)
      }
      largest = max(largest, value)
    }
    return largest
  }

  @Test func theVerticesAreThoseOfTheDualProblem() throws {
    var random = Philox(seed: 5, stream: 1, index: 0)
    for _ in 0..<100 {
      let study = try small((0..<4).map { _ in random.nextNormal() / 5 })
      let changes = RelativeMagnitudes(study, weights: [0.5, 0.5], level: 0.95)
      let m = 2 * random.nextUnit()
      let effect = random.nextNormal() / 5
      let change = [-1.0, 1, 0, 0]
      let largest = changes.vertices(change, m).map { vertex in
        zip(vertex.weights, study.effects).reduce(vertex.ofEffect * effect) { $0 + $1.0 * $1.1 }
      }.max()
      // Effects τ₀ and τ₁ with (τ₀ + τ₁)/2 = effect: τ₀ = 2·effect − τ₁, τ₁ free.
      let steps = [[0.0, 0, 1, 0], [0, 0, -1, 1]]
      let moments = [1.0, -1].flatMap { sign in
        steps.map { step in zip(step, change).map { sign * $0 - m * $1 } }
      }
      let expected = enumeratedStatistic(
        moments, ofEffect: [-2, 2, 2, -2], free: [[1, -2, -1, 2]], study: study, effect: effect)
      #expect(abs((largest ?? .nan) - expected) < 1e-10)
    }
  }

  @Test func truncatedTailsAgreeWithQuotientsAndFarOut() {
    let tail = { (z: Double) in normalProbability(-z) }
    for (z, from, to) in [(1.0, 0.5, 2.0), (-1, -3, 4), (2.5, -.infinity, .infinity), (6, 5.5, 7)] {
      let expected = (tail(z) - tail(to)) / (tail(from) - tail(to))
      #expect(abs(truncatedTail(z, from: from, to: to) - expected) < 1e-9)
    }
    // P(Z ≥ 40.5 | Z ≥ 40) from the Mills ratio.
    let expected = exp(-(40.5 * 40.5 - 1600) / 2) * 40 / 40.5 * (1 - 1 / 1640.25 + 1 / 1600)
    #expect(abs(truncatedTail(40.5, from: 40, to: .infinity) / expected - 1) < 1e-5)
  }

  // MARK: Coverage

  @Test func setsHoldTheTruthNearlyAlwaysWhenTheRestrictionHolds() throws {
    // The trend changes by 0.1 before and by 0.1 after: within m = 1, and at its edge.
    let trend = [0.1, 0, 0.1, 0.2]
    let covariance = try small(trend).covariance
    let factor = Cholesky(covariance)
    let runs = 200
    var held = 0
    for run in 0..<runs {
      var random = Philox(seed: 9, stream: 2, index: UInt64(run))
      let noise = factor.product((0..<4).map { _ in random.nextNormal() })
      let study = try small(zip(trend, noise).map { $0 + $1 })
      let set = RelativeMagnitudes(study, weights: [1, 0], level: 0.95)
      if set.holds(0, 1) { held += 1 }
    }
    // 0.95 less three standard errors of 200 runs.
    #expect(Double(held) / Double(runs) > 0.903)
  }

  // MARK: What is refused

  @Test func refusesWhatIsNotAnEventStudy() throws {
    let unit = Matrix(rows: 2, columns: 2, elements: [1, 0, 0, 1])
    #expect(throws: EffectError.eventTimesWithGap([-3, 0])) {
      try EventStudy(eventTimes: [-3, 0], effects: [1, 1], covariance: unit)
    }
    #expect(throws: EffectError.effectsOutOfLine(eventTimes: 2, effects: 1)) {
      try EventStudy(eventTimes: [-2, 0], effects: [1], covariance: unit)
    }
    let crooked = Matrix(rows: 2, columns: 2, elements: [1, 0.5, 0.2, 1])
    #expect(throws: EffectError.covarianceNotSymmetric(0, -2)) {
      try EventStudy(eventTimes: [-2, 0], effects: [1, 1], covariance: crooked)
    }
    let singular = Matrix(rows: 2, columns: 2, elements: [1, 1, 1, 1])
    #expect(throws: EffectError.covarianceSingular(eventTime: 0)) {
      try EventStudy(eventTimes: [-2, 0], effects: [1, 1], covariance: singular)
    }
  }
}

@Suite(.enabled(if: PublishedCases.areAtHand, "The published cases are not beside the package."))
struct HonestSensitivityPublishedTests {
  /// A critical value of 1,000 draws, and a grid of 0.00076.
  private static let simulationAndGrid = 0.004

  @Test func theTeachersBoundsEqualHonestDiDWhereItsGridHoldsThem() throws {
    let file = try referenceValues(
      PublishedCases.folder.appending(path: "data/honestdid_BCdata_EventStudy.json"))
    let rows = try #require(file["sigma"] as? [[Double]])
    // The file's numbers are symmetric up to their last digits.
    var covariance = Matrix(zeros: 8, 8)
    for row in 0..<8 {
      for column in 0..<8 { covariance[row, column] = (rows[row][column] + rows[column][row]) / 2 }
    }
    let study = try EventStudy(
      eventTimes: [-5, -4, -3, -2, 0, 1, 2, 3], effects: file.numbers("betahat"),
      covariance: covariance)
    let values = try PublishedCases.values("honestdid_BC_R.json")
    let expected = try #require(values["BC_relmag_CLF_first_post"] as? [[String: Any]])
    let result = try HonestSensitivity(restriction: .relativeMagnitudes, target: .eventTime(0))
      .bounds(study, m: expected.map { $0.number("Mbar") })
    let tolerance = Self.simulationAndGrid
    #expect(
      largestDifference(result.bounds.map(\.lower), expected.map { $0.number("lb") }) < tolerance)
    #expect(
      largestDifference(
        result.bounds.dropLast().map(\.upper), expected.dropLast().map { $0.number("ub") })
        < tolerance)
    // The last upper end lies beyond that grid, which ends at 20 errors.
    #expect(abs(result.bounds[4].upper - 0.4239) < tolerance)
  }
}
