package import Documents
import Evidence
import Indicators
import Scenarios

extension ExposureReport {
  /// The JSON of the report as text.
  public var jsonText: String { json.text(indented: true) }

  /// The report as it is published; `Documentation/Outputs.md` says what the keys mean.
  package var json: JSON {
    .object(defined: [
      "counterpart": .string(register.counterpart.rawValue), "year": .integer(register.year),
      "exposures": .array(register.entries.map(\.json)),
      "callIns": .array(callIns.map(\.json)), "totals": .array(callIns.totals.map(\.json)),
      "relief": relief.map { relief in
        relief.json.adding(["callIns": .array(relieved.map(\.json))])
      },
      "watchList": watchList.json,
      "weighted": weights.map { weights in
        .array(
          watchList.weighted(by: weights).map { weighted in
            weighted.item.exposure.naming.adding(["index": weighted.index.json])
          })
      },
    ])
  }
}

extension ExposureRegister.Entry {
  /// What tells one entry from the others.
  fileprivate var naming: JSON {
    [
      "name": .string(name), "actor": .string(actor.rawValue),
      "channel": .string(channel.rawValue),
    ]
  }

  fileprivate var json: JSON {
    naming.adding(
      .object(defined: [
        "deal": deal.map { .string($0.rawValue) },
        "instruments": .strings(instruments.map(\.rawValue)), "status": .string(status.name),
        "since": since.map(JSON.integer), "until": until.map(JSON.integer),
        "count": count.isStated ? .some(count.json) : .none,
        "claims": .strings(claims.map(\.id.rawValue)),
      ]))
  }
}

extension CallIn {
  fileprivate var json: JSON {
    .object(defined: [
      "deal": .string(deal.rawValue), "actor": .string(actor.rawValue), "clauses": clauses.json,
      "loans": .array(loans.map(\.json)), "stated": .array(stated.map(\.json)),
    ])
  }
}

extension CallIn.Clauses {
  /// Absent where no source states a clause.
  fileprivate var json: JSON? {
    guard case .stated(let clauses) = self else { return nil }
    return .array(
      clauses.map { clause in
        .object(defined: [
          "kind": .string(clause.kind.rawValue),
          "holder": clause.holder.map { .string($0.rawValue) },
          "trigger": clause.trigger.map(JSON.string),
          "consequence": clause.consequence.map(JSON.string),
          "claim": .string(clause.claim.rawValue),
        ])
      })
  }
}

extension CallIn.Loan {
  fileprivate var json: JSON {
    [
      "claim": .string(claim.rawValue), "currency": .string(currency),
      "outstanding": outstanding.json, "isPaidOut": .bool(isPaidOut),
      "shares": .array(shares.map(\.json)),
    ]
  }
}

extension CallIn.Share {
  fileprivate var json: JSON {
    .object(defined: [
      "of": .string(of), "share": bounds.json,
      "base": base.map { base in
        [
          "value": .number(base.value), "currency": .string(base.currency),
          "year": .integer(base.year),
        ]
      }, "evidence": .strings(evidence.map(\.description)),
    ])
  }
}

extension CallInTotal {
  fileprivate var json: JSON {
    [
      "actors": .strings(actors.map(\.rawValue)), "share": share.json,
      "unknown": .strings(unknown.map(\.rawValue)),
    ]
  }
}

extension RelievedCallIn {
  fileprivate var json: JSON {
    .object(defined: [
      "before": before.json, "after": after.json,
      "elsewhere": elsewhere.map { elsewhere in
        [
          "lender": .string(elsewhere.lender), "loans": .array(elsewhere.loans.map(\.json)),
        ]
      },
    ])
  }
}

extension Relief {
  /// What is assumed; a term of a new loan that is not stated is absent.
  fileprivate var json: JSON {
    [
      "fall": .number(fall), "hedged": .strings(hedged.sorted().map(\.rawValue)),
      "refinancings": .array(
        refinancings.map { change in
          .object(defined: [
            "deal": .string(change.deal.rawValue), "year": .integer(change.year),
            "lender": change.lender.map(JSON.string), "currency": change.currency.map(JSON.string),
            "graceYears": change.graceYears.value.map(JSON.number),
            "maturityYears": change.maturityYears.value.map(JSON.number),
            "rate": change.rate.value.map(JSON.number),
            "schedule": change.schedule.map { .string($0.rawValue) },
          ])
        }),
    ]
  }
}

extension WatchList {
  fileprivate var json: JSON {
    .object(defined: [
      "shareOf": shareOf.map(JSON.string), "items": .array(items.map(\.json)),
      "otherPrecedents": .array(otherPrecedents.map(\.json)),
    ])
  }
}

extension WatchList.Precedent {
  fileprivate var json: JSON {
    .object(defined: [
      "actor": .string(actor.rawValue), "channel": .string(channel.rawValue),
      "instrument": .string(instrument.rawValue), "phase": phase.map { .string($0.rawValue) },
      "statement": .string(statement), "claim": .string(claim.rawValue),
    ])
  }
}

extension WatchList.Item {
  fileprivate var json: JSON {
    exposure.naming.adding([
      "layer": .integer(layer + 1), "respects": respects.json, "worseThan": .strings(above),
      "precedents": .array(precedents.map(\.json)),
    ])
  }
}

extension WatchList.Respects {
  /// What no evidence tells is absent.
  fileprivate var json: JSON {
    .object(defined: [
      "share": share?.json, "yearsLeft": yearsLeft.map(JSON.number),
      "clauses": clauses.map(JSON.number), "exitPaidBy": exitPaidBy.map { .string($0.rawValue) },
      "concerns": .number(concerns),
    ])
  }
}

extension Bounds {
  /// Without an upper bound there is no `high`.
  fileprivate var json: JSON {
    .object(defined: ["low": .number(low), "high": high.map(JSON.number)])
  }
}

extension BoundedNumber {
  fileprivate var json: JSON {
    .object(defined: [
      "value": value.map(JSON.number), "low": low.map(JSON.number), "high": high.map(JSON.number),
    ])
  }
}

extension ClosedRange<Double> {
  fileprivate var json: JSON { ["low": .number(lowerBound), "high": .number(upperBound)] }
}
