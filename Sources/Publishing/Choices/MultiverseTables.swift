import Evidence
public import Studies
package import Documents

extension Multiverse {
  /// The JSON of the multiverse as text.
  public var text: String { json.text(indented: true) }

  /// The multiverse of one outcome as it is published: an element of the key `multiverse` of
  /// `answer.json`.
  package var json: JSON {
    .object(defined: [
      "channel": .string(channel.rawValue), "outcome": .string(outcome), "unit": .string(unit),
      "seed": .integer(Int(clamping: seed)), "draws": .integer(draws), "counts": counts.json,
      "choices": .array(
        choices.map { choice in
          [
            "id": .string(choice.id), "title": .string(choice.title),
            "options": .strings(choice.options.map(\.label)),
          ]
        }), "summary": summary?.json,
      "moves": summary == nil ? nil : .array(moves.map { $0.json(choices) }),
      "interactions": summary == nil ? nil : .number(interactions),
      "specifications": summary == nil ? nil : .array(points.map(\.json)),
    ])
  }

  /// A row for each specification: its options, estimate, p and who is compared.
  public var table: String {
    let heads =
      choices.map(\.id) + ["estimate", "p", "treated", "compared", "undefined", "specification"]
    let rows = points.map { point in
      zip(choices, point.options).map { $0.options[$1].label } + [
        point.estimate.description, point.p.description, String(point.treated),
        String(point.compared), String(point.undefined), point.specification.line,
      ]
    }
    return ([heads] + rows).map(CSVWriter.row).joined()
  }
}

extension Multiverse.Counts {
  fileprivate var json: JSON {
    [
      "combinations": .integer(combinations), "possible": .integer(possible),
      "impossible": .array(
        ImpossibleCombination.allCases.compactMap { rule in
          impossible[rule].map { ["rule": .string(rule.rawValue), "count": .integer($0)] }
        }), "sampled": .integer(sampled), "planned": .integer(planned), "done": .integer(done),
      "left": .array(
        SpecificationResult.Reason.allCases.compactMap { reason in
          left[reason].map { ["reason": .string(reason.rawValue), "count": .integer($0)] }
        }),
    ]
  }
}

extension Multiverse.Summary {
  fileprivate var json: JSON {
    [
      "median": .number(median), "tenth": .number(tenth), "ninetieth": .number(ninetieth),
      "positive": .number(positive), "negative": .number(negative),
      "significantPositive": .number(significantPositive),
      "significantNegative": .number(significantNegative),
      "joint": [
        "medianP": .number(joint.medianP), "shareP": .number(joint.shareP),
        "share": .number(joint.share), "medianShare": .number(joint.medianShare),
        "draws": .integer(joint.draws), "cells": .integer(joint.cells),
        "undefined": .integer(joint.undefined), "blunt": .integer(joint.blunt),
      ],
    ]
  }
}

extension Multiverse.Move {
  fileprivate func json(_ choices: [Study.Choice]) -> JSON {
    [
      "choice": .string(choices[choice].id), "share": .number(share),
      "options": .array(
        zip(choices[choice].options, options).map { option, move in
          .object(defined: [
            "option": .string(option.label), "count": .integer(move.count),
            "median": move.median.map(JSON.number), "positive": move.positive.map(JSON.number),
            "significant": move.significant.map(JSON.number),
          ])
        }),
    ]
  }
}

extension Multiverse.Point {
  fileprivate var json: JSON {
    [
      "options": .array(options.map(JSON.integer)), "att": .number(estimate), "p": .number(p),
      "treated": .integer(treated), "compared": .integer(compared),
      "undefined": .integer(undefined),
    ]
  }
}

extension [Multiverse] {
  /// The multiverses of several outcomes as they are published: the key `multiverse`.
  package var json: JSON { .array(map(\.json)) }

  /// The JSON of the multiverses as text.
  public var text: String { json.text(indented: true) }
}
