import Foundation
import Testing

@testable import Documents

@Suite struct JSONTests {
  @Test func keepsTheOrderOfKeysAndLeavesOutWhatIsNotDefined() {
    let value = JSON.object(defined: ["b": 1, "a": nil, "c": [true, nil, "x"]])
    #expect(value.text() == #"{"b":1,"c":[true,null,"x"]}"#)
  }

  @Test func writesNumbersThatReadBackToTheSameBits() throws {
    for number in [0.1, 1.0 / 3, -2.5e-9, 6.02e23, 1e15, .leastNonzeroMagnitude, 5, -0.0] {
      let text = JSON.array([.number(number)]).text()
      let read = try JSONDecoder().decode([Double].self, from: Data(text.utf8))
      #expect(read[0] == number, "\(text)")
    }
  }

  @Test func mayStandInsideAScriptElement() throws {
    let nasty = "</script><!-- & \u{2028}\u{2029}\u{0}\"\\\n\u{202E}é🙂"
    let text = JSON.string(nasty).text()
    #expect(!text.contains("<") && !text.contains("&") && !text.contains("\u{2028}"))
    #expect(try JSONDecoder().decode([String].self, from: Data("[\(text)]".utf8)) == [nasty])
  }

  @Test func indentsByTwoAndWritesEmptyOnesShort() {
    #expect(JSON.object([]).text(indented: true) == "{}\n")
    #expect((["a": [1]] as JSON).text(indented: true) == "{\n  \"a\": [\n    1\n  ]\n}\n")
  }
}
