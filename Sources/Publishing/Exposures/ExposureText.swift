import Evidence
import Indicators
import Scenarios
import Studies
import Documents

extension ExposureReport {
  /// Writes the register, the call-in stress and the watch list one after the other.
  public func text(width: Int = 92, isColoured: Bool = false) -> String {
    let layout = TextLayout(width: min(max(width, 60), 120), isColoured: isColoured)
    let stress = CallInText(
      callIns: callIns, relieved: relieved, relief: relief, casebook: casebook,
      lender: register.counterpart)
    return [stakes(layout), stress.text(layout), watch(layout)].joined(separator: "\n\n") + "\n"
  }

  private func stakes(_ layout: TextLayout) -> String {
    let head = layout.emphasised(
      "Exposures to \(casebook.name(of: register.counterpart)) in \(register.year)", .strong)
    let rows = register.entries.map(\.actor).uniqued.flatMap { actor -> [[String]] in
      let own = register.entries.filter { $0.actor == actor }
      return [[casebook.name(of: actor), "", "", "", ""]] + own.map(row)
    }
    guard !rows.isEmpty else { return head + "\n" + layout.wrapped(casebook.noExposure) }
    return head + "\n"
      + layout.table(
        [["State, deal or fact", "Channel", "Status", "Since", "Until"]] + rows, wordColumns: 3)
  }

  private func row(_ entry: ExposureRegister.Entry) -> [String] {
    [
      "· \(entry.title) (\(entry.name))", entry.channel.rawValue, entry.status.name,
      entry.since.map(String.init) ?? "–", entry.until.map(String.init) ?? "–",
    ]
  }

  /// An exposure by whose and what it is, with the id by which options take it.
  private func name(_ exposure: ExposureRegister.Entry) -> String {
    "\(casebook.name(of: exposure.actor)): \(exposure.title) (\(exposure.name))"
  }

  private func watch(_ layout: TextLayout) -> String {
    let head = layout.emphasised("Watch list", .strong)
    let rule = layout.wrapped(
      "What stands in a higher layer is worse than something below it in every respect that the "
        + "evidence tells (share due, years left, clauses, who pays an exit, concerns); within a layer "
        + "nothing can be ranked.")
    let names = Dictionary(
      watchList.items.map { ($0.exposure.name, name($0.exposure)) }, uniquingKeysWith: { $1 })
    let items = watchList.items.map { item in
      let above =
        item.above.isEmpty
        ? "" : "; worse in every respect than \(listed(item.above.map { names[$0] ?? $0 }))"
      return layout.wrapped(
        "\(name(item.exposure)), \(item.exposure.channel): "
          + item.respects.sentence(of: watchList.shareOf) + above + ".",
        mark: "\(item.layer + 1). ")
    }
    return ([head, rule] + items + weighted(layout) + ["", precedents(layout)])
      .joined(separator: "\n")
  }

  /// The same list in one order, by the reader's weights.
  private func weighted(_ layout: TextLayout) -> [String] {
    guard let weights else { return [] }
    let rows = watchList.weighted(by: weights).map { weighted in
      [name(weighted.item.exposure), weighted.index.words]
    }
    return [
      "", layout.emphasised("By your weights", .strong),
      layout.wrapped(
        "The weighted mean of the respects, each as a part of the largest on the list: "
          + "\(weights.sentence). What no evidence tells lies anywhere between 0 and 1, so that a mean "
          + "is a range; the order is that of its middle."),
      layout.table([["State, deal or fact", "Weighted mean"]] + rows, wordColumns: 1),
    ]
  }

  /// What has reduced exposures before, once for each channel of the list.
  private func precedents(_ layout: TextLayout) -> String {
    let head = layout.emphasised("What has reduced such an exposure before", .strong)
    let channels = Dictionary(grouping: watchList.items, by: \.exposure.channel)
    let lines = channels.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { channel, items in
      let precedents = items.flatMap(\.precedents).uniqued
      return precedents.isEmpty
        ? [layout.wrapped("\(channel): no known precedent.", mark: "· ")]
        : precedents.map {
          layout.wrapped("\(channel): \($0.sentence) [\($0.claim)]", mark: "· ")
        }
    }
    let others = watchList.otherPrecedents.map {
      layout.wrapped("\($0.channel), not on the list: \($0.sentence) [\($0.claim)]", mark: "· ")
    }
    return ([head] + lines + others).joined(separator: "\n")
  }
}

extension WatchList.Precedent {
  /// What was done, and that it is not done yet where a source tells so.
  package var sentence: String {
    switch phase {
    case .announced, .postponed, .suspended:
      statement + " (so far: \(inWords(phase?.rawValue ?? "")))"
    default: statement
    }
  }
}

extension WatchList.Respects {
  /// What is known of an exposure's weight, in words.
  package func sentence(of denominator: String?) -> String {
    let whole = denominator.map { " of \($0)" } ?? ""
    let parts = [
      share.map { "\($0.words(percentage))\(whole) due if called in" },
      yearsLeft.map { "\(counted(Int($0), "year")) left" },
      clauses.map { counted(Int($0), "clause") + " for the other side" },
      exitPaidBy.map { "an exit that \($0 == .actor ? "the state" : "the other side") pays" },
      counted(Int(concerns), "concern") + " on its channel",
    ]
    return listed(parts.compactMap { $0 })
  }
}

extension WatchWeights {
  /// What counts how much, in words.
  package var sentence: String {
    let parts = [
      ("share due", share), ("years left", yearsLeft), ("clauses", clauses),
      ("exit paid by the state", exit), ("concerns", concerns),
    ]
    return listed(parts.filter { $0.1 > 0 }.map { "\($0.0) ×\(plainFigure($0.1))" })
  }
}

extension ClosedRange<Double> {
  /// A number, or the range that it lies in, with two decimals.
  var words: String {
    let (low, high) = (figure(lowerBound, decimals: 2), figure(upperBound, decimals: 2))
    return low == high ? low : "\(low) to \(high)"
  }
}
