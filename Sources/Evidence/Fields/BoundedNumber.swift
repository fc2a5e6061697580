/// A number with the bounds that its source gives; any of the three may be missing.
public struct BoundedNumber: Hashable, Sendable {
  public package(set) var value: Double?
  public package(set) var low: Double?
  public package(set) var high: Double?

  public init(value: Double? = nil, low: Double? = nil, high: Double? = nil) {
    self.value = value
    self.low = low
    self.high = high
  }

  public var isStated: Bool { value != nil || low != nil || high != nil }

  /// Whether those of low, value and high that are stated are in this order.
  var isInOrder: Bool {
    func isAbove(_ one: Double?, _ other: Double?) -> Bool {
      one.map { one in other.map { one > $0 } ?? false } ?? false
    }
    return !isAbove(low, value) && !isAbove(value, high) && !isAbove(low, high)
  }
}
