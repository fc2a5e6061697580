extension Importer {
  /// All formats, in the order of the help.
  package static let all: [Importer] = [
    unVotes, unDigitalLibrary, agreementTable, idealPoints,
    aidDataGCDF, aidDataGCOF, aidDataMilitary, aidDataHuawei,
    sipriTransfers, sipriMilex,
    aei, beltAndRoad, cowStates, cowContiguity, cowIGO, atop, trade,
    worldBank, vdem, freedomHouse, wgi, polity,
    memberships,
    generic,
  ]

  package static func named(_ name: String) -> Importer? { all.first { $0.name == name } }
}
