/// The definition of a quantitative series.
public struct Variable: Hashable, Sendable {
  public package(set) var id: VariableID = ""
  public package(set) var title: String = ""
  public package(set) var unit: String = ""
  public package(set) var channel: ChannelID = ""
  public package(set) var concept: Concept = .engagement
  /// Whether a higher value means toward the counterpart or away from it.
  public package(set) var direction: Direction = .toward
  public package(set) var counterpart: ActorID?
  public package(set) var source: SourceID = ""
  public package(set) var method: String?

  init() {}

  package init(
    id: VariableID, title: String, unit: String, channel: ChannelID, concept: Concept,
    direction: Direction, counterpart: ActorID?, source: SourceID, method: String?
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    self.channel = channel
    self.concept = concept
    self.direction = direction
    self.counterpart = counterpart
    self.source = source
    self.method = method
  }
}

/// One value of one variable, or the reason why there is none.
public struct SeriesValue: Hashable, Sendable {
  public package(set) var variable: VariableID = ""
  public package(set) var actor: ActorID = ""
  /// The year.
  public package(set) var period: Int = 0
  public package(set) var value: Double?
  public package(set) var low: Double?
  public package(set) var high: Double?
  public package(set) var status: ObservationStatus = .observed
  public package(set) var source: SourceID?

  var bounds: BoundedNumber { BoundedNumber(value: value, low: low, high: high) }
}

extension Variable: Record {
  package static let fields = Fields(
    "variables", title: "Definitions of quantitative series", key: [\.id], of: Variable()
  ) {
    Field("id", \.id, .name(), help: "Name of the variable.")
    Field("title", \.title, .prose, help: "Its title.")
    Field("unit", \.unit, .text, help: "Its unit.")
    Field("channel", \.channel, .term(of: "channels"), help: "The channel.")
    Field("concept", \.concept, .word(), help: "What it measures.")
    Field(
      "direction", \.direction, .word(),
      help: "Which way a higher value points, relative to the counterpart.")
    Field("counterpart", \.counterpart, .reference(), help: "The counterpart.")
    Field("source", \.source, .reference(), help: "The source.")
    Field("method", \.method, .prose, help: "How the values come about.")
  }
}

extension SeriesValue: Record {
  package static let fields = Fields(
    "series", title: "Values of the variables",
    key: [\.variable, \.actor, \.period, \.source], of: SeriesValue()
  ) {
    Field("variable", \.variable, .reference(), help: "The variable.")
    Field("actor", \.actor, .reference(), help: "The actor.")
    Field("period", \.period, .year, help: "The year.")
    FieldGroup.bounded(
      \.bounds, value: Field("value", \.value, .number, help: "The value."),
      low: Field("low", \.low, .number, help: "Lower bound."),
      high: Field("high", \.high, .number, help: "Upper bound."))
    Field(
      "status", \.status, .word(), empty: .observed,
      help: "SDMX OBS_STATUS: A observed, E estimated, P provisional, I imputed, B break in "
        + "series, M impossible, L not searched, Q withheld.")
    Field("source", \.source, .reference(), help: "The source.")
    statesValueOrReason
  }

  /// A value or the reason why there is none, and not both.
  private static let statesValueOrReason: RowRule<SeriesValue> = { fields in
    let numbers = [fields[\.value], fields[\.low], fields[\.high]]
    let (value, status) = (fields[\.value].name, fields[\.status].name)
    return { record, row in
      let isEmpty = numbers.allSatisfy(row.isEmpty)
      guard record.status.isAbsence != isEmpty else { return }
      if isEmpty {
        row.report(
          column: value, "the row has neither a value nor a reason for its absence",
          advice: "write the value, or status M (impossible), L (not searched) or Q (withheld)")
      } else {
        row.report(
          column: status, value: record.status.rawValue,
          "says that the value is missing, yet the row has one", advice: "empty one of the two")
      }
    }
  }
}
