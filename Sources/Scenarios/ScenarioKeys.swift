import Documents
import Studies

extension Bounded<Int> {
  /// The years that a scenario draws.
  static let horizon = Bounded(1...100)
}

extension Bounded<Double> {
  /// The share of an effect that carries over.
  static let transfer = Bounded(0.0...2.0)
}

/// The keys of a scenario's YAML file, mapping by mapping.
package enum ScenarioKeys {
  static let scenario = YAMLKeys(
    "A scenario",
    [
      .init("title", "a text", "What pages call the scenario.", .required),
      .init("note", "a text", "What a reader should know about it."),
      .init("study", "a study's name", "The study whose effects are carried over.", .required),
      .init("steps", "a list of steps", "Who reaches what, and when.", .required),
      .init(
        "transfer", "\(Bounded.transfer.words), or two such as 0.5-1",
        "How much of the estimated effect carries over.", .required),
      .init(
        "anticipation", Bounded.anticipation.words, "Years before a step that may already move.",
        .otherwise("0")),
      .init("horizon", Bounded.horizon.words, "How many years are drawn.", .required),
      .init("assume", "assumptions by outcome", "Effects that are assumed, not estimated."),
      .init(
        "draws", Bounded.draws(within: .standard).words, "How many paths are drawn.",
        .otherwise("10000")),
      .init(
        "seed", Bounded.seed.words, "Where random numbers start.", .otherwise("the study's")),
    ])

  static let step = YAMLKeys(
    "A step",
    [
      .init("actor", "an actor", "Who takes the step.", .required),
      .init("organisation", "an actor", "Which organisation.", .otherwise("that of the treatment")),
      .init("stage", "a stage of its ladder", "The stage that is reached; or `leaves`."),
      .init("leaves", "a stage of its ladder", "The stage that is left; or `stage`."),
      .init("on", "a year from \(Bounded.year.ends)", "The year of the step.", .required),
    ])

  static let assumption = YAMLKeys(
    "An assumption",
    [
      .init("effect", Bounded.cell.words, "The effect; or `low` and `high`."),
      .init("low", Bounded.cell.words, "The lowest effect."),
      .init("high", Bounded.cell.words, "The highest effect."),
      .init("reason", "a text", "Why.", .required),
    ])

  /// The page about them.
  package static var documentation: String {
    """
    # The keys of a scenario

    A scenario is a file in `scenarios/` of a casebook. This page is made from the lists that the
    reader uses; `FULCRUM_GOLDEN=rewrite swift test --filter YAMLKeysTests` writes it.

    \([scenario, step, assumption].map(\.markdown).joined(separator: "\n"))
    """
  }
}
