import Testing

@testable import Documents

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain, č, 中, 😀\tand\n", "plain, č, 中, 😀\tand\n"),
    ("\u{1B}[31mred\u{1B}[0m", "\\u{1B}[31mred\\u{1B}[0m"),
    ("\u{9B}2J", "\\u{9B}2J"), ("a\rb", "a\\u{D}b"), ("\u{7}", "\\u{7}"),
    ("abc\u{202E}fdp.exe", "abc\\u{202E}fdp.exe"), ("a\u{2066}b", "a\\u{2066}b"),
    ("\u{7F}\u{0}", "\\u{7F}\\u{0}"), ("\u{FEFF}a\u{200B}b", "\\u{FEFF}a\\u{200B}b"),
  ])
  func whatSteersATerminalIsWrittenOut(_ text: String, _ expected: String) {
    #expect(VisibleText.of(text) == expected)
  }

  @Test func bytesThatAreNotUTF8AreWrittenOut() {
    #expect(VisibleText.of(bytes: [0x63, 0x61, 0x66, 0xE9]) == "caf\\xE9")
    #expect(VisibleText.of(bytes: Array("č\u{1B}".utf8)) == "č\\u{1B}")
  }
}
