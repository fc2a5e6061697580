import Documents
package import Effects

extension Replications {
  /// How many samples the error rests on, and how many left nothing to estimate.
  var json: JSON {
    .object(defined: [
      "count": .integer(estimates.count), "enumerated": .bool(isEnumerated),
      "undefined": .integer(undefined), "reason": failure.map { .string($0.sentence) },
    ])
  }

  /// The samples that left nothing to estimate; nil when all left something.
  var undefinedSentence: String? {
    failure.map { failure in
      "\(undefined) of \(counted(estimates.count + undefined, "replication")) left nothing to estimate "
        + "and \(undefined == 1 ? "is" : "are") not counted. The first: \(failure.sentence)"
    }
  }
}

/// An error by replications that was asked for.
package struct ReplicatedError: Sendable {
  /// The word it was asked by.
  let method: String
  /// Nil where the method has none.
  let replications: Replications?
  let estimate: Estimate

  package init(method: String, replications: Replications?, estimate: Estimate) {
    self.method = method
    self.replications = replications
    self.estimate = estimate
  }

  func members(level: Double) -> JSON {
    estimate.members(level: level).adding(
      .object(defined: ["seMethod": .string(method), "replications": replications?.json]))
  }

  /// The error and its interval, and what the replications could not tell.
  func sentences(level: Double) -> String {
    guard let error = estimate.standardError, let interval = estimate.interval(level: level) else {
      return replications?.undefinedSentence ?? withoutReplications(method)
    }
    let numbers = figures([error, interval.lowerBound, interval.upperBound])
    let percent = figure(100 * level, decimals: level == 0.95 ? 0 : 1)
    return
      ([
        "Error by \(method): \(numbers[0]); \(percent) % interval \(numbers[1]) to \(numbers[2])."
      ] + [replications?.undefinedSentence].compactMap(\.self)).joined(separator: "\n")
  }
}

/// Why an error that was asked for is not there.
func withoutReplications(_ method: String) -> String {
  "No standard error by \(method): leaving out the only treated unit, or the only donor with weight, "
    + "leaves no effect to estimate; or all replications are equal."
}
