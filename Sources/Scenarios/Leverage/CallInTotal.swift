public import Evidence
import Indicators
import Documents

/// What several loans come to together, against one denominator.
public struct CallInTotal: Hashable, Sendable {
  /// The debtors: one, or all that owe something.
  public let actors: [ActorID]
  /// Of the debtors' denominators together.
  public let share: CallIn.Share
  /// The deals of which no sum can be held against the denominator; the total leaves them out.
  public let unknown: [DealID]
}

extension [CallIn] {
  /// The totals of each debtor and, where there are several, of all; denominators in the order met.
  public var totals: [CallInTotal] {
    let words = flatMap(\.loans).flatMap(\.shares).map(\.of).uniqued
    return words.flatMap { word in
      let each = Set(map(\.actor)).sorted().compactMap { actor in
        filter { $0.actor == actor }.total(of: word)
      }
      return each.count > 1 ? each + [each.together(word)].compactMap(\.self) : each
    }
  }

  /// The total of one debtor's loans against a denominator; nil when none can be held against it.
  private func total(of word: String) -> CallInTotal? {
    let shares = flatMap(\.loans).compactMap { loan in loan.shares.first { $0.of == word } }
    guard let actor = first?.actor, let base = shares.first?.base else { return nil }
    let unknown = filter { callIn in
      callIn.loans.isEmpty || callIn.loans.contains { !$0.shares.contains { $0.of == word } }
    }
    return CallInTotal(
      actors: [actor],
      share: CallIn.Share(
        of: word, bounds: shares.map(\.bounds).reduce(Bounds(0), +), base: base,
        evidence: shares.flatMap(\.evidence).uniqued), unknown: unknown.map(\.deal))
  }
}

extension [CallInTotal] {
  /// All debtors' sums against the sum of their denominators, whose last years may differ.
  fileprivate func together(_ word: String) -> CallInTotal? {
    let bases = compactMap(\.share.base)
    guard let currency = bases.first?.currency, bases.count == count,
      let year = bases.map(\.year).min()
    else { return nil }
    let whole = bases.reduce(0) { $0 + $1.value }
    let sum = zip(self, bases).map { $0.share.bounds.scaled(by: $1.value) }
      .reduce(Bounds(0), +)
    return CallInTotal(
      actors: flatMap(\.actors),
      share: CallIn.Share(
        of: word, bounds: sum.scaled(by: 1 / whole),
        base: CallIn.Base(value: whole, currency: currency, year: year),
        evidence: flatMap(\.share.evidence).uniqued), unknown: flatMap(\.unknown))
  }
}
