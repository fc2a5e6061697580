package import Markup
import Effects
package import Evidence
import Indicators
package import Studies

/// The form with which a reader changes the judgements of an answer.
///
/// Each field is an argument of the page's address, so that the form works without JavaScript.
package struct ControlsForm: Sendable {
  private let study: Study
  private let casebook: Casebook
  private let chosen: [String: [String]]

  /// Takes the values that the address has, by the name of the argument.
  package init(_ study: Study, in casebook: Casebook, chosen: [String: [String]]) {
    self.study = study
    self.casebook = casebook
    self.chosen = chosen
  }

  /// The form; it sends its fields to a path of the site.
  package func html(to path: String) -> HTML {
    let isOpen: HTML = chosen.isEmpty ? .none : " open"
    return """
      <details class="controls"\(isOpen)><summary>Change the judgements, and see what the answer does\
      </summary>
      <form id="controls" action="\(path)" method="get" aria-label="Judgements">
      <div class="filters">
      \(choice(.pool, pools))
      \(choice(.stage, stages))
      \(choice(.comparison, Self.comparisons))
      \(choice(.coTreated, Self.coTreated))
      \(choice(.reliability, grades(Reliability.self)))
      \(choice(.credibility, grades(Credibility.self)))
      \(choice(.method, methods))
      \(anticipation)
      \(weights)
      </div>
      \(leftOut("Leave out sources", "without-source", sources))
      \(leftOut("Leave out states", "without-state", states))
      \(claims)
      <p class="buttons"><button type="submit">Work it out</button>
      <a href="\(path)">Back to the study’s own judgements</a></p>
      </form>
      </details>
      """
  }

  private typealias Option = (value: String, label: String)

  private var pools: [Option] {
    study.pools.sorted { $0.key < $1.key }.map { ($0.key, $0.value.title) }
  }

  private var stages: [Option] {
    let ladder = casebook.codebook.ladders[study.treatment.organisation] ?? []
    return ladder.map { ($0.rawValue, inWords($0.rawValue)) }
  }

  private static let comparisons: [Option] = [
    (GroupTimeDiD.Comparison.notYetTreated.rawValue, "not joined yet"),
    (GroupTimeDiD.Comparison.neverTreated.rawValue, "never joined"),
  ]

  private static let coTreated: [Option] = Study.CoTreated.allCases.map { way in
    let label =
      switch way {
      case .compared: "compared like the others"
      case .excluded: "left out"
      case .censored: "followed until then"
      case .covariate: "adjusted for, by imputation"
      }
    return (way.rawValue, label)
  }

  private var methods: [Option] {
    Specification.Method.allCases.map { ($0.rawValue, $0.rawValue) }
  }

  private func grades<Grade: Word>(_ kind: Grade.Type) -> [Option] {
    kind.allCases.map { ($0.rawValue, $0.rawValue) }
  }

  private var sources: [Option] {
    casebook.sources.map { ($0.id.rawValue, $0.title) }
  }

  private var states: [Option] {
    let actors = Set(study.pools.values.flatMap(\.actors)).sorted()
    return actors.map { ($0.rawValue, casebook.actor($0)?.name ?? $0.rawValue) }
      .sorted { $0.1 < $1.1 }
  }

  private func choice(_ choice: Specification.Choice, _ options: [Option]) -> HTML {
    let name = choice.parameter ?? choice.key
    return Publishing.choice(
      name, choice.title, options, chosen: chosen[name]?.first ?? "",
      otherwise: "as the study has it")
  }

  private var anticipation: HTML {
    let own = study.channels.first?.outcomes.first?.estimator.anticipation ?? 0
    let years = chosen["anticipation"]?.first ?? "\(own)"
    return """
      <label>Years of anticipation <span class="slider"><input type="range" name="anticipation" \
      min="0" max="3" step="1" value="\(years)" data-own="\(own)"> <output>\(years)</output></span>\
      </label>
      """
  }

  /// A field for the weights of an index, where the study has one.
  private var weights: HTML {
    let hasIndex = study.channels.flatMap(\.outcomes).contains { outcome in
      if case .index(_) = outcome.indicator.definition { true } else { false }
    }
    guard hasIndex else { return .none }
    return """
      <label>Weights of the index, separated by commas <input type="text" name="weights" \
      value="\(chosen["weights"]?.first ?? "")" inputmode="decimal"></label>
      """
  }

  /// A field for each claim that is left out, and an empty one for another.
  private var claims: HTML {
    let fields = ((chosen["without-claim"] ?? []) + [""]).map { claim -> HTML in
      """
      <label class="claim-id">Leave out \(claim.isEmpty ? "a" : "this") claim, by its id \
      <input type="text" name="without-claim" value="\(claim)" autocomplete="off" \
      spellcheck="false"></label>
      """
    }
    return fields.joined("\n")
  }

  private func leftOut(_ title: String, _ name: String, _ options: [Option]) -> HTML {
    let left = chosen[name] ?? []
    let boxes = options.map { option -> HTML in
      let mark: HTML = left.contains(option.value) ? " checked" : .none
      return """
        <li><label class="check"><input type="checkbox" name="\(name)" value="\(option.value)"\
        \(mark)> \(option.label)</label></li>
        """
    }
    let count: HTML = left.isEmpty ? .none : ": \(left.count)"
    let isOpen: HTML = left.isEmpty ? .none : " open"
    return """
      <details class="left-out"\(isOpen)><summary>\(title)\(count)</summary>
      <ul class="boxes">\(boxes.joined("\n"))</ul></details>
      """
  }
}
