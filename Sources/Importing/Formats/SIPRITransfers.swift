import Evidence
import Documents

extension Importer {
  static let sipriTransfers = Importer(
    name: "sipri-transfers",
    summary: "orders of major arms, a claim each, and their volume by year",
    forms: ArmsRegister.layouts.map { layout in
      Form(
        layouts: [layout],
        read: { work, tables, edit in try work.importSIPRITransfers(tables[0], into: &edit) })
    })
}

extension Import {
  /// Imports the arms transfers register: every order from a counterpart is a claim, and their volume
  /// by year of order a series.
  func importSIPRITransfers(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    let register = try armsRegister(found, &audit)
    var known = ActorsByYear(system: "sipri", audit.identity)
    try checkNothingIsLeftOut(of: register, found, for: counterparts, &known, edit.casebook)
    let placed = placed(register.orders, from: counterparts, &known, &audit, edit.casebook)
    let covered = Set(register.orders.compactMap { known.actor($0.recipient, in: $0.year) })
      .intersection(pool)
    audit.meet(covered)
    let source = try edit.put(.sipriTransfers, of: found.table)
    _ = try edit.put(
      placed.records, of: .sipriTransfers, in: found.table, as: source, by: self, audit)
    let seen = try found.years(register.orders.map(\.year), asked: years)
    let window = years ?? seen
    for counterpart in counterparts {
      try edit.put(
        volumeVariable(counterpart, edit.casebook, source),
        audit.zeroFilled(
          placed.volumes[counterpart] ?? [:], covered, window.filter(seen.contains),
          open: placed.open[counterpart] ?? [:]),
        actors: pool, years: window, source: source, audit.identity)
    }
    let broken =
      "records that a line break in a comment had cut in two, and that are whole again: "
      + "\(register.repaired)"
    return audit.report(pool: pool, notes: register.repaired > 0 ? [broken] : [])
  }

  /// Refuses an export of some orders only: where it has none, that would read as an observed zero.
  private func checkNothingIsLeftOut(
    of register: ArmsRegister, _ found: FoundTable, for counterparts: [ActorID],
    _ known: inout ActorsByYear, _ casebook: Casebook
  ) throws {
    var problems: [Problem] = []
    if let years = ArmsRegister.years(inLines: found.linesAbove) {
      problems.append(
        Problem(
          file: found.table.name, value: years,
          message: "are the only years of delivery in the export, which lacks the other orders",
          advice: "export the register anew, without choosing years"))
    }
    let suppliers = register.orders.map { ($0.supplier, known.actor($0.supplier, in: $0.year)) }
    if let only = suppliers.first, suppliers.allSatisfy({ $0.0 == only.0 }),
      let other = counterparts.first(where: { counterpart in
        !suppliers.contains { $0.1 == counterpart }
      })
    {
      problems.append(
        Problem(
          file: found.table.name, value: only.0,
          message:
            "is the only supplier, and orders from \(casebook.name(of: other)) are asked for",
          advice: "export the orders from all suppliers, or name its one with --counterpart"))
    }
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
  }

  /// The orders from counterparts: the claims that they make, and their volume by year.
  private struct PlacedOrders {
    var records: [RecordedClaim] = []
    var volumes: [ActorID: [ActorID: [Int: Double]]] = [:]
    /// The years with an order of unknown volume, which have no sum.
    var open: [ActorID: [ActorID: Set<Int>]] = [:]
  }

  private func placed(
    _ orders: [ArmsOrder], from counterparts: [ActorID], _ known: inout ActorsByYear,
    _ audit: inout JoinAudit, _ casebook: Casebook
  ) -> PlacedOrders {
    var placed = PlacedOrders()
    var told: Set<String> = []
    for order in orders {
      guard let supplier = known.actor(order.supplier, in: order.year),
        counterparts.contains(supplier)
      else {
        audit.lose("of orders from others", order.supplier)
        continue
      }
      guard let actor = audit.actor(order.recipient, of: "sipri", in: order.year) else { continue }
      let claim = claim(of: order, actor, from: supplier, casebook)
      if !told.insert(claim.statement).inserted {
        audit.meet(duplicate: "an order like another, as there may be: both stand", order.recipient)
      }
      placed.records.append(claim)
      if let volume = order.volume {
        placed.volumes[supplier, default: [:]][actor, default: [:]][order.year, default: 0] +=
          volume
      } else {
        placed.open[supplier, default: [:]][actor, default: []].insert(order.year)
      }
    }
    for (supplier, actors) in placed.open {
      for (actor, years) in actors {
        for year in years { placed.volumes[supplier]?[actor]?[year] = nil }
      }
    }
    return placed
  }

