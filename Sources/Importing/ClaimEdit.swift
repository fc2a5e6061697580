package import Evidence
import Documents

/// How the records of a new release differ from the claims that an older release left.
package struct ClaimDifference: Hashable, Sendable, Encodable {
  /// A claim of the older release, and the one of the newer that corrects it.
  package struct Change: Hashable, Sendable, Encodable {
    package let before: ClaimID
    package let after: ClaimID
  }

  /// How many claims the newer release repeats; they stay, and get no second one.
  package fileprivate(set) var same = 0
  package fileprivate(set) var changed: [Change] = []
  package fileprivate(set) var added: [ClaimID] = []
  /// The claims that the newer release no longer lists, and that are withdrawn.
  package fileprivate(set) var gone: [ClaimID] = []
  /// The claims that it does not list, and that stand: it has no row of their actor, or rows of it
  /// were skipped.
  package fileprivate(set) var standing: [ClaimID] = []
  /// The actors with claims now, but none before.
  package fileprivate(set) var actorsGained: [ActorID] = []
  /// The actors with claims before, of whom the newer release has no row.
  package fileprivate(set) var actorsLost: [ActorID] = []
}

extension CasebookEdit {
  /// Puts records into the casebook as claims of a source.
  ///
  /// A claim that is there stays as it is. What an older release said the same stays the only claim;
  /// what it said otherwise is superseded, and so is, by a claim that no indicator counts, what the
  /// release no longer lists although it was asked for. What a release leaves out is no finding where it
  /// has no row of the actor, or where rows of it were skipped: there the older claims stand.
  /// - Returns: the claim that bears each record.
  /// - Throws: `CasebookError.problems` when the codebook has no word for what a record is.
  mutating func put(
    _ records: [RecordedClaim], of data: ImportedSource, in table: DataTable, as source: SourceID,
    by work: Import, _ audit: JoinAudit
  ) throws -> [ClaimID] {
    try checkWords(records)
    let older = claims(of: data, before: source)
    let keys = RecordedClaim.keys(of: records)
    let listed = Set(keys)
    var difference = ClaimDifference()
    var ids: [ClaimID] = []
    for (record, key) in zip(records, keys) {
      let before = older[key]
      let id = ClaimID("\(source)-\(key)")
      let isSame = before.map { record.says(what: $0, in: casebook.codebook) } ?? false
      ids.append(isSame ? before?.id ?? id : id)
      if let before, before.assertion == .reported {
        if isSame {
          difference.same += 1
        } else {
          difference.changed.append(ClaimDifference.Change(before: before.id, after: id))
        }
      } else {
        difference.added.append(id)
      }
      if isSame || casebook.claim(id) != nil {
        keep(Claim.self)
      } else {
        try put(record, as: id, key, of: data, source, table.sheet, correcting: before, work)
      }
    }
    let known = Set(older.values.filter { $0.assertion == .reported }.map(\.actor))
    difference.actorsGained = Set(records.map(\.actor)).subtracting(known).sorted()
    let unlisted = older.filter { key, claim in
      claim.assertion == .reported && work.asks(for: claim, audit.asked) && !listed.contains(key)
    }
    try settle(unlisted, source, work, audit, &difference)
    if !older.isEmpty { claimDifference = difference }
    borne.append((ids, Set(vintages(of: data).map(\.id) + [source])))
    return ids
  }

  /// Withdraws what a release does not list of the actors that it has rows of; the rest stands.
  private mutating func settle(
    _ unlisted: [String: Claim], _ source: SourceID, _ work: Import, _ audit: JoinAudit,
    _ difference: inout ClaimDifference
  ) throws {
    for (key, claim) in unlisted.sorted(by: { $0.key < $1.key }) {
      if audit.actors.contains(claim.actor), audit.skipped.isEmpty {
        difference.gone.append(claim.id)
        try withdraw(claim, by: ClaimID("\(source)-\(key)"), source, work)
      } else {
        difference.standing.append(claim.id)
      }
    }
    difference.actorsLost = Set(unlisted.values.map(\.actor)).subtracting(audit.actors).sorted()
  }

