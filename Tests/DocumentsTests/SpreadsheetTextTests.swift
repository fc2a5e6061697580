import Documents
import Testing

@Suite struct SpreadsheetTextTests {
  @Test(arguments: [
    "=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "-2+3+cmd|' /C calc'!A0", "-",
  ])
  func whatASpreadsheetWouldRunGetsAnApostrophe(_ text: String) {
    #expect(SpreadsheetText.cell(text) == "'" + text)
  }

  @Test(arguments: ["", "a=b", "-1.5", "+3", "-1e-9", "2024", "a-b", "'=1"])
  func numbersAndPlainTextStayAsTheyAre(_ text: String) {
    #expect(SpreadsheetText.cell(text) == text)
  }

  @Test func everyCellOfATableIsLookedAt() {
    #expect(
      SpreadsheetText.csv("a,=b\n\"=x,y\",-1\n\"say \"\"=no\"\"\",@c\n")
        == "a,'=b\n\"'=x,y\",-1\n\"say \"\"=no\"\"\",'@c\n")
  }
}
