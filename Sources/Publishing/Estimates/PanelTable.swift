import Documents
package import Panels

/// One column of a panel's table.
package struct PanelColumn {
  package let name: String
  /// As a data package names it.
  package let type: String
  package let text: String
  /// The cell of a unit and a period, by their places.
  let cell: (_ unit: Int, _ period: Int) -> String
}

extension Panel {
  /// The columns of the panel's table; `low` and `high` only where a source states bounds.
  ///
  /// An absent cell has no outcome; a unit that is never treated has no first treated period.
  package func tableColumns(outcome: String = "The outcome") -> [PanelColumn] {
    func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    let own = [
      PanelColumn(name: "unit", type: "string", text: "The state") { unit, _ in
        CSVWriter.cell(units[unit])
      },
      PanelColumn(name: "period", type: "integer", text: "The year") { "\(periods[$1])" },
      PanelColumn(name: "outcome", type: "number", text: outcome) {
        number(cell(unit: $0, period: $1).value)
      },
      PanelColumn(
        name: "first_treated", type: "integer", text: "The first treated year; empty: never"
      ) { unit, _ in cohorts[unit].start.map(\.description) ?? "" },
    ]
    guard uncertainties != nil else { return own }
    return own + [
      PanelColumn(name: "low", type: "number", text: "The source's lower bound of the outcome") {
        number(cell(unit: $0, period: $1).uncertainty?.low)
      },
      PanelColumn(name: "high", type: "number", text: "The source's upper bound of the outcome") {
        number(cell(unit: $0, period: $1).uncertainty?.high)
      },
    ]
  }

  /// The panel as a long CSV table.
  package var table: String {
    let columns = tableColumns()
    var text = columns.map(\.name).joined(separator: ",") + "\n"
    for unit in units.indices {
      for period in periods.indices {
        text += columns.map { $0.cell(unit, period) }.joined(separator: ",") + "\n"
      }
    }
    return text
  }
}
