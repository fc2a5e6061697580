import Dispatch
import Synchronization

/// Maps every index to a value on several threads; each value is stored at its index.
///
/// The work is cut into blocks whose bounds do not depend on the number of threads, so the result is
/// the same for any `threads`, bit for bit, when `body` depends on its arguments alone.
package func mapBlocks<Value: Sendable>(
  _ count: Int, blockSize: Int = 256, threads: Int,
  _ body: @Sendable (Range<Int>) -> [Value]
) -> [Value] {
  let blocks = stride(from: 0, to: count, by: blockSize).map { $0..<min($0 + blockSize, count) }
  guard threads > 1, blocks.count > 1 else { return blocks.flatMap(body) }
  var results = [[Value]](repeating: [], count: blocks.count)
  results.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let slots = buffer
    // Each thread takes the next block when it is ready: blocks may differ in their work.
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, blocks.count)) { _ in
      while true {
        let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard block < blocks.count else { return }
        slots[block] = body(blocks[block])
      }
    }
  }
  return results.flatMap { $0 }
}

/// Maps every index to a value on several threads, each piece of work by itself.
///
/// - Throws: the error of the lowest index that has one, on any number of threads.
package func mapEach<Value: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) throws -> Value
) throws -> [Value] {
  try mapBlocks(count, blockSize: 1, threads: threads) { range in
    range.map { index in Result { try body(index) } }
  }.map { try $0.get() }
}
