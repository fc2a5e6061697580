public import Documents

/// A state, sub-state unit, group of states, organisation or company.
public struct Actor: Hashable, Sendable {
  public package(set) var id: ActorID = ""
  public package(set) var name: String = ""
  public package(set) var kind: ActorKind = .state
  /// The state that a sub-state unit or company belongs to.
  public package(set) var parent: ActorID?
  /// The states that a group is made of.
  public package(set) var members: [ActorID] = []
  public package(set) var from: EDTFDate?
  public package(set) var to: EDTFDate?
  public package(set) var note: String?
}

/// One code of one actor in one code system, for a time.
public struct Code: Hashable, Sendable, Spell {
  public package(set) var actor: ActorID = ""
  public package(set) var system: CodeSystem = ""
  public package(set) var code: String = ""
  public package(set) var from: EDTFDate?
  public package(set) var to: EDTFDate?
}

/// One actor following another.
public struct Succession: Hashable, Sendable {
  public package(set) var predecessor: ActorID = ""
  public package(set) var successor: ActorID = ""
  public package(set) var kind: SuccessionKind = .split
  public package(set) var on: EDTFDate = EDTFDate.unread
  public package(set) var claim: ClaimID?
}

/// One actor's stance on another's statehood, for a time.
public struct Recognition: Hashable, Sendable, Spell {
  public package(set) var by: ActorID = ""
  public package(set) var of: ActorID = ""
  public package(set) var status: RecognitionStatus = .recognised
  public package(set) var from: EDTFDate?
  public package(set) var to: EDTFDate?
  public package(set) var claim: ClaimID?
}

/// A spell of one actor at one stage with one organisation.
public struct Membership: Hashable, Sendable {
  public package(set) var actor: ActorID = ""
  public package(set) var organisation: ActorID = ""
  public package(set) var stage: Stage = ""
  public package(set) var from: EDTFDate = EDTFDate.unread
  public package(set) var to: EDTFDate?
  public package(set) var claim: ClaimID?
}

extension Membership: Spell {
  var start: EDTFDate? { from }
}

/// Something that holds from one date to another, either of which may not be stated.
protocol Spell {
  var start: EDTFDate? { get }
  var to: EDTFDate? { get }
}

extension Code { var start: EDTFDate? { from } }
extension Recognition { var start: EDTFDate? { from } }

extension Actor: Record {
  package static let fields = Fields(
    "actors", title: "States, sub-state units, groups, organisations and companies", key: [\.id],
    of: Actor()
  ) {
    Field(
      "id", \.id, .name(),
      help: "Name of the actor; states by ISO 3166-1 alpha-3, Kosovo by XKX.")
    Field("name", \.name, .prose, help: "What it is called.")
    Field("kind", \.kind, .word(), help: "What sort of actor.")
    Field("parent", \.parent, .reference(), help: "The actor that it belongs to.")
    Field(
      "members", \.members, .references(), empty: [],
      help: "The members of a group, separated by semicolons; empty when the source does not name "
        + "them.")
    Field("from", \.from, .day, help: "Begin of existence, as its source states it.")
    Field("to", \.to, .day, help: "End of existence.")
    Field("note", \.note, .prose, help: "Where the dates come from, and other remarks.")
  }
}

extension Code: Record {
  package static let fields = Fields(
    "codes", title: "Codes of actors in code systems, dated",
    key: [\.actor, \.system, \.code], of: Code()
  ) {
    Field("actor", \.actor, .reference(), help: "The actor.")
    Field("system", \.system, .term(of: "code_systems"), help: "The code system.")
    Field("code", \.code, .text, help: "The code; a text, also when it looks like a number.")
    Field("from", \.from, .day, help: "First date with this code.")
    Field("to", \.to, .day, help: "Last date with this code.")
  }
}

extension Succession: Record {
  package static let fields = Fields(
    "successions", title: "One actor following another", key: [\.predecessor, \.successor],
    of: Succession()
  ) {
    Field("predecessor", \.predecessor, .reference(), help: "Who came before.")
    Field("successor", \.successor, .reference(), help: "Who came after.")
    Field("kind", \.kind, .word(), help: "How it followed.")
    Field("on", \.on, .day, help: "When.")
    Field("claim", \.claim, .reference(), help: "The claim that says so.")
  }
}

extension Recognition: Record {
  package static let fields = Fields(
    "recognitions", title: "Who recognises whom", key: [\.by, \.of, \.status], of: Recognition()
  ) {
    Field("by", \.by, .reference(), help: "Who does or does not recognise.")
    Field("of", \.of, .reference(), help: "Whose statehood it is about.")
    Field("status", \.status, .word(), help: "The stance.")
    Field("from", \.from, .day, help: "Begin.")
    Field("to", \.to, .day, help: "End.")
    Field("claim", \.claim, .reference(), help: "The claim that says so.")
  }
}

extension Membership: Record {
  package static let fields = Fields(
    "memberships", title: "Spells at the stages of organisations",
    key: [\.actor, \.organisation, \.stage, \.from], of: Membership()
  ) {
    Field("actor", \.actor, .reference(), help: "The actor.")
    Field("organisation", \.organisation, .reference(), help: "The organisation.")
    Field(
      "stage", \.stage, .stage,
      help: "The stage, a word of the organisation's ladder in the codebook.")
    Field("from", \.from, .day, help: "Begin.")
    Field("to", \.to, .day, help: "End.")
    Field("claim", \.claim, .reference(), help: "The claim that says so.")
  }
}
