import Documents

extension CasebookChecker {
  mutating func checkVariables() {
    checkUnique(Variable.self, casebook.variables.map(\.id))
    for (place, variable) in casebook.variables.enumerated() {
      check(word: variable.channel.rawValue, of: "channels", Variable.self, place, "channel")
      check(actor: variable.counterpart, Variable.self, place, "counterpart")
      check(source: variable.source, Variable.self, place, "source")
      let isOutcome = casebook.codebook.channel(variable.channel)?.isOutcome ?? true
      if variable.direction == .neutral, isOutcome {
        report(
          Variable.self, place, "direction", "neutral", "says nothing of a higher value",
          advice: "write toward or away")
      }
      if variable.concept == .context, isOutcome {
        report(
          Variable.self, place, "concept", "context", "is nothing that a channel of outcomes holds",
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
      if casebook.variable(value.variable) == nil, !value.variable.rawValue.isEmpty {
        let known = casebook.variables.lazy.map(\.id.rawValue)
        let advice = advice(value.variable.rawValue, among: known, else: "add it to variables.csv")
        report(
          SeriesValue.self, place, "variable", value.variable.rawValue,
          "is no variable of this casebook", advice: advice)
      }
      check(actor: value.actor, SeriesValue.self, place, "actor")
      check(source: value.source, SeriesValue.self, place, "source")
      let cell = Cell(
        variable: value.variable, actor: value.actor, period: value.period,
        known: casebook.accessed(value))
      guard value.period > 0, let earlier = first.updateValue(place, forKey: cell) else { continue }
      first[cell] = earlier
      report(
        SeriesValue.self, place, "period", String(value.period),
        "\(value.variable) of \(value.actor) has a value for the year in "
          + "\(row(SeriesValue.self, earlier)) too",
        advice: "keep one; a newer vintage is a source of its own with a later accessed date")
    }
  }
}
