package import Documents
import Effects
import Evidence
import Indicators
import Panels
package import Studies

extension Answer {
  /// The answer as it is published in `answer.json`.
  ///
  /// Its shape is `Documentation/answer.schema.json`; what is not defined is absent.
  package func json(
    version: String, multiverses: [Multiverse]? = nil, influence: Influence? = nil
  ) -> JSON {
    .object(defined: [
      "question": .string(study.question),
      "estimand": .string(study.estimand),
      "study": .string(study.id),
      "casebook": [
        "id": .string(casebook.id), "version": .string(casebook.version),
        "sha256": .string(casebook.sha256),
      ],
      "names": names,
      "asKnownOn": asKnownOn.map { .string($0.description) },
      "seed": .integer(Int(clamping: study.seed)),
      "caveats": .strings(caveats.map { text(of: $0) }),
      "channels": .array(channels.map(json)),
      "stepDown": together?.json,
      "conflicts": .array(conflicts.map(json)),
      "multiverse": multiverses?.json,
      "influence": influence?.json,
      "wouldChange": .strings(wouldChange.map { text(of: $0) }),
      "provenance": [
        "sources": .array(casebook.sources.map(json)),
        "program": ["version": .string(version)],
      ],
    ])
  }

  /// The style of the names, and what it says beside them; nothing where none was chosen.
  private var names: JSON? {
    guard let style = casebook.style else { return nil }
    let notes = casebook.nameNotes.map { note -> JSON in
      [
        "actor": .string(note.actor.rawValue), "name": .string(note.name),
        "note": .string(note.text), "sources": .strings(note.sources.map(\.rawValue)),
      ]
    }
    return ["style": .string(style), "notes": .array(notes)]
  }

  /// One channel of the answer, also of the answer under other judgements.
  package func json(_ channel: ChannelAnswer) -> JSON {
    let thesis = study.channels.first { $0.id == channel.id }?.thesis
    return [
      "id": .string(channel.id.rawValue), "title": .string(channel.title),
      "outcomes": .array(channel.outcomes.map { json($0, channel: channel.id, thesis: thesis) }),
    ]
  }

  private func json(_ outcome: OutcomeAnswer, channel: ChannelID, thesis: Direction?) -> JSON {
    let indicator = outcome.series.indicator
    let isDecided = outcome.answerability.verdict != .undecidable
    let estimates = isDecided ? outcome.estimates : []
    let side = thesis.map { indicator.side(of: $0) } ?? .greater
    return .object(defined: [
      "id": .string(outcome.id),
      "variable": indicator.variable.map { .string($0.rawValue) },
      "rule": indicator.ruleJSON,
      "unit": .string(indicator.unit),
      "concept": .string(indicator.concept.rawValue),
      "direction": .string(indicator.direction.rawValue),
      "headline": .bool(outcome.isHeadline),
      "answerability": json(outcome.answerability),
      "estimates": .array(estimates.map { $0.json(side: side) }),
      "minimumDetectableEffect": outcome.design.minimumDetectableEffect.map(JSON.number),
      "panel": .string(outcome.panelFile),
      "treated": .strings(outcome.design.treated.map(\.actor.rawValue)),
      "comparison": .strings(outcome.design.comparison.map(\.rawValue)),
      "dropped": .array(outcome.design.dropped.map { json($0, channel: channel) }),
      "likelihood": isDecided ? outcome.likelihood?.json : nil,
      "evidence": [
        "level": .string(outcome.evidence.level.rawValue),
        "reasons": .strings(outcome.evidence.reasons.map { text(of: $0) }),
      ],
      "trace": .strings(outcome.trace.map(\.description)),
    ])
  }

  private func json(_ dropped: Dropped, channel: ChannelID) -> JSON {
    .object(defined: [
      "unit": dropped.unit.map(JSON.string),
      "period": dropped.period.map { .integer($0.number) },
      "reason": .string(dropped.reason),
      "claims": .strings(claims(behind: dropped, channel: channel).map(\.rawValue)),
    ])
  }

  /// The claims on which the coverage of a dropped unit's channel rests.
  func claims(behind dropped: Dropped, channel: ChannelID) -> [ClaimID] {
    casebook.coverage.compactMap { row in
      row.actor.rawValue == dropped.unit && row.channel == channel ? row.claim : nil
    }
  }

  private func json(_ conflict: Conflict) -> JSON {
    [
      "fact": .string(conflict.fact.rawValue),
      "claims": .strings(conflict.claims.map(\.rawValue)),
      "used": .string(conflict.used.rawValue), "why": .string(conflict.why.sentence),
    ]
  }

  private func json(_ answerability: Answerability) -> JSON {
    [
      "verdict": .string(answerability.verdict.rawValue),
      "reasons": .array(
        answerability.reasons.map { reason in
          .object(defined: [
            "rule": .string(reason.rule.rawValue),
            "value": reason.value.map(JSON.number),
            "threshold": reason.threshold.map(JSON.number),
            "passed": .bool(reason.passed), "text": .string(text(of: reason)),
          ])
        }),
    ]
  }

  private func json(_ source: Source) -> JSON {
    .object(defined: [
      "id": .string(source.id.rawValue), "citation": .string(source.citation),
      "licence": source.license.map(JSON.string),
      "importOnly": source.isImportOnly ? .bool(true) : nil,
      "sha256": source.sha256.map(JSON.string),
    ])
  }
}

extension Likelihood {
  fileprivate var json: JSON { ["word": .string(word.text), "confidence": .number(confidence)] }
}

extension OutcomesTogether {
  /// The p's of the outcomes, or why they have none together.
  fileprivate var json: JSON {
    test?.json(outcomes)
      ?? .object(defined: [
        "outcomes": .array(outcomes.map { ["outcome": .string($0)] }),
        "reason": obstacle.map { .string($0.sentence()) },
      ])
  }
}
