/// Whether somebody still waits for the work of the running thread.
///
/// Work in slices looks at it between them. It is a task-local value, so that no function passes it on;
/// `mapBlocks` gives it to its threads.
package struct Cancellation: Sendable {
  @TaskLocal package static var current: Cancellation?

  private let isWanted: @Sendable () -> Bool

  package init(whileWanted isWanted: @escaping @Sendable () -> Bool) { self.isWanted = isWanted }

  /// Whether nobody waits for the running work any more; work that nobody can cancel is always wanted.
  package static var isCancelled: Bool { current.map { !$0.isWanted() } ?? false }

  /// - Throws: `WorkCancelled` when nobody waits for the running work any more.
  package static func check() throws {
    if isCancelled { throw WorkCancelled() }
  }
}

/// The work was stopped because nobody waits for it any more.
package struct WorkCancelled: Error {
  package init() {}
}
