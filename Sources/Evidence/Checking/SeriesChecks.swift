import Documents

extension CasebookChecker {
  mutating func checkVariables() {
    for (place, variable) in casebook.variables.enumerated() {
      let isOutcome = casebook.codebook.channel(variable.channel)?.isOutcome ?? true
      if variable.direction == .neutral, isOutcome {
        report(
          \Variable.direction, place, "neutral", "says nothing of a higher value",
          advice: "write toward or away")
      }
      if variable.concept == .context, isOutcome {
        report(
          \Variable.concept, place, "context", "is nothing that a channel of outcomes holds",
          advice: "write engagement, alignment or exposure")
      }
    }
  }

  mutating func checkSeries() {
    /// What has one value per vintage of its source.
    struct Cell: Hashable {
      let variable: VariableID
      let actor: ActorID
      let period: Int
      let known: Day
    }
    var first = Dictionary<Cell, Int>(minimumCapacity: casebook.series.count)
    for (place, value) in casebook.series.enumerated() {
      let cell = Cell(
        variable: value.variable, actor: value.actor, period: value.period,
        known: casebook.accessed(value))
      guard value.period > 0, let earlier = first.updateValue(place, forKey: cell) else { continue }
      first[cell] = earlier
      report(
        \SeriesValue.period, place, String(value.period),
        "\(value.variable) of \(value.actor) has a value for the year in "
          + "\(row(SeriesValue.self, earlier)) too",
        advice: "keep one; a newer vintage is a source of its own with a later accessed date")
    }
  }
}
