import Testing

@testable import Publishing

@Suite struct HTMLTests {
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

  @Test func takesWhatSteersATerminalOutOfText() {
    #expect(printable("a\u{1B}[31mb\u{202E}c\nd") == "a\u{FFFD}[31mb\u{FFFD}c d")
  }
}
