import Foundation
import Documents
import TestSupport
import Testing

@testable import Panels

@Suite struct PanelFileTests {
  private static let columns = PanelColumns(
    unit: "id", period: "year", outcomes: ["y"], treatment: .firstTreated("first"))

  private func rows(
    _ text: String, _ columns: PanelColumns = PanelFileTests.columns
  ) throws -> PanelRows {
    try PanelFile.rows(in: Data(text.utf8), file: "p.csv", columns)
  }

  /// The problems of a text, as they are printed.
  private func problems(_ text: String, _ columns: PanelColumns = PanelFileTests.columns) -> String
  {
    do {
      _ = try rows(text, columns)
      return ""
    } catch PanelError.problems(let problems) {
      return problems.map(\.description).joined(separator: "\n")
    } catch { return "\(error)" }
  }

  private static let small = """
    id,year,y,first
    b,2001,1.5,2002
    b,2002,2.5,2002
    a,2002,,NA
    a,2001,-1e0,NA

    """

  @Test func laysRowsOutByUnitAndPeriodWhateverTheirOrder() throws {
    let panel = try rows(Self.small).panel(outcome: "y")
    #expect(panel.units == ["a", "b"])
    #expect(panel.periods == [Period(2001), Period(2002)])
    #expect(panel.cohorts == [.neverTreated, .firstTreated(Period(2002))])
    #expect(panel.cell(unit: 0, period: 0) == .observed(-1))
    #expect(panel.cell(unit: 0, period: 1) == .absent(.missing))
    #expect(panel.cell(unit: 1, period: 1) == .observed(2.5))
    let lines = Self.small.split(separator: "\n")
    let backwards = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
    #expect(try rows(backwards).panel(outcome: "y") == panel)
  }

  @Test func sortsUnitsByNumberWhenAllAreNumbers() throws {
    let text = "id,year,y,first\n10,1,0,0\n9,1,0,0\n-1,1,0,0\n"
    #expect(try rows(text).units == ["-1", "9", "10"])
    #expect(try rows(text + "x,1,0,0\n").units == ["-1", "10", "9", "x"])
  }

  @Test(arguments: ["", "0", "NA", "Inf", "."])
  func readsEverySpellingOfNever(_ word: String) throws {
    #expect(try rows("id,year,y,first\na,1,0,\(word)\n").cohorts == [.neverTreated])
  }

