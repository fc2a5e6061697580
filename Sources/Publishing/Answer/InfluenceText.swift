public import Evidence
public import Studies

/// The influence of each piece of evidence as text for a terminal.
public struct InfluenceText: Sendable {
  private let influence: Influence
  private let casebook: Casebook

  /// How many parts of each outcome are shown.
  private static let shown = 10

  /// Takes the influence, and the casebook by which states are named.
  public init(_ influence: Influence, casebook: Casebook) {
    self.influence = influence
    self.casebook = casebook
  }

  /// Writes the outcomes that anything moves, the most influential parts of each first.
  public func text(width: Int = 92, isColoured: Bool = false) -> String {
    let layout = TextLayout(width: min(max(width, 60), 120), isColoured: isColoured)
    let parts = influence.outcomes.map { outcome($0, layout) }
    return (parts + [layout.wrapped(footing)]).joined(separator: "\n\n") + "\n"
  }

  private var footing: String {
    influence.draws.map {
      "Each line leaves out one part and answers again. p rests on \(grouped($0)) "
        + "reassignments, so it can differ in the last digits from the answer's own."
    } ?? "Each line leaves out one part and estimates again; nothing is tested."
  }

  private func outcome(_ outcome: Influence.OutcomeInfluence, _ layout: TextLayout) -> String {
    let title = "\(outcome.outcome) (\(outcome.channel))"
    let unmoved = Influence.PartKind.allCases.compactMap { kind in
      outcome.unmoved[kind].flatMap { $0 > 0 ? counted($0, kind.rawValue) : nil }
    }
    let table =
      [["Left out", "", "Estimate", "p", "Verdict"], row("nothing", "", outcome.whole)]
      + outcome.parts.prefix(Self.shown).map {
        row(name($0.name, $0.kind), $0.kind.rawValue, $0.without)
      }
    let more = outcome.parts.count - Self.shown
    let lines = [
      layout.emphasised(printable(title), .strong), layout.table(table, wordColumns: 2),
      more > 0
        ? "… and \(counted(more, "part")) that \(more == 1 ? "moves" : "move") it less." : nil,
      unmoved.isEmpty ? nil : layout.wrapped("No change without any one of \(listed(unmoved))."),
    ]
    return (lines.compactMap { $0 } + flips(outcome, layout)).joined(separator: "\n")
  }

  /// What a part is called: a state by its name.
  private func name(_ name: String, _ kind: Influence.PartKind) -> String {
    kind == .state ? casebook.name(of: ActorID(name)) : name
  }

  private func row(_ name: String, _ kind: String, _ standing: Influence.Standing) -> [String] {
    [
      name, kind, standing.estimate.map(signed) ?? "–", standing.p.map(plainP) ?? "–",
      standing.verdict?.rawValue ?? "–",
    ]
  }

  private func flips(
    _ outcome: Influence.OutcomeInfluence, _ layout: TextLayout
  ) -> [String] {
    guard outcome.whole.estimate != nil else { return [] }
    return outcome.flips.map { set in
      let size = set.isSmallest ? "no fewer would do" : "found one after the other"
      return layout.wrapped(
        "Without \(listed(set.names.map { name($0, set.kind) })) (\(counted(set.names.count, set.kind.rawValue)), \(size)) "
          + "\(set.consequence).", mark: "! ")
    }
  }
}

extension Influence.FlippingSet {
  /// What happens without the set, in words.
  package var consequence: String {
    let effect = without.estimate.map { " (\(signed($0)))" } ?? ""
    switch flip {
    case .verdict:
      return without.verdict == .undecidable
        ? "nothing can be decided" : "the outcome can be compared\(effect)"
    case .sign: return "the sign turns\(effect)"
    case .significance:
      let p = without.p ?? 1
      return "p is \(plainP(p))\(effect), \(p < 0.05 ? "below" : "no longer below") 0.05"
    }
  }
}
