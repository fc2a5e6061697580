import Testing

@testable import Documents

/// Numbers from outside have a range, and its words.
@Suite struct BoundedTests {
  @Test(arguments: [
    ("1", 1), ("1000", 1000), ("0", nil), ("1001", nil), ("-1", nil), ("+1", nil), ("1e2", nil),
    ("9223372036854775807", nil), ("9223372036854775808", nil), ("", nil), (" 1", nil), ("٣", nil),
  ])
  func aWholeNumberIsReadWithinItsEnds(_ text: String, _ expected: Int?) {
    #expect(Bounded(1...1000).number(text) == expected)
  }

  @Test(arguments: ["inf", "-inf", "nan", "1e308", "1e31", "0x10", "1e400", ""])
  func noNumberIsReadThatCannotBeComputedWith(_ text: String) {
    #expect(Bounded.cell.number(text) == nil)
    #expect(Bounded.weight.number(text) == nil)
  }

  @Test func anOpenEndIsNotInTheRange() {
    let share = Bounded(0.0..<1)
    #expect(share.number("0") == 0 && share.number("1") == nil)
    let size = Bounded(above: 0.0, to: 1)
    #expect(size.number("0") == nil && size.number("1") == 1 && size.number("5e-324") != nil)
  }

  @Test func theWordsSayTheRange() {
    #expect(Bounded(0...100_000).words == "a whole number from 0 to 100,000")
    #expect(Bounded(-5...5).words == "a whole number from −5 to 5")
    #expect(Bounded.cell.words == "a number from −1e30 to 1e30")
    #expect(Bounded(0.0..<1).words == "a number from 0 to below 1")
    #expect(Bounded(above: 0.0, to: 1e12).words == "a number above 0 to 1e12")
  }

  @Test(arguments: [
    ("1992-2024", 1992...2024), ("2024-1992", nil), ("1992-1992", nil), ("1-2024", nil),
    ("1992", nil), ("1992--2024", nil), ("1992-9223372036854775807", nil), ("", nil),
  ])
  func twoYearsAreReadInOrder(_ text: String, _ expected: ClosedRange<Int>?) {
    #expect(Bounded.years(text) == expected)
  }

  @Test func everyLimitStandsWithinItsOwnBounds() {
    for limit in ReadingLimits.all {
      #expect(limit.bounds.contains(ReadingLimits.standard[keyPath: limit.path]), "\(limit.name)")
    }
    #expect(Set(ReadingLimits.all.map(\.name)).count == ReadingLimits.all.count)
  }
}
