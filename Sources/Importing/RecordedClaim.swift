import Evidence
import Documents

/// What one record of a data set says, to become a claim that points at its row.
struct RecordedClaim: Sendable {
  /// What tells the record from the others in every release: `42042`, `srb-chn-2020-hq-22`.
  let key: String
  let actor: ActorID
  /// The importer's words; the codebook says which of its own they are.
  let channel: String
  let instrument: String
  /// What the record says, in words of our own.
  let statement: String
  /// The row of the record, as a spreadsheet counts; nil when the place says nothing.
  var row: Int?
  /// The fact, when it is one that others speak of too; else the record makes one.
  var fact: FactID?
  /// What the records of one deal share; nil when the data set does not tell.
  var deal: String?
  var by: ActorID?
  var counterpart: ActorID?
  var direction: Direction?
  var phase: Phase?
  var on: EDTFDate?
  var ordered: EDTFDate?
  var delivered: EDTFDate?
  var until: EDTFDate?
  var amount = BoundedNumber()
  var unit: String?
  var currency: String?
  var priceYear: Int?
  var credibility = Credibility.possible
}

extension RecordedClaim {
  /// The keys of records, numbered where several records share one: `a`, `a-2`, `a-3`.
  static func keys(of records: [RecordedClaim]) -> [String] {
    var counts: [String: Int] = [:]
    var taken = Set(records.map(\.key))
    return records.map { record in
      guard counts.updateValue(1, forKey: record.key) != nil else { return record.key }
      var number = 2
      while !taken.insert("\(record.key)-\(number)").inserted { number += 1 }
      return "\(record.key)-\(number)"
    }
  }

  /// Whether a claim states what the record does: who, what, when and how much, in whatever words.
  func says(what claim: Claim, in codebook: Codebook) -> Bool {
    claim.assertion == .reported && claim.actor == actor && claim.by == by
      && claim.counterpart == counterpart && claim.direction == direction && claim.phase == phase
      && claim.channel.rawValue == codebook.word(for: channel, in: "channels")
      && claim.instrument.rawValue == codebook.word(for: instrument, in: "instruments")
      && [claim.on, claim.ordered, claim.delivered, claim.until].map { $0?.text }
        == [on, ordered, delivered, until].map { $0?.text }
      && claim.value == amount.value && claim.low == amount.low && claim.high == amount.high
      && claim.unit == unit.flatMap { codebook.word(for: $0, in: "units") }
      && claim.currency == currency && claim.priceYear == priceYear
  }
}

extension Codebook {
  /// The casebook's channel for what an importer calls one; nil when none stands for it.
  func channel(for imported: ChannelID) -> ChannelID? {
    word(for: imported.rawValue, in: "channels").map { ChannelID($0) }
  }

  /// The casebook's word for what an importer calls something: the same, or the one that lists it
  /// under `imports:`; nil when none stands for it.
  func word(for imported: String, in vocabulary: String) -> String? {
    if let word = importedWords[vocabulary]?[imported] { return word }
    guard let terms = vocabularies[vocabulary] else { return imported }
    return terms.contains { $0.id == imported } ? imported : nil
  }
}
