import LinearAlgebra
import Panels

// Estimators that fit effects of units and periods, under reassigned dates: each gives the weights of
// the cells, as its estimate is linear in the outcome.

extension ReassignableEffect {
  /// `before` gives the weights of the event-time effects before treatment.
  init(
    _ design: AdoptionDesign, alsoAt dates: [Period],
    weights: @escaping @Sendable ([Adoption]) throws -> [Double],
    before: @escaping @Sendable ([Adoption]) throws -> [[Double]]
  ) throws {
    try self.init(design, alsoAt: dates, weights: weights) { outcomes in
      { adoptions in
        (try weights(adoptions), try before(adoptions).map { abs(dot($0, outcomes)) }.max())
      }
    }
  }

  init(
    _ design: AdoptionDesign, alsoAt dates: [Period],
    weights: @escaping @Sendable ([Adoption]) throws -> [Double],
    tested: ([Double]) -> TestedWeights
  ) throws {
    let places = design.panel.places(of: dates, with: design.cohorts)
    try self.init(
      LinearEffect(
        panel: design.panel, places: design.isUsed.indices.map { $0 }, doses: design.doses,
        weights: weights), anticipation: design.anticipation,
      starts: design.starts, admissible: design.admissibleDates(among: places), tested: tested)
  }
}
