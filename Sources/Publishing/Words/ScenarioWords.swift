import Evidence
import Indicators
import Scenarios
import Studies

/// Says why nothing is drawn of an outcome, and what would have to be assumed.
struct RefusalWords {
  let reason: String
  let assumption: String

  init(
    _ refusal: OutcomeProjection.Refusal, of outcome: OutcomeProjection, study: Study,
    casebook: Casebook
  ) {
    let name = casebook.name(of: outcome.step.actor)
    reason =
      switch refusal {
      case .leavingNeverSeen:
        "No state has been seen to leave, so no effect of leaving was estimated."
      case .method(let method):
        "Projections draw from group-time effects, and this outcome is estimated by "
          + "\(method.rawValue)."
      case .undecidable(let failed):
        failed.map { AnswerabilityWords(study: study, casebook: casebook).text(of: $0) }
          ?? "The evidence cannot decide this outcome."
      case .tooFewValues(let count, let needed):
        "\(name) has \(count) observed values; a baseline needs \(needed)."
      }
    assumption =
      if case .tooFewValues = refusal {
        "Find values of \(name), or choose an outcome that has them."
      } else {
        "To draw it, state under `assume:` how much “\(outcome.title)” would change, in "
          + "\(outcome.unit), and why."
      }
  }
}

extension Replay.Refusal {
  /// Why an accession cannot be replayed, after a comma.
  var text: String {
    switch self {
    case .noneSeen(let cut): "no earlier accession had been seen on both sides by \(cut)"
    case .nobodyJoined(let cut):
      "nobody had joined by \(cut), so there was nothing to learn from"
    case .valuesOnOneSide: "its own values do not reach both sides of the accession"
    case .failed(let message): message
    }
  }
}

extension BaselineModel {
  var name: String {
    switch self {
    case .localLevel: "local level"
    case .dampedTrend: "damped trend"
    case .autoregression: "autoregression"
    }
  }
}

extension Obstacle.Kind {
  var name: String {
    switch self {
    case .notRecognised: "not recognised"
    case .ownPosition: "the state's own position"
    case .partOpposed: "a part of the state is against"
    case .othersOpposed: "others are against"
    case .noConsensus: "no consensus"
    }
  }
}

extension ExposureRegister.Status {
  var name: String {
    switch self {
    case .inForce: "in force"
    case .undated: "in force, undated"
    case .ended: "ended"
    case .pledgedAgainst: "pledged against"
    case .planned: "planned"
    case .onHold: "on hold"
    }
  }
}

extension Casebook {
  /// Why a register of exposures is empty.
  var noExposure: String {
    codebook.instruments(with: .exposure).isEmpty
      ? "No instrument in codebook.yaml has the role `exposure`, so no claim counts as one."
      : "No claim reports one."
  }
}

/// Sentences about the files of scenarios.
enum ScenarioFileWords {
  /// Introduces the list of what is wrong with a file.
  static func wrong(_ file: String) -> String {
    "Nothing is drawn, because the file \(file) was wrong when the server started. Correct it and "
      + "start the server again:"
  }
}
