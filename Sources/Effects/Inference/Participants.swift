package import Panels

// Who takes part in an estimate; `GroupTimeDiD` says it for itself.

extension Imputation {
  /// The units of a panel that take part; the others are noted as dropped, with the reason.
  ///
  /// - Throws: `EffectError` as the estimate does; `PanelError.empty`.
  package func participants(of panel: Panel) throws -> Panel {
    try AdoptionDesign(panel, anticipation: anticipation, covariates: covariates).panel
  }
}

extension SyntheticDiD {
  /// As that of imputation.
  package func participants(of panel: Panel) throws -> Panel {
    try WeightingDesign(panel, prePeriods: Self.prePeriods).participants()
  }
}

extension SyntheticControl {
  /// As that of imputation.
  package func participants(of panel: Panel) throws -> Panel {
    try WeightingDesign(panel, prePeriods: Self.prePeriods).participants()
  }
}

extension InteractiveFixedEffects {
  /// As that of imputation; a number of factors that is given asks for one more period before.
  package func participants(of panel: Panel) throws -> Panel {
    let least =
      switch factors {
      case .given(let count): count + 1
      case .crossValidated: Self.prePeriods
      }
    return try WeightingDesign(panel, prePeriods: least).participants()
  }
}
