// The closed vocabularies: words that the program itself gives a meaning to. All others are the
// codebook's.

/// A word of a closed vocabulary, as it is written in a table.
public protocol Word: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {}

/// What sort of actor one is.
public enum ActorKind: String, Word {
  case state, substate, group, organisation, company
}

/// How one actor follows another.
public enum SuccessionKind: String, Word {
  case split, continuation, rename, merger
}

/// How one actor stands to another's statehood.
public enum RecognitionStatus: String, Word {
  case recognised
  case notRecognised = "not_recognised"
  case withdrawn
}

/// How a source puts what it says.
public enum Assertion: String, Word {
  case reported, assessment, hypothesis, forecast, recommendation
}

/// Which way something moves, relative to the counterpart.
public enum Direction: String, Word {
  case toward, away, neutral
}

/// How far a deal has come.
public enum Phase: String, Word {
  case announced, agreed, delivering, completed, postponed, suspended, cancelled, ended
}

/// How a loan is repaid.
public enum RepaymentSchedule: String, Word {
  case equalPrincipal = "equal_principal"
  case annuity, bullet
}

/// How well a stretch of evidence was searched.
public enum CoverageStatus: String, Word {
  /// Then nothing found is an observed zero.
  case searched
  /// Structurally: what cannot exist leaves the contrast.
  case impossible
  case notSearched = "not_searched"
  case withheld
}

/// Which of the kinds of measurement a variable is; influence is never one.
public enum Concept: String, Word {
  case engagement, alignment, exposure
  /// What describes a state and is none of the three: its income, its institutions.
  case context
}

/// How reliable a source is (NATO STANAG 2511): A to E, or F when that cannot be judged.
public enum Reliability: String, Word {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"
  case e = "E"
  case cannotBeJudged = "F"
}

/// How credible a claim is (NATO STANAG 2511): 1 to 5, or 6 when that cannot be judged.
public enum Credibility: String, Word {
  case confirmed = "1"
  case probable = "2"
  case possible = "3"
  case doubtful = "4"
  case improbable = "5"
  case cannotBeJudged = "6"
}

/// How a value of a series came to be, or why there is none (SDMX `OBS_STATUS`).
public enum ObservationStatus: String, Word {
  case observed = "A"
  case estimated = "E"
  case provisional = "P"
  case imputed = "I"
  case breakInSeries = "B"
  /// It cannot exist, and leaves the contrast.
  case impossible = "M"
  /// It may exist; nobody looked, or the source does not cover it.
  case notSearched = "L"
  case withheld = "Q"

  /// Whether the status says that there is no value.
  public var isAbsence: Bool {
    self == .impossible || self == .notSearched || self == .withheld
  }
}
