import HTTP
import Evidence
import Publishing
import Scenarios
import Studies
import Documents

/// The arguments that pages of their own, and what programs read of them, take beside the judgements, each
/// with what it may be.
struct PageParameters {
  let study: Study
  let casebook: Casebook

  /// Of the list of claims.
  var evidence: [Route.Parameter] {
    let claims = casebook.claims
    let years = Route.Parameter.Kind.whole(1000...2999)
    return [
      .init("words", "Words that a claim must have."),
      .init("actor", "Whom a claim is on.", .word(claims.map(\.actor.rawValue).uniqued)),
      .init(
        "channel", "The claim's channel.", .word(casebook.codebook.channels.map(\.id.rawValue))),
      .init("instrument", "The kind of act.", .word(claims.map(\.instrument.rawValue).uniqued)),
      .init("source", "The claim's source.", .word(claims.map(\.source.rawValue).uniqued)),
      .init("reliability", "The worst grade of a source.", .word(Reliability.words)),
      .init("credibility", "The worst grade of a claim.", .word(Credibility.words)),
      .init("from", "The first year.", years), .init("to", "The last year.", years),
      .init("moves", "Only claims that enter an estimate.", .word(["on"])),
      .init("page", "Which page of the list.", .whole(1...100_000)),
    ]
  }

  /// Of what other choices give: each choice of the study can be held at one of its options.
  var multiverse: [Route.Parameter] {
    let places = Dictionary(
      study.choices.map { ($0.id, $0.options.count) }, uniquingKeysWith: max)
    let outcomes = study.channels.flatMap(\.outcomes).map(\.id)
    return [.init("outcome", "The outcome.", .word(outcomes))]
      + places.sorted { $0.key < $1.key }.map { id, count in
        .init(
          MultiverseFilter.name(ofChoice: id), "The place of the option that is held, from 0.",
          .whole(0...max(0, count - 1)))
      }
  }

  /// Of what a call-in would ask: of each debt on what terms it is replaced, and which are hedged.
  func relief(of debts: [DealID]) -> [Route.Parameter] {
    let deals = debts.uniqued
    return deals.flatMap(terms) + [
      .init("hedged", "A loan whose currency is hedged.", .words(deals.map(\.rawValue))),
      .init("fall", "By how much currencies fall, in per cent.", .number(0...99)),
    ]
  }

  /// Of the loan that replaces a deal's.
  private func terms(of deal: DealID) -> [Route.Parameter] {
    Relief.Term.allCases.map { term in
      let (meaning, kind): (String, Route.Parameter.Kind) =
        switch term {
        case .year: ("The year at whose end \(deal) is replaced.", .whole(1000...2999))
        case .lender: ("Who lends instead (default: the same lender).", .text)
        case .currency: ("The new loan's currency.", .word(casebook.currencies))
        case .grace: ("Years until the first repayment.", .number(0...100))
        case .maturity: ("Years until the new loan is due.", .number(0.1...100))
        case .rate: ("The interest a year, in per cent.", .number(0...100))
        case .schedule: ("How it is repaid.", .word(RepaymentSchedule.words))
        }
      return Route.Parameter(term.name(for: deal), meaning, kind)
    }
  }

  /// Of the watch list: how much each respect counts.
  static let weights = WatchWeights.names.sorted().map {
    Route.Parameter($0, "How much this respect counts.", .number(0...1_000_000))
  }
}
