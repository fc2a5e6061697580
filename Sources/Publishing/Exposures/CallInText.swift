import Evidence
package import Indicators
package import Scenarios
import Studies
import Documents

/// What a call-in of debts would ask of each debtor, as text for a terminal.
struct CallInText {
  let callIns: [CallIn]
  let relieved: [RelievedCallIn]
  let relief: Relief?
  let casebook: Casebook
  let lender: ActorID

  func text(_ layout: TextLayout) -> String {
    let head = layout.emphasised("If every loan were called in at once", .strong)
    guard !callIns.isEmpty else {
      return head + "\n" + layout.wrapped("No claim reports a loan.")
    }
    return ([head] + callIns.map { deal($0, layout) } + [totals(layout), relieved(layout)])
      .compactMap { $0 }.joined(separator: "\n")
  }

  private func deal(_ callIn: CallIn, _ layout: TextLayout) -> String {
    let due = callIn.loans.map(\.sentence) + callIn.stated.map(\.sentence)
    let title = "\(name(callIn)). \(callIn.clausesSentence(in: casebook))"
    guard due.count > 1 else {
      let owed = due.first ?? "what is owed is not stated"
      return layout.wrapped("\(title) Due at once: \(owed).", mark: "· ")
    }
    return
      ([layout.wrapped("\(title) Due at once:", mark: "· ")]
      + due.map { layout.wrapped("\($0).", indent: 2, mark: "· ") }).joined(separator: "\n")
  }

  /// A debt as the pages name it, with the id by which options take it.
  private func name(_ callIn: CallIn) -> String {
    "\(callIn.debtWords(in: casebook, lender: lender)) (\(callIn.deal))"
  }

  /// The debts of a deal, which is one unless several actors have it.
  private func names(of deal: DealID, among actors: [ActorID]? = nil) -> String {
    let debts = callIns.filter { $0.deal == deal && actors?.contains($0.actor) ?? true }
    return debts.isEmpty ? deal.rawValue : debts.map(name).joined(separator: "; ")
  }

  /// The sums of each debtor and of all; nil where no series holds a debt against anything.
  private func totals(_ layout: TextLayout) -> String? {
    let totals = callIns.totals
    guard !totals.isEmpty else { return nil }
    let lines = totals.map { total in
      let who = total.debtorWords(of: callIns) { casebook.name(of: $0) }
      let uncounted = total.unknown.map { names(of: $0, among: total.actors) }
      let unknown =
        uncounted.isEmpty
        ? "" : "; not counted, as no sum is known: \(uncounted.joined(separator: "; "))"
      return layout.wrapped("\(who): \(total.share.amountWords)\(unknown).", mark: "· ")
    }
    return (["", layout.emphasised("Due together", .strong)] + lines).joined(separator: "\n")
  }

  private func relieved(_ layout: TextLayout) -> String? {
    guard let relief else { return nil }
    let head = layout.emphasised("With what you assume", .strong)
    let rows = relieved.map { change in
      [
        name(change.before), change.before.briefWords, change.afterWords, change.elsewhereWords,
      ]
    }
    let heads = ["Debt", "Due before", "Due after", "Owed elsewhere"]
    let assumed = relief.assumptions(in: callIns.first?.year).map { assumption in
      let deal = assumption.deal.map { names(of: $0) + " " } ?? ""
      return layout.wrapped(deal + assumption.text, mark: "· ")
    }
    return (["", head] + assumed + [layout.table([heads] + rows, wordColumns: 4)])
      .joined(separator: "\n")
  }
}

extension CallInTotal {
  /// Whose debts are added: one debtor's name, all of them, or those of whom the sum is known.
  func debtorWords(of callIns: [CallIn], name: (ActorID) -> String) -> String {
    guard actors.count > 1 else { return listed(actors.map(name)) }
    let debtors = Set(callIns.map(\.actor))
    return debtors.isSubset(of: actors)
      ? "All together" : "\(listed(actors.map(name))) together"
  }
}

extension RelievedCallIn {
  /// What the same lender could still call in.
  var afterWords: String { elsewhere == nil ? after.briefWords : "nothing" }

  /// What is owed to the new lender; a dash where there is none.
  var elsewhereWords: String {
    guard let elsewhere else { return "–" }
    return CallIn(
      deal: before.deal, actor: before.actor, year: before.year, clauses: .notStated,
      loans: elsewhere.loans, stated: []
    ).briefWords
  }
}

