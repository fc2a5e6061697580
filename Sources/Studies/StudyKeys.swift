package import Documents
import Effects
import Indicators

/// The keys of a study's YAML file, mapping by mapping.
package enum StudyKeys {
  static let study = YAMLKeys(
    "A study",
    [
      .init("question", "a text", "The question, in one sentence.", .required),
      .init("estimand", "a text", "What is estimated, in one sentence.", .required),
      .init("treatment", "a treatment", "Which membership is the treatment.", .required),
      .init(
        "co_treatment", "a treatment",
        "A membership that came about the same time and may carry the effect."),
      .init("counterpart", "an actor", "The state that the question is about.", .required),
      .init("named", "a list of actors", "The states that the question names.", .required),
      .init("periods", "two years, such as 1992-2024", "The years of all outcomes.", .required),
      .init("seed", Bounded.seed.words, "Where random numbers start.", .required),
      .init(
        "draws", Bounded.draws(within: .standard).words, "How many reassignments test an effect.",
        .otherwise("9999")),
      .init("pools", "pools by name", "Whom outcomes can be compared among.", .required),
      .init("defaults", "defaults", "What outcomes take over unless they say otherwise."),
      .init("channels", "a list of channels", "The channels and their outcomes.", .required),
      .init(
        "multiverse", "a list of choices", "What could defensibly have been chosen otherwise."),
    ])

  static let treatment = YAMLKeys(
    "A treatment",
    [
      .init("organisation", "an actor", "The organisation that is joined.", .required),
      .init("stage", "a stage of its ladder", "The stage that counts as joined.", .required),
      .init(
        "label", "a text", "What a sentence calls the organisation, such as `the EU`.",
        .otherwise("its id")),
    ])

  static let pool = YAMLKeys(
    "A pool",
    [
      .init("title", "a text", "What pages call the pool.", .required),
      .init("note", "a text", "Why these actors."),
      .init("actors", "a list of actors", "Who is compared.", .required),
    ])

  static let defaults = YAMLKeys(
    "Defaults",
    [
      .init(
        "estimator", "an estimator", "The estimator of outcomes that name none.",
        .otherwise("group-time"))
    ])

  static let channel = YAMLKeys(
    "A channel",
    [
      .init("id", "a channel of the codebook", "Which channel.", .required),
      .init("title", "a text", "What pages call the channel.", .otherwise("the codebook's title")),
      .init("thesis", "a direction", "Which way the thesis says that it moves.", .required),
      .init("note", "a text", "What to say where no outcome is a headline."),
      .init("outcomes", "a list of outcomes", "What is measured; one is the headline.", .required),
    ])

  static let outcome = YAMLKeys(
    "An outcome",
    [
      .init("id", "a text", "The name of the outcome.", .required),
      .init(
        "headline", "true or false", "Whether its verdict is the channel's.", .otherwise("false")),
      .init("title", "a text", "What pages call it; required unless it is a series.", seriesOwn),
      .init("unit", "a text", "The unit of its values; required unless it is a series.", seriesOwn),
      .init("concept", "a concept", "What it measures; required unless it is a series.", seriesOwn),
      .init(
        "direction", "a direction", "What a higher value means; required unless it is a series.",
        seriesOwn),
      .init("pool", "a pool's name", "Who is compared.", .required),
      .init("periods", "two years", "Its years.", .otherwise("the study's")),
      .init("variable", "a variable", "The series that it is; or `claims`, or `index`."),
      .init(
        "transformation", words(Indicator.Transformation.self), "How the series is transformed.",
        .otherwise(Indicator.Transformation.none.rawValue)),
      .init("claims", "a rule", "How claims are counted; or `variable`, or `index`."),
      .init("index", "an index", "How several rules are combined; or `variable`, or `claims`."),
      .init("smallest_effect", Bounded.smallestEffect.words, "The smallest effect worth knowing."),
      .init("estimator", "an estimator", "How it is estimated.", .otherwise("that of `defaults`")),
      .init("overlaps", "an outcome", "The outcome that it measures again with other data."),
      .init("caveat", "a text", "What a reader must know about the data before the number."),
      .init("indirect", "a text", "Why it is not quite what the question asks about."),
      .init(
        "least", Bounded.cell.words, "The least value that there can be.",
        .otherwise("its measure's")),
      .init(
        "most", Bounded.cell.words, "The greatest value that there can be.",
        .otherwise("its measure's")),
    ])

  private static let seriesOwn = YAMLKeys.Presence.otherwise("that of the series")

  static let rule = YAMLKeys(
    "A rule for claims",
    [
      .init(
        "measure", "count, sum, active-stock or latest-position", "What is made of the claims.",
        .required),
      .init("unit", "a unit", "The unit that is summed; required by `sum`."),
      .init("currency", "a currency", "The currency that is summed.", .otherwise("any")),
      .init("of", "a text", "What the claims are a share or number of.", .otherwise("any")),
      .init("instruments", "a list of instruments", "Which kinds of act count.", .otherwise("all")),
      .init("phases", "a list of phases", "In which phases a deal counts.", .otherwise("all")),
      .init("directions", "a list of directions", "Which directions count.", .otherwise("all")),
      .init(
        "assertions", "a list of assertions", "Which assertions count.", .otherwise("reported")),
      .init("counterpart", "an actor", "With whom.", .otherwise("the study's")),
      .init("reliability", "a grade", "The worst grade of sources that count.", .otherwise("any")),
      .init("credibility", "a grade", "The worst grade of claims that count.", .otherwise("any")),
      .init(
        "parents", "true or false", "Whether claims also count for the actor's parent.",
        .otherwise("false")),
    ])

  static let index = YAMLKeys(
    "An index",
    [
      .init("components", "a list of components", "What it is made of.", .required),
      .init(
        "normalisation", words(InstrumentIndex.Normalisation.self),
        "How the components are put on one scale.", .required),
      .init(
        "aggregation", words(InstrumentIndex.Aggregation.self), "How the components are combined.",
        .required),
    ])

  static let component = YAMLKeys(
    "A component of an index",
    [
      .init("weight", Bounded.weight.words, "How much it counts.", .required),
      .init("claims", "a rule", "How claims are counted.", .required),
    ])

  static let estimator = YAMLKeys(
    "An estimator",
    [
      .init(
        "method", words(Specification.Method.self), "The estimator.", .otherwise("group-time")),
      .init(
        "comparison", words(GroupTimeDiD.Comparison.self), Specification.Choice.comparison.help,
        .otherwise(Study.Estimator.standard.comparison.rawValue)),
      .init(
        "base", words(GroupTimeDiD.BasePeriod.self), Specification.Choice.base.help,
        .otherwise(Study.Estimator.standard.base.rawValue)),
      .init(
        "anticipation", Bounded.anticipation.words, Specification.Choice.anticipation.help,
        .otherwise("0")),
      .init(
        "factors", Bounded.factors.words,
        "How many factors; required by `factors`, and only there."),
    ])

  static let choice = YAMLKeys(
    "A choice of the multiverse",
    [
      .init("choice", "a text", "The name of the choice.", .required),
      .init("title", "a text", "What is chosen.", .required),
      .init(
        "outcomes", "a list of outcomes", "The outcomes that it is about.",
        .otherwise("all that it changes")),
      .init("options", "a list of options", "Two or more ways to choose.", .required),
    ])

  /// An option's label, and what it can choose.
  static let option = YAMLKeys(
    "An option of a choice",
    [.init("label", "a text", "What pages call the option.", .required)]
      + Specification.Choice.all.filter { $0.group == nil && !isMisplaced($0.key) }.map(key)
      + [
        .init(
          Specification.Choice.leftOutKey, "left-out evidence", "Evidence that is left out.")
      ])

  /// Whether an option cannot make the choice, which stands elsewhere.
  static func isMisplaced(_ key: String) -> Bool { key == "outcomes" || key == "draws" }

  static let leftOut = YAMLKeys(
    "Left-out evidence",
    Specification.Choice.all.filter { $0.group == Specification.Choice.leftOutKey }.map(key))

  private static func key(_ choice: Specification.Choice) -> YAMLKeys.Key {
    .init(choice.key, choice.kind.text, choice.help, .otherwise("the study's"))
  }

  private static func words<Word: RawRepresentable & CaseIterable>(_ kind: Word.Type) -> String
  where Word.RawValue == String {
    kind.allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// All mappings, from the outermost inwards.
  package static let all = [
    study, treatment, pool, defaults, channel, outcome, rule, index, component, estimator, choice,
    option, leftOut,
  ]

  /// The page about them.
  package static var documentation: String {
    """
    # The keys of a study

    A study is a file in `studies/` of a casebook. This page is made from the lists that the reader
    uses; `FULCRUM_GOLDEN=rewrite swift test --filter YAMLKeysTests` writes it.

    \(all.map(\.markdown).joined(separator: "\n"))
    """
  }
}

extension Specification.Choice.Kind {
  /// What it takes, in words.
  fileprivate var text: String {
    switch self {
    case .word(.fixed(let words)): words.joined(separator: ", ")
    case .words(.fixed(let words)): "a list of " + words.joined(separator: ", ")
    case .word(let vocabulary): "one of the \(vocabulary)"
    case .words(let vocabulary): "a list of \(vocabulary)"
    case .whole(let bounds, _): bounds.words
    case .wholes(let bounds): "a list of whole numbers from \(bounds.ends)"
    case .weights: "a list of numbers from \(Bounded.weight.ends)"
    case .years: "two years, such as 1992-2024"
    }
  }
}
