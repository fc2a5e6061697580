import Documents
internal import CReadStat
package import Foundation

/// A data file of Stata, SPSS or SAS, read by ReadStat as comma-separated text.
package enum StatisticsFile: Sendable {
  /// The program whose format a file has.
  package enum Kind: String, Sendable {
    case stata = "Stata"
    case spss = "SPSS"
    case sas = "SAS"
    case sasTransport = "SAS transport"
  }

  /// The most bytes that the text of a file may take.
  package static let limit = 1 << 29

  /// Tells the format by the first bytes; nil for all other files.
  package static func kind(of data: Data) -> Kind? {
    let start = [UInt8](data.prefix(32))
    if start.starts(with: Array("<stata_dta>".utf8)) { return .stata }
    // Until release 12 of Stata: the format's number, the order of bytes, then always 1.
    if start.count >= 3, (104...115).contains(start[0]), start[1] == 1 || start[1] == 2,
      start[2] == 1
    {
      return .stata
    }
    if start.starts(with: Array("$FL".utf8)) { return .spss }
    if start.starts(with: Array(repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x60]) {
      return .sas
    }
    return start.starts(with: Array("HEADER RECORD*******".utf8)) ? .sasTransport : nil
  }

  /// Writes the variables and rows as comma-separated text with a header row.
  ///
  /// Missing values are empty cells, days are dates, and labelled values are their numbers.
  /// - Throws: `StatisticsFileError`.
  package static func csv(_ data: Data, kind: Kind) throws -> Data {
    let reading = Reading(data, kind)
    guard let parser = readstat_parser_init() else {
      throw StatisticsFileError(kind: kind, reason: "not enough memory to read it")
    }
    defer { readstat_parser_free(parser) }
    reading.connect(to: parser)
    let context = Unmanaged.passUnretained(reading).toOpaque()
    let status =
      switch kind {
      case .stata: readstat_parse_dta(parser, "", context)
      case .spss: readstat_parse_sav(parser, "", context)
      case .sas: readstat_parse_sas7bdat(parser, "", context)
      case .sasTransport: readstat_parse_xport(parser, "", context)
      }
    guard !reading.isTooLarge else {
      throw StatisticsFileError(kind: kind, reason: "its text takes more than \(limit) bytes")
    }
    guard status == READSTAT_OK, reading.isWhole else {
      let reason = readstat_error_message(status).map { String(cString: $0) } ?? "error \(status)"
      throw StatisticsFileError(
        kind: kind, reason: status == READSTAT_OK ? "rows are missing at its end" : reason)
    }
    return reading.text
  }
}

/// Why a file of a statistics program cannot be read.
package struct StatisticsFileError: Error, Hashable, CustomStringConvertible {
  package let kind: StatisticsFile.Kind
  package let reason: String
  package var description: String {
    "the \(kind.rawValue) file is damaged or cut short (\(reason)); fetch it again"
  }
}

/// The file in memory and the text so far, while ReadStat calls back.
private final class Reading {
  private let data: Data
  private let kind: StatisticsFile.Kind
  private var position = 0
  private var names: [String] = []
  private var days: [DayCount?] = []
  private var cells: [String] = []
  private var rows = 0
  private var rowsStated = 0
  private(set) var text = Data()
  private(set) var isTooLarge = false

  init(_ data: Data, _ kind: StatisticsFile.Kind) { (self.data, self.kind) = (data, kind) }

  /// Whether as many rows came as the file says it has; SAS transport files do not say.
  var isWhole: Bool {
    if text.isEmpty, !names.isEmpty { writeHeader() }
    return cells.isEmpty && (rowsStated < 0 || rows >= rowsStated)
  }

