import Foundation
import Synchronization

/// A value that takes long to work out: begun when it is first asked for, on a thread of its own.
final class Background<Value: Sendable>: Sendable {
  private let work: @Sendable (_ report: @Sendable (Double) -> Void) throws -> Value
  private let turn: NSLock
  private let state = Mutex(State.waiting)

  private enum State {
    case waiting
    case running(share: Double)
    case done(Result<Value, any Error>)
  }

  /// Takes work that reports the share that is done, from 0 to 1; values of one turn are worked out one
  /// after another, so that readers are served meanwhile.
  init(
    in turn: NSLock = NSLock(),
    _ work: @escaping @Sendable (_ report: @Sendable (Double) -> Void) throws -> Value
  ) {
    self.turn = turn
    self.work = work
  }

  /// The value when it is there; else the share that is done.
  ///
  /// - Throws: the error of the work.
  func value() throws -> (value: Value?, share: Double) {
    try state.withLock { state in
      switch state {
      case .waiting:
        state = .running(share: 0)
        start()
        return (nil, 0)
      case .running(let share): return (nil, share)
      case .done(let result): return (try result.get(), 1)
      }
    }
  }

  private func start() {
    let thread = Thread { [self] in
      // On Linux this is the niceness of the thread, not of the process.
      _ = nice(10)
      let result = turn.withLock {
        Result { try work { share in state.withLock { $0 = .running(share: share) } } }
      }
      state.withLock { $0 = .done(result) }
    }
    // The estimators' small arrays lie on the stack.
    thread.stackSize = 8 << 20
    thread.start()
  }
}
