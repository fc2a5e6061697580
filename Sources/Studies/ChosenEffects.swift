public import Effects

/// What a chosen estimator found, with the whole estimates where it is group-time.
@dynamicMemberLookup
public struct ChosenEffects: Hashable, Sendable {
  /// What all estimators tell.
  public let shared: SharedEffects
  /// The whole estimates, where the estimator is group-time.
  public let groupTime: GroupTimeEffects?

  public subscript<Value>(dynamicMember member: KeyPath<SharedEffects, Value>) -> Value {
    shared[keyPath: member]
  }
}

extension ChosenEffects {
  init(_ found: GroupTimeEffects) {
    self.init(shared: found.shared, groupTime: found)
  }
}
