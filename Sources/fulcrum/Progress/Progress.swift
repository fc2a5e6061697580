import Foundation
import Synchronization

/// A line on the terminal that says how far long work is and how long it still takes.
final class Progress: Sendable {
  private let subject: String
  private let noun: String
  private let isShown: Bool
  private let state: Mutex<State>

  private struct State {
    var start = ContinuousClock.now
    var lastShown: ContinuousClock.Instant?
    /// What was done before the work began, in an earlier run.
    var before: Int?
  }

  /// Names the work and what is counted of it; a person who reads the messages sees it.
  init(_ subject: String, of noun: String, isQuiet: Bool) {
    (self.subject, self.noun) = (subject, noun)
    isShown = !isQuiet && Output.hasReader
    state = Mutex(State())
  }

  /// Shows how much is done; the first call says how much was done before.
  func show(_ done: Int, of total: Int) {
    guard isShown else { return }
    state.withLock { state in
      let before = state.before ?? done
      state.before = before
      let now = ContinuousClock.now
      guard done > before, state.lastShown.map({ now - $0 > .milliseconds(100) }) ?? true
      else { return }
      state.lastShown = now
      let each = (now - state.start) / Double(done - before)
      let left = Int((each * Double(total - done)).components.seconds)
      Output.rewrite(
        "\(subject): \(done) of \(total) \(noun), "
          + (left >= 90 ? "about \((left + 30) / 60) minutes left" : "about \(left) s left"))
    }
  }

  func end() {
    if isShown { Output.rewrite("") }
  }
}

/// A line on the terminal that says that work whose length nobody knows goes on.
final class Ticking {
  /// None where nobody reads the messages.
  private let timer: (any DispatchSourceTimer)?

  /// Says every second for how long work has gone on, from the third on.
  init(_ subject: String) {
    guard Output.hasReader else {
      timer = nil
      return
    }
    let timer = DispatchSource.makeTimerSource(queue: .global())
    let start = ContinuousClock.now
    timer.schedule(deadline: .now() + 3, repeating: 1)
    timer.setEventHandler {
      let spent = (ContinuousClock.now - start).components.seconds
      Output.rewrite("\(subject): at work for \(spent) s; Ctrl-C stops it")
    }
    timer.activate()
    self.timer = timer
  }

  func end() {
    guard let timer else { return }
    timer.cancel()
    Output.rewrite("")
  }
}
