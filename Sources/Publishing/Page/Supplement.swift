import Markup
import Documents
package import Evidence
import Indicators
package import Scenarios
package import Studies

/// What pages show beyond an answer, each part where it has been computed.
package struct Supplement: Sendable {
  /// The files of the casebook's scenarios, by their ids.
  package var scenarios: [String: ScenarioFile] = [:]
  /// What scenarios would change, in the casebook's order.
  package var projections: [Projection]?
  /// Past accessions projected and compared with what came.
  package var replays: [Replay]?
  package var outlook: Outlook?
  package var exposures: Exposures?
  /// What all defensible choices make of some outcomes.
  package var multiverses: [Multiverse]?
  /// How much is done of what has not been computed yet, from 0 to 1.
  package var share = 0.0

  package init() {}

  /// What was read from the file of a scenario.
  package enum ScenarioFile: Hashable, Sendable {
    case read(title: String)
    /// What is wrong with it.
    case wrong(String)
  }

  /// What ties states to the power in one year, and what its debts come to.
  package struct Exposures: Sendable {
    package let report: ExposureReport
    /// The call-ins of every year from the first loan on, the years ascending.
    let byYear: [(year: Int, callIns: [CallIn])]

    /// Whether nothing ties a state to the power.
    package var isEmpty: Bool { report.register.entries.isEmpty && report.callIns.isEmpty }

    /// Collects the exposures of the states that a study names.
    ///
    /// - Throws: `ScenarioError.contradictoryTerms`.
    package init(of study: Study, in casebook: Casebook, year: Int) throws {
      report = try ExposureReport(of: study, in: casebook, year: year)
      let first = casebook.terms.compactMap(\.signed?.earliest.year).min() ?? year
      byYear = try (min(first, year)...(year + 10)).map { year in
        (year, try casebook.callIns(in: year, of: study.named, by: study.counterpart))
      }
    }
  }
}

extension Pages {
  /// A section whose content may not be there yet.
  func section(_ place: Place, _ title: String, _ lead: HTML, computed content: HTML?) -> HTML {
    section(place.anchor, title, lead, content ?? pending)
  }

  /// What stands in for what is being worked out; the script of the pages puts it in when it is there.
  var pending: HTML {
    """
    <p class="empty pending" role="status">This is being worked out: \
    \(percentage(supplement.share)) is done. Look again in a while.</p>
    """
  }

  /// A text whose words between backticks are set as code.
  func code(in text: String) -> HTML {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map {
      place, part -> HTML in place % 2 == 1 ? "<code>\(String(part))</code>" : "\(String(part))"
    }.joined()
  }

  /// Links to claims, or a dash.
  func links(_ claims: [ClaimID]) -> HTML {
    claims.isEmpty ? "–" : claims.map { link($0) }.joined(", ")
  }

  /// What evidence a number rests on, claims as links.
  func links(_ evidence: [EvidenceID]) -> HTML {
    evidence.map { id -> HTML in
      switch id {
      case .claim(let claim): link(claim)
      case .value(let variable, let actor, let year):
        "<a class=\"t\" href=\"\(address(.variable(variable)))\">\(variable)</a> \(actor) \(year)"
      }
    }.joined(", ")
  }

  /// A table whose cells are markup.
  func table(
    _ caption: String, style: String = "ledger", _ heads: [String], _ rows: [[HTML]], words: Int
  ) -> HTML {
    let frame = TableFrame(caption, style: style, heads, words: words)
    return frame.html(rows.map { frame.row($0, isNamed: false) })
  }
}
