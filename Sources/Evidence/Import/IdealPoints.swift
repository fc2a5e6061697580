extension Import {
  /// Imports ideal points with their intervals, and the distances to the counterparts.
  func importIdealPoints(
    _ files: [DataFile], into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let columns = ["iso3c", "year", "idealpointall", "q5all", "q95all"]
    let file = try file(columns, among: files, "ideal points")
    let identity = Identity(edit.casebook, system: "idealpoints")
    let pool = pool(edit.casebook)
    var audit = JoinAudit()
    var points: [ActorID: [Int: BoundedNumber]] = [:]
    var found: Set<Int> = []
    try file.forEachRow(columns) { row, columns in
      let code = row.text(columns[0]) ?? ""
      guard let year = row.number(columns[1]).map({ Int($0) }) else { return }
      guard let point = row.number(columns[2]) else {
        audit.lose("without an estimate over all votes", code)
        return
      }
      found.insert(year)
      guard
        let actor = audit.actor(
          code, in: year, identity, asked: Set(pool + counterparts), years: years)
      else { return }
      points[actor, default: [:]][year] = BoundedNumber(
        value: point, low: row.number(columns[3]), high: row.number(columns[4]))
    }
    let window = years ?? (found.min() ?? 0)...(found.max() ?? 0)
    let source = try edit.put(.idealPoints, of: file)
    try edit.put(
      pointVariable(edit.casebook, source), points, actors: pool, years: window, source: source,
      identity)
    for counterpart in counterparts {
      try edit.put(
        distanceVariable(counterpart, source), distances(of: points, to: counterpart),
        actors: pool, years: window, source: source, identity)
    }
    return ImportReport(audit, pool: pool)
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
  private func pointVariable(_ casebook: Casebook, _ source: SourceID) -> Variable {
    Variable(
      id: "ideal-point", title: "Ideal point from General Assembly votes", unit: "ideal points",
      channel: "diplomacy", concept: .alignment, direction: .toward,
      counterpart: casebook.actor("USA")?.id, source: source,
      method:
        "idealpointall; low and high are its 5 and 95 % posterior quantiles. Higher is nearer "
        + "to the United States. Every release estimates all years anew.")
  }

  private func distanceVariable(_ counterpart: ActorID, _ source: SourceID) -> Variable {
    Variable(
      id: VariableID("ideal-point-distance-\(counterpart)"),
      title: "Distance to \(counterpart) in General Assembly votes", unit: "ideal points",
      channel: "diplomacy", concept: .alignment, direction: .away, counterpart: counterpart,
      source: source,
      method: "Absolute difference of idealpointall in the same year. Where all states lie on one "
        + "side of the counterpart, year effects cancel the counterpart's own moves.")
  }
}

extension ImportedSource {
  static let idealPoints = ImportedSource(
    id: "ideal-points", title: "United Nations General Assembly ideal points, July 2025",
    author: "Michael Bailey; Anton Strezhnev; Erik Voeten", publisher: "Harvard Dataverse",
    url: "https://doi.org/10.7910/DVN/LEJUQZ", license: "CC0-1.0")
}