  private func armsRegister(_ found: FoundTable, _ audit: inout JoinAudit) throws -> ArmsRegister {
    var register = ArmsRegister()
    try audit.read(found, ArmsRegister.line) { audit, line in
      if !register.take(line) { audit.lose("of the ends of records without their beginning", "") }
    }
    register.finish()
    return register
  }

  private func claim(
    of order: ArmsOrder, _ actor: ActorID, from supplier: ActorID, _ casebook: Casebook
  ) -> RecordedClaim {
    let isKnown = order.ordered.number != nil
    return RecordedClaim(
      key: [
        actor.rawValue, supplier.rawValue, String(order.year), order.designation,
        order.description,
      ].joined(separator: " ").slug,
      actor: actor, channel: "security", instrument: order.isAid ? "donation" : "arms_purchase",
      statement: statement(order, actor, supplier, casebook), row: order.row, by: supplier,
      counterpart: supplier, direction: .toward, phase: order.phase, on: order.date,
      ordered: order.date, delivered: order.deliveryDate,
      amount: BoundedNumber(
        value: order.ordered.number,
        low: isKnown ? nil : order.delivered.number.flatMap { $0 > 0 ? $0 : nil }),
      unit: "count")
  }

  private func statement(
    _ order: ArmsOrder, _ actor: ActorID, _ supplier: ActorID, _ casebook: Casebook
  ) -> String {
    func name(_ id: ActorID) -> String { casebook.name(of: id) }
    func count(_ count: ArmsOrder.Count) -> String {
      guard let number = count.number else { return "an unknown number of" }
      return (count.isEstimate ? "about " : "") + Numeral.text(number)
    }
    let years = [order.deliveryYears.min(), order.deliveryYears.max()].compactMap(\.self).uniqued
    let delivered =
      years.isEmpty
      ? "none delivered so far"
      : "\(count(order.delivered)) delivered "
        + (years.count == 1 ? "in \(years[0])" : "from \(years[0]) to \(years[1])")
    let volume = order.volume.map { "; trend-indicator value \(Numeral.text($0))" } ?? ""
    let condition = order.condition.isEmpty ? "" : ", \(order.condition.lowercased())"
    return "\(name(actor)) ordered \(count(order.ordered)) \(order.designation) "
      + "(\(order.description)\(condition)) from \(name(supplier)) in "
      + "\(order.isYearEstimated ? "about " : "")\(order.year); \(delivered)\(volume)."
  }

  private func volumeVariable(
    _ counterpart: ActorID, _ casebook: Casebook, _ source: SourceID
  ) -> Variable {
    Variable(
      id: VariableID("sipri-orders-\(counterpart)"),
      title: "Arms ordered from \(casebook.name(of: counterpart))",
      unit: "trend-indicator value", channel: "security", concept: .engagement, direction: .toward,
      counterpart: counterpart, source: source,
      method:
        "Sum of the trend-indicator values of the orders of a year: a volume of arms, not money. An "
        + "order whose number is not known counts by what was delivered. No order by a state that the "
        + "register lists is an observed zero.")
  }
}

extension ImportedSource {
  static let sipriTransfers = ImportedSource(
    id: "sipri-transfers", title: "SIPRI Arms Transfers Database: trade register",
    author: "Stockholm International Peace Research Institute", publisher: "SIPRI",
    url: "https://www.sipri.org/databases/armstransfers",
    license: "import only: © SIPRI, no redistribution of the data")
}
