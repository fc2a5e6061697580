import Documents
import Foundation
import Indicators
import LinearAlgebra

@testable import Evidence
@testable import Studies

/// A made-up question on a generated series: what joined, when, and how much it moved.
struct MadeStudy {
  var starts: [Int?] = (0..<24).map { $0 < 12 ? 2004 + $0 % 5 : nil }
  var coStarts: [Int: Int] = [:]
  var effect = 3.0
  /// Added to joiners each year before they join: a path of their own.
  var drift = 0.0
  var named = [0, 1, 2, 20]
  var smallestEffect: Double? = 2
  var years = 1996...2014
  var thesis = Direction.away
  /// The states for which nothing can exist.
  var impossible: Set<Int> = []
  var values = Values.drawn

  /// What the outcome is: drawn about a path; zero but for one state in one year, so that most
  /// reassignments give the same; or not searched anywhere.
  enum Values { case drawn, scarce, unsearched }

  static func actor(_ index: Int) -> ActorID {
    ActorID("S" + (index < 10 ? "0" : "") + String(index))
  }

  var casebook: Casebook {
    var casebook = Casebook(folder: URL(filePath: "/"))
    casebook.id = "made"
    casebook.actors =
      ["ORG", "OTHER", "POWER"].map { Self.record($0, .organisation) }
      + starts.indices.map { Self.record(Self.actor($0), .state) }
    casebook.memberships =
      starts.enumerated().compactMap { index, start in
        start.map { Self.spell(index, "ORG", $0) }
      } + coStarts.sorted { $0.key < $1.key }.map { Self.spell($0.key, "OTHER", $0.value) }
    casebook.variables = [
      Variable(
        id: "v", title: "Distance", unit: "points", channel: "diplomacy", concept: .alignment,
        direction: .away, counterpart: "POWER", source: "s", method: nil)
    ]
    casebook.series = starts.indices.flatMap { index in years.map { value(index, $0) } }
    casebook.reindex()
    return casebook
  }

  private func value(_ index: Int, _ year: Int) -> SeriesValue {
    var random = Philox(seed: 42, stream: UInt32(index), index: UInt64(year))
    let since = starts[index].map { year - $0 }
    let isTreated = since.map { $0 >= 0 } ?? false
    let value =
      Double(index) + 0.1 * Double(year - 2000) + random.nextNormal()
      + (isTreated ? effect : 0) + (since.map { drift * Double($0) } ?? 0)
    let isImpossible = impossible.contains(index)
    let absence: ObservationStatus? =
      isImpossible ? .impossible : values == .unsearched ? .notSearched : nil
    let own = values == .drawn ? value : index == 20 && year == 1997 ? 1 : 0
    return SeriesValue(
      variable: "v", actor: Self.actor(index), period: year, value: absence == nil ? own : nil,
      low: nil, high: nil, status: absence ?? .observed, source: "s")
  }

  var study: Study {
    let outcome = Study.Outcome(
      id: "distance", isHeadline: true,
      indicator: Indicator(
        title: "Distance", unit: "points", concept: .alignment, direction: .away,
        definition: .variable("v", .none)),
      pool: "all", periods: years, smallestEffect: smallestEffect, estimator: .standard,
      overlaps: nil, caveat: nil)
    return Study(
      id: "made", question: "Did joining ORG move states away from POWER?",
      estimand: "The mean change since joining.",
      treatment: .init(organisation: "ORG", stage: "member", label: "ORG"),
      coTreatment: .init(organisation: "OTHER", stage: "member", label: "OTHER"),
      counterpart: "POWER",
      named: named.map { Self.actor($0) },
      pools: ["all": .init(title: "All", actors: starts.indices.map { Self.actor($0) }, note: "")],
      periods: years,
      channels: [
        .init(
          id: "diplomacy", title: "Diplomacy", thesis: thesis, outcomes: [outcome], note: nil)
      ], seed: 7, draws: 499)
  }

  func answer(threads: Int = 1) throws -> Answer {
    try study.answer(from: casebook, threads: threads)
  }

  func outcome() throws -> OutcomeAnswer { try answer().channels[0].outcomes[0] }

  private static func record(_ id: ActorID, _ kind: ActorKind) -> Actor {
    Actor(
      id: id, name: "State \(id)", kind: kind, parent: nil, members: [], from: nil, to: nil,
      note: nil)
  }

  private static func spell(_ index: Int, _ organisation: ActorID, _ year: Int) -> Membership {
    Membership(
      actor: actor(index), organisation: organisation, stage: "member",
      from: EDTFDate(year: year), to: nil, claim: nil)
  }
}
