import Documents
import Evidence
import Studies

extension Answer {
  /// All claims as CSV: the columns of their table, then what the answer makes of each.
  package var claimTable: String {
    let outputs = EvidenceOutputs(self, counts: factCounts)
    let superseded = casebook.supersededClaims
    let used = Set(
      casebook.facts.compactMap { casebook.fact($0) }.flatMap { $0.readings.map(\.used.id) })
    let rows = casebook.claims.map { claim in
      let source = casebook.source(claim.source)
      let standing =
        superseded.contains(claim.id) ? "superseded" : used.contains(claim.id) ? "used" : "rival"
      return Claim.fields.cells(of: claim) + [
        name(claim.actor), claim.amount ?? "", source?.reliability?.rawValue ?? "",
        source?.license ?? "", standing,
        outputs.outputs(of: claim.id).map { text(of: $0) }.joined(separator: "; "),
      ]
    }
    return ([ClaimTable.columns.map(\.name)] + rows).map(CSVWriter.row).joined()
  }
}

/// The columns of the downloaded table of claims.
enum ClaimTable {
  /// A column, with its type and meaning as a Data Package has them.
  struct Column {
    let name: String
    let type: String
    let text: String
  }

  static let columns =
    Claim.fields.schema.fields.map {
      Column(name: $0.name, type: $0.form == .number ? "number" : "string", text: $0.help)
    } + derived

  /// What stands beside a claim's own columns.
  private static let derived = [
    ("actor_name", "The actor's name."), ("amount", "What the claim states in numbers."),
    ("source_reliability", "Grade of the source, A to F."),
    ("source_license", "Licence of the source."), ("standing", "used, rival or superseded."),
    ("moves", "What in the answer rests on it."),
  ].map { Column(name: $0, type: "string", text: $1) }
}
