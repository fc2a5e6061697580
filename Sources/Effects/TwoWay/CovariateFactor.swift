import LinearAlgebra

/// Factorises the products of covariates after the unit and period effects are taken out.
///
/// `gram` holds those products, `squares` each covariate's square before.
///
/// - Throws: `EffectError.followsFromEffects` naming the first covariate of which nothing is left.
func covariateFactor(gram: [[Double]], squares: [Double], names: [String]) throws -> Cholesky {
  let factor = Cholesky(
    Matrix(rows: gram.count, columns: gram.count, elements: gram.flatMap { $0 }))
  for (place, square) in squares.enumerated()
  where factor.dependent.contains(place) || gram[place][place] <= 1e-20 * square {
    throw EffectError.followsFromEffects(covariate: names[place])
  }
  return factor
}
