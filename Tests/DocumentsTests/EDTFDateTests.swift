import Testing

@testable import Documents

@Suite struct EDTFDateTests {
  @Test(arguments: [
    ("2020", "2020-01-01", "2020-12-31"), ("2020-06", "2020-06-01", "2020-06-30"),
    ("2020-02", "2020-02-01", "2020-02-29"), ("1900-02", "1900-02-01", "1900-02-28"),
    ("2020-06-14", "2020-06-14", "2020-06-14"), ("201X", "2010-01-01", "2019-12-31"),
    ("2020-XX", "2020-01-01", "2020-12-31"), ("2020-06-XX", "2020-06-01", "2020-06-30"),
    ("2020-XX-XX", "2020-01-01", "2020-12-31"), ("2020-21", "2020-03-01", "2020-05-31"),
    ("2020-24", "2020-12-01", "2021-02-28"), ("2018/2020", "2018-01-01", "2020-12-31"),
    ("2018-05/2018-05-04", "2018-05-01", "2018-05-04"), ("../2023", "0000-01-01", "2023-12-31"),
    ("2023/..", "2023-01-01", "9999-12-31"), ("2023/", "2023-01-01", "9999-12-31"),
  ])
  func spansTheDaysThatItCanMean(_ text: String, _ earliest: String, _ latest: String) throws {
    let date = try EDTFDate(text)
    #expect(date.earliest.description == earliest)
    #expect(date.latest.description == latest)
    #expect(date.text == text)
  }

  @Test func keepsWhatTheSourceWasUnsureOf() throws {
    #expect(try EDTFDate("2020~").isApproximate && !EDTFDate("2020~").isUncertain)
    #expect(try EDTFDate("2020-06?").isUncertain && !EDTFDate("2020-06?").isApproximate)
    #expect(try EDTFDate("2020%").isUncertain && EDTFDate("2020%").isApproximate)
    #expect(try EDTFDate("2018?/2020").isUncertain)
    #expect(try EDTFDate("../2023").isOpenAtStart && !EDTFDate("../2023").isOpenAtEnd)
  }

  @Test(arguments: [
    "", "20", "20201", "2020-6", "14.06.2020", "2020/06/14", "2020-13", "2020-00", "2020-02-30",
    "2019-02-29", "2020-06-31", "2020-06-00", "2020~~", "~2020", "2020?~", "../..", "/", "2020-20",
    "2020-25", "2020-22-01", "2021/2020", "2020-06-14T10:00:00Z", "X020", "20X0", "２０２０", "2020 ",
    "-2020", "today",
  ])
  func refusesWhatIsNoDate(_ text: String) {
    #expect(throws: EDTFError.self) { try EDTFDate(text) }
  }

  @Test func namesTheMendOfAnImpossibleDay() {
    #expect(
      throws: EDTFError(
        text: "2019-02-29", message: "has no such day", advice: "write a day that the month has")
    ) { try EDTFDate("2019-02-29") }
  }
}
