/// Which columns of a long table hold what.
public struct PanelColumns: Hashable, Sendable {
  /// The column of the units; nil when each row is a unit of its own.
  public let unit: String?
  public let period: String
  public let outcomes: [String]
  public let treatment: Treatment
  public let covariates: [String]
  public let weight: String?
  public let cluster: String?

  public init(
    unit: String?, period: String, outcomes: [String], treatment: Treatment,
    covariates: [String] = [], weight: String? = nil, cluster: String? = nil
  ) {
    precondition(!outcomes.isEmpty, "A panel needs an outcome.")
    self.unit = unit
    self.period = period
    self.outcomes = outcomes
    self.treatment = treatment
    self.covariates = covariates
    self.weight = weight
    self.cluster = cluster
  }

  /// How a table says when a unit was first treated.
  public enum Treatment: Hashable, Sendable {
    /// A column with the first treated period; empty, 0, NA or Inf for never.
    case firstTreated(String)
    /// A column that is 1 from the first treated period on, and 0 before it or never treated.
    case status(String)

    var column: String {
      switch self {
      case .firstTreated(let column), .status(let column): column
      }
    }
  }

  /// The columns whose cells are numbers or absent.
  var numbers: [String] { outcomes + covariates + (weight.map { [$0] } ?? []) }

  /// All columns, in the order in which a missing one is named.
  var all: [String] {
    [unit, period].compactMap(\.self) + [treatment.column] + numbers
      + [cluster].compactMap(\.self)
  }
}
