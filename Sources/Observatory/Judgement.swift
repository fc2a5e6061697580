import HTTP
import Evidence
import Foundation
import Indicators
import Publishing
import Studies
import Documents

/// The changed judgements that an address carries; none: the study's own.
///
/// Each argument is a key of `Specification`'s line, but that grades are `worst-…` and what is left out
/// is `without-…`, once for each.
struct Judgement {
  let specification: Specification

  /// The arguments that a study's addresses take.
  static func parameters(_ study: Study, _ casebook: Casebook) -> [Route.Parameter] {
    let actors = casebook.actors.map(\.id.rawValue)
    let claims = casebook.claims
    let years = Set(study.channels.flatMap(\.outcomes).flatMap(\.periods)).sorted()
    let stages = Set(casebook.codebook.ladders.values.joined().map(\.rawValue)).sorted()
    return [
      .init(
        "worst-reliability", "The worst grade of sources that count.", .word(Reliability.words)),
      .init("worst-credibility", "The worst grade of claims that count.", .word(Credibility.words)),
      .init("resolution", "How rival claims are ranked.", .word(ResolutionOrder.words)),
      .init("pool", "Whom is compared.", .word(study.pools.keys.sorted())),
      .init("stage", "The stage that counts as treatment.", .word(stages)),
      .init("anticipation", "Years before treatment that may be moved.", .whole(0...10)),
      .init(
        "comparison", "Who is compared: the never or the not yet treated.",
        .word(["never", "not-yet"])),
      .init(
        "co_treated", "What is done with units that joined the other organisation.",
        .word(Study.CoTreated.allCases.map(\.rawValue))),
      .init(
        "method", "The estimator.", .word(Specification.Method.allCases.map(\.rawValue))),
      .init(
        "factors", "Factors of the estimator `factors` (default: 1).", .whole(0...10)),
      .init(
        "draws",
        "Reassignments (default: \(Self.draws), or \(Self.weightingDraws) for estimators that find "
          + "weights).", .whole(99...9_999)),
      .init("without-claim", "A claim that is left out.", .words(claims.map(\.id.rawValue))),
      .init(
        "without-source", "A source that is left out.", .words(casebook.sources.map(\.id.rawValue))
      ),
      .init("without-coder", "A coder who is left out.", .words(claims.map(\.coder).uniqued)),
      .init("without-state", "A state that is left out.", .words(actors)),
      .init("without-year", "A year that is left out.", .words(years.map(String.init))),
    ] + weights(study)
  }

  /// The weights of the parts of an index; none where the study has no index.
  private static func weights(_ study: Study) -> [Route.Parameter] {
    let counts = study.channels.flatMap(\.outcomes).compactMap { outcome -> Int? in
      guard case .index(let index) = outcome.indicator.definition else { return nil }
      return index.components.count
    }
    // One list cannot be the weights of two indices of different lengths.
    guard let count = counts.first, Set(counts).count == 1 else { return [] }
    return [.init("weights", "Weights of the index, separated by commas.", .weights(count))]
  }

  /// How many reassignments a changed answer is tested by.
  static let draws = 1_000
  /// The same for an estimator that finds weights anew for each.
  static let weightingDraws = 200

  /// Reads the judgements of a call; nil when it changes nothing.
  ///
  /// - Throws: `HTTPProblem` with everything that the study cannot have.
  init?(_ call: Call, for study: Study, in casebook: Casebook) throws {
    var keys: [String: Any] = [:]
    for key in ["resolution", "pool", "stage", "comparison", "method"] { keys[key] = call[key] }
    keys["reliability"] = call["worst-reliability"]
    keys["credibility"] = call["worst-credibility"]
    keys["co_treated"] = call["co_treated"]
    keys["anticipation"] = call.number("anticipation")
    let method = call["method"].flatMap(Specification.Method.init(rawValue:))
    keys["factors"] = try Self.factors(call, of: method)
    keys["weights"] = call["weights"].map { $0.split(separator: ",").map(Self.number) }
    let left =
      [
        "claims": call.all("without-claim"), "sources": call.all("without-source"),
        "coders": call.all("without-coder"), "states": call.all("without-state"),
      ].filter { !$0.value.isEmpty } as [String: Any]
    let years = call.all("without-year").map(Self.number)
    let leftOut = years.isEmpty ? left : left.merging(["periods": years]) { $1 }
    if !leftOut.isEmpty { keys["leave_out"] = leftOut }
    guard !keys.isEmpty || call.number("draws") != nil else { return nil }
    keys["draws"] =
      call.number("draws") ?? (method?.isWeighting == true ? Self.weightingDraws : Self.draws)
    let line = try JSONSerialization.data(withJSONObject: keys, options: [.sortedKeys])
    do {
      specification = try Specification(
        line: String(decoding: line, as: UTF8.self), for: study, in: casebook)
    } catch StudyError.problems(let problems) {
      // The line is made of the address: where in it something stands tells a reader nothing.
      throw HTTPProblem.badRequest(problems.map(\.sentence).joined(separator: " "))
    } catch let error as StudyError {
      throw HTTPProblem.badRequest("\(error)")
    }
  }

  /// How many factors the estimator takes; nil for every other one.
  private static func factors(_ call: Call, of method: Specification.Method?) throws -> Int? {
    guard method != .factors else { return call.number("factors") ?? 1 }
    guard let factors = call["factors"] else { return nil }
    throw HTTPProblem.badRequest([
      ArgumentProblem(
        name: "factors", value: factors, message: "is of the estimator `factors` only",
        advice: "choose method=factors, or leave it out")
    ])
  }

  /// A number as one; any other text as it stands, so that the reader says what is wrong with it.
  private static func number(_ text: some StringProtocol) -> Any {
    let text = text.trimmingCharacters(in: .whitespaces)
    return Int(text) ?? Double(text).flatMap { $0.isFinite ? $0 : nil } ?? text
  }
}

extension Word {
  /// The texts of all cases.
  static var words: [String] { allCases.map(\.rawValue) }
}
