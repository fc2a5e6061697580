import Panels

/// Which units of a panel are treated when, and which may carry weights: no outcome is looked at.
struct WeightingDesign: Sendable {
  let panel: Panel
  let sample: WeightingSample
  /// The units and periods that cannot take part, with those dropped before.
  let dropped: [Dropped]

  /// Sorts the units; the never-treated are the donors.
  ///
  /// - Throws: `EffectError` when nobody is treated with `prePeriods` periods before, or no donor is
  ///   left.
  init(_ panel: Panel, prePeriods: Int) throws {
    self.panel = panel
    var treated: [Int: [Int]] = [:]
    var donors: [Int] = []
    var dropped = panel.dropped
    for unit in panel.units.indices {
      if let start = panel.start(ofUnit: unit) {
        if let reason = panel.reasonToDrop(unit, start: start, prePeriods: prePeriods) {
          dropped.append(Dropped(unit: panel.units[unit], period: nil, reason: reason))
        } else {
          treated[start, default: []].append(unit)
        }
      } else if panel.row(unit).allSatisfy({ panel.absences[$0] != nil }) {
        dropped.append(Dropped(unit: panel.units[unit], period: nil, reason: "never observed"))
      } else {
        donors.append(unit)
      }
    }
    guard !treated.isEmpty else { throw EffectError.nobodyTreated }
    guard !donors.isEmpty else { throw EffectError.noDonor(cohort: nil) }
    sample = WeightingSample(treated: treated, donors: donors)
    self.dropped = dropped
  }

  /// The panel of the units that take part.
  ///
  /// - Throws: `PanelError.empty`; not where somebody is treated.
  func participants() throws -> Panel {
    let taking = Set(sample.donors + sample.treated.values.joined())
    let reasons = Dictionary(
      dropped.compactMap { drop in drop.unit.map { ($0, drop.reason) } }, uniquingKeysWith: { $1 })
    return try panel.filter { taking.contains($0) ? nil : reasons[panel.units[$0]] ?? "" }
  }

  /// The number of periods observed before its treatment of the treated unit with the fewest.
  var fewestBefore: Int {
    sample.starts.flatMap { start in
      (sample.treated[start] ?? []).map { unit in
        (0..<start).count { panel.isObserved(unit: unit, period: $0) }
      }
    }.min() ?? 0
  }

  /// Whether a unit could be given a start: enough periods before it and one from it on are observed.
  func mayStart(_ unit: Int, at start: Int, prePeriods: Int) -> Bool {
    panel.reasonToDrop(unit, start: start, prePeriods: prePeriods) == nil
  }
}

/// Who is treated from when and who may carry weights; all by their places in the panel.
struct WeightingSample: Hashable, Sendable {
  /// The treated units by the place of their first treated period.
  let treated: [Int: [Int]]
  let donors: [Int]

  var starts: [Int] { treated.keys.sorted() }
  var treatedCount: Int { treated.values.reduce(0) { $0 + $1.count } }
}

extension Panel {
  /// Why a unit treated from `start` on has nothing to be weighted by; nil when it has.
  fileprivate func reasonToDrop(_ unit: Int, start: Int, prePeriods: Int) -> String? {
    let observed = periods.indices.filter { isObserved(unit: unit, period: $0) }
    let before = observed.filter { $0 < start }.count
    if start < prePeriods {
      return "treated in \(periods[start]), before the panel has \(counted(prePeriods)) to weigh by"
    }
    if before < prePeriods {
      return "treated in \(periods[start]) and not observed in \(counted(prePeriods)) before"
    }
    return observed.contains { $0 >= start }
      ? nil : "treated in \(periods[start]) and not observed from then on"
  }
}

/// A number of periods in words.
private func counted(_ periods: Int) -> String {
  periods == 1 ? "a period" : "\(periods) periods"
}
