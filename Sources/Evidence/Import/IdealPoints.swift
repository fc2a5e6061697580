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

extension Import {
  /// Imports ideal points with their intervals, and the distances to the counterparts.
  func importIdealPoints(
    _ files: [DataFile], into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let columns = ["iso3c", "year"] + PointEstimate.allCases.flatMap(\.columns)
    let file = try file(columns, among: files, "ideal points")
    let identity = Identity(edit.casebook, system: "idealpoints")
    let pool = pool(edit.casebook)
    var audit = JoinAudit()
    let (points, found) = try points(in: file, columns, identity, pool + counterparts, &audit)
    let window = years ?? (found.min() ?? 0)...(found.max() ?? 0)
    let source = try edit.put(.idealPoints, of: file)
    for estimate in PointEstimate.allCases {
      try edit.put(
        pointVariable(estimate, edit.casebook, source), points[estimate] ?? [:], actors: pool,
        years: window, source: source, identity)
      for counterpart in counterparts {
        try edit.put(
          distanceVariable(estimate, counterpart, edit.casebook, source),
          distances(of: points[estimate] ?? [:], to: counterpart), actors: pool, years: window,
          source: source, identity)
      }
    }
    return ImportReport(audit, pool: pool)
  }

  /// Reads the points of the states asked for, by estimate, and the years that the file has.
  private func points(
    in file: DataFile, _ columns: [String], _ identity: Identity, _ asked: [ActorID],
    _ audit: inout JoinAudit
  ) throws -> (points: [PointEstimate: [ActorID: [Int: BoundedNumber]]], found: Set<Int>) {
    var points: [PointEstimate: [ActorID: [Int: BoundedNumber]]] = [:]
    var found: Set<Int> = []
    try file.forEachRow(columns) { row, columns in
      let code = row.text(columns[0]) ?? ""
      guard let year = row.number(columns[1]).map({ Int($0) }) else { return }
      let estimates = PointEstimate.allCases.enumerated().compactMap { place, estimate in
        row.number(columns[2 + 3 * place]).map { (estimate, $0, 2 + 3 * place) }
      }
      guard !estimates.isEmpty else {
        audit.lose("without an estimate", code)
        return
      }
      found.insert(year)
      guard
        let actor = audit.actor(
          code, in: year, identity, asked: Set(asked), years: years)
      else { return }
      for (estimate, point, column) in estimates {
        points[estimate, default: [:]][actor, default: [:]][year] = BoundedNumber(
          value: point, low: row.number(columns[column + 1]),
          high: row.number(columns[column + 2]))
      }
    }
    return (points, found)
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
      title: "Distance to \(casebook.actor(counterpart)?.name ?? counterpart.rawValue) in "
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
