import Documents

extension Clause: Record {
  static let table = "clauses"
  struct Columns { let deal, kind, holder, trigger, consequence, claim: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      deal: header.required("deal"), kind: header.required("kind"),
      holder: header.optional("holder"), trigger: header.optional("trigger"),
      consequence: header.optional("consequence"), claim: header.required("claim"))
  }

  init(_ row: Row, _ columns: Columns) {
    deal = row.identifier(columns.deal) ?? ""
    kind = row.identifier(columns.kind) ?? ""
    holder = row.identifier(columns.holder)
    trigger = row.prose(columns.trigger)
    consequence = row.prose(columns.consequence)
    claim = row.identifier(columns.claim) ?? ""
  }
}

extension Terms: Record {
  static let table = "terms"

  struct Columns {
    /// A number's own column and those of its bounds.
    struct Bounded { let value, low, high: Column }
    let deal, currency: Column
    let principal: Bounded
    let signed: Column
    let graceYears, maturityYears, rate: Bounded
    let schedule, claim: Column
  }

  static func columns(_ header: inout Header) -> Columns {
    func bounded(_ name: String) -> Columns.Bounded {
      Columns.Bounded(
        value: header.optional(name), low: header.optional("\(name)_low"),
        high: header.optional("\(name)_high"))
    }
    return Columns(
      deal: header.required("deal"), currency: header.optional("currency"),
      principal: bounded("principal"), signed: header.optional("signed"),
      graceYears: bounded("grace_years"), maturityYears: bounded("maturity_years"),
      rate: bounded("rate"), schedule: header.optional("schedule"),
      claim: header.required("claim"))
  }

  init(_ row: Row, _ columns: Columns) {
    func bounded(_ columns: Columns.Bounded) -> BoundedNumber {
      row.bounded(columns.value, columns.low, columns.high)
    }
    deal = row.identifier(columns.deal) ?? ""
    currency = row.text(columns.currency)
    principal = bounded(columns.principal)
    signed = row.date(columns.signed)
    graceYears = bounded(columns.graceYears)
    maturityYears = bounded(columns.maturityYears)
    rate = bounded(columns.rate)
    schedule = row.word(columns.schedule)
    claim = row.identifier(columns.claim) ?? ""
  }
}

extension Concern: Record {
  static let table = "concerns"
  struct Columns { let id, organisation, counterpart, channel, concern, from, to, claim: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      id: header.required("id"), organisation: header.required("organisation"),
      counterpart: header.optional("counterpart"), channel: header.optional("channel"),
      concern: header.required("concern"), from: header.required("from"),
      to: header.optional("to"), claim: header.required("claim"))
  }

  init(_ row: Row, _ columns: Columns) {
    id = row.name(columns.id)
    organisation = row.identifier(columns.organisation) ?? ""
    counterpart = row.identifier(columns.counterpart)
    channel = row.identifier(columns.channel)
    concern = row.text(columns.concern) ?? ""
    from = row.date(columns.from) ?? .unread
    to = row.date(columns.to)
    claim = row.identifier(columns.claim) ?? ""
  }
}
