import Evidence
import Indicators
import Studies

/// Which parts of an answer each claim and each series value moves.
struct EvidenceOutputs {
  /// A part of an answer that rests on evidence.
  enum Output: Hashable {
    /// An outcome whose estimates the evidence enters.
    case estimate(outcome: String)
    /// An outcome that is refused: the evidence is in its raw data.
    case rawData(outcome: String)
    case conflict(FactID)
    case ladder(ActorID)
    case recognition(of: ActorID)
    case clauses(ActorID)
    case concerns
    case coverage(ActorID)
    /// A count in the picture of states and channels.
    case count(ActorID, ChannelID)
    case statePage(ActorID)
  }

  private var ofClaim: [ClaimID: [Output]] = [:]
  private var ofValue: [EvidenceID: [Output]] = [:]

  init(_ answer: Answer, counts: FactCounts) {
    for outcome in answer.outcomes { add(outcome) }
    for conflict in answer.conflicts {
      for claim in conflict.claims { add(.conflict(conflict.fact), to: claim) }
    }
    addRecords(of: answer.casebook)
    let named = Set(answer.study.named)
    let counted = Set(counts.cells.flatMap { $0.claims })
    for claim in answer.casebook.claims {
      let states = [claim.actor] + (answer.casebook.actor(claim.actor)?.members ?? [])
      if counted.contains(claim.id), let state = answer.state(of: claim.actor) {
        add(.count(state, claim.channel), to: claim.id)
      }
      for state in states where named.contains(state) { add(.statePage(state), to: claim.id) }
    }
  }

  /// What a claim moves, estimates first.
  func outputs(of claim: ClaimID) -> [Output] { ofClaim[claim, default: []] }

  /// Whether a claim moves an estimate.
  func enterEstimate(_ claim: ClaimID) -> Bool {
    outputs(of: claim).contains { if case .estimate = $0 { true } else { false } }
  }

  /// What a claim or a series value moves, estimates first.
  func outputs(of evidence: EvidenceID) -> [Output] {
    if case .claim(let claim) = evidence {
      outputs(of: claim)
    } else {
      ofValue[evidence, default: []]
    }
  }

  private mutating func add(_ output: Output, to claim: ClaimID) {
    guard !ofClaim[claim, default: []].contains(output) else { return }
    ofClaim[claim, default: []].append(output)
  }

  private mutating func add(_ outcome: OutcomeAnswer) {
    let output: Output =
      outcome.answerability.verdict == .undecidable
      ? .rawData(outcome: outcome.id) : .estimate(outcome: outcome.id)
    for evidence in outcome.trace {
      if case .claim(let claim) = evidence {
        add(output, to: claim)
      } else {
        ofValue[evidence, default: []].append(output)
      }
    }
  }

  private mutating func addRecords(of casebook: Casebook) {
    for spell in casebook.memberships {
      if let claim = spell.claim { add(.ladder(spell.actor), to: claim) }
    }
    for row in casebook.recognitions {
      if let claim = row.claim { add(.recognition(of: row.of), to: claim) }
    }
    for clause in casebook.clauses {
      for actor in casebook.claims(of: clause.deal).map(\.actor) {
        add(.clauses(actor), to: clause.claim)
      }
    }
    for concern in casebook.concerns { add(.concerns, to: concern.claim) }
    for row in casebook.coverage {
      if let claim = row.claim { add(.coverage(row.actor), to: claim) }
    }
  }
}

extension Answer {
  /// The named state that an actor is, or that it belongs to; nil for any other actor.
  func state(of actor: ActorID) -> ActorID? {
    if study.named.contains(actor) { return actor }
    guard let parent = casebook.actor(actor)?.parent else { return nil }
    return study.named.contains(parent) ? parent : nil
  }

  /// An output in words.
  func text(of output: EvidenceOutputs.Output) -> String {
    switch output {
    case .estimate(let id): "the estimate of ‘\(title(ofOutcome: id))’ (\(id))"
    case .rawData(let id): "the raw data of ‘\(title(ofOutcome: id))’ (\(id)), which is refused"
    case .conflict(let fact): "the disagreement on \(fact)"
    case .ladder(let actor): "the ladder of \(name(actor))"
    case .recognition(let actor): "the recognition of \(name(actor))"
    case .clauses(let actor): "the contract clauses of \(name(actor))"
    case .concerns: "a concern on an organisation’s list"
    case .coverage(let actor): "what was searched for \(name(actor))"
    case .count(let actor, let channel): "the count of \(name(actor)), \(title(of: channel))"
    case .statePage(let actor): "the page of \(name(actor))"
    }
  }

  private func title(ofOutcome id: String) -> String {
    outcomes.first { $0.id == id }?.series.indicator.title ?? id
  }

  /// What a reader calls a channel.
  func title(of channel: ChannelID) -> String { casebook.title(of: channel) }
}

extension Casebook {
  /// What a reader calls a channel; its word where it has no title.
  func title(of channel: ChannelID) -> String {
    codebook.channel(channel)?.title ?? channel.rawValue
  }
}
