import Evidence

/// Which votes an ideal point is estimated from.
private enum PointEstimate: CaseIterable {
  case finalPassage, allVotes

  /// The columns of the point and of its 5 and 95 % posterior quantiles.
  var columns: [String] {
    switch self {
    case .finalPassage: ["idealpointfp", "q5fp", "q95fp"]
    case .allVotes: ["idealpointall", "q5all", "q95all"]
    }
  }

  /// What the names of its variables have after `ideal-point` or `ideal-point-distance`.
  var suffix: String { self == .finalPassage ? "" : "-all" }

  var title: String {
    self == .finalPassage ? "General Assembly votes" : "all General Assembly votes"
  }
}

extension Importer {
  static let idealPoints = Importer(
    name: "ideal-points", summary: "General Assembly ideal points and distances, with intervals",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "ideal points",
            columns: ["iso3c", "year"] + PointEstimate.allCases.flatMap(\.columns))
        ],
        read: { work, tables, edit in try work.importIdealPoints(tables[0], into: &edit) })
    ])
}

extension Import {
  /// Imports ideal points with their intervals, and the distances to the counterparts.
  func importIdealPoints(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool + counterparts)
    let identity = audit.identity
    let (points, seen) = try points(in: found, &audit)
    let window = try years ?? found.years(seen)
    let source = try edit.put(.idealPoints, of: found.table)
    for estimate in PointEstimate.allCases {
      try edit.put(
        pointVariable(estimate, edit.casebook, source), points[estimate]?.byActor ?? [:],
        actors: pool,
        years: window, source: source, identity)
      for counterpart in counterparts {
        try edit.put(
          distanceVariable(estimate, counterpart, edit.casebook, source),
          distances(of: points[estimate]?.byActor ?? [:], to: counterpart), actors: pool,
          years: window, source: source, identity)
      }
    }
    return audit.report(pool: pool)
  }

  /// Reads the points of the states asked for, by estimate, and the years that the file has.
  private func points(
    in found: FoundTable, _ audit: inout JoinAudit
  ) throws -> (points: [PointEstimate: YearlyValues], seen: Set<Int>) {
    var points: [PointEstimate: YearlyValues] = [:]
    var seen: Set<Int> = []
    try audit.read(found) { row, columns in
      (
        code: row.text(columns[0]) ?? "", year: row.calendarYear(columns[1]),
        estimates: PointEstimate.allCases.enumerated().map { place, estimate in
          (
            estimate,
            row.bounded(columns[2 + 3 * place], columns[3 + 3 * place], columns[4 + 3 * place])
          )
        }.filter { $0.1.value != nil }
      )
    } place: { audit, record in
      guard let year = record.year, !record.estimates.isEmpty else {
        return audit.lose("without an estimate", record.code)
      }
      seen.insert(year)
      let placing = audit.actors(record.code, of: "idealpoints", in: year)
      let isNew = record.estimates.map { estimate, point in
        points[estimate, default: YearlyValues()].put(point, placing, in: year)
      }
      if isNew.contains(false) { audit.meet(duplicate: YearlyValues.rule, record.code) }
    }
    return (points, seen)
  }

  /// Computes |difference| of the ideal points of the same year; a state's own is left out.
  private func distances(
    of points: [ActorID: [Int: BoundedNumber]], to counterpart: ActorID
  ) -> [ActorID: [Int: BoundedNumber]] {
    let others = points[counterpart, default: [:]]
    var distances: [ActorID: [Int: BoundedNumber]] = [:]
    for (actor, years) in points where actor != counterpart {
      for (year, point) in years {
        guard let one = point.value, let other = others[year]?.value else { continue }
        distances[actor, default: [:]][year] = BoundedNumber(value: abs(one - other))
      }
    }
    return distances
  }

  /// A higher ideal point is nearer to the United States, which anchor the scale.
  private func pointVariable(
    _ estimate: PointEstimate, _ casebook: Casebook, _ source: SourceID
  ) -> Variable {
    Variable(
      id: VariableID("ideal-point\(estimate.suffix)"), title: "Ideal point from \(estimate.title)",
      unit: "ideal points", channel: "diplomacy", concept: .alignment, direction: .toward,
      counterpart: casebook.actor("USA")?.id, source: source,
      method: "\(estimate.columns[0]); low and high are its 5 and 95 % posterior quantiles. Higher "
        + "is nearer to the United States. Every release estimates all years anew.")
  }

  private func distanceVariable(
    _ estimate: PointEstimate, _ counterpart: ActorID, _ casebook: Casebook, _ source: SourceID
  ) -> Variable {
    Variable(
      id: VariableID("ideal-point-distance\(estimate.suffix)-\(counterpart)"),
      title: "Distance to \(casebook.name(of: counterpart)) in "
        + estimate.title, unit: "ideal points",
      channel: "diplomacy", concept: .alignment, direction: .away, counterpart: counterpart,
      source: source,
      method:
        "Absolute difference of \(estimate.columns[0]) in the same year. Where all states lie "
        + "on one side of the counterpart, year effects cancel the counterpart's own moves.")
  }
}

extension ImportedSource {
  static let idealPoints = ImportedSource(
    id: "ideal-points", title: "United Nations General Assembly ideal points, July 2025",
    author: "Michael Bailey; Anton Strezhnev; Erik Voeten", publisher: "Harvard Dataverse",
    url: "https://doi.org/10.7910/DVN/LEJUQZ", license: "CC0-1.0")
}
