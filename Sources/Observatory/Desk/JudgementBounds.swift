import HTTP
import Documents
import Evidence
import Indicators
import Publishing
import Studies

/// What a client may choose, in an address or in the body of a request: the same bounds for both.
struct JudgementBounds: Sendable {
  let study: Study
  let casebook: Casebook
  /// The most reassignments; whoever runs the server sets it.
  let mostDraws: Int

  /// The weight of one part of an index: sums of products of them stay finite.
  static let weights = 1e-9...1e9
  private static let years = 1000...2999
  /// The longest time that a client may ask about.
  private static let mostYears = 200

  /// The arguments that the study's addresses take.
  var parameters: [Route.Parameter] {
    Specification.Choice.all.compactMap { choice in
      choice.parameter.flatMap { name in kind(of: choice).map { .init(name, choice.help, $0) } }
    }
  }

  /// What an argument takes; nil where the study has no use for it.
  private func kind(of choice: Specification.Choice) -> Route.Parameter.Kind? {
    switch choice.kind {
    case .word(let vocabulary): .word(vocabulary.words(in: study, casebook))
    case .words(let vocabulary): .words(vocabulary.words(in: study, casebook))
    case .whole(_, let range): .whole(self.range(range, of: choice))
    case .wholes:
      .words(Set(study.channels.flatMap(\.outcomes).flatMap(\.periods)).sorted().map(String.init))
    case .weights: componentCount.map { .weights($0, Self.weights) }
    case .years: .text
    }
  }

  private func range(
    _ declared: ClosedRange<Int>, of choice: Specification.Choice
  ) -> ClosedRange<Int> {
    guard choice.key == Specification.Choice.draws.key else { return declared }
    return declared.lowerBound...max(declared.lowerBound, mostDraws)
  }

  /// The number of components of the study's indices; nil where it has none.
  private var componentCount: Int? {
    let counts = study.channels.flatMap(\.outcomes).compactMap { outcome -> Int? in
      guard case .index(let index) = outcome.indicator.definition else { return nil }
      return index.components.count
    }
    // One list cannot be the weights of two indices of different lengths.
    return Set(counts).count == 1 ? counts.first : nil
  }
}

// MARK: Bodies

extension JudgementBounds {
  /// Checks what a body chose against what an address may.
  ///
  /// - Throws: `HTTPProblem` with everything that is out of its range.
  func check(_ specification: Specification) throws {
    let problems = Specification.Choice.all.compactMap { choice in
      choice.value(in: specification).flatMap { problem(with: $0, of: choice) }
    }
    guard problems.isEmpty else { throw HTTPProblem.badRequest(problems) }
  }

  private func problem(
    with value: Specification.Choice.Value, of choice: Specification.Choice
  ) -> ArgumentProblem? {
    func wrong(_ message: String, _ advice: String) -> ArgumentProblem {
      ArgumentProblem(
        name: choice.key, meaning: choice.help,
        value: Problem.shortened(value.texts.joined(separator: ", ")), message: message,
        advice: advice)
    }
    switch (choice.kind, value) {
    case (.whole(_, let declared), .whole(let number)):
      let range = range(declared, of: choice)
      return range.contains(number)
        ? nil : wrong("is not a whole number from \(range.written)", "write one")
    case (.wholes, .wholes(let numbers)):
      return numbers.allSatisfy(Self.years.contains)
        ? nil : wrong("has a year that is not from \(Self.years.written)", "leave it out")
    case (.weights, .numbers(let numbers)):
      let ends =
        "\(Numeral.text(Self.weights.lowerBound)) to \(Numeral.text(Self.weights.upperBound))"
      return numbers.count <= Request.Limits.arguments && numbers.allSatisfy(Self.weights.contains)
        ? nil : wrong("is too long, or has a weight that is not from \(ends)", "write others")
    case (.years, .years(let years)):
      return years.count <= Self.mostYears
        ? nil : wrong("has more than \(Self.mostYears) years", "write fewer")
    case (_, .words(let words)):
      return words.count <= Request.Limits.arguments
        ? nil : wrong("has more than \(Request.Limits.arguments) names", "name fewer")
    default: return nil
    }
  }

  /// The JSON Schema of a specification.
  var schema: JSON {
    let groups = Dictionary(grouping: Specification.Choice.all, by: \.group)
    func object(_ choices: [Specification.Choice], _ others: [JSON.Member] = []) -> JSON {
      [
        "type": "object", "additionalProperties": false,
        "properties": .object(
          choices.map { JSON.Member(key: $0.key, value: schema(of: $0)) } + others),
      ]
    }
    let inner = groups.keys.compactMap(\.self).sorted().map { name in
      JSON.Member(key: name, value: object(groups[name] ?? []))
    }
    return object(groups[nil] ?? [], inner)
  }

  private func schema(of choice: Specification.Choice) -> JSON {
    let names: JSON = ["type": "string", "maxLength": .integer(Request.Limits.argument)]
    let most = JSON.integer(Request.Limits.arguments)
    return switch choice.kind {
    case .word(.fixed(let words)): ["type": "string", "enum": .strings(words)]
    case .word: names
    case .words(.fixed(let words)):
      ["type": "array", "maxItems": most, "items": ["type": "string", "enum": .strings(words)]]
    case .words: ["type": "array", "maxItems": most, "items": names]
    case .whole(_, let declared): range(declared, of: choice).schema
    case .wholes: ["type": "array", "maxItems": most, "items": Self.years.schema]
    case .weights:
      [
        "type": "array", "maxItems": most,
        "items": [
          "type": "number", "minimum": .number(Self.weights.lowerBound),
          "maximum": .number(Self.weights.upperBound),
        ],
      ]
    case .years: ["type": "string", "pattern": "^[12][0-9]{3}-[12][0-9]{3}$"]
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var written: String { "\(lowerBound) to \(upperBound)" }
  fileprivate var schema: JSON {
    ["type": "integer", "minimum": .integer(lowerBound), "maximum": .integer(upperBound)]
  }
}
