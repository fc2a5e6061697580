@testable import Importing
import Documents
import Foundation
import Testing

@testable import Evidence

@Suite struct SIPRITransfersTests {
  private static let header =
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    + "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,"
    + "SIPRI TIV for total order,SIPRI TIV of delivered weapons"

  /// Made rows in the shapes of the register: estimates, several years, partial and no delivery, an
  /// unknown number, gifts, and a record that a line break in its comment has cut in two.
  private static let register = """
    \(header)
    Serbia,China,2020,,3,?,Shield-9,SAM system,3,?,2022; 2023,New,X version,50,150,150
    Serbia,China,2020,,300,?,Shield-9,SAM,200,,2022,New,,1,300,200
    Serbia,China,2020,,3,?,Shield-9,SAM system,0,,,New,second batch,50,150,0
    Serbia,China,2021,?,,,Truck-1,truck,4,,2021,Second hand,Second-hand; aid,2,0,8
    Montenegro,China,2010,,6,,Boat-2,patrol boat,6,,2011,New,probably aid; with a,,,,
    ,9,54,54,,,,,,,,,,,,
    Montenegro,Elsewhere,2011,,1,,Boat-3,patrol boat,1,,2012,New,,9,9,9
    Serbia,China,2001,,1,,Old-1,tank,1,,2001,New,,9,9,9
    Bosnia-Herzegovina,Elsewhere,2012,,1,,Boat-3,patrol boat,1,,2012,New,,9,9,9
    Rebels*,China,2012,,1,,Boat-3,patrol boat,1,,2012,New,,9,9,9

    """

  private func claims(_ outcome: RecordFixture.Outcome) -> [String: Claim] {
    Dictionary(
      outcome.casebook.claims.map { ($0.id.rawValue.replacing("sipri-transfers-", with: ""), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func makesOneClaimOfEachOrderWithDeliveryApart() throws {
    let outcome = try RecordFixture.imported(Self.register)
    let claims = claims(outcome)
    #expect(outcome.report.format == "sipri-transfers" && outcome.report.isRecognised)
    #expect(
      Set(claims.keys) == [
        "srb-chn-2020-shield-9-sam-system", "srb-chn-2020-shield-9-sam",
        "srb-chn-2020-shield-9-sam-system-2", "srb-chn-2021-truck-1-truck",
        "mne-chn-2010-boat-2-patrol-boat",
      ])
    let first = try #require(claims["srb-chn-2020-shield-9-sam-system"])
    #expect(first.ordered?.text == "2020" && first.delivered?.text == "2022/2023")
    #expect(first.on?.text == "2020" && first.value == 3 && first.unit == "count")
    #expect(first.phase == .completed && first.instrument == "arms_purchase")
    #expect(first.by == "CHN" && first.counterpart == "CHN" && first.direction == .toward)
    #expect(first.locator == .row(2, sheet: nil) && first.coder == "keeper")
    #expect(
      first.statement == "Serbia ordered about 3 Shield-9 (SAM system, new) from China in 2020; "
        + "about 3 delivered from 2022 to 2023; trend-indicator value 150.")
    #expect(claims["srb-chn-2020-shield-9-sam"]?.phase == .delivering)
    #expect(claims["srb-chn-2020-shield-9-sam-system-2"]?.phase == .agreed)
    #expect(claims["srb-chn-2020-shield-9-sam-system-2"]?.delivered == nil)
  }

  @Test func keepsAnEstimatedYearUncertainAndAnUnknownNumberABound() throws {
    let truck = try #require(
      claims(try RecordFixture.imported(Self.register))["srb-chn-2021-truck-1-truck"])
    #expect(truck.on?.isUncertain == true && truck.on?.year == 2021)
    #expect(truck.value == nil && truck.low == 4 && truck.instrument == "donation")
  }

  @Test func readsARecordThatALineBreakHasCutInTwo() throws {
    let outcome = try RecordFixture.imported(Self.register)
    let boat = try #require(claims(outcome)["mne-chn-2010-boat-2-patrol-boat"])
    #expect(boat.locator == .row(6, sheet: nil) && boat.instrument == "arms_purchase")
    #expect(boat.statement.hasSuffix("trend-indicator value 54."))
    #expect(outcome.lines("series", "sipri-orders-CHN,MNE,2010").first?.contains(",54,") == true)
    #expect(
      outcome.report.notes.contains(
        "records that a line break in a comment had cut in two, and that are whole again: 1"))
    #expect(outcome.report.rowsRead == 9)
  }

