import TestSupport
import Testing

@testable import Documents

@Suite struct CSVReaderTests {
  /// Reads all rows, and the faults as "row:cell fault".
  private func read(_ text: String) -> (rows: [[String]], faults: [String]) {
    read(Array(text.utf8))
  }

  private func read(
    _ bytes: [UInt8], separator: UInt8 = CSVReader.comma, limits: ReadingLimits = .standard
  ) -> (rows: [[String]], faults: [String]) {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = CSVReader(buffer, separator: separator, limits: limits)
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

  @Test func cellsBeyondTheLimitAreNotKeptAndReadingGoesOn() {
    var limits = ReadingLimits()
    limits.columns = 3
    let table = read(Array("a,b,c\n,,,,,\"x\ny\",,\nd,e,f\n".utf8), limits: limits)
    #expect(table.rows == [["a", "b", "c"], ["", "", ""], ["d", "e", "f"]])
    #expect(table.faults == ["2:3 wideRow(limit: 3)"])
  }

  @Test func cellsAndRowsLongerThanTheLimitAreReportedAndEmpty() {
    var limits = ReadingLimits()
    (limits.cell, limits.row) = (4, 12)
    let table = read(
      Array("abcd,e\nabcde,f\nab,cd,ef,gh,ij\na,b\n".utf8), limits: limits)
    #expect(table.rows == [["abcd", "e"], ["", "f"], ["", "", "", "", ""], ["a", "b"]])
    #expect(table.faults == ["2:0 longCell(limit: 4)", "3:0 longRow(limit: 12)"])
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

  @Test func agreesWithAReaderByteForByteOnRandomTexts() {
    var random = SeededGenerator(seed: 3)
    let letters = Array("\",;\r\nab".utf8)
    for round in 0..<4000 {
      // Long texts reach past the block of bytes that is looked at in one go.
      let bytes = (0..<Int.random(in: 0...(round % 2 == 0 ? 24 : 300), using: &random)).map { _ in
        // Marks are rare in some texts and dense in others.
        Int.random(in: 0...(round % 7), using: &random) > 1
          ? UInt8(ascii: "x") : letters[Int.random(in: 0..<letters.count, using: &random)]
      }
      for separator in Array(",;".utf8) {
        let naive = NaiveCSV(bytes, separator: separator)
        let table = read(bytes, separator: separator)
        #expect(table.rows == naive.rows)
        #expect(table.faults == naive.faults)
      }
    }
  }

  @Test(arguments: 0..<130)
  func findsMarksAtAnyDistanceFromTheStart(_ length: Int) {
    let filler =
      String(repeating: "č", count: length / 2) + String(repeating: "x", count: length % 2)
    #expect(read("\(filler),\"\(filler)\"\r\nb").rows == [[filler, filler], ["b"]])
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

/// Reads a table a byte at a time, as a person reads RFC 4180: slow, and plain to see.
private struct NaiveCSV {
  private enum State { case start, plain, quoted, closed, rest }

  private(set) var rows: [[String]] = []
  private(set) var faults: [String] = []
  private var row: [String] = []
  private var cell: [UInt8] = []
  private var state = State.start
  private var hasFault = false

  init(_ bytes: [UInt8], separator: UInt8) {
    for (place, byte) in bytes.enumerated() {
      let follows = place > 0 ? bytes[place - 1] : nil
      let isPair = byte == UInt8(ascii: "\n") && follows == UInt8(ascii: "\r")
      if isPair, state == .start, row.isEmpty, !rows.isEmpty { continue }
      take(byte, separator)
    }
    if state == .quoted { report("openQuote") }
    if !row.isEmpty || state != .start { endRow() }
  }

  private mutating func take(_ byte: UInt8, _ separator: UInt8) {
    let isQuote = byte == UInt8(ascii: "\"")
    switch state {
    case .quoted:
      if isQuote { state = .closed } else { cell.append(byte) }
    case .closed where isQuote:
      cell.append(byte)
      state = .quoted
    case _ where byte == separator: endCell()
    case _ where byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"): endRow()
    case .start where isQuote: state = .quoted
    case .start, .plain:
      if isQuote, !hasFault { report("quoteInsideCell") }
      state = .plain
      cell.append(byte)
    case .closed:
      report("textAfterQuote")
      state = .rest
    case .rest: break
    }
  }

  private mutating func report(_ fault: String) {
    hasFault = true
    faults.append("\(rows.count + 1):\(row.count) \(fault)")
  }

  private mutating func endCell() {
    row.append(String(decoding: cell, as: UTF8.self))
    (cell, state, hasFault) = ([], .start, false)
  }

  private mutating func endRow() {
    endCell()
    rows.append(row)
    row = []
  }
}
