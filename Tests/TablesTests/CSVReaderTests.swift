import TestSupport
import Testing

@testable import Tables

@Suite struct CSVReaderTests {
  /// Reads all rows, and the faults as "row:cell fault".
  private func read(_ text: String) -> (rows: [[String]], faults: [String]) {
    read(Array(text.utf8))
  }

  private func read(_ bytes: [UInt8]) -> (rows: [[String]], faults: [String]) {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = CSVReader(buffer)
      var cells: [CSVReader.Cell] = []
      var rows: [[String]] = []
      var faults: [String] = []
      while true {
        var found: [String] = []
        guard reader.next(&cells, fault: { found.append("\($1) \($0)") }) else { break }
        faults += found.map { "\(reader.row):\($0)" }
        rows.append(cells.map(reader.text))
      }
      return (rows, faults)
    }
  }

  @Test func keepsCommasQuotesAndNewlinesInsideQuotes() {
    let table = read("a,\"b,c\"\n\"d \"\"e\"\" f\",\"g\nh\r\ni\"\n")
    #expect(table.rows == [["a", "b,c"], ["d \"e\" f", "g\nh\r\ni"]])
    #expect(table.faults.isEmpty)
  }

  @Test(arguments: [
    "a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d", "\u{FEFF}a,b\nc,d", "\"a\",b\nc,\"d\"",
  ])
  func readsEveryLineEndingAndAByteOrderMark(_ text: String) {
    #expect(read(text).rows == [["a", "b"], ["c", "d"]])
    #expect(read(text).faults.isEmpty)
  }

  @Test func keepsEmptyCells() {
    #expect(read(",\n\"\",\n").rows == [["", ""], ["", ""]])
    #expect(read("").rows.isEmpty)
    #expect(read("a,").rows == [["a", ""]])
  }

  @Test func saysWhereAQuoteWasLeftOpen() {
    let table = read("a,b\nc,d\ne,\"f\ng,h\n")
    #expect(table.rows == [["a", "b"], ["c", "d"], ["e", "f\ng,h\n"]])
    #expect(table.faults == ["3:1 openQuote"])
  }

  @Test func reportsQuotesInTheWrongPlaceAndReadsOn() {
    let table = read("a\"b,c\n\"d\"e,f\ng,h\n")
    #expect(table.rows == [["a\"b", "c"], ["d", "f"], ["g", "h"]])
    #expect(table.faults == ["1:0 quoteInsideCell", "2:0 textAfterQuote"])
  }

  @Test func readsBackWhatWasWritten() {
    var random = SeededGenerator(seed: 1)
    let pieces = ["a", ",", "\"", "\n", "\r\n", " ", "č", "𝕏", "", "\r"]
    for _ in 0..<500 {
      let rows = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<3).map { _ in
          (0..<Int.random(in: 0...4, using: &random))
            .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
        }
      }
      let text = rows.map { CSVWriter.row($0) }.joined()
      #expect(read(text).rows == rows)
      #expect(read(text).faults.isEmpty)
    }
  }

  @Test func neverTrapsOnRandomBytes() {
    var random = SeededGenerator(seed: 2)
    let alphabet = Array("\",\r\n;ab0\u{00E9}".utf8) + [0, 0xFF, 0xC3, 0xE9]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let rows = read(bytes).rows
      #expect(rows.allSatisfy { !$0.isEmpty })
    }
  }

  @Test func reportsEveryRowWithBytesThatAreNoUTF8() {
    let bytes = Array("a\n".utf8) + [0xE9, 0x0A] + Array("č\n".utf8) + [0xFF, 0xFE]
    let offsets = bytes.withUnsafeBufferPointer { UTF8Check.invalidOffsets(in: $0) }
    #expect(offsets == [2, 7, 8])
  }
}