  /// The trend-indicator value is of an order, and no amount of money.
  @Test func addsUpTheVolumeOfOrdersByYearWithZerosOnlyWhereTheRegisterSpeaks() throws {
    let outcome = try RecordFixture.imported(
      Self.register, by: try RecordFixture.work(years: 2009...2022))
    let values = Dictionary(
      outcome.casebook.series("sipri-orders-CHN").map { ("\($0.actor) \($0.period)", $0) },
      uniquingKeysWith: { first, _ in first })
    #expect(values["SRB 2020"]?.value == 600 && values["SRB 2021"]?.value == 8)
    #expect(values["SRB 2010"]?.value == 0 && values["MNE 2020"]?.value == 0)
    #expect(values["BIH 2012"]?.value == 0)
    // Albania is not in the register; its years after 2021 are not either.
    #expect(values["ALB 2012"]?.status == .notSearched)
    #expect(values["SRB 2022"]?.status == .notSearched)
    #expect(outcome.report.actorsWithoutRows.contains("ALB"))
    #expect(!outcome.report.actorsWithoutRows.contains("BIH"))
    #expect(outcome.casebook.claims.allSatisfy { $0.currency == nil && $0.unit == "count" })
  }

  @Test func saysWhichOrdersItCouldNotPlace() throws {
    let outcome = try RecordFixture.imported(Self.register)
    #expect(outcome.losses.contains("2 of orders from others: Elsewhere"))
    #expect(
      outcome.losses.contains { $0.contains("did not exist") && $0.contains("Serbia (SRB)") })
    #expect(outcome.losses.contains { $0.contains("Rebels*") })
  }

  /// The register in the layout that SIPRI's site exports: lines above the header, and the deliveries
  /// under another name.
  private static func export(years: String = "'Not specified' to 'Not specified'") -> String {
    """
    "Transfers of arms from All countries   to All countries . Deals with deliveries made for the year range \(years) "
    A '?' in a column marks uncertain data.

    Data generated: 28 Sep 2026 9:10:31 AM
    \(register.replacing("Number delivered", with: "Deliveries in the Year Range"))
    """
  }

  @Test func readsTheRegisterAsTheSiteExportsIt() throws {
    let whole = try RecordFixture.imported(Self.register)
    let export = try RecordFixture.imported(Self.export())
    #expect(export.report.format == "sipri-transfers" && export.report.isRecognised)
    #expect(export.report.notes == whole.report.notes)
    #expect(claims(export).mapValues(\.statement) == claims(whole).mapValues(\.statement))
    #expect(
      export.casebook.series("sipri-orders-CHN").map(\.value)
        == whole.casebook.series("sipri-orders-CHN").map(\.value))
  }

  /// An order that the export leaves out would read as a year without orders.
  @Test func refusesAnExportThatLeavesOrdersOut() throws {
    #expect(
      RecordFixture.problems(Self.export(years: "'2000' to '2020'")).contains(
        "`2000 to 2020` are the only years of delivery in the export"))
    let ofOne = Self.register.replacing(",China,", with: ",Elsewhere,")
    #expect(
      RecordFixture.problems(ofOne).contains(
        "`Elsewhere` is the only supplier, and orders from China are asked for"))
    let ofTheOther = Self.register.replacing(",Elsewhere,", with: ",China,")
    #expect(try RecordFixture.imported(ofTheOther).casebook.claims.count == 7)
  }

  /// Two sources on one purchase count twice until a person says that it is one.
  @Test func namesClaimsOfOtherSourcesThatMayTellOfTheSameOrder() throws {
    let known = RecordFixture.files.replacing([
      "claims.csv": Data(
        SmallCasebook.claims(
          ["id": "a-shield", "fact": "shield", "on": "2022-06", "coder": "keeper"],
          ["id": "a-later", "fact": "later", "on": "2024", "coder": "keeper"],
          ["id": "a-other", "fact": "other", "on": "2020", "actor": "MNE", "coder": "keeper"]
        ).utf8),
      "sources.csv": Data(SmallCasebook.texts["sources.csv", default: ""].utf8),
    ])
    let alike = try RecordFixture.imported(Self.register, into: known).report.alike
    #expect(
      alike.map { "\($0.claim) \($0.others)" } == [
        "sipri-transfers-srb-chn-2020-shield-9-sam-system [a-shield]",
        "sipri-transfers-srb-chn-2020-shield-9-sam [a-shield]",
      ])
  }

  @Test func changesNothingTheSecondTimeAndComparesReleases() throws {
    let first = try RecordFixture.imported(Self.register)
    let again = try RecordFixture.imported(Self.register, into: first.files)
    #expect(again.files.contents == first.files.contents && again.report.isUnchanged)
    let newer = Self.register
      .replacing("SAM,200,,2022,New,,1,300,200", with: "SAM,300,,2022; 2023,New,,1,300,300")
      .replacing(
        "Montenegro,Elsewhere,2011",
        with: "Montenegro,China,2022,,1,,Boat-4,boat,0,,,New,,9,9,0\n"
          + "Montenegro,Elsewhere,2011"
      )
      .replacing("Serbia,China,2021,?,", with: "Serbia,Elsewhere,2021,?,")
    let second = try RecordFixture.imported(
      newer, into: first.files, by: try RecordFixture.work(accessed: "2027-01-01"))
    let difference = try #require(second.report.claims)
    #expect(difference.same == 3 && difference.changed.count == 1 && difference.added.count == 1)
    #expect(difference.gone == ["sipri-transfers-srb-chn-2021-truck-1-truck"])
    let sam = try #require(
      second.casebook.fact("sipri-transfers-srb-chn-2020-shield-9-sam")?.readings.first)
    #expect(sam.used.phase == .completed && sam.claims.count == 1)
  }

  @Test func readsACopyWhoseLinesEndInRunsOfSemicolons() throws {
    let mangled = Self.register.split(separator: "\n").enumerated()
      .map { place, line in "\(line)\(String(repeating: ";", count: 3 + place))\r\n" }.joined()
    let outcome = try RecordFixture.imported(mangled)
    #expect(outcome.casebook.claims.count == 5)
    #expect(outcome.report.notes.contains { $0.contains("end in semicolons that part nothing") })
    #expect(outcome.casebook.source("sipri-transfers")?.license?.hasPrefix("import only") == true)
  }

  @Test func namesRowAndColumnOfWhatCannotBeRead() {
    let wrong = Self.register
      .replacing(
        "Serbia,China,2020,,3,?,Shield-9,SAM system,3,?,2022; 2023",
        with: "Serbia,China,2020,,3,?,Shield-9,SAM system,3,?,2022; soon"
      )
      .replacing("1,300,200", with: "\"1,5\",300,\"200,5\"")
    let sentences = RecordFixture.problems(wrong)
    #expect(sentences.contains("f0.csv, row 2, column Year(s) of delivery: ` soon` is not a year"))
    #expect(
      sentences.contains(
        "row 3, column SIPRI TIV of delivered weapons: `200,5` is not a number; it has a decimal "
          + "comma; write 200.5."))
    let misspelt = Self.register.replacing("Year of order", with: "Order year")
    #expect(RecordFixture.problems(misspelt).contains("the nearest is sipri-transfers"))
  }

  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func readsTheRegisterWholeAndMangled() throws {
    let files = try CasebookFiles(in: PublicData.casebook)
    let work = Import(
      format: nil, actors: nil, years: nil, counterparts: ["CHN"],
      accessed: try EDTFDate("2026-11-25"), coder: nil, badRows: .refuse)
    let whole = try RecordFixture.imported(
      [try PublicData.file("sipri/trade-register.csv")], into: files, by: work)
    // 29,507 lines of records, of which four are the second halves of others.
    #expect(whole.report.rowsRead == 29_503)
    #expect(whole.report.notes.contains { $0.hasSuffix("whole again: 4") })
    let serbian = whole.casebook.claims.filter {
      $0.source == "sipri-transfers" && $0.actor == "SRB"
    }
    #expect(serbian.count == 7 && serbian.allSatisfy { $0.ordered != nil && $0.delivered != nil })
    #expect(
      whole.casebook.series("sipri-orders-CHN").first {
        $0.actor == "SRB" && $0.period == 2020
      }?.value == 465)
    let mangled = try RecordFixture.imported(
      [try PublicData.file("sipri/trade-register.mangled-semicolons.csv")], into: files, by: work)
    #expect(mangled.report.format == "sipri-transfers" && mangled.report.rowsRead == 5_946)
    #expect(mangled.report.notes.contains { $0.contains("Windows-1252") })
  }
}
