package import Documents

/// Which outcome's specifications a reader wants to see, and with which options.
package struct MultiverseFilter: Hashable, Sendable {
  /// The outcome; empty: the first that has specifications.
  package var outcome = ""
  /// The option that a choice is held at, by its place, for each choice that is held.
  package var held: [String: Int] = [:]

  package init() {}

  /// Reads `outcome=…` and `hold.CHOICE=PLACE`, and leaves all other names alone.
  package init(_ parameters: [AddressArgument]) {
    for parameter in parameters {
      if parameter.name == "outcome" { outcome = parameter.value }
      if parameter.name.hasPrefix(Self.prefix), let place = Int(parameter.value), place >= 0 {
        held[String(parameter.name.dropFirst(Self.prefix.count))] = place
      }
    }
  }

  private static let prefix = "hold."

  /// The name by which a query holds a choice.
  package static func name(ofChoice id: String) -> String { prefix + id }

  /// The parts of the query that differ from no filter, in a fixed order.
  package var parameters: [AddressArgument] {
    (outcome.isEmpty ? [] : [AddressArgument(name: "outcome", value: outcome)])
      + held.sorted { $0.key < $1.key }.map {
        AddressArgument(name: Self.name(ofChoice: $0.key), value: "\($0.value)")
      }
  }
}