  @Test func findsTheStartInAColumnOfZerosAndOnes() throws {
    let columns = PanelColumns(
      unit: "id", period: "year", outcomes: ["y"], treatment: .status("d"))
    let text = "id,year,y,d\na,3,0,1\na,1,0,0\na,4,0,1\nb,1,0,0\n"
    #expect(try rows(text, columns).cohorts == [.firstTreated(Period(3)), .neverTreated])
    #expect(
      problems("id,year,y,d\na,1,0,1\na,2,0,0\n", columns)
        == "p.csv, row 3, column d: `a` is treated from 1 (row 2) and untreated in 2; a treatment "
        + "stays; end the unit's rows before its treatment does.")
    #expect(
      problems("id,year,y,d\na,1,0,yes\n", columns)
        == "p.csv, row 2, column d: `yes` is not 0 or 1; write 1 from the first treated period on, "
        + "else 0.")
  }

  @Test func carriesCovariatesWeightsAndClusters() throws {
    let columns = PanelColumns(
      unit: "id", period: "year", outcomes: ["y"], treatment: .firstTreated("first"),
      covariates: ["x"], weight: "w", cluster: "c")
    let text = "id,year,y,first,x,w,c\na,1,0,0,7,2,north\na,2,0,0,,3,north\nb,2,0,2,1,1,south\n"
    let panel = try rows(text, columns).panel(outcome: "y")
    #expect(panel.covariates == ["x": [7, nil, nil, 1]])
    #expect(panel.weights == [2, 3, 1, 1])
    #expect(panel.clusters == ["north", "south"])
    #expect(
      problems("id,year,y,first,x,w,c\na,1,0,0,7,0,n\na,2,0,0,1,,s\n", columns) == """
        p.csv, row 2, column w: `0` is not a weight; write a number above zero, or leave the row out.
        p.csv, row 3, column w: the weight is missing; fill it in, or leave the row out.
        """)
    #expect(
      problems("id,year,y,first,x,w,c\na,1,0,0,7,1,n\na,2,0,0,1,1,s\n", columns)
        == "p.csv, row 3, column c: `a` is in another cluster in row 2; give a unit one cluster.")
  }

  @Test func keepsEachRowApartWithoutUnits() throws {
    let columns = PanelColumns(
      unit: nil, period: "year", outcomes: ["y"], treatment: .firstTreated("first"))
    let panel = try rows("year,y,first\n1,5,0\n1,6,2\n2,7,2\n", columns).panel(outcome: "y")
    #expect(panel.units == ["row 2", "row 3", "row 4"])
    #expect(panel.cell(unit: 1, period: 0) == .observed(6))
  }

  @Test func readsQuotedAndPackedTables() throws {
    let text = "\u{FEFF}\"id\",year,y,first\r\n\"a, \"\"b\"\"\",1,\"2\",\r\n\r\n"
    #expect(try rows(text).units == ["a, \"b\""])
  }

  // MARK: What is wrong

  @Test func namesTheColumnNearestToAMissingOne() {
    #expect(
      problems("id,yaer,y,first\na,1,0,0\n")
        == "p.csv, row 1, column year: the column is missing; did you mean `yaer`?")
    #expect(
      problems("unit,time,value\na,1,0\n") == """
        p.csv, row 1, column id: the column is missing; it has `unit`, `time`, `value`.
        p.csv, row 1, column year: the column is missing; it has `unit`, `time`, `value`.
        p.csv, row 1, column first: the column is missing; it has `unit`, `time`, `value`.
        p.csv, row 1, column y: the column is missing; it has `unit`, `time`, `value`.
        """)
  }

  @Test func saysRowAndColumnOfANumberThatIsNone() {
    #expect(
      problems("id,year,y,first\na,1,many,0\na,2,\"1,5\",0\na,3,1e200,0\n") == """
        p.csv, row 2, column y: `many` is not a number; write digits with a decimal point, or nothing \
        where it is missing.
        p.csv, row 3, column y: `1,5` is not a number; write a decimal point, and no separator of \
        thousands.
        p.csv, row 4, column y: `1e200` is too large to compute with; give it in larger units.
        """)
  }

  @Test func saysBothRowsOfAUnitThatIsThereTwice() {
    #expect(
      problems("id,year,y,first\na,1,0,0\nb,1,0,0\na,1,0,0\n")
        == "p.csv, row 4, column id: `a` is there twice in 1, first in row 2; keep one row for each "
        + "unit and period.")
  }

  @Test func reportsAllProblemsAtOnceInTheOrderOfTheRows() {
    let found = problems("id,year,y,first\n,1,0,0\na,MMI,0,0\na,1,0,soon\na,1\na,1,x,0\n")
    #expect(
      found == """
        p.csv, row 2, column id: the unit is empty; name it, or leave the row out.
        p.csv, row 3, column year: `MMI` is not a period; write a whole number between \
        −1,000,000,000 and 1,000,000,000, such as a year.
        p.csv, row 4, column first: `soon` is not a first treated period; write a whole number, or \
        nothing, 0, NA or Inf for never.
        p.csv, row 5: the row has 2 cells, the header 4; add the commas that are missing.
        p.csv, row 6, column y: `x` is not a number; write digits with a decimal point, or nothing \
        where it is missing.
        """)
  }

  @Test func reportsAUnitThatChangesItsFirstTreatedPeriod() {
    #expect(
      problems("id,year,y,first\na,1,0,2\na,2,0,3\n")
        == "p.csv, row 3, column first: `a` has another first treated period in row 2; give a unit one "
        + "first treated period in all its rows.")
  }

  @Test func countsProblemsBeyondTheFirstTwoHundred() {
    let text = "id,year,y,first\n" + (1...300).map { "a,\($0),x,0\n" }.joined()
    let lines = problems(text).split(separator: "\n")
    #expect(lines.count == 201)
    #expect(lines.last == "p.csv: has 100 more problems; correct these first.")
  }

  @Test(arguments: [
    ("", "p.csv: is empty; write a header and rows."),
    ("id,year,y,first\n", "p.csv: has a header and no rows; add the observations."),
  ])
  func saysThatAFileIsEmpty(_ text: String, _ message: String) {
    #expect(problems(text) == message)
  }

  @Test func saysWhereBytesAreNoUTF8() {
    let data = Data("id,year,y,first\n".utf8) + [0xFF]
    #expect(throws: PanelError.self) {
      try PanelFile.rows(in: data, file: "p.csv", Self.columns)
    }
  }

  @Test func saysThatAFileIsMissing() {
    #expect(
      throws: PanelError.unreadable(
        path: "/nowhere/p.csv", reason: "it is missing or not a file")
    ) {
      try PanelFile.rows(of: URL(filePath: "/nowhere/p.csv"), Self.columns)
    }
  }

  @Test func neverTrapsOnRandomBytes() {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "id", "year", "y", "first", ",", "\n", "\"", "1", "2", "-", "e9", ".", "NA", "\r\n", " ", "é",
      "99999999999999999999", "1e300", "a", "0",
    ]
    for _ in 0..<3000 {
      let body = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      do {
        let panel = try rows("id,year,y,first\n" + body).panel(outcome: "y")
        let isFinite = panel.values.allSatisfy(\.isFinite)
        #expect(isFinite)
      } catch PanelError.problems(let problems) {
        #expect(problems.allSatisfy { $0.file == "p.csv" })
      } catch {
        Issue.record("\(error)")
      }
    }
  }
}
