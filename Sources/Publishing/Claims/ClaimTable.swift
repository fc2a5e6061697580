import Evidence
import Studies
import Documents

extension Answer {
  /// All claims as CSV, each with its grades, whether it is used, and what it moves.
  package var claimTable: String {
    let outputs = EvidenceOutputs(self, counts: factCounts)
    let superseded = casebook.supersededClaims
    let used = Set(
      casebook.facts.compactMap { casebook.fact($0) }.flatMap { $0.readings.map(\.used.id) })
    let rows = casebook.claims.map { claim in
      let source = casebook.source(claim.source)
      let standing =
        superseded.contains(claim.id) ? "superseded" : used.contains(claim.id) ? "used" : "rival"
      return [
        claim.id.rawValue, claim.fact.rawValue, claim.actor.rawValue, name(claim.actor),
        claim.counterpart?.rawValue ?? "", claim.channel.rawValue, claim.instrument.rawValue,
        claim.assertion.rawValue, claim.direction?.rawValue ?? "", claim.phase?.rawValue ?? "",
        (claim.on ?? claim.delivered ?? claim.ordered)?.text ?? "", claim.amount ?? "",
        claim.statement, claim.source.rawValue, claim.locator?.place ?? "",
        source?.reliability?.rawValue ?? "", claim.credibility?.rawValue ?? "",
        source?.license ?? "", claim.coder, claim.codedOn.text, claim.supersedes?.rawValue ?? "",
        standing, outputs.outputs(of: claim.id).map { text(of: $0) }.joined(separator: "; "),
      ]
    }
    return ([ClaimTable.columns.map(\.name)] + rows).map(CSVWriter.row).joined()
  }
}

/// The columns of the table of claims.
enum ClaimTable {
  static let columns: [(name: String, text: String)] = [
    ("id", "The claim"), ("fact", "What rival claims share"), ("actor", "Whom it is evidence on"),
    ("actor_name", "The actor's name"), ("counterpart", "Whom it relates to"),
    ("channel", "The field of engagement"), ("instrument", "The means that it reports"),
    ("assertion", "How it is said"), ("direction", "Which way it points"),
    ("phase", "How far it is"),
    ("date", "When, as EDTF"), ("amount", "What it states in numbers"),
    ("statement", "What the source says, in the coder's words"), ("source", "The source"),
    ("place", "Where in the source"), ("reliability", "Of the source, A to F"),
    ("credibility", "Of the claim, 1 to 6"), ("licence", "Of the source"),
    ("coder", "Who coded it"),
    ("coded_on", "When it was coded"), ("supersedes", "Which claim it corrects"),
    ("standing", "used, rival or superseded"), ("moves", "What in the answer rests on it"),
  ]
}
