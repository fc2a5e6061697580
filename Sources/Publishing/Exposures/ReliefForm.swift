import Markup
import Evidence
import Scenarios
import Studies
import Documents

// What replacing or hedging loans would change of a call-in, as the reader assumes it.
extension Pages {
  /// The form of a relief, and what it changes.
  func reliefArticle(_ relief: Relief?, of callIns: [CallIn]) -> HTML {
    guard !callIns.isEmpty else { return .none }
    return """
      <article class="outcome\(relief == nil ? " asks" : "")">\(heading(3, "If loans are replaced or hedged"))
      <p class="what">Assumptions of yours: no source here states such terms. Each loan has its own; what \
      is not stated of a new loan stays open.</p>
      \(form(relief, callIns))
      \(relief.map { changes(by: $0, of: callIns) } ?? .none)</article>
      """
  }

  /// A debt by what a reader knows of it; its id leads to its terms.
  func debt(_ callIn: CallIn) -> HTML {
    """
    \(callIn.debtWords(in: answer.casebook, lender: answer.study.counterpart)) \
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

  /// Fields of a relief, those of each loan under its name; a file that stands alone cannot be asked again
  /// and has none.
  private func form(_ relief: Relief?, _ callIns: [CallIn]) -> HTML {
    guard case .site = layout else {
      return "<p><code>fulcrum exposure --refinance … --hedge …</code> shows what would change.</p>"
    }
    let loans = callIns.map(\.deal).uniqued.map { deal in
      loan(deal, callIns.filter { $0.deal == deal }.map(\.actor), relief)
    }
    let fall = relief.flatMap { $0.fall > 0 ? addressNumber($0.fall * 100) : nil }
    return """
      <form class="filters relief" action="\(SitePage.leverage(nil).path)" method="get">
      \(carried)<div class="loans">
      \(loans.joined("\n"))
      </div>
      \(number("fall", "All debtors’ currencies fall by, %", fall, "min=\"0\" max=\"99\" step=\"any\""))
      <button type="submit">Show</button>
      <a href="\(address(of: .leverage(nil)))">As it stands</a></form>
      """
  }

  /// The fields of one loan; open where the reader assumes something of it.
  private func loan(_ deal: DealID, _ debtors: [ActorID], _ relief: Relief?) -> HTML {
    let change = relief?.refinancings.first { $0.deal == deal }
    let isHedged = relief?.hedged.contains(deal) ?? false
    let title = debtors.first.map { dealTitle(deal.rawValue, of: $0) } ?? deal.rawValue
    let name = "\(listed(debtors.map { answer.name($0) })): \(title)"
    let fields = Relief.Term.allCases.map { term in
      field(term, of: deal, change?.text(of: term))
    }
    let open: HTML = change != nil || isHedged ? " open" : .none
    let mark: HTML = isHedged ? " checked" : .none
    return """
      <details\(open)><summary>\(name)</summary>
      <div class="fields" role="group" aria-label="\(name)">
      \(fields.joined("\n"))
      <label class="check"><input type="checkbox" name="hedged" value="\(deal)"\(mark)> Its currency is \
      hedged</label></div></details>
      """
  }

  private func field(_ term: Relief.Term, of deal: DealID, _ value: String?) -> HTML {
    let name = term.name(for: deal)
    switch term {
    case .year: return number(name, "Replaced at the end of", value, "min=\"1000\" max=\"2999\"")
    case .lender:
      return """
        <label>New lender <input type="text" name="\(name)" value="\(value ?? "")" \
        placeholder="the same"></label>
        """
    case .currency:
      return Publishing.choice(
        name, "Currency", answer.casebook.currencies.map { ($0, $0) }, chosen: value ?? "",
        otherwise: "the same")
    case .grace:
      return number(name, "Grace, years", value, "min=\"0\" max=\"100\" step=\"any\"")
    case .maturity:
      return number(name, "Due after, years", value, "min=\"0.1\" max=\"100\" step=\"any\"")
    case .rate:
      return number(name, "Interest a year, %", value, "min=\"0\" max=\"100\" step=\"any\"")
    case .schedule:
      return Publishing.choice(
        name, "Repaid", RepaymentSchedule.allCases.map { ($0.rawValue, inWords($0.rawValue)) },
        chosen: value ?? "", otherwise: "not stated")
    }
  }

  private func number(_ name: String, _ label: String, _ value: String?, _ limits: HTML) -> HTML {
    """
    <label>\(label) <input type="number" name="\(name)" value="\(value ?? "")" \(limits) \
    class="year"></label>
    """
  }
}
