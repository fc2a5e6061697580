import Evidence
import Documents

/// One order of arms, as a register lists it.
struct ArmsOrder {
  /// A number that may be the register's own estimate, which a `?` in the next column marks.
  struct Count {
    let number: Double?
    let isEstimate: Bool
  }

  let row: Int
  let recipient: String
  let supplier: String
  let year: Int
  let isYearEstimated: Bool
  let designation: String
  let description: String
  let ordered: Count
  let delivered: Count
  let deliveryYears: [Int]
  let condition: String
  let isAid: Bool
  /// The trend-indicator values of the order and of what was delivered.
  var volumes: (ordered: Double?, delivered: Double?)

  var date: EDTFDate? { isYearEstimated ? try? EDTFDate("\(year)?") : EDTFDate(year: year) }

  /// From the first year of delivery to the last; how many came in which year is not in a register.
  var deliveryDate: EDTFDate? {
    guard let first = deliveryYears.min(), let last = deliveryYears.max() else { return nil }
    return first == last ? EDTFDate(year: first) : try? EDTFDate("\(first)/\(last)")
  }

  var phase: Phase {
    guard let delivered = delivered.number, delivered > 0 else { return .agreed }
    return ordered.number.map { delivered < $0 } ?? false ? .delivering : .completed
  }

  /// The volume of the order; where its number is not known, of what was delivered.
  var volume: Double? { ordered.number == nil ? volumes.delivered : volumes.ordered }
}

/// The orders of a register of arms transfers.
struct ArmsRegister {
  private(set) var orders: [ArmsOrder] = []
  /// How many records a line break in a comment had cut in two.
  private(set) var repaired = 0
  private var pending: ArmsOrder?

  /// A line of a register: an order, or the end of one that was cut in two.
  enum Line {
    case order(ArmsOrder)
    case rest((ordered: Double?, delivered: Double?))
  }

  /// Takes the next line; false for the end of a record that has no beginning.
  mutating func take(_ line: Line) -> Bool {
    switch line {
    case .order(let order):
      finish()
      pending = order
    case .rest(let volumes):
      guard var order = pending, order.volumes == (nil, nil) else { return false }
      order.volumes = volumes
      orders.append(order)
      pending = nil
      repaired += 1
    }
    return true
  }

  /// Takes the last order; there are no more lines.
  mutating func finish() {
    if let pending { orders.append(pending) }
    pending = nil
  }
}

extension ArmsRegister {
  /// The register as the table of all orders has it, and as SIPRI's site exports it.
  static let layouts = ["Number delivered", "Deliveries in the Year Range"].map(layout)

  private static func layout(delivered: String) -> Layout {
    Layout(
      what: "transfers of arms",
      columns: [
        "Recipient", "Supplier", "Year of order", "Number ordered", "Weapon designation",
        "Weapon description", delivered, "Year(s) of delivery", "status", "Comments",
        "SIPRI TIV per unit", "SIPRI TIV for total order", "SIPRI TIV of delivered weapons",
      ])
  }

  /// The years of delivery that an export was limited to, as a line above its header names them; nil
  /// when it was not.
  static func years(inLines lines: [String]) -> String? {
    let limits = lines.lazy.compactMap { line -> [Substring]? in
      let parts = line.split(separator: "year range '", maxSplits: 1)
      let quoted = parts.last?.split(separator: "'", omittingEmptySubsequences: false) ?? []
      return parts.count == 2 && quoted.count > 2 ? [quoted[0], quoted[2]] : nil
    }
    guard let limit = limits.first, limit != ["Not specified", "Not specified"] else { return nil }
    return limit.joined(separator: " to ")
  }

