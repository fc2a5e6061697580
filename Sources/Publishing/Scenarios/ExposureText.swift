import Evidence
public import Indicators
public import Scenarios
import Studies

/// The exposure register, the call-in stress and the watch list as text for a terminal.
public struct ExposureText: Sendable {
  private let register: ExposureRegister
  private let callIns: [CallIn]
  private let watchList: WatchList

  public init(
    _ register: ExposureRegister, callIns: [CallIn], watchList: WatchList
  ) {
    self.register = register
    self.callIns = callIns
    self.watchList = watchList
  }

  /// Writes the three parts one after the other.
  public func text(width: Int = 92, isColoured: Bool = false) -> String {
    let layout = TextLayout(width: min(max(width, 60), 120), isColoured: isColoured)
    return [stakes(layout), stress(layout), watch(layout)].joined(separator: "\n\n") + "\n"
  }

  private func stakes(_ layout: TextLayout) -> String {
    let head = layout.emphasised(
      "Exposures to \(register.counterpart) in \(register.year)", .strong)
    let rows = register.entries.map { entry in
      [
        entry.name, entry.actor.rawValue, entry.channel.rawValue, entry.status.rawValue,
        entry.since.map(String.init) ?? "–", entry.until.map(String.init) ?? "–",
      ]
    }
    guard !rows.isEmpty else { return head + "\n" + layout.wrapped("No claim reports one.") }
    return head + "\n"
      + layout.table(
        [["Deal or fact", "State", "Channel", "Status", "Since", "Until"]] + rows, wordColumns: 4)
  }

  private func stress(_ layout: TextLayout) -> String {
    let head = layout.emphasised("If every loan were called in at once", .strong)
    let lines = callIns.flatMap { callIn -> [String] in
      let title = "\(callIn.actor), \(callIn.deal): \(callIn.clausesSentence)"
      let due = callIn.due.map(\.sentence)
      let owed = due.isEmpty ? "what is owed is not stated" : listed(due)
      return [layout.wrapped("\(title) Due at once: \(owed).", mark: "· ")]
    }
    return ([head] + (lines.isEmpty ? [layout.wrapped("No claim reports a loan.")] : lines))
      .joined(separator: "\n")
  }

  private func watch(_ layout: TextLayout) -> String {
    let head = layout.emphasised("Watch list", .strong)
    let rule = layout.wrapped(
      "What stands in a higher layer is worse than something below it in every respect that the "
        + "evidence tells (share due, years left, clauses, concerns); within a layer nothing can be "
        + "ranked.")
    let items = watchList.items.map { item in
      let above = item.above.isEmpty ? "" : "; worse in every respect than \(listed(item.above))"
      return layout.wrapped(
        "\(item.exposure.name) (\(item.exposure.actor), \(item.exposure.channel)): "
          + item.respects.sentence + above + ".", mark: "\(item.layer + 1). ")
    }
    return ([head, rule] + items + ["", precedents(layout)]).joined(separator: "\n")
  }

  /// What has reduced exposures before, once for each channel of the list.
  private func precedents(_ layout: TextLayout) -> String {
    let head = layout.emphasised("What has reduced such an exposure before", .strong)
    let channels = Dictionary(grouping: watchList.items, by: \.exposure.channel)
    let lines = channels.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { channel, items in
      var seen: Set<ClaimID> = []
      let precedents = items.flatMap(\.precedents).filter { seen.insert($0.claim).inserted }
      return precedents.isEmpty
        ? [layout.wrapped("\(channel): no precedent at hand.", mark: "· ")]
        : precedents.map {
          layout.wrapped("\(channel): \($0.statement) [\($0.claim)]", mark: "· ")
        }
    }
    return ([head] + lines).joined(separator: "\n")
  }
}

extension CallIn {
  /// Who may end the deal, in words.
  package var clausesSentence: String {
    switch clauses {
    case .notStated: "clauses not stated, so the stress is an assumption."
    case .stated(let clauses):
      listed(
        clauses.map { clause in
          let holder = clause.holder.map { "\($0) may use " } ?? ""
          let trigger = clause.trigger.map { " for \($0)" } ?? ""
          return "\(holder)\(clause.kind.rawValue)\(trigger) [\(clause.claim)]"
        }) + "."
    }
  }
}

extension CallIn.Due {
  /// The amount in words, a bound as a bound.
  package var sentence: String {
    let source = " [\(listed(claims.map(\.rawValue)))]"
    switch measure {
    case .money(let currency): return amount.words(plainFigure) + " \(currency)" + source
    case .share(let of): return amount.words(percentage) + " of \(of)" + source
    case .shareOfSeries(let variable, let year):
      return amount.words(percentage) + " of \(variable) in \(year)" + source
    }
  }
}

extension Bounds {
  fileprivate func words(_ written: (Double) -> String) -> String {
    guard let high else { return "at least \(written(low))" }
    return isPoint ? written(low) : "\(written(low)) to \(written(high))"
  }
}

extension WatchList.Respects {
  /// What is known of an exposure's weight, in words.
  package var sentence: String {
    let parts = [
      share.map { "at least \(percentage($0)) due if called in" },
      yearsLeft.map { "\(counted(Int($0), "year")) left" },
      clauses.map { counted(Int($0), "clause") + " for the other side" },
      counted(Int(concerns), "concern") + " on its channel",
    ]
    return listed(parts.compactMap { $0 })
  }
}
