import Documents
public import Evidence
public import Indicators
public import Scenarios
public import Studies

/// What ties the states of a study to its counterpart in a year, what a call-in of the debts would ask, and
/// the watch list.
///
/// As text for a terminal and as JSON; the pages show the same.
public struct ExposureReport: Sendable {
  public let register: ExposureRegister
  public let callIns: [CallIn]
  public let watchList: WatchList
  /// What the reader assumes of the debts, and the call-ins that it changes.
  package let relief: Relief?
  package let relieved: [RelievedCallIn]
  /// The reader's weights of the watch list.
  package let weights: WatchWeights?
  /// What the report was made of, for the names in it.
  let casebook: Casebook

  /// Collects the exposures of the states that a study names.
  ///
  /// - Throws: `ScenarioError` for terms that contradict each other, or a relief of what is no debt.
  public init(
    of study: Study, in casebook: Casebook, year: Int, relief: Relief? = nil,
    weights: WatchWeights? = nil
  ) throws {
    register = ExposureRegister(
      of: study.named, to: study.counterpart, in: casebook, year: year)
    let callIns = try casebook.callIns(in: year, of: study.named, by: study.counterpart)
    self.callIns = callIns
    watchList = WatchList(
      register, callIns: callIns, concernsOf: study.treatment.organisation, in: casebook)
    self.relief = relief
    relieved = try relief.map { try casebook.relieved(callIns, by: $0) } ?? []
    self.weights = weights
    self.casebook = casebook
  }
}
