public import Documents

/// Something that an organisation has put on its list of concerns.
public struct Concern: Hashable, Sendable {
  public package(set) var id: ConcernID = ""
  public package(set) var organisation: ActorID = ""
  public package(set) var counterpart: ActorID?
  public package(set) var channel: ChannelID?
  public package(set) var concern: String = ""
  public package(set) var from: EDTFDate = EDTFDate.unread
  public package(set) var to: EDTFDate?
  public package(set) var claim: ClaimID = ""
}

/// How well an actor, counterpart, channel and period were searched.
public struct Coverage: Hashable, Sendable {
  public package(set) var actor: ActorID = ""
  public package(set) var counterpart: ActorID?
  public package(set) var channel: ChannelID = ""
  public package(set) var from: EDTFDate = EDTFDate.unread
  public package(set) var to: EDTFDate = EDTFDate.unread
  public package(set) var status: CoverageStatus = .notSearched
  public package(set) var note: String?
  public package(set) var claim: ClaimID?
}

extension Concern: Record {
  package static let fields = Fields(
    "concerns", title: "What organisations have put on their list of concerns", key: [\.id],
    of: Concern()
  ) {
    Field("id", \.id, .name(), help: "Name of the concern.")
    Field("organisation", \.organisation, .reference(), help: "The organisation.")
    Field("counterpart", \.counterpart, .reference(), help: "The power that it is about.")
    Field("channel", \.channel, .term(of: "channels"), help: "The channel that it touches.")
    Field(
      "concern", \.concern, .term(of: "concerns"), help: "The concern, in the coder's own words.")
    Field("from", \.from, .day, help: "Since when.")
    Field("to", \.to, .day, help: "Until when.")
    Field("claim", \.claim, .reference(), help: "The claim that says so.")
  }
}

extension Coverage: Record {
  package static let fields = Fields(
    "coverage", title: "How well actor, counterpart, channel and period were searched",
    key: [\.actor, \.counterpart, \.channel, \.from], of: Coverage()
  ) {
    Field("actor", \.actor, .reference(), help: "The actor.")
    Field("counterpart", \.counterpart, .reference(), help: "The counterpart.")
    Field("channel", \.channel, .term(of: "channels"), help: "The channel.")
    Field("from", \.from, .day, help: "First year.")
    Field("to", \.to, .day, help: "Last year.")
    Field("status", \.status, .word(), help: "How well it was searched.")
    Field("note", \.note, .prose, help: "Why.")
    Field("claim", \.claim, .reference(), help: "The claim that says so.")
  }
}
