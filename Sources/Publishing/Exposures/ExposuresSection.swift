import Markup
import Evidence
import Indicators
import Scenarios
import Studies
import Documents

// What ties states to the power: the register, the debts, the watch list.
extension Pages {
  var exposuresSection: HTML {
    let power = answer.name(answer.study.counterpart)
    return section(
      .exposures, "Exposures to \(power)",
      "Loans, stakes, rights, deployments and equipment, by state and channel.",
      computed: supplement.exposures.map { register($0.report.register) })
  }

  private func register(_ register: ExposureRegister) -> HTML {
    let states = register.entries.map(\.actor).uniqued.map { actor -> HTML in
      let own = register.entries.filter { $0.actor == actor }
      let rows = rows(firstOf: own) { entry in
        [
          "\(answer.title(of: entry.channel))", "\(entry.title)",
          "\(entry.instruments.map { inWords($0) }.joined(separator: ", "))",
          "\(entry.status.name)", "\(entry.since.map { "\($0)" } ?? "–")",
          "\(entry.until.map { "\($0)" } ?? "–")", links(entry.claims.map(\.id)),
        ]
      }
      return """
        <article class="outcome">\(heading(3, "\(answer.name(actor))"))
        \(table(
          "What ties \(answer.name(actor)) in \(register.year)", style: "ledger aligned",
          ["Channel", "Deal or fact", "Kind", "Status", "Since", "Until", "Claims"], rows, words: 7))
        \(leftOut(of: own.count) ?? .none)</article>
        """
    }
    let more: HTML = """
      <p><a href="\(address(of: .leverage(nil)))">What the debts come to if they are called in</a> · \
      <a href="\(address(of: .watchList(nil)))">The watch list</a></p>
      """
    return more + (states.isEmpty ? "<p>\(answer.casebook.noExposure)</p>" : states.joined("\n"))
  }

  // MARK: Leverage

  /// What a call-in asks; and what a relief makes of it, where the reader assumes one.
  func leverageSection(_ relief: Relief?) -> HTML {
    section(
      .leverage, "If every loan were called in",
      """
      The lender ends a deal and asks for the rest at once. What terms leave open stays open: bounds, not \
      points.
      """, computed: supplement.exposures.map { leverage($0, relief) })
  }

  private func leverage(_ exposures: Supplement.Exposures, _ relief: Relief?) -> HTML {
    let callIns = exposures.report.callIns
    let totals = callIns.totals.map { total -> [HTML] in
      let who = total.debtorWords(of: callIns) { answer.name($0) }
      let unknown = callIns.filter {
        total.unknown.contains($0.deal) && total.actors.contains($0.actor)
      }.map { debt($0) }
      return [
        "\(who)", "<span class=\"num\">\(total.share.amountWords)</span>",
        unknown.isEmpty ? "none" : unknown.joined("; "),
        total.actors.count > 1 ? "what the rows above rest on" : links(total.share.evidence),
      ]
    }
    let sums: HTML =
      totals.isEmpty
      ? .none
      : table(
        "Due at once in \(exposures.report.register.year), by what the debts can be held against; not "
          + "counted are those of which no sum is known",
        ["State", "Due", "Not counted", "Rests on"], totals, words: 4)
    return sums + reliefArticle(relief, of: callIns)
      + callIns.map { deal($0, exposures.byYear) }.joined("\n")
  }

  private func deal(_ callIn: CallIn, _ byYear: [(year: Int, callIns: [CallIn])]) -> HTML {
    let course = byYear.map { entry in
      (
        year: entry.year,
        loans: entry.callIns.first { $0.deal == callIn.deal && $0.actor == callIn.actor }?.loans
          ?? []
      )
    }
    let currencies = course.flatMap(\.loans).map(\.currency).uniqued
    let pictures = currencies.compactMap { currency in
      OutstandingBand(callIn, course, currency: currency).picture
    }
    let owed =
      callIn.loans.map { loan -> HTML in
        "\(loan.amountWords) <span class=\"cite\">\(links(loan.evidence))</span>"
      }
      + callIn.stated.map { share -> HTML in
        "\(share.amountWords) <span class=\"cite\">\(links(share.evidence))</span>"
      }
    let title = dealTitle(callIn.deal.rawValue, of: callIn.actor)
    return """
      <article class="outcome" id="\(Place.deal(callIn.deal, callIn.actor).anchor)">
      \(heading(3, "\(answer.name(callIn.actor)): \(title)"))
      \(clauses(callIn.clauses))
      \(owed.isEmpty ? "<p>What is owed is not stated.</p>" : list(owed))
      \(pictures.map { html($0) }.joined("\n"))</article>
      """
  }

  private func clauses(_ clauses: CallIn.Clauses) -> HTML {
    guard case .stated(let clauses) = clauses else {
      return "<p><strong>Clauses not stated.</strong> The stress is an assumption.</p>"
    }
    return list(
      clauses.map { clause -> HTML in
        let holder = clause.holder.map { "\(answer.name($0)) may use it" } ?? "holder not stated"
        let trigger = clause.trigger.map { " for \($0)" } ?? ""
        let consequence = clause.consequence.map { "; then \($0)" } ?? ""
        return """
          Clause: \(inWords(clause.kind)). \(holder)\(trigger)\(consequence). \
          <span class="cite">\(link(clause.claim))</span>
          """
      })
  }
}
