/// Why a workbook cannot be read.
package enum WorkbookError: Error, Hashable, CustomStringConvertible {
  /// The archive or a file in it ends early, or is not what it says it is.
  case damaged(reason: String)
  case encrypted
  /// A workbook of the binary form before `.xlsx`.
  case older
  /// A file that is packed alike but holds something else.
  case other(what: String)
  /// A file in the archive unpacks, or a sheet unfolds, to more than is taken.
  case tooLarge(part: String, reason: String)
  /// A file in the archive declares entities, which no spreadsheet program writes.
  case declaresEntities(part: String)
  /// A file in the archive nests elements beyond all need.
  case tooDeep(part: String)

  package var description: String {
    switch self {
    case .damaged(let reason):
      "the workbook is damaged or cut short (\(reason)); fetch it again"
    case .encrypted:
      "the workbook is protected by a password; save it without one"
    case .older:
      "it is a workbook of the older form .xls; save it as .xlsx"
    case .other(let what):
      "it is \(what), not an .xlsx workbook; save the table as .xlsx or CSV"
    case .tooLarge(let part, let reason):
      "\(part) is larger than a workbook of data needs (\(reason)); save the sheet as CSV"
    case .declaresEntities(let part):
      "\(part) declares XML entities, which no spreadsheet program writes; save it again"
    case .tooDeep(let part):
      "\(part) nests more than \(XMLReading.deepest) elements, which no spreadsheet program "
        + "does; save it again"
    }
  }
}
