@testable import Markup
import Documents
import Testing

@testable import Publishing

@Suite struct HTMLTests {
  @Test func aLedgerNamesTheColumnInEachCell() {
    let ledger = TableFrame("Debts", style: "ledger", ["State", "Due & owed"], words: 2)
    let row = ledger.row(["A", "B"], isNamed: false).text
    #expect(row.contains("<td data-column=\"Due &amp; owed\">B</td>"))
    let plain = TableFrame("Debts", ["State", "Due"], words: 2).row(["A", "B"], isNamed: false)
    #expect(!plain.text.contains("data-column"))
  }

  @Test func escapesTextAndKeepsMarkup() {
    let text = "<b> & \"q\" 'a'\u{7}"
    let inner: HTML = "<i>\(text)</i>"
    #expect(
      inner.text == "<i>&lt;b&gt; &amp; &quot;q&quot; &#39;a&#39;\u{FFFD}</i>")
    #expect(("<p>\(inner)\(3)</p>" as HTML).text == "<p>\(inner.text)3</p>")
  }

  @Test func givesEveryIDAnAnchorOfItsOwn() {
    let ids = ["a b", "a_b", "a_20_b", "a.b", "é"]
    #expect(Set(ids.map { anchor("claim", $0) }).count == ids.count)
    #expect(anchor("claim", "a b") == "claim-a_20_b")
  }

  @Test func linksOnlyToAddressesOfTheWeb() {
    #expect(
      link(to: "https://example.org/?a=1&b", "x").text.contains(
        "href=\"https://example.org/?a=1&amp;b\""))
    for address in ["javascript:alert(1)", "data:text/html,x", "file:///etc", " https://x"] {
      #expect(!link(to: address, "x").text.contains("href"))
    }
  }

  @Test(arguments: [
    (
      "<p>4.8 % to 9 %, p 0.04 or p = 0.05 and p ≤ 0.1</p>",
      "<p>4.8~% to 9~%, p~0.04 or p~=~0.05 and p~≤~0.1</p>"
    ),
    ("<input value=\"4 %\"> 5 %", "<input value=\"4 %\"> 5~%"),
    (
      "<script>x = 4 % 2</script>7 %<style>a { top: 5 % }</style>",
      "<script>x = 4 % 2</script>7~%<style>a { top: 5 % }</style>"
    ),
    ("a % b, step 3, map 4, été 5, p-value", "a % b, step 3, map 4, été 5, p-value"),
    ("p 0.1", "p 0.1"), (" % ", " % "), ("<", "<"), ("<script>", "<script>"), ("", ""),
  ])
  func keepsANumberWithItsSign(_ plain: String, _ expected: String) {
    #expect(
      HTML(trusted: plain).typeset.text == expected.replacing("~", with: "\u{A0}"))
  }

  @Test func takesWhatSteersATerminalOutOfText() {
    #expect(printable("a\u{1B}[31mb\u{202E}c\nd") == "a\u{FFFD}[31mb\u{FFFD}c d")
  }
}
