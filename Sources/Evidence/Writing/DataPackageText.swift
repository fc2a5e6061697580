package import Foundation

/// A description of a casebook as text, so that what is added leaves the rest as it was written.
package struct DataPackageText {
  package private(set) var text: String

  package init(_ data: Data) { text = String(decoding: data, as: UTF8.self) }

  package var data: Data { Data(text.utf8) }

  /// Describes `series-….csv` as `series.csv` is, under a licence of its own.
  ///
  /// Where `series.csv` is not described, nothing changes, and the check of the casebook says so.
  package mutating func describe(_ table: String, license: String) {
    guard !text.contains("\"\(table).csv\""), let block = object(around: "\"series.csv\"") else {
      return
    }
    let resource = text[block].dropFirst()
      .replacing("\"series.csv\"", with: "\"\(table).csv\"")
      .replacing("\"series\"", with: "\"\(table)\"")
    let licences = "{\n      \"licenses\": [{\"name\": \"\(license)\"}],"
    text.insert(contentsOf: ",\n    " + licences + resource, at: block.upperBound)
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
