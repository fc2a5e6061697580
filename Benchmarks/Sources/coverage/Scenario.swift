import Panels
import TestSupport

/// Panels to simulate: who is treated from when, and how the outcomes come about.
struct Scenario: Sendable {
  let title: String
  let kind: Kind
  /// The first treated period of each unit, counted from 1; nil for never.
  let starts: [Int?]
  let periods: Int

  static let all = [
    Scenario(
      title: "A hundred and fifty of four hundred units treated", kind: .large,
      starts: (0..<400).map { $0 < 75 ? 7 : $0 < 150 ? 9 : nil }, periods: 12),
    Scenario(
      title: "Sixteen of forty units treated", kind: .every,
      starts: (0..<40).map { $0 < 8 ? 7 : $0 < 16 ? 9 : nil }, periods: 12),
    Scenario(
      title: "Ten of twenty-four units treated, at seven dates", kind: .staggered,
      starts: [7, 7, 8, 9, 9, 10, 11, 11, 12, 13] + [Int?](repeating: nil, count: 14), periods: 18),
    few([17]), few([15, 18]), few([15, 17, 19]),
  ]

  private static func few(_ dates: [Int]) -> Scenario {
    Scenario(
      title: "\(["One", "Two", "Three"][dates.count - 1]) of twenty units treated",
      kind: dates.count == 1 ? .single : .every,
      starts: dates.map { $0 } + [Int?](repeating: nil, count: 20 - dates.count), periods: 24)
  }

  /// Which procedures are run.
  enum Kind: Sendable {
    /// Those that rest on large samples.
    case large
    case every
    /// Of those that reassign dates, group-time effects alone: the others find weights for each date anew.
    case staggered
    /// Every one, and those of a single treated unit.
    case single
  }

  /// The effect of the panels that intervals are taken on.
  static let effect = 1.0
  /// How much of an outcome's noise stays for the next period.
  static let persistence = 0.5

  /// The panel of an index: unit and period effects, autoregressive normal noise, a constant effect.
  func panel(_ index: UInt64, effect: Double) throws -> Panel {
    try generatedPanel(
      starts: starts, periods: periods, effect: effect, persistence: Self.persistence,
      seed: index)
  }
}
