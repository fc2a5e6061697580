import Effects
import LinearAlgebra

/// All combinations of the options that bear on one outcome.
struct SpecificationSpace: Sendable {
  private let outcome: Study.Outcome
  let choices: [Study.Choice]
  /// The number of combinations, possible or not.
  let size: Int

  /// The most combinations that are gone through.
  static let limit = 1_000_000

  /// - Throws: `StudyError.tooManyCombinations`.
  init(_ study: Study, for outcome: Study.Outcome) throws {
    self.outcome = outcome
    choices = study.choices.filter { $0.isOpen(for: outcome, in: study) }
    var size = 1
    for choice in choices {
      let (product, hasOverflowed) = size.multipliedReportingOverflow(by: choice.options.count)
      guard !hasOverflowed, product <= Self.limit else {
        throw StudyError.tooManyCombinations(limit: Self.limit)
      }
      size = product
    }
    self.size = size
  }

  /// The options of a combination, by their places; the last choice changes fastest.
  func options(_ index: Int) -> [Int] {
    var rest = index
    return choices.reversed().map { choice in
      defer { rest /= choice.options.count }
      return rest % choice.options.count
    }.reversed()
  }

  /// The specification of a combination.
  func specification(_ index: Int) -> Specification {
    zip(choices, options(index)).reduce(Specification()) {
      $0.overlaid(with: $1.0.options[$1.1].specification)
    }
  }

  /// The combinations that can be, in order, and how many each rule leaves out.
  func possible() -> (indices: [Int], impossible: [ImpossibleCombination: Int]) {
    var indices: [Int] = []
    var impossible: [ImpossibleCombination: Int] = [:]
    for index in 0..<size {
      if let rule = ImpossibleCombination(specification(index), of: outcome) {
        impossible[rule, default: 0] += 1
      } else {
        indices.append(index)
      }
    }
    return (indices, impossible)
  }

  /// The stream of random numbers that a sample is drawn from.
  private static let stream: UInt32 = 5

  /// At most `cap` of some combinations, each as likely as any other, in order.
  static func sample(_ indices: [Int], cap: Int, seed: UInt64) -> [Int] {
    guard indices.count > cap else { return indices }
    var random = Philox(seed: seed, stream: stream, index: 0)
    var pool = indices
    for place in 0..<cap {
      pool.swapAt(place, place + Int(random.next(below: UInt32(pool.count - place))))
    }
    return pool.prefix(cap).sorted()
  }
}
