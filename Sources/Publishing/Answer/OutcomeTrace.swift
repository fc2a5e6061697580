import Markup
import Documents
import Effects
import Evidence
import Indicators
import Panels
import Studies

// What an outcome's numbers rest on, down to the sources.
extension Pages {
  func trace(of outcome: OutcomeAnswer) -> HTML {
    """
    <details class="trace" id="\(Place.trace(outcome: outcome.id).anchor)">
    <summary>What these numbers rest on</summary>
    <div class="trace-body">
    <p>\(definition(of: outcome.series.indicator))</p>
    \(estimator(of: outcome))
    \(values(behind: outcome))
    \(claims(behind: outcome))
    \(leftOut(of: outcome))
    <p>The panel, at full precision: \(file(outcome.panelFile)).</p>
    </div>
    </details>
    """
  }

  /// How an indicator makes its values.
  private func definition(of indicator: Indicator) -> HTML {
    switch indicator.definition {
    case .variable(let id, let transformation):
      let change =
        transformation == .log1p ? ", as the natural logarithm of one plus the value" : ""
      return """
        Each value is the series <a class="t" href="\(address(.variable(id)))">\(id)</a>\(change).
        """
    case .claims(let rule): return "Each value is made from claims: \(rule.text)."
    case .index(let index):
      let parts = index.components.map { "\(plainFigure($0.weight)) × (\($0.rule.text))" }
      return """
        Each value is an index (\(index.normalisation.rawValue), \(index.aggregation.rawValue)) of \
        \(parts.joined(separator: "; ")).
        """
    }
  }

  private func estimator(of outcome: OutcomeAnswer) -> HTML {
    guard let estimate = outcome.estimates.first else { return .none }
    let test = estimate.randomization
    let drawn: HTML =
      test.isEnumerated
      ? "all \(grouped(test.assignments)) assignments"
      : "\(grouped(test.assignments)) drawn assignments, seed \(String(answer.study.seed))"
    return """
      <p>Estimated by \(inWords(estimate.method))\(estimate.estimator.options). Tested by reassigning the dates of joining: \
      \(drawn), \(percentage(test.rejected)) of the candidates not admissible. The p is exact only if any \
      of the states could as well have joined when another did.</p>
      """
  }

  /// The series values behind an outcome, by variable and source.
  private func values(behind outcome: OutcomeAnswer) -> HTML {
    var rows: [(variable: VariableID, actors: [ActorID], count: Int, years: ClosedRange<Int>)] = []
    for case .value(let variable, let actor, let year) in outcome.trace {
      guard let place = rows.firstIndex(where: { $0.variable == variable }) else {
        rows.append((variable, [actor], 1, year...year))
        continue
      }
      if rows[place].actors.last != actor, !rows[place].actors.contains(actor) {
        rows[place].actors.append(actor)
      }
      rows[place].count += 1
      let years = rows[place].years
      rows[place].years = min(years.lowerBound, year)...max(years.upperBound, year)
    }
    let items = rows.map { row -> HTML in
      let source = answer.casebook.variable(row.variable)?.source
      let from: HTML = source.map { " from \(link($0))" } ?? .none
      return """
        \(counted(row.count, "value")) of <a class="t" href="\(address(.variable(row.variable)))">\
        \(row.variable)</a>\(from), \(counted(row.actors.count, "state")), \(row.years.lowerBound) to \
        \(row.years.upperBound): each stands in <a href="\(address(.lines(outcome: outcome.id)))">the data of the \
        picture</a>
        """
    }
    return items.isEmpty ? .none : "\(heading(5, "Series values"))\(list(items))"
  }

  private func claims(behind outcome: OutcomeAnswer) -> HTML {
    let undatedClaims = outcome.series.actors.flatMap { outcome.series.undated[$0, default: []] }
    let undated = Set(undatedClaims)
    let dated = outcome.trace.compactMap { evidence -> ClaimID? in
      guard case .claim(let id) = evidence, !undated.contains(id) else { return nil }
      return id
    }
    let claims = (dated + undatedClaims).compactMap { answer.casebook.claim($0) }
    guard !claims.isEmpty else { return .none }
    let items = list(firstOf: claims) { claim in
      undated.contains(claim.id)
        ? "\(item(claim)) <em>(not dated to a year, so in no value)</em>" : item(claim)
    }
    return "\(heading(5, "Claims"))\(items)"
  }

  /// A claim in one line: what it says, and where.
  func item(_ claim: Claim) -> HTML {
    let place: HTML = claim.locator.map { ", \($0.place)" } ?? .none
    return """
      \(isolated(claim.statement)) <span class="cite">\(claim.dateText) · \(link(claim.source))\(place) · \
      \(link(claim.id))</span>
      """
  }

  private func leftOut(of outcome: OutcomeAnswer) -> HTML {
    let items = outcome.design.dropped.map { dropped -> HTML in
      let name = dropped.unit.map { answer.name($0) } ?? "All states"
      let year = dropped.period.map { " in \($0)" } ?? ""
      return "\(name)\(year): \(dropped.reason)"
    }
    return items.isEmpty ? .none : "\(heading(5, "Left out"))\(list(items))"
  }
}

extension ClaimRule {
  /// The rule in words.
  var text: String {
    var parts = [measure.text, "channel \(channel)"]
    let lists: [(String, [String])] = [
      ("instruments", instruments.map { inWords($0) }), ("phases", phases.map(\.rawValue)),
      ("directions", directions.map(\.rawValue)), ("put as", assertions.map(\.rawValue)),
    ]
    for (name, words) in lists where !words.isEmpty {
      parts.append("\(name) \(alternatives(words))")
    }
    if let counterpart { parts.append("counterpart \(counterpart)") }
    if let minimumReliability {
      parts.append("sources graded \(minimumReliability.rawValue) or better")
    }
    if let minimumCredibility {
      parts.append("claims graded \(minimumCredibility.rawValue) or better")
    }
    if countsForParent { parts.append("companies and parts count for their state") }
    return parts.joined(separator: ", ")
  }
}

extension ClaimRule.Measure {
  fileprivate var text: String {
    switch self {
    case .count: "the number of facts in the year"
    case .sum(let unit, let currency, let of):
      "the sum of values in \(currency ?? unit)" + (of.map { " of \($0)" } ?? "")
    case .activeStock: "the number of deals in force in the year"
    case .latestPosition: "the latest position taken (1 toward, 0 neutral, −1 away)"
    }
  }
}

extension ChosenEstimator {
  /// The options that the method has, after its name.
  fileprivate var options: String {
    let anticipation = anticipation.map { ", anticipation \($0)" } ?? ""
    return switch method {
    case .groupTime:
      groupTime.map {
        " against \($0.comparison.rawValue)-treated states, base period \($0.base.rawValue)"
          + anticipation
      } ?? ""
    case .imputation: " from states that had not joined yet\(anticipation)"
    case .syntheticDiD, .syntheticControl: ", with weights found among states that never joined"
    case .factors:
      factorCount.map { ", with \($0) found among states that never joined" }
        ?? ", as many as predict best"
    }
  }
}