  /// Reads a row by the columns of the layout.
  static func line(_ row: Row, _ columns: [Column]) -> Line? {
    if let volumes = rest(row, columns) { return .rest(volumes) }
    let year = row.calendarYear(columns[2])
    let ordered = count(row, columns[3])
    let delivered = count(row, columns[6])
    let years = deliveryYears(row, columns[7])
    let volumes = (row.number(columns[11]), row.number(columns[12]))
    guard let year else {
      row.report(column: columns[2].name, "has no year of order", advice: "write four digits")
      return nil
    }
    return .order(
      ArmsOrder(
        row: row.number, recipient: row.text(columns[0]) ?? "",
        supplier: row.text(columns[1]) ?? "",
        year: year, isYearEstimated: isEstimate(row, columns[2]),
        designation: row.text(columns[4]) ?? "", description: row.text(columns[5]) ?? "",
        ordered: ordered, delivered: delivered, deliveryYears: years,
        condition: row.text(columns[8]) ?? "", isAid: isAid(row, columns[9]),
        volumes: volumes))
  }

  /// The volumes at the start of a row that goes on after a line break in the comment of the one
  /// above: the rest of the comment, three volumes, and nothing more.
  private static func rest(
    _ row: Row, _ columns: [Column]
  ) -> (ordered: Double?, delivered: Double?)? {
    guard row.cells.count > 4, row.cells[4...].allSatisfy({ $0.range.isEmpty }) else { return nil }
    let texts = [1, 2, 3].map { row.text(Column(name: "", place: $0, isRequired: false)) ?? "" }
    let numbers = texts.map { Numeral.number($0) }
    guard numbers[0] != nil, numbers[1] != nil || numbers[2] != nil else { return nil }
    return (numbers[1], numbers[2])
  }

  private static func count(_ row: Row, _ column: Column) -> ArmsOrder.Count {
    ArmsOrder.Count(number: row.number(column), isEstimate: isEstimate(row, column))
  }

  /// Whether the column after a number, which has no name, marks it as an estimate.
  private static func isEstimate(_ row: Row, _ column: Column) -> Bool {
    guard let place = column.place else { return false }
    return row.text(Column(name: "", place: place + 1, isRequired: false))?.trimmed == "?"
  }

  /// Reads `2022; 2023`.
  private static func deliveryYears(_ row: Row, _ column: Column) -> [Int] {
    if let years = plainYears(row.bytes(column)) { return years }
    guard let text = row.text(column) else { return [] }
    return text.split(separator: ";").compactMap { part in
      if let year = Int(part.trimmed), (1...9999).contains(year) { return year }
      row.report(
        column: column.name, value: String(part), "is not a year",
        advice: "write four digits, years parted by semicolons")
      return nil
    }
  }

  /// Reads years of four digits parted by a semicolon and a space; nil for any other text.
  ///
  /// Nearly all cells are such, and cutting up each of their texts took a tenth of an import's time.
  private static func plainYears(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int]? {
    guard bytes.count % 6 == 4 else { return nil }
    var years: [Int] = []
    for start in stride(from: 0, to: bytes.count, by: 6) {
      var year = 0
      for byte in bytes[start..<start + 4] {
        let digit = byte &- UInt8(ascii: "0")
        guard digit <= 9 else { return nil }
        year = 10 * year + Int(digit)
      }
      let isParted =
        start + 4 == bytes.count
        || bytes[start + 4] == UInt8(ascii: ";") && bytes[start + 5] == UInt8(ascii: " ")
      guard year > 0, isParted else { return nil }
      years.append(year)
    }
    return years
  }

  /// Whether a comment says that the arms were aid; what is only probably aid is a purchase.
  private static func isAid(_ row: Row, _ column: Column) -> Bool {
    guard mentionsAid(row.bytes(column)), let comment = row.prose(column) else { return false }
    return comment.split(separator: ";").map { $0.trimmed.lowercased() }.contains { part in
      part == "aid" || part.hasPrefix("aid ") || part.hasPrefix("part of aid")
    }
  }

  /// Whether the letters of aid stand anywhere in a comment; most have none, and need no closer look.
  private static func mentionsAid(_ comment: UnsafeBufferPointer<UInt8>) -> Bool {
    comment.indices.dropLast(2).contains { place in
      comment[place] | 0x20 == UInt8(ascii: "a") && comment[place + 1] | 0x20 == UInt8(ascii: "i")
        && comment[place + 2] | 0x20 == UInt8(ascii: "d")
    }
  }
}
