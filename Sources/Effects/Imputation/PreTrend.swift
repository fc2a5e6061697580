import LinearAlgebra
import Panels

extension Imputation {
  /// The event times before treatment that are estimated: those asked for, or as many as can be.
  func preTrend(_ design: AdoptionDesign, _ eventTimes: [Int]?) throws -> PreTrend? {
    if let eventTimes { return try preTrendOf(design, eventTimes) }
    for count in stride(from: leads, to: 0, by: -1) {
      do {
        return try preTrendOf(design, Array(-anticipation - count..<(-anticipation)))
      } catch EffectError.nothingVaries {
        continue
      } catch EffectError.followsFromEffects {
        continue
      }
    }
    return nil
  }

  /// Regresses untreated cells on a mark for each event time (the paper's section 4.4).
  private func preTrendOf(_ design: AdoptionDesign, _ eventTimes: [Int]) throws -> PreTrend? {
    guard !eventTimes.isEmpty else { return nil }
    let rows = try CellFit(design, to: .untreated, names: covariates).rows
    let periods = design.periodCount
    let marks = zip(eventTimes.sorted(), design.marks(at: eventTimes.sorted())).map { time, mark in
      TwoWayRows.Covariate(name: "event time \(time)", values: rows.map { mark[$0] })
    }
    let own = zip(covariates, design.covariates).map { name, values in
      TwoWayRows.Covariate(name: name, values: rows.map { values[$0] })
    }
    let fit = try TwoWayFit(
      TwoWayRows(
        units: rows.map { Int32($0 / periods) }, periods: rows.map { Int32($0 % periods) },
        outcomes: rows.map { design.panel.values[$0] },
        treatments: marks[marks.count - 1].values, covariates: own + marks.dropLast(),
        weights: design.panel.weights.map { weights in rows.map { weights[$0] } },
        clusters: design.clustering.map { clustering in
          rows.map { Int32(clustering.places[$0 / periods]) }
        }), threads: 1)
    let estimates = fit.coefficients.dropFirst(own.count) + [fit.overall]
    return PreTrend(
      cells: zip(eventTimes.sorted(), estimates).map { AggregatedEffect(key: $0, estimate: $1) },
      test: fit.test(ofLast: marks.count))
  }
}
