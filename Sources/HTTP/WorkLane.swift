import Foundation
import Synchronization

/// Does what takes long, some pieces at once, and lets a bounded number of others wait.
final class WorkLane: Sendable {
  private let limits: Limits
  private let state = Mutex(State())

  /// How many pieces are worked on at once, and how many may wait.
  struct Limits: Hashable, Sendable {
    let running: Int
    let waiting: Int
  }

  private struct State {
    var waiting: [WorkPiece] = []
    var running = 0
  }

  init(_ limits: Limits) { self.limits = limits }

  /// Takes a piece of work; false when too many wait already.
  func take(_ piece: WorkPiece) -> Bool {
    let starts: Bool? = state.withLock { state in
      guard state.running >= limits.running else {
        state.running += 1
        return true
      }
      // The places of clients who are gone are free.
      guard state.waiting.count(where: \.isWanted) < limits.waiting else { return nil }
      state.waiting.append(piece)
      return false
    }
    if starts == true { work(from: piece) }
    return starts != nil
  }

  /// Does a piece, and then those that wait, on a thread of its own.
  private func work(from first: WorkPiece) {
    let thread = Thread { [self] in
      // On Linux this is the niceness of the thread, not of the process.
      _ = nice(10)
      var piece: WorkPiece? = first
      while let current = piece {
        current.run()
        piece = next()
      }
    }
    // The estimators' small arrays lie on the stack.
    thread.stackSize = 8 << 20
    thread.start()
  }

  private func next() -> WorkPiece? {
    state.withLock { state in
      if state.waiting.isEmpty {
        state.running -= 1
        return nil
      }
      return state.waiting.removeFirst()
    }
  }
}

/// One response that is worked out, until it is there or nobody waits for it.
final class WorkPiece: Sendable {
  /// The socket of the client who waits.
  let socket: Int32
  private let wanted = Atomic(true)
  private let work: @Sendable (_ isWanted: @escaping @Sendable () -> Bool) -> Response
  private let finish: @Sendable (WorkPiece, Response) -> Void

  init(
    for socket: Int32, _ work: @escaping @Sendable (@escaping @Sendable () -> Bool) -> Response,
    finish: @escaping @Sendable (WorkPiece, Response) -> Void
  ) {
    self.socket = socket
    self.work = work
    self.finish = finish
  }

  var isWanted: Bool { wanted.load(ordering: .relaxed) }

  /// Stops the work where it next looks.
  func cancel() { wanted.store(false, ordering: .relaxed) }

  /// Ends the piece with a response that was not worked out.
  func refuse(_ response: Response) { finish(self, response) }

  fileprivate func run() {
    finish(self, isWanted ? work { [self] in isWanted } : HTTPProblem.stopped.response)
  }
}
