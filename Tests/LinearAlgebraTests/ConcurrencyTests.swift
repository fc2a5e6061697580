import Dispatch
import Foundation
import Testing

@testable import LinearAlgebra

@Suite struct ConcurrencyTests {
  @Test("Calls within calls give the same values on any number of threads", arguments: [1, 2, 5])
  func nested(threads: Int) {
    let found = mapBlocks(40, blockSize: 1, threads: threads) { outer in
      [
        mapBlocks(outer.lowerBound, blockSize: 3, threads: threads) { inner in
          inner.map { $0 * outer.lowerBound }
        }.reduce(0, +)
      ]
    }
    #expect(found == (0..<40).map { $0 * ($0 * ($0 - 1) / 2) })
  }

  @Test("The lowest index has its error thrown, also within another call", arguments: [1, 4])
  func lowestError(threads: Int) {
    #expect(throws: Failure(index: 103)) {
      try mapEach(8, threads: threads) { outer in
        try mapEach(8, threads: threads) { inner in
          if outer > 0, inner > 2 { throw Failure(index: 100 * outer + inner) }
          return inner
        }
      }
    }
  }

  @Test(
    "A thread with nothing left to do helps with a call within another's work",
    .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
  func help() {
    let arrived = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
    let found = mapBlocks(2, blockSize: 1, threads: 2) { outer in
      if outer.contains(1) { return [true] }
      // Each of two blocks waits for the other: one thread alone would never get through.
      let met = mapBlocks(2, blockSize: 1, threads: 2) { inner in
        arrived[inner.lowerBound].signal()
        return [arrived[1 - inner.lowerBound].wait(timeout: .now() + 20) == .success]
      }
      return [met == [true, true]]
    }
    #expect(found == [true, true])
  }

  private struct Failure: Error, Equatable {
    let index: Int
  }
}
