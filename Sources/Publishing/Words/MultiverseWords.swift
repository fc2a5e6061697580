import Studies

extension SpecificationResult.Reason {
  /// Why a specification has no estimate, after "with".
  var text: String {
    switch self {
    case .emptyPool: "nobody to compare"
    case .treatedUnits: "fewer than two that joined"
    case .namedTreated: "no named state seen after joining"
    case .whoFloor: "no p below 0.05 possible"
    case .coTreatment: "too few without those that joined the other organisation"
    case .notEstimable: "nothing that can be estimated"
    case .notAsked: "a design that could decide"
    }
  }
}
