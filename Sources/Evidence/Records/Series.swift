/// The definition of a quantitative series.
public struct Variable: Hashable, Sendable {
  public let id: VariableID
  public let title: String
  public let unit: String
  public let channel: ChannelID
  public let concept: Concept
  /// Whether a higher value means toward the counterpart or away from it.
  public let direction: Direction
  public let counterpart: ActorID?
  public let source: SourceID
  public let method: String?

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
  public let variable: VariableID
  public let actor: ActorID
  /// The year.
  public let period: Int
  public let value: Double?
  public let low: Double?
  public let high: Double?
  public let status: ObservationStatus
  public let source: SourceID?
}
