import Documents
public import Evidence
public import Panels

extension Panel {
  /// Makes a panel of an indicator's values and the spells of a treatment.
  ///
  /// An actor's cohort is the year of its first spell. A value that is only a lower bound is
  /// `notSearched` here: it may not be compared with a full count.
  ///
  /// - Throws: `IndicatorError` when a spell ends, or its start is not within one year.
  public init(_ series: IndicatorSeries, treatment: [Membership]) throws {
    let last = series.periods.last ?? 0
    try self.init(
      units: series.actors.map(\.rawValue), periods: series.periods.map { Period($0) },
      cells: series.cells.map { row in
        row.map { $0.isAtLeast ? .absent(.notSearched) : $0.cell }
      },
      cohorts: try series.actors.map { actor in
        try Cohort(actor, spells: treatment.filter { $0.actor == actor }, last: last)
      })
  }
}

extension Cohort {
  fileprivate init(_ actor: ActorID, spells: [Membership], last: Int) throws {
    guard let first = spells.min(by: { $0.from.earliest < $1.from.earliest }) else {
      self = .neverTreated
      return
    }
    guard let year = first.from.year else {
      throw IndicatorError.undatedTreatment(actor: actor, date: first.from.text)
    }
    if let end = first.to, end.latest.year <= last {
      throw IndicatorError.treatmentEnds(actor: actor, date: end.text)
    }
    self = .firstTreated(Period(year))
  }
}

/// What keeps an indicator from becoming a panel.
public enum IndicatorError: Error, Hashable {
  case undatedTreatment(actor: ActorID, date: String)
  case treatmentEnds(actor: ActorID, date: String)
}

extension IndicatorError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .undatedTreatment(let actor, let date):
      "The treatment of \(actor) begins in ‘\(date)’, which is not one year; date it in "
        + "memberships.csv, or leave \(actor) out of the pool."
    case .treatmentEnds(let actor, let date):
      "The treatment of \(actor) ends in \(date), and the estimator takes treatment to last; leave "
        + "\(actor) out of the pool, or end the periods before."
    }
  }
}
