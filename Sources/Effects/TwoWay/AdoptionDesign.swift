import Panels

/// Who takes part in an estimate from unit and period effects, and when each was first treated.
struct AdoptionDesign: Sendable {
  let panel: Panel
  let anticipation: Int
  /// The place of each unit's first treated period; nil for units not treated inside the panel.
  let starts: [Int?]
  /// The values of each covariate by cell, in the order asked for; zero where the cell is not used.
  let covariates: [[Double]]
  let clustering: Clustering?
  /// Which cells are observed, with every covariate.
  let isUsed: [Bool]
  /// Cells without a covariate, besides what the panel left out.
  let dropped: [Dropped]

  /// Leaves out the units that can take no part, and the cells that lack a covariate.
  ///
  /// - Throws: `EffectError.nobodyTreated`, or an error that names a covariate.
  init(_ panel: Panel, anticipation: Int = 0, covariates names: [String] = []) throws {
    let columns = try names.map { try panel.column($0) }
    let used = panel.absences.indices.map { place in
      panel.absences[place] == nil && columns.allSatisfy { $0[place] != nil }
    }
    let reasons = panel.units.indices.map { unit in
      panel.reasonToLeaveOut(unit, anticipation: anticipation) { used[$0] }
    }
    let kept = panel.units.indices.filter { reasons[$0] == nil }
    let filtered = try panel.filter { reasons[$0] }
    self.panel = filtered
    self.anticipation = anticipation
    let cells = kept.flatMap { panel.row($0) }
    isUsed = cells.map { used[$0] }
    covariates = columns.map { column in cells.map { used[$0] ? column[$0] ?? 0 : 0 } }
    starts = filtered.units.indices.map { filtered.start(ofUnit: $0) }
    clustering = filtered.clusters.map(Clustering.init)
    let gaps = cells.filter { panel.absences[$0] == nil && !used[$0] }
    dropped =
      filtered.dropped
      + gaps.map { place in
        Dropped(
          unit: panel.units[place / panel.periods.count],
          period: panel.periods[place % panel.periods.count], reason: "lacks a covariate")
      }
    guard starts.contains(where: { $0 != nil }) else { throw EffectError.nobodyTreated }
  }

  private init(
    _ design: AdoptionDesign, starts: [Int?], covariates: [[Double]], isUsed: [Bool]
  ) {
    self.starts = starts
    self.covariates = covariates
    self.isUsed = isUsed
    panel = design.panel
    anticipation = design.anticipation
    clustering = design.clustering
    dropped = design.dropped
  }

  /// The same design had the units been first treated at these dates.
  func reassigned(_ adoptions: [Adoption]) -> AdoptionDesign {
    let taking =
      adoptions.contains(.leftOut)
      ? isUsed.indices.map { isUsed[$0] && adoptions[$0 / periodCount] != .leftOut } : isUsed
    return AdoptionDesign(
      self, starts: adoptions.map(\.date), covariates: covariates, isUsed: taking)
  }

  /// The same design with more covariates, given cell by cell.
  func adding(_ more: [[Double]]) -> AdoptionDesign {
    AdoptionDesign(self, starts: starts, covariates: covariates + more, isUsed: isUsed)
  }

  var periodCount: Int { panel.periods.count }

  /// The first periods of the cohorts, as places, ascending.
  var cohorts: [Int] { Set(starts.compactMap { $0 }).sorted() }

  /// How much a used cell counts, by its place.
  func weight(_ place: Int) -> Double { panel.weights?[place] ?? 1 }

  /// The place from which a unit treated at a date may be affected, anticipation included.
  func reach(ofStart start: Int) -> Int {
    guard anticipation > 0 else { return start }
    return panel.base(ofStart: start, anticipation: anticipation).map { $0 + 1 } ?? 0
  }

  /// The event time of a period for a date, both as places.
  func eventTime(_ period: Int, start: Int) -> Int {
    panel.periods[period].since(panel.periods[start]).number
  }

  /// For each of some event times, 1 in the cells that it falls on, else 0.
  func marks(at eventTimes: [Int]) -> [[Double]] {
    eventTimes.map { time in
      starts.flatMap { start in
        (0..<periodCount).map { period in
          start.map { eventTime(period, start: $0) == time } ?? false ? 1.0 : 0
        }
      }
    }
  }

  /// 1 in each cell that is treated, else 0.
  var doses: [Double] {
    starts.flatMap { start in
      (0..<periodCount).map { period in start.map { period >= $0 } ?? false ? 1.0 : 0 }
    }
  }

  /// Which of some dates each unit may be given: those with a used cell before their reach and one from
  /// the date on.
  func admissibleDates(among dates: [Int]) -> [Set<Int>] {
    panel.units.indices.map { unit in
      let row = panel.row(unit)
      return Set(
        dates.filter { date in
          row.prefix(reach(ofStart: date)).contains { isUsed[$0] }
            && row.dropFirst(date).contains { isUsed[$0] }
        })
    }
  }
}

extension Panel {
  /// A covariate by its name.
  ///
  /// - Throws: `EffectError.unknownCovariate`.
  func column(_ name: String) throws -> [Double?] {
    guard let column = covariates[name] else {
      throw EffectError.unknownCovariate(name, known: covariates.keys.sorted())
    }
    return column
  }

  /// Why a unit can take no part in an estimate from unit and period effects; nil when it can.
  fileprivate func reasonToLeaveOut(
    _ unit: Int, anticipation: Int, _ isUsed: (Int) -> Bool
  ) -> String? {
    let used = periods.indices.filter { isUsed(row(unit).lowerBound + $0) }
    if let reason = reasonOfDates(unit, anticipation: anticipation, isObserved: !used.isEmpty) {
      return reason
    }
    guard let start = start(ofUnit: unit),
      let base = base(ofStart: start, anticipation: anticipation)
    else { return nil }
    guard used.contains(where: { $0 <= base }) else {
      return "treated in \(periods[start]) and not observed before"
    }
    return used.contains { $0 >= start }
      ? nil : "treated in \(periods[start]) and not observed from then on"
  }
}
