import Documents

// How each record reads its row. The order of the columns is that of the specification.

extension Actor: Record {
  static let table = "actors"
  struct Columns { let id, name, kind, parent, members, from, to, note: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      id: header.required("id"), name: header.required("name"), kind: header.required("kind"),
      parent: header.optional("parent"), members: header.optional("members"),
      from: header.optional("from"), to: header.optional("to"), note: header.optional("note"))
  }

  init(_ row: Row, _ columns: Columns) {
    id = row.name(columns.id)
    name = row.prose(columns.name) ?? ""
    kind = row.word(columns.kind) ?? .state
    parent = row.identifier(columns.parent)
    members = row.identifiers(columns.members)
    from = row.date(columns.from)
    to = row.date(columns.to)
    note = row.prose(columns.note)
  }
}

extension Code: Record {
  static let table = "codes"
  struct Columns { let actor, system, code, from, to: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      actor: header.required("actor"), system: header.required("system"),
      code: header.required("code"), from: header.optional("from"), to: header.optional("to"))
  }

  init(_ row: Row, _ columns: Columns) {
    actor = row.identifier(columns.actor) ?? ""
    system = row.identifier(columns.system) ?? ""
    code = row.text(columns.code) ?? ""
    from = row.date(columns.from)
    to = row.date(columns.to)
  }
}

extension Succession: Record {
  static let table = "successions"
  struct Columns { let predecessor, successor, kind, on, claim: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      predecessor: header.required("predecessor"), successor: header.required("successor"),
      kind: header.required("kind"), on: header.required("on"), claim: header.optional("claim"))
  }

  init(_ row: Row, _ columns: Columns) {
    predecessor = row.identifier(columns.predecessor) ?? ""
    successor = row.identifier(columns.successor) ?? ""
    kind = row.word(columns.kind) ?? .split
    on = row.date(columns.on) ?? .unread
    claim = row.identifier(columns.claim)
  }
}

extension Recognition: Record {
  static let table = "recognitions"
  struct Columns { let by, of, status, from, to, claim: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      by: header.required("by"), of: header.required("of"), status: header.required("status"),
      from: header.optional("from"), to: header.optional("to"), claim: header.optional("claim"))
  }

  init(_ row: Row, _ columns: Columns) {
    by = row.identifier(columns.by) ?? ""
    of = row.identifier(columns.of) ?? ""
    status = row.word(columns.status) ?? .recognised
    from = row.date(columns.from)
    to = row.date(columns.to)
    claim = row.identifier(columns.claim)
  }
}

extension Membership: Record {
  static let table = "memberships"
  struct Columns { let actor, organisation, stage, from, to, claim: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      actor: header.required("actor"), organisation: header.required("organisation"),
      stage: header.required("stage"), from: header.required("from"), to: header.optional("to"),
      claim: header.optional("claim"))
  }

  init(_ row: Row, _ columns: Columns) {
    actor = row.identifier(columns.actor) ?? ""
    organisation = row.identifier(columns.organisation) ?? ""
    stage = row.identifier(columns.stage) ?? ""
    from = row.date(columns.from) ?? .unread
    to = row.date(columns.to)
    claim = row.identifier(columns.claim)
  }
}

extension Source: Record {
  static let table = "sources"
  struct Columns {
    let id, type, title, author, publisher, issued, accessed, url, language, license: Column
    let sha256, reliability: Column
  }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      id: header.required("id"), type: header.required("type"), title: header.required("title"),
      author: header.optional("author"), publisher: header.optional("publisher"),
      issued: header.optional("issued"), accessed: header.optional("accessed"),
      url: header.optional("url"), language: header.optional("language"),
      license: header.optional("license"), sha256: header.optional("sha256"),
      reliability: header.optional("reliability"))
  }

  init(_ row: Row, _ columns: Columns) {
    id = row.name(columns.id)
    type = row.text(columns.type) ?? ""
    title = row.prose(columns.title) ?? ""
    author = row.prose(columns.author)
    publisher = row.prose(columns.publisher)
    issued = row.date(columns.issued)
    accessed = row.date(columns.accessed)
    url = row.prose(columns.url)
    language = row.text(columns.language)
    license = row.text(columns.license)
    sha256 = row.text(columns.sha256)
    reliability = row.word(columns.reliability)
  }
}

extension Judgement: Record {
  static let table = "judgements"
  struct Columns { let fact, claim, by, on, reason: Column }

  static func columns(_ header: inout Header) -> Columns {
    Columns(
      fact: header.required("fact"), claim: header.required("claim"), by: header.required("by"),
      on: header.required("on"), reason: header.required("reason"))
  }

  init(_ row: Row, _ columns: Columns) {
    fact = row.identifier(columns.fact) ?? ""
    claim = row.identifier(columns.claim) ?? ""
    by = row.text(columns.by) ?? ""
    on = row.date(columns.on) ?? .unread
    reason = row.prose(columns.reason) ?? ""
  }
}
