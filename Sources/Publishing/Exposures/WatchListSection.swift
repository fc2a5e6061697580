import Markup
import Evidence
import Indicators
import Scenarios
import Studies
package import Documents

// The exposures in force, by what is worse in every respect that the evidence tells.
extension Pages {
  /// The watch list; by the reader's weights too, where there are some.
  func watchListSection(_ weights: WatchWeights?) -> HTML {
    section(
      .watchList, "Watch list",
      """
      What stands in a higher layer is worse than something below it in every respect that the evidence \
      tells; within a layer nothing can be ranked.
      """, computed: supplement.exposures.map { watchList($0.report.watchList, weights) })
  }

  private func watchList(_ watchList: WatchList, _ weights: WatchWeights?) -> HTML {
    let titles = Dictionary(
      watchList.items.map { item in
        (item.exposure.name, "\(answer.name(item.exposure.actor)): \(item.exposure.title)")
      }, uniquingKeysWith: { first, _ in first })
    let rows = rows(firstOf: watchList.items) { item in
      [
        "\(item.layer + 1)", "\(item.exposure.title)",
        "\(answer.name(item.exposure.actor))", "\(answer.title(of: item.exposure.channel))",
        "\(item.respects.sentence(of: watchList.shareOf))",
        item.above.isEmpty ? "–" : "\(shortened(item.above.map { titles[$0] ?? $0 }))",
        links(item.exposure.claims.map(\.id)),
      ]
    }
    guard !rows.isEmpty else { return "<p>No exposure is in force.</p>" }
    let said: HTML =
      watchList.items.contains { !$0.above.isEmpty }
      ? .none
      : """
      <p>Nothing here is worse than another in every respect: none of them can be ranked. Weights of \
      your own make one order.</p>
      """
    return said
      + table(
        "Exposures in force",
        ["Layer", "Deal or fact", "State", "Channel", "What is known", "Worse than", "Claims"],
        rows, words: 7) + (leftOut(of: watchList.items.count) ?? .none)
      + weighted(watchList, weights) + precedents(watchList)
  }

  /// The form of the weights, and the one order that they make.
  private func weighted(_ watchList: WatchList, _ weights: WatchWeights?) -> HTML {
    let order: HTML =
      weights.map { weights in
        html(
          ChartTable(
            caption:
              "By your weights: \(weights.sentence). What no evidence tells lies anywhere between "
              + "0 and 1, so that a mean is a range",
            header: ["Deal or fact", "State", "Weighted mean"],
            rows: watchList.weighted(by: weights).map { weighted in
              [
                weighted.item.exposure.title, answer.name(weighted.item.exposure.actor),
                weighted.index.words,
              ]
            }, wordColumns: 2))
      } ?? .none
    return """
      <article class="outcome\(weights == nil ? " asks" : "")">\(heading(3, "By weights of your own"))
      \(weightForm(weights))
      \(order)</article>
      """
  }

  /// Fields for the weights; a file that stands alone cannot be asked again and has none.
  private func weightForm(_ weights: WatchWeights?) -> HTML {
    guard case .site = layout else {
      return "<p><code>fulcrum exposure --weights size=2,years=1</code> orders by weights.</p>"
    }
    let fields = WatchWeights.fields.map { name, label, path -> HTML in
      let value = weights.map { addressNumber($0[keyPath: path]) } ?? ""
      return """
        <label>\(label) <input type="number" name="\(name)" value="\(value)" min="0" step="any" \
        class="year"></label>
        """
    }
    return """
      <form class="filters" action="\(SitePage.watchList(nil).path)" method="get">
      \(carried)\(fields)<button type="submit">Order</button>
      <a href="\(address(of: .watchList(nil)))">No weights</a></form>
      """
  }

  /// What has reduced such exposures before, once for each channel of the list.
  private func precedents(_ watchList: WatchList) -> HTML {
    let channels = watchList.items.map(\.exposure.channel).uniqued
    let parts = channels.map { channel -> HTML in
      let found = watchList.items.filter { $0.exposure.channel == channel }.map(\.precedents)
        .uniqued.joined().uniqued
      return """
        <p><strong>\(answer.title(of: channel))</strong></p>
        \(found.isEmpty ? "<p class=\"empty\">No known precedent.</p>"
          : list(firstOf: found, precedent))
        """
    }
    let others = watchList.otherPrecedents
    let rest: HTML =
      others.isEmpty
      ? .none
      : "<p><strong>Of channels and kinds that are not on the list</strong></p>"
        + list(firstOf: others, precedent)
    return """
      <article class="outcome">\(heading(3, "What has reduced such an exposure before"))
      <p class="what">Reported acts of states that ended, replaced or ruled out an exposure of the same \
      channel or the same kind. What is not in the casebook is not here.</p>
      \((parts + [rest]).joined("\n"))</article>
      """
  }

  private func precedent(_ precedent: WatchList.Precedent) -> HTML {
    """
    \(isolated(precedent.sentence)) <span class="cite">\(answer.name(precedent.actor)) · \
    \(link(precedent.claim))</span>
    """
  }
}

extension WatchWeights {
  /// The weights as a query and a form name them.
  static var fields: [(name: String, label: String, path: KeyPath<WatchWeights, Double>)] {
    [
      ("size", "Share due", \.share), ("years", "Years left", \.yearsLeft),
      ("clauses", "Clauses", \.clauses), ("exit", "Exit paid by the state", \.exit),
      ("concerns", "Concerns", \.concerns),
    ]
  }

  /// Reads weights from a query; nil when it names none that order anything.
  package init?(_ parameters: [AddressArgument]) {
    func value(_ name: String) -> Double {
      parameters.last { $0.name == name }.flatMap { Double($0.value) } ?? 0
    }
    guard
      let weights = try? WatchWeights(
        share: value("size"), yearsLeft: value("years"), clauses: value("clauses"),
        exit: value("exit"), concerns: value("concerns"))
    else { return nil }
    self = weights
  }

  /// What a query says that orders nothing.
  package static func problems(in parameters: [AddressArgument]) -> [ArgumentProblem] {
    let given = parameters.filter { names.contains($0.name) }
    guard !given.isEmpty, WatchWeights(parameters) == nil else { return [] }
    return [
      ArgumentProblem(
        name: nil, message: "Weights that are all 0 make no order; set one of them above 0.")
    ]
  }

  /// The names that the query uses.
  package static var names: Set<String> { Set(fields.map(\.name)) }
}
