package import Documents
package import Foundation

/// A description of a casebook as text, so that what is added leaves the rest as it was written.
package struct DataPackageText {
  package private(set) var text: String

  package init(_ data: Data) { text = String(decoding: data, as: UTF8.self) }

  package var data: Data { Data(text.utf8) }

  /// Adds the description of a file after that of the table that it is a part of.
  ///
  /// Where the table is not described, nothing changes, and the check of the casebook says so.
  package mutating func add(_ resource: JSON, named name: String, after table: String) {
    guard !text.contains("\"\(name).csv\""), let block = object(around: "\"\(table).csv\"") else {
      return
    }
    let lines = resource.text(indented: true).dropLast().replacing("\n", with: "\n    ")
    text.insert(contentsOf: ",\n    " + lines, at: block.upperBound)
  }

  /// Finds the braces around a text.
  private func object(around marker: String) -> Range<String.Index>? {
    guard let place = text.range(of: marker) else { return nil }
    var open: [String.Index] = []
    var isQuoted = false
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        if character == "\\" { isEscaped = true }
        if character == "\"" { isQuoted = false }
      } else if character == "\"" {
        isQuoted = true
      } else if character == "{" {
        open.append(index)
      } else if character == "}", let start = open.popLast(), start < place.lowerBound,
        index >= place.upperBound
      {
        return start..<text.index(after: index)
      }
    }
    return nil
  }
}
