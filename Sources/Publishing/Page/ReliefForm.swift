import Evidence
import Scenarios
import Studies
import Tables

// What replacing or hedging loans would change of a call-in, as the reader assumes it.
extension Pages {
  /// The form of a relief, and what it changes.
  func reliefArticle(_ relief: Relief?, of callIns: [CallIn]) -> HTML {
    guard !callIns.isEmpty else { return .none }
    return """
      <article class="outcome\(relief == nil ? " asks" : "")">\(heading(3, "If loans are replaced or hedged"))
      <p class="what">Assumptions of yours: no source here states such terms. What is not stated of the \
      new loans stays open.</p>
      \(form(relief, callIns))
      \(relief.map { changes(by: $0, of: callIns) } ?? .none)</article>
      """
  }

  /// A debt by what a reader knows: who owes it, for what and to whom; its id leads to its terms.
  func debt(_ callIn: CallIn) -> HTML {
    """
    \(answer.name(callIn.actor)): \(title(ofDeal: callIn.deal.rawValue, of: callIn.actor)), lent by \
    \(answer.name(answer.study.counterpart)) \
    (<a href="\(address(.deal(callIn.deal, callIn.actor)))"><code>\(callIn.deal)</code></a>)
    """
  }

  private func changes(by relief: Relief, of callIns: [CallIn]) -> HTML {
    do {
      let rows = try answer.casebook.relieved(callIns, by: relief).map { change -> [HTML] in
        [debt(change.before)]
          + [change.before.briefWords, change.afterWords, change.elsewhereWords].map { words in
            // A short amount stays on one line.
            words.count < 40 ? "<span class=\"num\">\(words)</span>" : "\(words)"
          }
      }
      let assumed = relief.assumptions(in: callIns.first?.year).map { assumption -> HTML in
        guard let deal = assumption.deal else { return "\(assumption.text)" }
        let debts = callIns.filter { $0.deal == deal }.map { debt($0) }
        return "\(debts.joined("; ")) \(assumption.text)"
      }
      return list(assumed) + "\n"
        + table(
          "What could be called in, before and after",
          ["Debt", "Due before", "Due after", "Owed to the new lender"], rows, words: 4)
    } catch { return "<p><strong>\("\(error)")</strong></p>" }
  }

  /// Fields of a relief; a file that stands alone cannot be asked again and has none.
  private func form(_ relief: Relief?, _ callIns: [CallIn]) -> HTML {
    guard case .site = layout else {
      return "<p><code>fulcrum exposure --refinance … --hedge …</code> shows what would change.</p>"
    }
    let change = relief?.refinancings.first
    let replaced = Set(relief?.refinancings.map(\.deal) ?? [])
    func number(_ name: String, _ label: String, _ value: String?, _ limits: HTML) -> HTML {
      """
      <label>\(label) <input type="number" name="\(name)" value="\(value ?? "")" \(limits) \
      class="year"></label>
      """
    }
    let fall = relief.flatMap { $0.fall > 0 ? plainFigure($0.fall * 100) : nil }
    return """
      <form class="filters" action="\(SitePage.leverage(nil).path)" method="get">
      \(carried)\(boxes("replaced", "Loans replaced by new ones", callIns, chosen: replaced))
      \(number("in", "At the end of", change.map { "\($0.year)" }, "min=\"1000\" max=\"2999\""))
      <label>New lender <input type="text" name="lender" value="\(change?.lender ?? "")"></label>
      \(number("maturity", "Due after, years", change?.maturityYears.value.map(plainFigure), "min=\"0.1\" max=\"100\" step=\"any\""))
      \(boxes("hedged", "Loans whose currency is hedged", callIns, chosen: relief?.hedged ?? []))
      \(number("fall", "Currencies fall by, %", fall, "min=\"0\" max=\"99\" step=\"any\""))
      <button type="submit">Show</button>
      <a href="\(address(of: .leverage(nil)))">As it stands</a></form>
      """
  }

  /// A box for each deal, of which any number can be ticked.
  private func boxes(
    _ name: String, _ legend: String, _ callIns: [CallIn], chosen: Set<DealID>
  ) -> HTML {
    let deals = callIns.map(\.deal).uniqued.map { deal -> HTML in
      let debtors = callIns.filter { $0.deal == deal }.map(\.actor)
      let title = debtors.first.map { self.title(ofDeal: deal.rawValue, of: $0) } ?? deal.rawValue
      let mark: HTML = chosen.contains(deal) ? " checked" : .none
      return """
        <label class="check"><input type="checkbox" name="\(name)" value="\(deal)"\(mark)> \
        \(listed(debtors.map { answer.name($0) })): \(title)</label>
        """
    }
    return "<fieldset><legend>\(legend)</legend>\n\(deals.joined("\n"))</fieldset>"
  }
}

extension Relief {
  /// Reads from a query which loans are replaced on what terms, which are hedged, and a fall; nil when it
  /// assumes nothing.
  package init?(_ parameters: [AddressArgument]) {
    func texts(_ name: String) -> [String] {
      parameters.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
    }
    func text(_ name: String) -> String? { texts(name).last }
    let fall = text("fall").flatMap { Double($0) }.map { $0 / 100 } ?? 0
    let years = text("maturity").flatMap { Double($0) }.flatMap { $0 > 0 && $0 <= 100 ? $0 : nil }
    let year = text("in").flatMap { Int($0) }.flatMap { (1000...2999).contains($0) ? $0 : nil }
    let changes = year.map { year in
      texts("replaced").uniqued.map { deal in
        Refinancing(
          deal: DealID(deal), lender: text("lender"), year: year,
          maturityYears: BoundedNumber(value: years))
      }
    }
    let hedged = Set(texts("hedged").map { DealID($0) })
    guard changes?.isEmpty == false || !hedged.isEmpty || fall > 0,
      let relief = try? Relief(refinancings: changes ?? [], hedged: hedged, fall: fall)
    else { return nil }
    self = relief
  }

  /// What the relief's own page says in its query.
  package var parameters: [AddressArgument] {
    let change = refinancings.first
    let pairs: [(String, String?)] =
      refinancings.map { ("replaced", $0.deal.rawValue) } + [
        ("in", change.map { "\($0.year)" }), ("lender", change?.lender),
        ("maturity", change?.maturityYears.value.map(plainFigure)),
      ] + hedged.sorted().map { ("hedged", $0.rawValue) } + [
        ("fall", fall > 0 ? plainFigure(fall * 100) : nil)
      ]
    return pairs.compactMap { name, text in text.map { AddressArgument(name: name, value: $0) } }
  }

  /// What a query says that makes no relief: terms without a loan, a loan without its year.
  static func problems(in parameters: [AddressArgument]) -> [ArgumentProblem] {
    let names = Set(parameters.map(\.name))
    if names.contains("replaced"), !names.contains("in") {
      return [
        ArgumentProblem(
          name: "replaced", message: "lacks the year at whose end the loans are replaced",
          mend: "fill in `At the end of`")
      ]
    }
    guard !names.contains("replaced") else { return [] }
    return ["in", "lender", "maturity"].filter(names.contains).map { name in
      ArgumentProblem(
        name: name, message: "is of loans that are replaced, and none is",
        mend: "tick a loan, or leave it out")
    }
  }
}
