import Documents

extension Coverage: Record {
  static let table = "coverage"
  struct Columns { let actor, counterpart, channel, from, to, status, note, claim: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      actor: header.required("actor"), counterpart: header.optional("counterpart"),
      channel: header.required("channel"), from: header.required("from"),
      to: header.required("to"), status: header.required("status"), note: header.optional("note"),
      claim: header.optional("claim"))
  }

  init(_ row: Row, _ columns: Columns) {
    actor = row.identifier(columns.actor) ?? ""
    counterpart = row.identifier(columns.counterpart)
    channel = row.identifier(columns.channel) ?? ""
    from = row.date(columns.from) ?? .unread
    to = row.date(columns.to) ?? .unread
    status = row.word(columns.status) ?? .notSearched
    note = row.prose(columns.note)
    claim = row.identifier(columns.claim)
  }
}

extension Variable: Record {
  static let table = "variables"
  struct Columns {
    let id, title, unit, channel, concept, direction, counterpart, source, method: Column
  }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      id: header.required("id"), title: header.required("title"), unit: header.required("unit"),
      channel: header.required("channel"), concept: header.required("concept"),
      direction: header.required("direction"), counterpart: header.optional("counterpart"),
      source: header.required("source"), method: header.optional("method"))
  }

  init(_ row: Row, _ columns: Columns) {
    id = row.name(columns.id)
    title = row.prose(columns.title) ?? ""
    unit = row.text(columns.unit) ?? ""
    channel = row.identifier(columns.channel) ?? ""
    concept = row.word(columns.concept) ?? .engagement
    direction = row.word(columns.direction) ?? .toward
    counterpart = row.identifier(columns.counterpart)
    source = row.identifier(columns.source) ?? ""
    method = row.prose(columns.method)
  }
}

extension SeriesValue: Record {
  static let table = "series"
  struct Columns { let variable, actor, period, value, low, high, status, source: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      variable: header.required("variable"), actor: header.required("actor"),
      period: header.required("period"), value: header.optional("value"),
      low: header.optional("low"), high: header.optional("high"),
      status: header.optional("status"), source: header.optional("source"))
  }

  init(_ row: Row, _ columns: Columns) {
    let amount = row.bounded(columns.value, columns.low, columns.high)
    variable = row.identifier(columns.variable) ?? ""
    actor = row.identifier(columns.actor) ?? ""
    period = row.year(columns.period) ?? 0
    (value, low, high) = (amount.value, amount.low, amount.high)
    status = row.word(columns.status) ?? .observed
    source = row.identifier(columns.source)
    let cells = [columns.value, columns.low, columns.high]
    if status.isAbsence, !cells.allSatisfy(row.isEmpty) {
      row.report(
        column: columns.status.name, value: status.rawValue,
        "says that there is no value, yet the row has one", advice: "empty one of the two")
    }
    if !status.isAbsence, cells.allSatisfy(row.isEmpty) {
      row.report(
        column: columns.value.name, "there is no value and no reason why",
        advice: "write the value, or status M (impossible), L (not searched) or Q (withheld)")
    }
  }
}
