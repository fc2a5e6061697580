import Evidence
import Scenarios
import Studies

// What replacing or hedging loans would change of a call-in, as the reader assumes it.
extension Pages {
  /// The form of a relief, and what it changes.
  func reliefArticle(_ relief: Relief?, of callIns: [CallIn]) -> HTML {
    guard !callIns.isEmpty else { return .none }
    return """
      <article class="outcome">\(heading(3, "If loans are replaced or hedged"))
      <p class="what">Assumptions of yours: no source here states such terms. What is not stated of the \
      new loan stays open.</p>
      \(form(relief, callIns))
      \(relief.map { changes(by: $0, of: callIns) } ?? .none)</article>
      """
  }

  private func changes(by relief: Relief, of callIns: [CallIn]) -> HTML {
    do {
      let rows = try answer.casebook.relieved(callIns, by: relief).map { change in
        [
          title(ofDeal: change.before.deal.rawValue, of: change.before.actor),
          answer.name(change.before.actor), change.before.briefWords, change.afterWords,
          change.elsewhereWords,
        ]
      }
      return """
        <p>\(relief.sentence)</p>
        \(html(
          DataTable(
            caption: "What could be called in, before and after",
            header: ["Deal", "State", "Due before", "Due after", "Owed elsewhere"], rows: rows,
            wordColumns: 5)))
        """
    } catch { return "<p><strong>\("\(error)")</strong></p>" }
  }

  /// Fields of a relief; a file that stands alone cannot be asked again and has none.
  private func form(_ relief: Relief?, _ callIns: [CallIn]) -> HTML {
    guard case .site = layout else {
      return "<p><code>fulcrum exposure --refinance … --hedge …</code> shows what would change.</p>"
    }
    let deals = callIns.map { callIn in
      let title = self.title(ofDeal: callIn.deal.rawValue, of: callIn.actor)
      return (value: callIn.deal.rawValue, label: "\(answer.name(callIn.actor)): \(title)")
    }
    let chosen = Dictionary(
      (relief?.parameters ?? []).map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first })
    func value(_ name: String) -> String { chosen[name] ?? "" }
    func number(_ name: String, _ label: String, _ limits: HTML) -> HTML {
      """
      <label>\(label) <input type="number" name="\(name)" value="\(value(name))" \(limits) \
      class="year"></label>
      """
    }
    return """
      <form class="filters" action="\(SitePage.leverage(nil).path)" method="get">
      \(carried)\(Publishing.choice("replaced", "Replaced", deals, chosen: value("replaced"), otherwise: "no loan"))
      \(number("in", "At the end of", "min=\"1000\" max=\"2999\""))
      <label>New lender <input type="text" name="lender" value="\(value("lender"))"></label>
      \(number("maturity", "Due after, years", "min=\"0\" max=\"100\" step=\"any\""))
      \(Publishing.choice("hedged", "Hedged", deals, chosen: value("hedged"), otherwise: "no loan"))
      \(number("fall", "Currencies fall by, %", "min=\"0\" max=\"99\" step=\"any\""))
      <button type="submit">Show</button>
      <a href="\(address(of: .leverage(nil)))">As it stands</a></form>
      """
  }
}

extension Relief {
  /// The names that the query of a page uses.
  package static let names = ["replaced", "in", "lender", "maturity", "hedged", "fall"]

  /// Reads one loan that is replaced, one that is hedged and a fall from a query; nil when it names none.
  package init?(_ parameters: [AddressArgument]) {
    func text(_ name: String) -> String? {
      parameters.last { $0.name == name && !$0.value.isEmpty }?.value
    }
    let fall = text("fall").flatMap { Double($0) }.map { $0 / 100 } ?? 0
    let years = text("maturity").flatMap { Double($0) }.flatMap { $0 > 0 && $0 <= 100 ? $0 : nil }
    let year = text("in").flatMap { Int($0) }.flatMap { (1000...2999).contains($0) ? $0 : nil }
    let change = text("replaced").flatMap { deal in
      year.map { year in
        Refinancing(
          deal: DealID(deal), lender: text("lender"), year: year,
          maturityYears: BoundedNumber(value: years))
      }
    }
    let hedged = text("hedged").map { [DealID($0)] } ?? []
    guard change != nil || !hedged.isEmpty || fall > 0,
      let relief = try? Relief(
        refinancings: [change].compactMap(\.self), hedged: Set(hedged), fall: fall)
    else { return nil }
    self = relief
  }

  /// What the relief's own page says in its query.
  package var parameters: [AddressArgument] {
    let change = refinancings.first
    let texts: [String?] = [
      change?.deal.rawValue, change.map { "\($0.year)" }, change?.lender,
      change?.maturityYears.value.map(plainFigure), hedged.sorted().first?.rawValue,
      fall > 0 ? plainFigure(fall * 100) : nil,
    ]
    return zip(Self.names, texts).compactMap { name, text in
      text.map { AddressArgument(name: name, value: $0) }
    }
  }
}