extension Relief {
  /// What is assumed of single deals, to stand after each one's name, and of all.
  ///
  /// A loan that is replaced after the year of the call-in changes nothing, and the text says so.
  func assumptions(in year: Int?) -> [(deal: DealID?, text: String)] {
    let fall =
      self.fall > 0
      ? "Every debtor's currency loses \(percentage(self.fall)) of its worth before the call-in, so "
        + "that a debt which is not hedged weighs \(plainFigure(1 / (1 - self.fall))) times as much. "
        + "Name a debt in the debtor's own currency as hedged."
      : "No currency falls, so hedging changes nothing."
    let loans = refinancings.map { change -> (DealID?, String) in
      let late = year.map { $0 < change.year } ?? false
      let lender = change.lender.map { "a loan of \($0)" } ?? "another loan of the same lender"
      return (
        change.deal,
        "is replaced at the end of \(change.year) by \(lender) (\(change.termsWords))"
          + (late ? ", after the year looked at, so that nothing changes." : ".")
      )
    }
    let hedges = hedged.sorted().map { deal -> (DealID?, String) in (deal, "is hedged.") }
    return loans + hedges + (hedges.isEmpty && self.fall == 0 ? [] : [(nil, fall)])
  }
}

extension Relief.Refinancing {
  fileprivate var termsWords: String {
    func stated(_ number: BoundedNumber, _ words: (Double) -> String) -> String? {
      number.value.map(words)
    }
    let parts = [
      currency.map { "in \($0)" },
      stated(graceYears) { "\(plainFigure($0)) years of grace" },
      stated(maturityYears) { "due after \(plainFigure($0)) years" },
      stated(rate) { "at \(plainFigure($0 * 100)) %" },
      schedule.map { $0.rawValue.replacing("_", with: " ") },
    ].compactMap { $0 }
    return parts.isEmpty ? "its terms are not stated" : parts.joined(separator: ", ")
  }
}

extension CallIn {
  /// What is due as a share of what it can be held against first; else in money.
  package var briefWords: String {
    let total = [self].totals.first.map { $0.share.amountWords }
    let amounts = loans.map { "\($0.outstanding.words(plainFigure)) \($0.currency)" }
    return total ?? (amounts.isEmpty ? "not stated" : listed(amounts))
  }

  /// Who may end the deal, in words.
  func clausesSentence(in casebook: Casebook) -> String {
    switch clauses {
    case .notStated: "Clauses not stated, so the stress is an assumption."
    case .stated(let clauses):
      listed(
        clauses.map { clause in
          let holder = clause.holder.map { "\(casebook.name(of: $0)) may use " } ?? ""
          let trigger = clause.trigger.map { " for \($0)" } ?? ""
          return "\(holder)\(inWords(clause.kind))\(trigger) [\(clause.claim)]"
        }) + "."
    }
  }
}

extension CallIn.Loan {
  /// What is left of the loan, in money and as shares, with what it rests on.
  package var sentence: String {
    amountWords + " [\(evidence.map(\.description).joined(separator: ", "))]"
  }

  /// What is left of the loan, in money and as shares.
  package var amountWords: String {
    let amount = "\(outstanding.words(plainFigure)) \(currency)"
    let paid = isPaidOut ? "" : "; no claim tells that it was paid out"
    return ([amount] + shares.map(\.amountWords)).joined(separator: ", ") + paid
  }

  /// What the amounts rest on.
  package var evidence: [EvidenceID] {
    ([.claim(claim)] + shares.flatMap(\.evidence)).uniqued
  }
}

extension CallIn.Share {
  /// The share in words: `at least 33 % of annual budget`, `8.8 % to 16 % of GDP (2020)`.
  package var amountWords: String {
    bounds.words(percentage) + " of \(of)" + (base.map { " (\($0.year))" } ?? "")
  }

  /// The share with what it rests on.
  package var sentence: String {
    amountWords + " [\(evidence.map(\.description).joined(separator: ", "))]"
  }
}

extension Bounds {
  /// The bounds in words, each as `written` has it.
  package func words(_ written: (Double) -> String) -> String {
    guard let high else { return "at least \(written(low))" }
    return isPoint ? written(low) : "\(written(low)) to \(written(high))"
  }
}
