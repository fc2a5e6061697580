package import Panels
import Documents

extension Panel {
  /// The panel as a long CSV table: `unit,period,outcome,first_treated`.
  ///
  /// An absent cell has no outcome; a unit that is never treated has no first treated period.
  package var table: String {
    var text = "unit,period,outcome,first_treated\n"
    for (row, unit) in units.enumerated() {
      let start = cohorts[row].start.map(\.description) ?? ""
      for (column, period) in periods.enumerated() {
        let value = cell(unit: row, period: column).value.map { "\($0)" } ?? ""
        text += "\(CSVWriter.cell(unit)),\(period),\(value),\(start)\n"
      }
    }
    return text
  }
}
