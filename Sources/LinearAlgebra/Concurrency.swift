import Dispatch

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
    let workers = min(threads, blocks.count)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      for block in stride(from: worker, to: blocks.count, by: workers) {
        slots[block] = body(blocks[block])
      }
    }
  }
  return results.flatMap { $0 }
}
