import Documents
import HTTP
import Evidence
import Indicators
import Publishing
import Studies

/// The changed judgements that an address carries; none: the study's own.
///
/// Each argument is a choice that has a name in addresses.
struct Judgement {
  let specification: Specification

  /// Reads the judgements of a call; nil when it changes nothing.
  ///
  /// - Throws: `HTTPProblem` with what the study cannot have.
  init?(_ call: Call) throws {
    var specification = Specification()
    for choice in Specification.Choice.all {
      guard let name = choice.parameter, let first = call[name] else { continue }
      guard let value = choice.value(ofTexts: call.all(name)),
        choice.assign(value, in: &specification)
      else {
        throw HTTPProblem.badRequest([
          ArgumentProblem(
            name: name, meaning: choice.help, value: first, message: "is not one of the choices",
            advice: "leave it out")
        ])
      }
    }
    guard specification != Specification() else { return nil }
    specification.factors = try Self.factors(specification)
    let method = specification.method ?? .groupTime
    specification.draws = specification.draws ?? method.changedDraws
    self.specification = specification
  }

  /// How many factors the estimator takes; nil for every other one.
  private static func factors(_ specification: Specification) throws -> Int? {
    guard specification.method != .factors else { return specification.factors ?? 1 }
    guard let factors = specification.factors else { return nil }
    throw HTTPProblem.badRequest([
      ArgumentProblem(
        name: "factors", value: "\(factors)", message: "is of the estimator `factors` only",
        advice: "choose method=factors, or leave it out")
    ])
  }
}

extension Word {
  /// The texts of all cases.
  static var words: [String] { allCases.map(\.rawValue) }
}
