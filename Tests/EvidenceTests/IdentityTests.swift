import Foundation
import Documents
import Tables
import Testing

@testable import Evidence

@Suite struct IdentityTests {
  private static let shared = (try? Casebook(contentsOf: Casebook.westernBalkans)).map {
    Identity($0)
  }
  private let identity: Identity

  init() throws { identity = try #require(IdentityTests.shared) }

  private func known(_ code: String, _ system: CodeSystem, _ year: Int) -> KnownPlaces.Place? {
    if case .outsideCasebook(let place) = identity.place(code, of: system, in: year) {
      return place
    }
    return nil
  }

  // MARK: Numbers and letters

  @Test func tellsTheSameNumberApartBySystem() {
    #expect(identity.place("341", of: "cow", in: 2010) == .actor("MNE"))
    #expect(identity.place("341", of: "polity", in: 2010) == .actor("XKX"))
    #expect(identity.place("347", of: "cow", in: 2010) == .actor("XKX"))
    #expect(identity.place("347", of: "polity", in: 2004) == .actor("SCG"))
    #expect(identity.place("347", of: "polity", in: 1999) == .actor("YUG"))
    #expect(identity.place("342", of: "polity", in: 2010) == .actor("SRB"))
    #expect(identity.place("348", of: "polity", in: 2010) == .actor("MNE"))
    #expect(identity.place("340", of: "gw", in: 2010) == .actor("SRB"))
    #expect(identity.place("345", of: "cow", in: 2010) == .actor("SRB"))
    #expect(identity.place("345", of: "cow", in: 1985) == .actor("YUG"))
  }

  @Test func readsNumbersAsTablesOfWholeNumbersWriteThem() {
    #expect(identity.place("341.0", of: "cow", in: 2010) == .actor("MNE"))
    #expect(identity.place("70", of: "un", in: 2010) == .actor("BIH"))
    #expect(identity.place("070", of: "un", in: 2010) == .actor("BIH"))
  }

  @Test func readsCSAsCzechoslovakiaWhoseSeatItWas() {
    #expect(known("CS", "unvotes", 1989)?.name == "Czechoslovakia")
    #expect(identity.place("CS", of: "unvotes", in: 2004) == .notInForce)
    #expect(identity.place("YU", of: "unvotes", in: 2004) == .actor("SCG"))
    #expect(identity.place("YU", of: "unvotes", in: 2015) == .actor("SRB"))
  }

  @Test(
    arguments: [
      ("XKX", "worldbank"), ("KSV", "worldbank"), ("KOS", "cow_abbr"), ("KOS", "naturalearth"),
      ("KV", "fips"), ("XKS", "genc"), ("XK", "eurostat"), ("XKX", "vdem_text"), ("43", "vdem"),
    ] as [(String, CodeSystem)])
  func knowsKosovoUnderEveryCode(_ code: String, _ system: CodeSystem) {
    #expect(identity.place(code, of: system, in: 2012) == .actor("XKX"))
  }

  @Test func takesMinus99ForNoCodeAndFindsFranceAndNorwayByAnother() {
    #expect(identity.place("-99", of: "iso3", in: 2010) == .noCode)
    #expect(identity.place("", of: "iso3", in: 2010) == .noCode)
    #expect(known("FRA", "naturalearth", 2010)?.name == "France")
    #expect(known("NOR", "naturalearth", 2010)?.name == "Norway")
  }

  // MARK: Names

  @Test(
    arguments: [
      ("Bosnia", 2010, "BIH"), ("Bosnia-Herzegovina", 2010, "BIH"),
      ("Bosnia & Herzegovina", 2010, "BIH"), ("bosnia and herzegovina", 2010, "BIH"),
      ("Macedonia", 2010, "MKD"), ("FYROMacedonia", 2010, "MKD"),
      ("Macedonia (Former Yugoslav Republic of)", 2010, "MKD"), ("Yugoslavia", 1985, "YUG"),
      ("Yugoslavia", 2004, "SCG"), ("Yugoslavia", 2015, "SRB"),
      ("Serbia and Montenegro", 2004, "SCG"), ("Serbia", 2012, "SRB"), ("Kosovo", 2012, "XKX"),
      ("Russian Federation", 2012, "RUS"), ("Soviet Union", 1985, "RUS"),
      ("the United States of America", 2012, "USA"), ("Czech Republic", 2012, "CZE"),
    ] as [(String, Int, ActorID)])
  func knowsTheNamesThatSourcesWrite(_ name: String, _ year: Int, _ actor: ActorID) {
    #expect(identity.place(name, of: .name, in: year) == .actor(actor))
  }

  @Test(
    arguments: [
      ("Bosnia & Herzegovina", "bosnia and herzegovina"),
      ("Bosnia&Herzegovina ", "bosnia and herzegovina"),
      ("The Gambia", "gambia"), ("Thessaly", "thessaly"), ("the", ""), ("(Theatre)", "theatre"),
      ("Côte d’Ivoire", "cote d ivoire"), ("Cote d'Ivoire", "cote d ivoire"),
      ("The Åland Islands", "aland islands"), ("  Timor-Leste*", "timor leste"), ("&", "and"),
      ("**", ""),
    ])
  func comparesNamesWithoutCaseAccentsPunctuationAndArticle(_ name: String, _ key: String) {
    #expect(Spelling.key(name, of: .name) == key)
  }

  @Test func saysThatANamedActorDidNotExist() {
    #expect(identity.place("Serbia", of: .name, in: 2004) == .outsideExistence("SRB"))
    #expect(identity.place("Kosovo", of: .name, in: 1993) == .outsideExistence("XKX"))
  }

  @Test func tellsAStateOutsideTheCasebookFromAGroupAndFromTheUnknown() {
    #expect(known("Côte d’Ivoire", .name, 2010)?.kind == .state)
    #expect(known("Cote d'Ivoire", .name, 2010)?.id == "CIV")
    #expect(known("Aruba", .name, 2010)?.kind == .territory)
    #expect(known("ECS", "worldbank", 2010)?.kind == .group)
    #expect(known("Euro area", .name, 2010)?.kind == .group)
    #expect(known("unknown recipient(s)", .name, 2010)?.kind == .group)
    #expect(identity.place("Atlantis", of: .name, in: 2010) == .unknownCode)
    #expect(identity.place("Montenegr0", of: .name, in: 2010) == .unknownCode)
  }

  @Test func takesTheNamesOfTheArmsRegisterForNames() {
    #expect(identity.place("Bosnia-Herzegovina", of: "sipri", in: 2010) == .actor("BIH"))
    #expect(identity.place("Soviet Union", of: "sipri", in: 1985) == .actor("RUS"))
    #expect(known("PKK (Turkiye)*", "sipri", 1995)?.kind == .group)
    #expect(known("United Nations**", "sipri", 1995)?.kind == .group)
    #expect(known("DR Congo", "sipri", 1995)?.id == "COD")
  }

  // MARK: The list

  @Test func givesNoCodeOfTheListToTwoPlacesAtOneTime() throws {
    struct Key: Hashable { let system, code: String }
    var spells: [Key: [(place: String, years: ClosedRange<Int>)]] = [:]
    let text = try String(
      contentsOf: Casebook.places.appending(path: "codes.csv"), encoding: .utf8)
    for line in text.split(separator: "\n").dropFirst() where !line.contains("\"") {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let years = (Int(cells[3]) ?? 0)...(Int(cells[4]) ?? 9999)
      let key = Key(system: cells[1], code: Spelling.key(cells[2], of: CodeSystem(cells[1])))
      let rivals = spells[key, default: []].filter {
        $0.place != cells[0] && $0.years.overlaps(years)
      }
      #expect(rivals.isEmpty, "\(line) and \(rivals)")
      spells[key, default: []].append((cells[0], years))
    }
    #expect(spells.count > 3500)
  }

  @Test func fillsInForACasebookThatHasFewCodes() throws {
    let casebook = try SmallCasebook.read([
      "codes.csv": "actor,system,code,from,to\nSRB,iso3,SRB,,\n"
    ])
    let identity = Identity(casebook)
    #expect(identity.place("688", of: "un", in: 2010) == .actor("SRB"))
    #expect(identity.place("MNG", of: "cow_abbr", in: 2010) == .actor("MNE"))
    #expect(identity.place("FRN", of: "cow_abbr", in: 2010).actor == nil)
  }
}

@Suite(.enabled(if: PublicData.isHere, PublicData.absence))
struct BoundaryIdentityTests {
  /// France, Norway and Kosovo have −99 for ISO_A3, but a code of their own in ADM0_A3.
  @Test func placesEveryStateOfTheCasebookOnTheMap() throws {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    let identity = Identity(casebook)
    let file = PublicData.folder.appending(path: "boundaries/ne_50m_admin_0_countries.json.gz")
    let data = try Gzip.unpack(Data(contentsOf: file))
    let map = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let features = try #require(map["features"] as? [[String: Any]])
    var placed: Set<ActorID> = []
    var byISO: [String: Identity.Placement] = [:]
    for feature in features {
      let properties = feature["properties"] as? [String: Any] ?? [:]
      let code = (properties["ADM0_A3"] ?? properties["adm0_a3"]) as? String ?? ""
      let iso = (properties["ISO_A3"] ?? properties["iso_a3"]) as? String ?? ""
      byISO[code] = identity.place(iso, of: .iso3, in: 2018)
      let placement = identity.place(code, of: "naturalearth", in: 2018)
      #expect(placement != .unknownCode && placement != .noCode, "\(code)")
      if let actor = placement.actor { placed.insert(actor) }
    }
    let states = casebook.actors.filter { $0.kind == .state && $0.to == nil }.map(\.id)
    #expect(Set(states).subtracting(placed).isEmpty)
    #expect(byISO["FRA"] == .noCode && byISO["NOR"] == .noCode && byISO["KOS"] == .noCode)
  }
}
