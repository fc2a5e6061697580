import Documents

extension Claim: Record {
  static let table = "claims"

  struct Columns {
    let id, fact, deal, partOf, actor, by, with, counterpart, channel, instrument: Column
    let assertion, direction, phase, on, ordered, delivered, until: Column
    let value, low, high, unit, currency, priceYear, of: Column
    let statement, source, locator, credibility, coder, codedOn, supersedes: Column
  }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      id: header.required("id"), fact: header.required("fact"), deal: header.optional("deal"),
      partOf: header.optional("part_of"), actor: header.required("actor"),
      by: header.optional("by"), with: header.optional("with"),
      counterpart: header.optional("counterpart"), channel: header.required("channel"),
      instrument: header.required("instrument"), assertion: header.required("assertion"),
      direction: header.optional("direction"), phase: header.optional("phase"),
      on: header.optional("on"), ordered: header.optional("ordered"),
      delivered: header.optional("delivered"), until: header.optional("until"),
      value: header.optional("value"), low: header.optional("low"), high: header.optional("high"),
      unit: header.optional("unit"), currency: header.optional("currency"),
      priceYear: header.optional("price_year"), of: header.optional("of"),
      statement: header.required("statement"), source: header.required("source"),
      locator: header.optional("locator"), credibility: header.optional("credibility"),
      coder: header.required("coder"), codedOn: header.required("coded_on"),
      supersedes: header.optional("supersedes"))
  }

  init(_ row: Row, _ columns: Columns) {
    let amount = row.bounded(columns.value, columns.low, columns.high)
    id = row.name(columns.id)
    fact = row.identifier(columns.fact) ?? ""
    deal = row.identifier(columns.deal)
    partOf = row.identifier(columns.partOf)
    actor = row.identifier(columns.actor) ?? ""
    by = row.identifier(columns.by)
    with = row.identifiers(columns.with)
    counterpart = row.identifier(columns.counterpart)
    channel = row.identifier(columns.channel) ?? ""
    instrument = row.identifier(columns.instrument) ?? ""
    assertion = row.word(columns.assertion) ?? .reported
    direction = row.word(columns.direction)
    phase = row.word(columns.phase)
    on = row.date(columns.on)
    ordered = row.date(columns.ordered)
    delivered = row.date(columns.delivered)
    until = row.date(columns.until)
    (value, low, high) = (amount.value, amount.low, amount.high)
    unit = row.text(columns.unit)
    currency = row.text(columns.currency)
    priceYear = row.year(columns.priceYear)
    of = row.text(columns.of)
    statement = row.prose(columns.statement) ?? ""
    source = row.identifier(columns.source) ?? ""
    locator = row.locator(columns.locator)
    credibility = row.word(columns.credibility)
    coder = row.text(columns.coder) ?? ""
    codedOn = row.date(columns.codedOn) ?? .unread
    supersedes = row.identifier(columns.supersedes)
  }
}
