@testable import Importing
import Foundation
import Documents
import Testing

@testable import Evidence

@Suite struct RecordedClaimTests {
  private static let data = ImportedSource(
    id: "register-x", title: "A register", author: nil, publisher: nil, url: nil, license: "CC0-1.0"
  )

  private func files(_ codebook: (String) -> String = { $0 }) -> CasebookFiles {
    var texts = SmallCasebook.texts
    texts["codebook.yaml"] = codebook(texts["codebook.yaml", default: ""])
    texts["claims.csv"] = SmallCasebook.claims()
    let names = texts.keys.filter { $0.hasSuffix(".csv") }.sorted()
    texts["datapackage.json"] =
      "{\"name\": \"small\", \"title\": \"Small\", \"version\": \"1\", \"resources\": ["
      + names.map { "{\"path\": \"\($0)\"}" }.joined(separator: ", ") + "]}"
    return CasebookFiles(texts: texts)
  }

  private func purchase(
    _ key: String, _ year: Int, _ count: Double, of actor: ActorID = "SRB",
    from counterpart: ActorID = "CHN"
  ) -> RecordedClaim {
    RecordedClaim(
      key: key, actor: actor, channel: "security", instrument: "arms_purchase",
      statement: "Bought \(key).", row: 12, deal: key, counterpart: counterpart,
      on: EDTFDate(year: year), amount: BoundedNumber(value: count))
  }

  /// Puts records as a release whose file holds some text, fetched on a day.
  private func put(
    _ records: [RecordedClaim], file text: String, fetched day: String, into files: CasebookFiles,
    years: ClosedRange<Int>? = nil, asked: Set<ActorID> = ["SRB", "MNE"], skipping: [Problem] = []
  ) throws -> (ids: [ClaimID], difference: ClaimDifference?, files: CasebookFiles) {
    let work = Import(
      format: nil, actors: nil, years: years, counterparts: ["CHN"], accessed: try EDTFDate(day),
      coder: nil, badRows: .refuse)
    var edit = try CasebookEdit(files, accessed: work.accessed)
    let table = try #require(DataFile(name: "register.csv", text: text).tables.first)
    let source = try edit.put(Self.data, of: table)
    var audit = JoinAudit(work, edit, asked: asked.sorted())
    audit.meet(records.map(\.actor))
    audit.skip(skipping)
    let ids = try edit.put(records, of: Self.data, in: table, as: source, by: work, audit)
    return (ids, edit.claimDifference, files.replacing(try edit.changedFiles().files))
  }

  @Test func pointsAtTheRowOfEachRecordAndNamesFactAndDealByTheDataSet() throws {
    let (ids, difference, after) = try put(
      [purchase("jets", 2020, 6)], file: "1", fetched: "2026-01-01", into: files())
    let claim = try #require(try Casebook(files: after).claim("register-x-jets"))
    #expect(ids == [claim.id] && difference == nil)
    #expect(claim.fact == "register-x-jets" && claim.deal == "register-x-jets")
    #expect(claim.locator == .row(12, sheet: nil) && claim.source == "register-x")
    #expect(claim.value == 6 && claim.codedOn.text == "2026-01-01" && claim.coder == "project")
  }

  @Test func numbersRecordsThatAreAlikeInTheirKey() {
    let records = ["a", "a-2", "a", "b", "a"].map { purchase($0, 2020, 1) }
    #expect(RecordedClaim.keys(of: records) == ["a", "a-2", "a-3", "b", "a-4"])
  }

  @Test func changesNothingTheSecondTimeNotEvenWhatAPersonChanged() throws {
    let records = [purchase("jets", 2020, 6), purchase("tanks", 2021, 9)]
    let first = try put(records, file: "1", fetched: "2026-01-01", into: files()).files
    let text = String(decoding: first.contents["claims.csv"] ?? Data(), as: UTF8.self)
    let edited = first.replacing([
      "claims.csv": Data(
        text.replacing(",register-x-jets,register-x-jets,", with: ",jets,jets,").utf8)
    ])
    #expect(edited.contents["claims.csv"] != first.contents["claims.csv"])
    let again = try put(records, file: "1", fetched: "2027-01-01", into: edited)
    #expect(again.files.contents == edited.contents)
  }

