import Foundation
import Tables
import TestSupport
import Testing

@Suite struct StatisticsFileTests {
  /// A file as Stata 10 wrote it: a name, a small integer, a single and a day.
  private static let stata: [UInt8] = {
    func text(_ text: String, _ count: Int) -> [UInt8] {
      Array(text.utf8) + Array(repeating: 0, count: count - text.utf8.count)
    }
    func little(_ number: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
    func row(_ name: String, _ code: Int16, _ point: Float, _ day: Double) -> [UInt8] {
      text(name, 5) + little(code) + little(point.bitPattern) + little(day.bitPattern)
    }
    let header = [114, 2, 1, 0] + little(Int16(4)) + little(Int32(3)) + text("", 81) + text("", 18)
    let names = ["name", "code", "point", "day"].flatMap { text($0, 33) }
    let formats = ["%5s", "%8.0g", "%9.0g", "%td"].flatMap { text($0, 49) }
    let labels = text("", 4 * 33) + text("", 4 * 81) + text("", 5)
    let rows =
      row("A, B", 341, 1.663375, 22_000) + row("MNE", 0x7FE5, -0.5, 0)
      + row("", -5, Float(bitPattern: 0x7F00_0000), -715_509)
    return header + [5, 252, 254, 255] + names + text("", 10) + formats + labels + rows
  }()

  private func csv(_ bytes: [UInt8]) throws -> String {
    let data = Data(bytes)
    let kind = try #require(StatisticsFile.kind(of: data))
    return String(decoding: try StatisticsFile.csv(data, kind: kind), as: UTF8.self)
  }

  @Test func readsTextNumbersDaysAndMissingValuesOfStata() throws {
    #expect(
      try csv(StatisticsFileTests.stata) == """
        name,code,point,day
        "A, B",341,1.663375,2020-03-26
        MNE,,-0.5,1960-01-01
        ,-5,,0001-01-01

        """)
  }

  @Test func refusesAFileCutShortAnywhere() throws {
    let whole = StatisticsFileTests.stata
    for count in stride(from: 3, to: whole.count, by: 7) {
      #expect(throws: StatisticsFileError.self) { try csv(Array(whole.prefix(count))) }
    }
  }

  @Test func neverTrapsOnDamagedFiles() throws {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<2000 {
      var bytes = StatisticsFileTests.stata
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        bytes[Int.random(in: 3..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      _ = try? csv(bytes)
    }
  }

  /// A file that `Files/make.py` made.
  private func made(_ name: String) throws -> [UInt8] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Files/\(name)")
    return [UInt8](try Data(contentsOf: file))
  }

  @Test func readsTextNumbersDaysAndLabelsOfSPSS() throws {
    #expect(
      try csv(made("small.sav")) == """
        name,code,vote,day
        "Šibenik, north",341,1,2020-06-14
        Montenegro,,2,
        ,-5.5,1,1955-03-01

        """)
  }

  @Test func readsTextNumbersAndDaysOfSASTransportFiles() throws {
    #expect(
      try csv(made("small.xpt")) == """
        name,code,vote,day
        "Sibenik, north",341,1,2020-06-14
        Montenegro,,2,
        ,-5.5,1,1955-03-01

        """)
  }

  @Test func readsTextNumbersAndDaysOfSAS() throws {
    #expect(
      try csv(made("small.sas7bdat")) == """
        name,code,day
        "Sibenik, north",341,2020-06-14
        Montenegro,,1955-03-01

        """)
  }

  @Test(arguments: ["small.sav", "small.xpt", "small.dta", "small.sas7bdat"])
  func neverTrapsOnFilesCutShort(_ name: String) throws {
    let whole = try made(name)
    for count in stride(from: 20, to: whole.count, by: 13) {
      _ = try? csv(Array(whole.prefix(count)))
    }
    if name.hasSuffix("sav") {
      #expect(throws: StatisticsFileError.self) { try csv(Array(whole.dropLast(8))) }
    }
  }

  @Test func tellsTheFormatByTheFirstBytes() {
    func kind(_ text: String) -> StatisticsFile.Kind? { StatisticsFile.kind(of: Data(text.utf8)) }
    #expect(kind("<stata_dta><header>") == .stata)
    #expect(kind("$FL2@(#) SPSS") == .spss)
    #expect(kind("HEADER RECORD*******LIBRARY") == .sasTransport)
    #expect(kind("rcid,vote\n") == nil && kind("") == nil && kind("sex,year\n") == nil)
  }
}