  /// The last claim for each record of the releases that were fetched before another.
  private func claims(of data: ImportedSource, before source: SourceID) -> [String: Claim] {
    let day = casebook.source(source)?.accessed ?? accessed
    let older = vintages(of: data).filter {
      $0.id != source && ($0.accessed ?? .unread).latest < day.latest
    }
    .sorted { ($0.accessed ?? .unread).latest < ($1.accessed ?? .unread).latest }
    let order = Dictionary(uniqueKeysWithValues: older.enumerated().map { ($1.id, $0) })
    var last: [String: Claim] = [:]
    for claim in casebook.claims {
      guard let place = order[claim.source], claim.id.rawValue.hasPrefix("\(claim.source)-") else {
        continue
      }
      let key = String(claim.id.rawValue.dropFirst(claim.source.rawValue.count + 1))
      if let rival = last[key], order[rival.source, default: 0] > place { continue }
      last[key] = claim
    }
    return last
  }

  private mutating func put(
    _ record: RecordedClaim, as id: ClaimID, _ key: String, of data: ImportedSource,
    _ source: SourceID, _ sheet: String?, correcting before: Claim?, _ work: Import
  ) throws {
    let codebook = casebook.codebook
    try put(
      Claim {
        $0.id = id
        $0.fact = before?.fact ?? record.fact ?? FactID("\(data.id)-\(key)")
        $0.deal = before?.deal ?? record.deal.map { DealID("\(data.id)-\($0)") }
        $0.partOf = before?.partOf
        $0.actor = record.actor
        $0.by = record.by
        $0.counterpart = record.counterpart
        $0.channel = codebook.channel(for: ChannelID(record.channel)) ?? ""
        $0.instrument = Instrument(codebook.word(for: record.instrument, in: "instruments") ?? "")
        $0.direction = record.direction
        $0.phase = record.phase
        $0.on = record.on
        $0.ordered = record.ordered
        $0.delivered = record.delivered
        $0.until = record.until
        $0.value = record.amount.value
        $0.low = record.amount.low
        $0.high = record.amount.high
        $0.unit = record.unit.flatMap { codebook.word(for: $0, in: "units") }
        $0.currency = record.currency
        $0.priceYear = record.priceYear
        $0.statement = record.statement
        $0.source = source
        $0.locator = record.row.map { Locator.row($0, sheet: sheet) }
        $0.credibility = record.credibility
        $0.coder = work.coder(in: casebook)
        $0.codedOn = accessed
        $0.supersedes = before?.id
      })
  }

  /// Puts a claim that supersedes one of an older release, and that is no report of anything.
  private mutating func withdraw(
    _ claim: Claim, by id: ClaimID, _ source: SourceID, _ work: Import
  ) throws {
    guard casebook.claim(id) == nil else { return keep(Claim.self) }
    try put(
      Claim {
        $0.id = id
        $0.fact = claim.fact
        $0.deal = claim.deal
        $0.partOf = claim.partOf
        $0.actor = claim.actor
        $0.by = claim.by
        $0.counterpart = claim.counterpart
        $0.channel = claim.channel
        $0.instrument = claim.instrument
        $0.assertion = .assessment
        $0.statement = "The release fetched on \(accessed.text) no longer lists this."
        $0.source = source
        $0.credibility = .cannotBeJudged
        $0.coder = work.coder(in: casebook)
        $0.codedOn = accessed
        $0.supersedes = claim.id
      })
  }

  /// Checks that the codebook has a word for every channel, instrument and unit of the records.
  private func checkWords(_ records: [RecordedClaim]) throws {
    let needed: [(vocabulary: String, what: String, words: [String])] = [
      ("channels", "channel", records.map(\.channel)),
      ("instruments", "instrument", records.map(\.instrument)),
      ("units", "unit", records.compactMap(\.unit)),
    ]
    let problems = needed.flatMap { vocabulary, what, words in
      words.uniqued.sorted().filter { casebook.codebook.word(for: $0, in: vocabulary) == nil }.map {
        Problem(
          file: "codebook.yaml", value: $0, message: "is no \(what) of this casebook",
          advice:
            "add it to \(vocabulary), or write `imports: [\($0)]` at the word that stands for it")
      }
    }
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
  }
}

extension Import {
  /// Whether a claim is one that this import would have repeated, were it still listed.
  fileprivate func asks(for claim: Claim, _ asked: Set<ActorID>) -> Bool {
    let year = (claim.ordered ?? claim.on)?.earliest.year
    return asked.contains(claim.actor)
      && (counterparts.isEmpty || claim.counterpart.map(counterparts.contains) ?? true)
      && (years == nil || year.map { years?.contains($0) ?? true } ?? false)
  }

  /// Who codes the claims: as named, else the first coder of the codebook.
  func coder(in casebook: Casebook) -> String {
    coder ?? casebook.codebook.vocabularies["coders"]?.first?.id ?? "project"
  }
}