  @Test func keepsAnOlderReleaseAndSupersedesWhatIsChangedOrGone() throws {
    let older = [
      purchase("jets", 2020, 6), purchase("tanks", 2021, 9), purchase("boats", 2019, 1),
      purchase("guns", 2010, 1), purchase("mines", 2020, 1, of: "XKX"),
    ]
    let first = try put(
      older, file: "1", fetched: "2026-01-01", into: files(), asked: ["SRB", "XKX"]
    ).files
    let newer = [purchase("jets", 2020, 6), purchase("tanks", 2021, 10), purchase("nets", 2022, 2)]
    let (ids, difference, second) = try put(
      newer, file: "2", fetched: "2027-01-01", into: first, years: 2015...2025, asked: ["SRB"])
    let source = "register-x-2027-01-01"
    #expect(ids.map(\.rawValue) == ["register-x-jets", "\(source)-tanks", "\(source)-nets"])
    let found = try #require(difference)
    #expect(found.same == 1 && found.changed.map(\.before) == ["register-x-tanks"])
    #expect(found.added == ids.suffix(1) && found.gone == ["register-x-boats"])

    let casebook = try Casebook(files: second)
    #expect(casebook.claims.count == 8)
    #expect(casebook.supersededClaims == ["register-x-tanks", "register-x-boats"])
    #expect(casebook.fact("register-x-tanks")?.readings.map(\.used.value) == [10])
    // No rule counts what is not reported.
    #expect(casebook.fact("register-x-boats")?.readings.map(\.used.assertion) == [.assessment])

    let again = try put(
      newer, file: "2", fetched: "2028-01-01", into: second, years: 2015...2025, asked: ["SRB"])
    #expect(again.files.contents == second.contents && again.difference == found)
    let back = try put(
      older, file: "3", fetched: "2028-01-01", into: second, asked: ["SRB", "XKX"])
    #expect(back.difference?.added == ["register-x-2028-01-01-boats"])
    #expect(back.difference?.gone == ["register-x-2027-01-01-nets"])
    let returned = try Casebook(files: back.files).fact("register-x-boats")
    #expect(returned?.readings.map(\.claims.count) == [1] && returned?.superseded.count == 2)
  }

  /// As with a register of which somebody kept the rows of some recipients only.
  @Test func leavesClaimsStandingWhereAReleaseHasNoRowOfTheirActor() throws {
    let older = [purchase("jets", 2020, 6), purchase("mines", 2020, 1, of: "MNE")]
    let first = try put(older, file: "1", fetched: "2026-01-01", into: files()).files
    let newer = [purchase("boats", 2021, 2), purchase("vans", 2021, 2, of: "XKX")]
    let (_, difference, second) = try put(
      newer, file: "2", fetched: "2027-01-01", into: first, asked: ["MNE", "SRB", "XKX"])
    let found = try #require(difference)
    #expect(found.gone == ["register-x-jets"] && found.standing == ["register-x-mines"])
    #expect(found.actorsLost == ["MNE"] && found.actorsGained == ["XKX"])
    #expect(try Casebook(files: second).supersededClaims == ["register-x-jets"])
  }

  @Test func withdrawsNothingWhereRowsWereSkipped() throws {
    let older = [purchase("jets", 2020, 6), purchase("boats", 2021, 2)]
    let first = try put(older, file: "1", fetched: "2026-01-01", into: files()).files
    let bad = Problem(file: "f.csv", place: .row(2, column: nil), message: "is no row")
    let (_, difference, second) = try put(
      [purchase("jets", 2020, 6)], file: "2", fetched: "2027-01-01", into: first, skipping: [bad])
    #expect(difference?.standing == ["register-x-boats"] && difference?.gone == [])
    #expect(try Casebook(files: second).supersededClaims.isEmpty)
  }

  @Test func usesTheWordsThatTheCodebookHasForAnImportersOwn() throws {
    let renamed = files {
      $0.replacing(
        "{id: arms_purchase, title: Arms purchase}",
        with: "{id: weapons_deal, title: Weapons, imports: [arms_purchase]}")
    }
    let after = try put(
      [purchase("jets", 2020, 6)], file: "1", fetched: "2026-01-01", into: renamed)
    let claim = try #require(try Casebook(files: after.files).claim("register-x-jets"))
    #expect(claim.instrument == "weapons_deal")
    #expect(
      try put([purchase("jets", 2020, 6)], file: "2", fetched: "2027-01-01", into: after.files)
        .difference?.same == 1)
  }

  @Test func saysWhichWordsTheCodebookLacks() {
    let bare = files { $0.replacing("{id: arms_purchase, title: Arms purchase}", with: "") }
    let without = files { $0.replacing("arms_purchase", with: "weapons") }
    for casebook in [bare, without] {
      #expect(throws: CasebookError.self) {
        try put([purchase("jets", 2020, 6)], file: "1", fetched: "2026-01-01", into: casebook)
      }
    }
    do {
      _ = try put([purchase("jets", 2020, 6)], file: "1", fetched: "2026-01-01", into: without)
    } catch {
      #expect(
        "\(error)".contains(
          "codebook.yaml: `arms_purchase` is no instrument of this casebook; add it to instruments, "
            + "or write `imports: [arms_purchase]` at the word that stands for it."))
    }
  }

  @Test(arguments: ["row=12", "row=Projects!12", "row=A!B!3"])
  func readsThePlaceOfARowAsItIsWritten(_ text: String) throws {
    #expect(try #require(Locator(text)).description == text)
  }

  @Test(arguments: ["row=", "row=0", "row=!3", "row=Projects!", "row=3-4"])
  func refusesAPlaceThatIsNoRow(_ text: String) { #expect(Locator(text) == nil) }
}
