import Foundation
import Synchronization
import Testing

@testable import Observatory

@Suite struct BackgroundTests {
  private struct Failure: Error {}

  private func wait<Value>(for background: Background<Value>) throws -> Value {
    while true {
      if let value = try background.value().value { return value }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  @Test func theWorkIsDoneOnceHoweverOftenItIsAskedFor() throws {
    let runs = Atomic(0)
    let background = Background<Int> { _ in
      runs.add(1, ordering: .sequentiallyConsistent)
      return 7
    }
    #expect(runs.load(ordering: .sequentiallyConsistent) == 0)
    for _ in 0..<5 { #expect(try wait(for: background) == 7) }
    #expect(runs.load(ordering: .sequentiallyConsistent) == 1)
  }

  @Test func whileItRunsTheShareThatIsDoneIsKnown() throws {
    let gate = DispatchSemaphore(value: 0)
    let background = Background<Int> { report in
      report(0.5)
      gate.wait()
      return 1
    }
    #expect(try background.value().value == nil)
    while try background.value().share < 0.5 { Thread.sleep(forTimeInterval: 0.01) }
    gate.signal()
    #expect(try wait(for: background) == 1)
  }

  @Test func theErrorOfTheWorkIsThatOfTheValue() throws {
    let background = Background<Int> { _ in throw Failure() }
    #expect(throws: Failure.self) { try wait(for: background) }
  }
}