  func connect(to parser: UnsafeMutablePointer<readstat_parser_t>) {
    readstat_set_open_handler(parser) { _, _ in 0 }
    readstat_set_close_handler(parser) { _ in 0 }
    readstat_set_seek_handler(parser) { Reading.of($2)?.seek(Int($0), $1) ?? -1 }
    readstat_set_read_handler(parser) { Reading.of($2)?.read(into: $0, $1) ?? -1 }
    readstat_set_update_handler(parser) { _, _, _, _ in READSTAT_OK }
    readstat_set_io_ctx(parser, Unmanaged.passUnretained(self).toOpaque())
    readstat_set_metadata_handler(parser) { metadata, context in
      Reading.of(context)?.rowsStated = Int(readstat_get_row_count(metadata))
      return 0
    }
    readstat_set_variable_handler(parser) { _, variable, _, context in
      Reading.of(context)?.add(variable)
      return 0
    }
    readstat_set_value_handler(parser) { _, variable, value, context in
      Reading.of(context)?.add(value, of: variable) ?? 1
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Reading? {
    context.map { Unmanaged<Reading>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: The file

  private func seek(_ offset: Int, _ whence: readstat_io_flags_t) -> readstat_off_t {
    let start =
      whence == READSTAT_SEEK_SET ? 0 : whence == READSTAT_SEEK_CUR ? position : data.count
    let (target, overflow) = start.addingReportingOverflow(offset)
    guard !overflow, (0...data.count).contains(target) else { return -1 }
    position = target
    return readstat_off_t(target)
  }

  private func read(into buffer: UnsafeMutableRawPointer?, _ wanted: Int) -> Int {
    guard let buffer, wanted > 0 else { return 0 }
    let count = min(wanted, data.count - position)
    guard count > 0 else { return 0 }
    let start = data.startIndex + position
    data.copyBytes(
      to: UnsafeMutableRawBufferPointer(start: buffer, count: count), from: start..<start + count)
    position += count
    return count
  }

  // MARK: The table

  private func add(_ variable: UnsafeMutablePointer<readstat_variable_t>?) {
    names.append(readstat_variable_get_name(variable).map { String(cString: $0) } ?? "")
    let format = readstat_variable_get_format(variable).map { String(cString: $0) } ?? ""
    days.append(DayCount(kind, format: format))
  }

  private func add(
    _ value: readstat_value_t, of variable: UnsafeMutablePointer<readstat_variable_t>?
  ) -> Int32 {
    if text.isEmpty { writeHeader() }
    let place = Int(readstat_variable_get_index(variable))
    cells.append(
      readstat_value_is_missing(value, variable) != 0
        ? "" : cell(value, place < days.count ? days[place] : nil))
    guard cells.count == names.count else { return 0 }
    text.append(contentsOf: CSVWriter.row(cells).utf8)
    cells.removeAll(keepingCapacity: true)
    rows += 1
    isTooLarge = text.count > StatisticsFile.limit
    return isTooLarge ? 1 : 0
  }

  private func writeHeader() { text.append(contentsOf: CSVWriter.row(names).utf8) }

  private func cell(_ value: readstat_value_t, _ days: DayCount?) -> String {
    switch readstat_value_type(value) {
    case READSTAT_TYPE_STRING, READSTAT_TYPE_STRING_REF:
      return readstat_string_value(value).map { String(cString: $0) } ?? ""
    case READSTAT_TYPE_FLOAT:
      let number = readstat_float_value(value)
      if let days { return days.text(Double(number)) }
      // The shortest text that reads back as the same single, not as its longer double.
      let text = number.description
      return number.isFinite ? (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) : ""
    default:
      let number = readstat_double_value(value)
      if let days { return days.text(number) }
      return number.isFinite ? Numeral.text(number) : ""
    }
  }
}

/// How a program counts the days of its dates.
private enum DayCount {
  /// Stata and SAS: days since 1 January 1960.
  case since1960
  /// SPSS: seconds since 14 October 1582.
  case secondsSince1582

  /// Tells it by the format in which a variable is shown; nil for what is no date.
  init?(_ kind: StatisticsFile.Kind, format: String) {
    let name = format.prefix { $0.isLetter }
    let spss: Set<Substring> = ["DATE", "ADATE", "EDATE", "SDATE", "JDATE"]
    let sas: Set<Substring> = [
      "DATE", "MMDDYY", "DDMMYY", "YYMMDD", "MMDDYYD", "DDMMYYD", "YYMMDDD", "MMDDYYS", "DDMMYYS",
      "YYMMDDS", "YYMMDDN", "E8601DA", "B8601DA", "WORDDATE", "WEEKDATE",
    ]
    switch kind {
    case .stata where format.hasPrefix("%td") || format.hasPrefix("%d"): self = .since1960
    case .spss where spss.contains(name): self = .secondsSince1582
    case .sas where sas.contains(name), .sasTransport where sas.contains(name): self = .since1960
    default: return nil
    }
  }

  /// Writes a day as `2020-06-14`; empty outside the years 1 to 9999.
  func text(_ number: Double) -> String {
    let day =
      switch self {
      case .since1960: Int(exactly: number.rounded()).map { $0 &- 3653 }
      case .secondsSince1582: Int(exactly: (number / 86_400).rounded()).map { $0 &- 141_428 }
      }
    return day.flatMap { CalendarDay.text(daysSince1970: $0) } ?? ""
  }
}
