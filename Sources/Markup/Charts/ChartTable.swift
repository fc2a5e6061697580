/// Numbers and words in rows and columns.
package struct ChartTable: Hashable {
  package let caption: String
  package let header: [String]
  package let rows: [[String]]
  /// How many columns at the start hold words; the rest hold numbers.
  package let wordColumns: Int

  package init(
    caption: String, header: [String], rows: [[String]], wordColumns: Int = 1
  ) {
    self.caption = caption
    self.header = header
    self.rows = rows
    self.wordColumns = wordColumns
  }
}
