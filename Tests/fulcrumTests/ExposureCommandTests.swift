import Documents
import Foundation
import Testing

/// `fulcrum exposure` and `fulcrum scenario` as a person runs them.
@Suite struct ExposureCommandTests {
  private func fulcrum(_ arguments: String...) throws -> Program.Run {
    try Program.run(arguments, in: Program.project)
  }

  @Test func showsWhatEachLoanComesToAndAllTogether() throws {
    let run = try fulcrum("exposure")
    #expect(run.code == 0 && run.errors.isEmpty)
    #expect(run.output.contains("366,400,000 to 687,000,000 EUR, 4.8 % to 9.0 % of GDP (2024)"))
    #expect(run.output.contains("at least 33 % of annual budget [mne-debt-share]"))
    #expect(run.output.contains("Clauses not stated, so the"))
    #expect(run.output.contains("· Montenegro: 23 % to 43 % of reserves (2024)."))
    #expect(run.output.contains("· All together: "))
    #expect(
      run.output.contains("· Bosnia and Herzegovina, North Macedonia and Serbia together: "))
    let debt = "· Montenegro: Highway loan, lent by China (mne-highway-loan). "
    #expect(run.output.contains(debt))
  }

  @Test func printsTheSameAsJSON() throws {
    let run = try fulcrum("exposure", "--json", "--fall", "0.2", "--weights", "size=1")
    #expect(run.code == 0 && run.errors.isEmpty)
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let totals = try #require(json["totals"] as? [[String: Any]])
    let motorway = try #require(
      totals.first { $0["actors"] as? [String] == ["MNE"] }?["share"] as? [String: Any])
    let share = try #require(motorway["share"] as? [String: Double])
    // The text says 4.8 % to 9.0 %.
    #expect(abs((share["low"] ?? 0) - 0.048) < 0.001 && abs((share["high"] ?? 0) - 0.090) < 0.001)
    #expect(json["relief"] != nil && json["weighted"] != nil)
    let plain = try fulcrum("exposure", "--json")
    #expect(!plain.output.contains("\"relief\"") && !plain.output.contains("\"weighted\""))
  }

  @Test func theRegisterAndTheWatchListNameStatesAndFacts() throws {
    let text = try fulcrum("exposure").output
    #expect(text.contains("Exposures to China in 2026"))
    #expect(text.contains("\n· Highway loan (mne-highway-loan)"))
    // A fact outside any deal goes by what its claim says.
    #expect(text.contains("\n· Montenegro has not chosen Chinese 5G "))
    #expect(text.contains("1. Montenegro: Highway loan (mne-highway-loan), finance: "))
    #expect(text.replacing("\n   ", with: " ").contains("an exit that the state pays"))
  }

  @Test func theOutlookSaysWhoWaitsWhereAndWhoIsOnNoStage() throws {
    let text = try fulcrum("outlook").output.replacing("\n  ", with: " ")
    #expect(text.contains("Individual Partnership Action Plan: 1 state"))
    #expect(
      text.contains("· Serbia has stood there since 2015: ")
        && text.contains("years; nobody has gone on from there."))
    #expect(text.contains("What stands in the way of Kosovo, which is on no stage yet"))
    #expect(text.contains("What stands in the way of Serbia\n"))
  }

  @Test func replaysAreHeadedByTheTitleOfTheirOutcome() throws {
    let run = try fulcrum("replay", "--draws", "99")
    #expect(run.code == 0 && run.errors.isEmpty)
    #expect(run.output.contains("\nChinese official finance committed (official-finance)\n"))
  }

  @Test func printsTheOutlookAsJSON() throws {
    let run = try fulcrum("outlook", "--json")
    #expect(run.code == 0 && run.errors.isEmpty)
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let obstructed = try #require(json["obstructed"] as? [[String: Any]])
    #expect(obstructed.compactMap { $0["actor"] as? String } == ["BIH", "SRB", "XKX"])
  }

  @Test func showsWhatRefinancingAndHedgingChange() throws {
    let run = try fulcrum(
      "exposure", "--refinance", "mne-highway-loan:year=2020,lender=a bank,grace=2,maturity=15",
      "--hedge", "srb-china-loans", "--fall", "0.2", "--weights", "size=2,concerns=1")
    #expect(run.code == 0 && run.errors.isEmpty)
    #expect(run.output.contains("With what you assume"))
    #expect(run.output.contains("weighs 1.25 times as much"))
    #expect(run.output.contains("By your weights"))
  }

  /// Figures that must not be handed on: a reader imports them into a copy, and holds debts against them.
  @Test func whatTheArticleSaysOfTheBudgetCanBeHeldAgainstSpending() throws {
    let shared = Program.project.deletingLastPathComponent()
      .appending(path: "shared/data/sipri/SIPRI-Milex-data-1949-2024_2.xlsx")
    guard FileManager.default.fileExists(atPath: shared.path) else {
      print("../shared/data is not here: military expenditure was not imported")
      return
    }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "fulcrum-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: Program.project.appending(path: "Casebooks/western-balkans"), to: folder)
    let imported = try fulcrum(
      "import", "sipri-milex", shared.path, "--casebook", folder.path, "--actors", "MNE",
      "--from", "2006", "--to", "2024")
    #expect(imported.code == 0, "\(imported.errors)")
    let codebook = folder.appending(path: "codebook.yaml")
    let plain = try String(contentsOf: codebook, encoding: .utf8)
    let series = "# series: {variable: sipri-milex-current-dollars,"
    #expect(plain.contains(series))
    try plain.replacing(series, with: series.dropFirst(2))
      .write(to: codebook, atomically: true, encoding: .utf8)
    let run = try fulcrum("exposure", folder.path, "--json")
    #expect(run.code == 0, "\(run.errors)")
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let totals = try #require(json["totals"] as? [[String: Any]]).filter {
      $0["actors"] as? [String] == ["MNE"]
    }.compactMap { $0["share"] as? [String: Any] }
    func share(_ of: String) throws -> [String: Double] {
      try #require(totals.first { $0["of"] as? String == of }?["share"] as? [String: Double])
    }
    let (spending, output) = (try share("general government spending"), try share("GDP"))
    // What all levels of government spend is a part of output, less than all of it and more than a fifth.
    let ratio = try #require(output["low"]) / #require(spending["low"])
    #expect((0.2...0.8).contains(ratio))
    // The article's “over one-third” is of the narrower budget: spending of the year of signing bears it out.
    let signed = try fulcrum("exposure", folder.path, "--year", "2014", "--json")
    let there = try #require(
      JSONSerialization.jsonObject(with: Data(signed.output.utf8)) as? [String: Any])
    let motorway = try #require(there["callIns"] as? [[String: Any]])
      .first { $0["deal"] as? String == "mne-highway-loan" }
    let loans = try #require(motorway?["loans"] as? [[String: Any]])
    let shares = try #require(loans.first?["shares"] as? [[String: Any]])
    let third = try #require(shares.first { $0["of"] as? String == "general government spending" })
    #expect(((third["share"] as? [String: Double])?["low"] ?? 0) > 1.0 / 3)
  }

  @Test(arguments: [
    (
      ["--refinance", "mne-highway-loan:year=2020,grace=20,maturity=15"],
      "fulcrum exposure: --refinance: mne-highway-loan: maturity=15 is not longer than grace=20; "
        + "a loan is repaid after its grace period.\n", Int32(2)
    ),
    (
      ["--refinance", "mne-highway-loan:yaer=2020"],
      "fulcrum exposure: --refinance: unknown key `yaer`; did you mean `year`?\n", 2
    ),
    (
      ["--fall", "1.5"],
      "fulcrum exposure: --fall: expected a number from 0 to below 1; got `1.5`.\n", 2
    ),
    (
      ["--weights", "size=0"],
      "The weights of the watch list are 0 or more, and one is above 0; such as size=2,concerns=1.\n",
      1
    ),
  ])
  func refusesWhatContradictsItself(_ words: [String], _ message: String, _ code: Int32) throws {
    let run = try Program.run(["exposure"] + words, in: Program.project)
    #expect(run.code == code && run.output.isEmpty)
    #expect(run.errors == message)
  }
}
