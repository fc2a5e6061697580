import Dispatch
import Synchronization

/// Maps every index to a value on several threads; each value is stored at its index.
///
/// The work is cut into blocks whose bounds do not depend on the number of threads, so the result is
/// the same for any `threads`, bit for bit, when `body` depends on its arguments alone. A call from
/// within another's body shares that one's threads: who has nothing left to do helps.
package func mapBlocks<Value: Sendable>(
  _ count: Int, blockSize: Int = 256, threads: Int,
  _ body: @escaping @Sendable (Range<Int>) -> [Value]
) -> [Value] {
  let blocks = stride(from: 0, to: count, by: blockSize).map { $0..<min($0 + blockSize, count) }
  guard threads > 1, blocks.count > 1 else { return blocks.flatMap(body) }
  let cancellation = Cancellation.current
  var results = [[Value]](repeating: [], count: blocks.count)
  results.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let slots = buffer
    Crew.share(
      BlockRun(blocks.count) { block in
        slots[block] = Cancellation.$current.withValue(cancellation) { body(blocks[block]) }
      }, threads: min(threads, blocks.count))
  }
  return results.flatMap { $0 }
}

/// Maps every index to a value on several threads, each piece of work by itself.
///
/// - Throws: the error of the lowest index that has one, on any number of threads; `WorkCancelled`.
package func mapEach<Value: Sendable>(
  _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) throws -> Value
) throws -> [Value] {
  try mapBlocks(count, blockSize: 1, threads: threads) { range in
    range.map { index in
      Result {
        try Cancellation.check()
        return try body(index)
      }
    }
  }.map { try $0.get() }
}

/// Blocks of work that threads take one after the other: blocks may differ in their work.
private final class BlockRun: Sendable {
  private let count: Int
  private let body: @Sendable (Int) -> Void
  private let next = Atomic(0)
  private let left: Atomic<Int>
  private let finished = DispatchSemaphore(value: 0)

  init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
    left = Atomic(count)
  }

  /// Whether blocks are left that nobody has taken.
  var isOpen: Bool { next.load(ordering: .relaxed) < count }
  var isDone: Bool { left.load(ordering: .acquiring) == 0 }

  /// Does blocks until all are taken.
  func work() {
    while true {
      let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard block < count else { return }
      body(block)
      if left.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
        finished.signal()
      }
    }
  }

  /// Does blocks until all are taken, and waits for those that others took.
  func finish() {
    work()
    finished.wait()
  }
}

/// The threads that share the blocks of one call, and of the calls within it.
private final class Crew: Sendable {
  /// The crew that the running thread belongs to.
  @TaskLocal private static var current: Crew?

  private struct State {
    var runs: [BlockRun]
    var idle = 0
  }

  private let root: BlockRun
  private let state: Mutex<State>
  private let wake = DispatchSemaphore(value: 0)

  private init(_ root: BlockRun) {
    self.root = root
    state = Mutex(State(runs: [root]))
  }

  /// Does all blocks of a run, with the threads of the crew at work or with a new one.
  static func share(_ run: BlockRun, threads: Int) {
    if let current { return current.help(run) }
    let crew = Crew(run)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      $current.withValue(crew) { crew.work() }
    }
  }

  private func help(_ run: BlockRun) {
    wakeAll { $0.append(run) }
    run.finish()
    state.withLock { $0.runs.removeAll { $0 === run } }
  }

  /// Works on what is open, the newest first, until the whole work is done.
  private func work() {
    while !root.isDone {
      let open = state.withLock { state in
        let run = state.runs.last { $0.isOpen }
        if run == nil { state.idle += 1 }
        return run
      }
      if let open { open.work() } else if !root.isDone { wake.wait() }
    }
    wakeAll { _ in }
  }

  private func wakeAll(_ change: (inout [BlockRun]) -> Void) {
    let idle = state.withLock { state in
      change(&state.runs)
      defer { state.idle = 0 }
      return state.idle
    }
    for _ in 0..<idle { wake.signal() }
  }
}
