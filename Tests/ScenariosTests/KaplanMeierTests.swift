import Foundation
import TestSupport
import Testing

@testable import Scenarios

@Suite struct KaplanMeierTests {
  private func reference() throws -> [String: Any] {
    let folder = try #require(Bundle.module.resourceURL)
    return try referenceValues(folder.appending(path: "ReferenceValues/waiting/values.json"))
  }

  private func waits(_ spells: [(Double, Bool)]) -> [Wait] {
    spells.map { Wait(length: $0.0, hasEnded: $0.1) }
  }

  /// Both sides compute with the same closed forms in double precision.
  private static let rounding = 1e-10

  @Test(arguments: ["some still wait", "all have gone on", "nobody has gone on", "many"])
  func equalsLifelines(_ name: String) throws {
    let made = try #require(try reference()[name] as? [String: Any])
    let spells = try #require(made["spells"] as? [[Double]])
    let curve = KaplanMeier(spells.map { Wait(length: $0[0], hasEnded: $0[1] == 1) })
    #expect(curve.steps.map(\.time) == made["times"] as? [Double])
    #expect(curve.steps.map(\.atRisk) == made["atRisk"] as? [Int])
    #expect(curve.median == made["median"] as? Double)
    for (key, own) in [
      ("survival", curve.steps.map(\.survival)),
      ("lower", curve.steps.map(\.interval.lowerBound)),
      ("upper", curve.steps.map(\.interval.upperBound)),
    ] {
      let theirs = try #require(made[key] as? [Double])
      for (own, theirs) in zip(own, theirs) { #expect(abs(own - theirs) < Self.rounding) }
    }
  }

  @Test func isTheEmpiricalShareWhenEveryWaitHasEnded() {
    let lengths = [3.0, 1, 4, 1.5, 9, 2.6]
    let curve = KaplanMeier(waits(lengths.map { ($0, true) }))
    for time in [0.5, 1.5, 3, 8] {
      let share = Double(lengths.count { $0 > time }) / Double(lengths.count)
      #expect(abs(curve.survival(after: time) - share) < Self.rounding)
    }
  }

  @Test func aWaitThatLastsStillLowersNothingAtItsOwnTime() {
    let curve = KaplanMeier(waits([(1, true), (2, false), (3, true)]))
    #expect(curve.steps[0].survival == curve.steps[1].survival)
    #expect(curve.steps[2].survival == 0)
  }

  @Test func hasNoMedianWhileMoreThanHalfWait() {
    #expect(KaplanMeier(waits([(1, true), (5, false), (6, false)])).median == nil)
  }

  @Test func doesNotDependOnTheOrderOfTheWaits() {
    let some = waits([(1, true), (2, false), (2, true), (7, false), (3, true)])
    #expect(KaplanMeier(some) == KaplanMeier(some.reversed()))
  }
}
