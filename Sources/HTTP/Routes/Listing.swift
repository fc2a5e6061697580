package import Documents

/// Rows of one table, of which a page is given as JSON, CSV or a line of JSON each.
package struct Listing {
  package let columns: [Column]
  /// One object a row; a column that it lacks is empty.
  package let rows: [JSON]

  /// A column and the JSON Schema of its values.
  package struct Column: Hashable, Sendable, ExpressibleByStringLiteral {
    package let name: String
    package let schema: JSON

    package init(_ name: String, schema: JSON) {
      self.name = name
      self.schema = schema
    }

    /// A column of one type of values, or of lists of texts.
    package init(_ name: String, _ type: String) {
      self.name = name
      schema =
        type == "array"
        ? ["type": "array", "items": ["type": "string"]] : ["type": .string(type)]
    }

    package init(stringLiteral name: String) { self.init(name, "string") }
  }

  package static let types = ["application/json", "text/csv", "application/x-ndjson"]

  package static let parameters: [Route.Parameter] = [
    .init("page", "Which page, from 1.", .whole(1...100_000)),
    .init("size", "Rows a page (default: 100).", .whole(1...1_000)),
    .forSpreadsheets,
  ]

  package func response(to call: Call) -> Response {
    let size = call.number("size") ?? 100
    let page = call.number("page") ?? 1
    let shown = Array(rows.dropFirst((page - 1) * size).prefix(size))
    switch call.type {
    case "text/csv":
      return .text(
        csv(shown, isForSpreadsheets: call["spreadsheet"] != nil),
        type: "text/csv; charset=utf-8; header=present")
    case "application/x-ndjson":
      return .text(
        shown.map { $0.text(indented: false) + "\n" }.joined(), type: "application/x-ndjson")
    default:
      return Response([
        "total": .integer(rows.count), "page": .integer(page), "size": .integer(size),
        "items": .array(shown),
      ])
    }
  }

  private func csv(_ rows: [JSON], isForSpreadsheets: Bool) -> String {
    let lines = rows.map { row in
      columns.map { column in
        let text = row[column.name].map(field) ?? ""
        return isForSpreadsheets ? SpreadsheetText.cell(text) : text
      }
    }
    return ([columns.map(\.name)] + lines).map(CSVWriter.row).joined()
  }

  private func field(_ value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .array(let values): values.map(field).joined(separator: ";")
    default: value.text(indented: false)
    }
  }

  /// The JSON Schema of a page of rows.
  package static func schema(_ columns: [Column]) -> JSON {
    let properties = columns.map { JSON.Member(key: $0.name, value: $0.schema) }
    return [
      "type": "object", "required": ["total", "page", "size", "items"],
      "properties": [
        "total": ["type": "integer"], "page": ["type": "integer"], "size": ["type": "integer"],
        "items": [
          "type": "array",
          "items": ["type": "object", "properties": .object(properties)],
        ],
      ],
    ]
  }
}

extension Route {
  /// A route that lists rows in pages.
  package init(
    listing path: String, _ summary: String, _ columns: [Listing.Column],
    filters: [Parameter] = [], rows: @escaping @Sendable (Call) throws -> [JSON]
  ) {
    self.init(
      "GET", path, summary, parameters: filters + Listing.parameters, types: Listing.types,
      schema: Listing.schema(columns)
    ) { call in Listing(columns: columns, rows: try rows(call)).response(to: call) }
  }
}

extension Route.Parameter {
  /// Asks for a table whose cells no spreadsheet takes for formulas.
  package static let forSpreadsheets = Route.Parameter(
    "spreadsheet",
    "1: in CSV, a cell that begins with =, +, -, @, a tab or a carriage return and is not a number gets "
      + "an apostrophe before it, so that no spreadsheet runs it (default: the exact text).",
    .word(["1"]))
}
