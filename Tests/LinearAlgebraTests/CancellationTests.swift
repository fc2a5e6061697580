import LinearAlgebra
import Synchronization
import Testing

@Suite struct CancellationTests {
  @Test(arguments: [1, 4]) func workStopsOnAllThreadsOnceNobodyWaits(_ threads: Int) {
    let done = Counter()
    #expect(throws: WorkCancelled.self) {
      try Cancellation.$current.withValue(Cancellation { done.value < 100 }) {
        _ = try mapEach(100_000, threads: threads) { _ in done.increment() }
      }
    }
    // Each thread may be in the middle of one.
    #expect(done.value < 100 + 2 * threads)
  }

  @Test func workWithinWorkIsStoppedToo() {
    #expect(throws: WorkCancelled.self) {
      try Cancellation.$current.withValue(Cancellation { false }) {
        _ = mapBlocks(8, blockSize: 1, threads: 4) { $0.map { _ in Cancellation.isCancelled } }
          .map { #expect($0) }
        try Cancellation.check()
      }
    }
  }

  @Test func workThatNobodyCanCancelIsDone() throws {
    #expect(try mapEach(1_000, threads: 4) { $0 } == Array(0..<1_000))
  }
}

private final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .relaxed) }
  func increment() { count.add(1, ordering: .relaxed) }
}
