import Documents
import Foundation
@testable import Importing
import Testing

@testable import Evidence

/// A casebook with a channel for context, to import into.
enum ContextCasebook {
  static func files(_ changes: [String: String] = [:]) -> CasebookFiles {
    var texts = SmallCasebook.texts
    texts["codebook.yaml"] = (texts["codebook.yaml"] ?? "").replacing(
      "  - {id: finance, title: Finance, outcome: true}",
      with: "  - {id: finance, title: Finance, outcome: true}\n"
        + "  - {id: context, title: Context, outcome: false}")
    texts["actors.csv", default: ""] += "SCG,Serbia and Montenegro,state,,,2003,2006,\n"
    texts["successions.csv"] =
      "predecessor,successor,kind,on,claim\nSCG,MNE,split,2006-06-12,\nSCG,SRB,continuation,2006,\n"
    texts["codes.csv"] = "actor,system,code,from,to\nSRB,iso3,SRB,,\n"
    texts["variables.csv"] =
      "id,title,unit,channel,concept,direction,counterpart,source,method\n"
    texts["series.csv"] = "variable,actor,period,value,low,high,status,source\n"
    texts.merge(changes) { $1 }
    let names = texts.keys.filter { $0.hasSuffix(".csv") }.sorted()
    texts["datapackage.json"] =
      "{\"name\": \"small\", \"title\": \"Small\", \"version\": \"1\", \"resources\": ["
      + names.map { "{\"name\": \"\($0.dropLast(4))\", \"path\": \"\($0)\"}" }
      .joined(separator: ", ") + "]}"
    return CasebookFiles(texts: texts)
  }

  static func work(
    _ format: Importer?, years: ClosedRange<Int>? = nil, split: [ActorID] = [],
    variables: [String]? = nil, accessed: String = "2026-11-23", badRows: BadRows = .refuse
  ) throws -> Import {
    Import(
      format: format, actors: ["MNE", "SCG", "SRB", "XKX"], years: years, counterparts: [],
      accessed: try EDTFDate(accessed), coder: "project", badRows: badRows, split: split,
      variables: variables)
  }

  static func lines(_ data: Data?, _ prefix: String) -> [String] {
    String(decoding: data ?? Data(), as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix(prefix) }
  }
}

@Suite struct SeriesFormatTests {
  private func lines(_ data: Data?, _ prefix: String) -> [String] {
    ContextCasebook.lines(data, prefix)
  }

  // MARK: World Bank

  private static let api = DataFile(
    name: "api.csv",
    text: "\u{FEFF}\"Data Source\",\"World Development Indicators\",\n\n"
      + "\"Last Updated Date\",\"2025-12-19\",\n\n"
      + "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2005\",\"2006\",\n"
      + "\"Serbia\",\"SRB\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"9\",\"1.5E+10\",\n"
      + "\"Kosovo\",\"XKX\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"\",\"7\",\n"
      + "\"Euro area\",\"EMU\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"1\",\"2\",\n"
      + "\"Aruba\",\"ABW\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"1\",\"2\",\n"
      + "\"France\",\"FRA\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"1\",\"2\",\n"
      + "\"Nowhere\",\"QQQ\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"1\",\"2\",\n")

  @Test func readsTheLayoutOfTheWorldBankAPI() throws {
    let (report, changed) = try ContextCasebook.work(nil)
      .derive([SeriesFormatTests.api], into: ContextCasebook.files())
    #expect(report.format == "world-bank" && report.isRecognised)
    #expect(
      lines(changed["series.csv"], "world-bank-ny-gdp-mktp-cd,") == [
        "world-bank-ny-gdp-mktp-cd,MNE,2005,,,,M,world-bank-ny-gdp-mktp-cd",
        "world-bank-ny-gdp-mktp-cd,MNE,2006,,,,L,world-bank-ny-gdp-mktp-cd",
        "world-bank-ny-gdp-mktp-cd,SCG,2005,,,,L,world-bank-ny-gdp-mktp-cd",
        "world-bank-ny-gdp-mktp-cd,SCG,2006,,,,L,world-bank-ny-gdp-mktp-cd",
        "world-bank-ny-gdp-mktp-cd,SRB,2005,,,,M,world-bank-ny-gdp-mktp-cd",
        "world-bank-ny-gdp-mktp-cd,SRB,2006,15000000000,,,,world-bank-ny-gdp-mktp-cd",
        "world-bank-ny-gdp-mktp-cd,XKX,2005,,,,L,world-bank-ny-gdp-mktp-cd",
        "world-bank-ny-gdp-mktp-cd,XKX,2006,7,,,,world-bank-ny-gdp-mktp-cd",
      ])
    #expect(
      report.losses.map { "\($0.rows) \($0.reason): \($0.codes.joined(separator: " "))" } == [
        "2 of codes and names that nobody is known by: QQQ",
        "2 of groups, not of one state: EMU (Euro area)",
        "2 of states outside the casebook: FRA (France)",
        "2 of territories outside the casebook: ABW (Aruba)",
        "1 of years in which the actor did not exist: SRB", "1 without a value: XKX",
      ])
    #expect(report.notes.contains { $0.contains("SRB, XKX") })
    let source = try #require(lines(changed["sources.csv"], "world-bank").first)
    #expect(source.contains(",2025-12-19,2026-11-23,") && source.contains(",CC-BY-4.0,"))
    let variable = try #require(lines(changed["variables.csv"], "world-bank").first)
    #expect(variable.contains("GDP (current US$),current US$,context,context,neutral,,"))
  }

  private static let dataBank = DataFile(
    name: "databank.csv",
    text: """
      Series Name,Series Code,Country Name,Country Code,2007 [YR2007],2006 [YR2006]
      GDP per capita (current US$),NY.GDP.PCAP.CD,Serbia,SRB,4000.5,..
      "Population, total",SP.POP.TOTL,Serbia,SRB,7,8
      "Population, total",SP.POP.TOTL,Montenegro,MNE,..,0.6
      ,,,,,

      Data from database: World Development Indicators
      Last Updated: 12/19/2025

      """)

  @Test func readsTheLayoutOfTheDataBankWithYearsInAnyOrder() throws {
    let (report, changed) = try ContextCasebook.work(nil)
      .derive([SeriesFormatTests.dataBank], into: ContextCasebook.files())
    #expect(report.format == "world-bank" && report.skipped.isEmpty)
    let series = changed["series.csv"]
    #expect(
      lines(series, "world-bank-ny-gdp-pcap-cd,SRB") == [
        "world-bank-ny-gdp-pcap-cd,SRB,2006,,,,L,world-bank-ny-gdp-pcap-cd",
        "world-bank-ny-gdp-pcap-cd,SRB,2007,4000.5,,,,world-bank-ny-gdp-pcap-cd",
      ])
    #expect(
      lines(series, "world-bank-sp-pop-totl,SRB") == [
        "world-bank-sp-pop-totl,SRB,2006,8,,,,world-bank-sp-pop-totl",
        "world-bank-sp-pop-totl,SRB,2007,7,,,,world-bank-sp-pop-totl",
      ])
    #expect(lines(changed["sources.csv"], "world-bank").allSatisfy { $0.contains(",2025-12-19,") })
  }

  @Test func readsOnlyTheIndicatorsThatAreNamed() throws {
    let (_, changed) = try ContextCasebook.work(.worldBank, variables: ["SP.POP.TOTL"])
      .derive([SeriesFormatTests.dataBank], into: ContextCasebook.files())
    #expect(lines(changed["variables.csv"], "world-bank").count == 1)
    #expect(throws: CasebookError.self) {
      try ContextCasebook.work(.worldBank, variables: ["SP.POP.TOTAL"])
        .derive([SeriesFormatTests.dataBank], into: ContextCasebook.files())
    }
  }

  // MARK: V-Dem

  private static let vdem = DataFile(
    name: "vdem.csv",
    text: """
      vdem_country_name,country_text_id,country_id,year,v2x_polyarchy,v2x_polyarchy_codelow,v2x_polyarchy_codehigh,v2x_api,v2x_api_codelow,v2x_api_codehigh
      Serbia,SRB,198.0,2005.0,0.5,0.4,0.6,0.7,0.6,0.8
      Serbia,SRB,198.0,2006.0,0.55,0.5,0.6,0.7,0.6,0.8
      Montenegro,MNE,183.0,2005.0,0.45,0.4,0.5,0.7,0.6,0.8
      Kosovo,XKX,43.0,2005.0,0.3,0.2,0.4,,,

      """)

  @Test func keepsTheIntervalsOfVDemInAFileUnderTheirLicence() throws {
    let base = ContextCasebook.files()
    let (report, changed) = try ContextCasebook.work(nil)
      .derive([SeriesFormatTests.vdem], into: base)
    #expect(report.format == "vdem" && changed["series.csv"] == nil)
    #expect(
      lines(changed["series-vdem.csv"], "vdem-v2x-polyarchy,") == [
        "vdem-v2x-polyarchy,MNE,2005,,,,M,vdem", "vdem-v2x-polyarchy,MNE,2006,,,,L,vdem",
        "vdem-v2x-polyarchy,SCG,2005,0.5,0.4,0.6,,vdem", "vdem-v2x-polyarchy,SCG,2006,,,,L,vdem",
        "vdem-v2x-polyarchy,SRB,2005,,,,M,vdem", "vdem-v2x-polyarchy,SRB,2006,0.55,0.5,0.6,,vdem",
        "vdem-v2x-polyarchy,XKX,2005,0.3,0.2,0.4,,vdem", "vdem-v2x-polyarchy,XKX,2006,,,,L,vdem",
      ])
    let package = String(decoding: changed["datapackage.json"] ?? Data(), as: UTF8.self)
    #expect(package.contains("\"name\": \"CC-BY-SA-4.0\""))
    #expect(package.contains("\"path\": \"series-vdem.csv\""))
    let after = try Casebook(files: base.replacing(changed))
    #expect(after.series("vdem-v2x-polyarchy").count == 8)
  }

  /// Split, the years of the union are its successors': Montenegro has rows of its own.
  @Test func splitsSerbiaAndMontenegroByChoice() throws {
    let (report, changed) = try ContextCasebook.work(
      .vdem, split: ["SCG"], variables: ["v2x_polyarchy", "v2x_api"]
    ).derive([SeriesFormatTests.vdem], into: ContextCasebook.files())
    #expect(
      lines(changed["series-vdem.csv"], "vdem-v2x-polyarchy,").filter { $0.contains(",2005,") }
        == [
          "vdem-v2x-polyarchy,MNE,2005,0.45,0.4,0.5,,vdem",
          "vdem-v2x-polyarchy,SCG,2005,0.5,0.4,0.6,,vdem",
          "vdem-v2x-polyarchy,SRB,2005,0.5,0.4,0.6,,vdem",
          "vdem-v2x-polyarchy,XKX,2005,0.3,0.2,0.4,,vdem",
        ])
    #expect(lines(changed["series-vdem.csv"], "vdem-v2x-api,MNE,2005,0.7,0.6,0.8").count == 1)
    #expect(report.notes.contains { $0.hasPrefix("SCG is split") })
  }

  // MARK: The others

  @Test func followsTheNamesOfFreedomHouseThroughHistory() throws {
    let file = DataFile(
      name: "fh.csv",
      text: """
        fh_country,year,pr,cl,status
        Yugoslavia,2002.0,3,2,F
        Serbia and Montenegro,2005.0,3,2,F
        Serbia,2006.0,3,2,F
        Kosovo,1993.0,7,7,NF
        Kosovo,2006.0,6,5,NF
        Kosovo,2006.0,5,5,NF

        """)
    let (report, changed) = try ContextCasebook.work(nil, years: 2005...2006)
      .derive([file], into: ContextCasebook.files())
    #expect(report.format == "freedom-house")
    #expect(
      lines(changed["series.csv"], "freedom-house-pr,").filter {
        !$0.contains(",,,,L") && !$0.contains(",,,,M")
      } == [
        "freedom-house-pr,SCG,2005,3,,,,freedom-house",
        "freedom-house-pr,SRB,2006,3,,,,freedom-house",
        "freedom-house-pr,XKX,2006,6,,,,freedom-house",
      ])
    #expect(report.duplicates.map(\.codes) == [["Kosovo"]])
    #expect(
      report.losses.map { "\($0.reason): \($0.codes.joined(separator: " "))" } == [
        "of actors not asked for: Yugoslavia",
        "of years in which the actor did not exist: Kosovo (XKX)",
      ])
    #expect(lines(changed["sources.csv"], "freedom-house")[0].contains("import only"))
  }

  /// Lower and Upper bound the percentile rank: taking them for the estimate's would be wrong.
  @Test func boundsTheGovernanceEstimateByItsStandardError() throws {
    let file = DataFile(
      name: "wgi.csv",
      text: """
        wb_country,wb_code,year,Estimate,StdErr,NumSrc,Rank,Lower,Upper
        Kosovo,KSV,2008.0,-0.3,0.1,4,41.5,30.5,50.5
        Romania,ROM,2008.0,0.4,0.1,4,60,50,66

        """)
    let (report, changed) = try ContextCasebook.work(nil, variables: ["Estimate", "Rank"])
      .derive([file], into: ContextCasebook.files())
    #expect(report.format == "wgi")
    let line = try #require(lines(changed["series.csv"], "wgi-estimate,XKX,2008").first)
    let cells = line.split(separator: ",").compactMap { Double($0) }
    #expect(
      zip(cells.dropFirst(), [-0.3, -0.4644853627, -0.1355146373]).allSatisfy {
        abs($0 - $1) < 1e-9
      })
    #expect(lines(changed["series.csv"], "wgi-rank,XKX,2008,41.5,30.5,50.5").count == 1)
    #expect(report.losses.map(\.codes) == [["ROM (Romania)"]])
  }

  @Test func listsCodesWithoutTheZeroThatTablesOfNumbersAdd() throws {
    let file = DataFile(
      name: "polity.csv",
      text: "year,ccode,scode,polity2\n2010,341.0,KOS,\n2011,341,KOS,\n2010,338.0,MLT,9\n")
    let (report, _) = try ContextCasebook.work(.polity).derive(
      [file], into: ContextCasebook.files())
    #expect(report.losses.flatMap(\.codes).allSatisfy { !$0.contains(".0") })
    #expect(report.losses.first { $0.reason == "without a value" }?.codes == ["341"])
  }

  @Test(arguments: ["polity_annual_ccode,polity_annual_country", "ccode,scode"])
  func readsPolityByItsOwnNumbers(_ columns: String) throws {
    let file = DataFile(
      name: "polity.csv",
      text: """
        \(columns),year,democ,polity2
        341.0,x,2010.0,8,8
        347.0,x,2005.0,6,6
        342.0,x,2010.0,8,8
        348.0,x,2010.0,-66,
        345.0,x,2010.0,8,8

        """)
    let (report, changed) = try ContextCasebook.work(.polity, variables: ["polity2", "democ"])
      .derive([file], into: ContextCasebook.files())
    #expect(
      lines(changed["series.csv"], "polity-polity2,").filter {
        !$0.contains(",,,,L") && !$0.contains(",,,,M")
      } == [
        "polity-polity2,SCG,2005,6,,,,polity", "polity-polity2,SRB,2010,8,,,,polity",
        "polity-polity2,XKX,2010,8,,,,polity",
      ])
    #expect(
      report.losses.map(\.reason) == ["of years in which nobody has the code", "without a value"])
  }

  @Test(arguments: ["world-bank", "vdem", "freedom-house", "wgi", "polity"])
  func changesNothingTheSecondTime(_ name: String) throws {
    let text =
      switch name {
      case "world-bank": String(decoding: SeriesFormatTests.dataBank.tables[0].bytes, as: UTF8.self)
      case "vdem": String(decoding: SeriesFormatTests.vdem.tables[0].bytes, as: UTF8.self)
      case "freedom-house": "fh_country,year,pr,cl\nSerbia,2006,3,2\n"
      case "wgi": "wb_code,year,Estimate,StdErr\nSRB,2006,0.3,0.2\n"
      default: "ccode,scode,year,polity2\n342,SER,2006,8\n"
      }
    let file = DataFile(name: "f.csv", text: text)
    let base = ContextCasebook.files()
    let (first, changed) = try ContextCasebook.work(nil).derive([file], into: base)
    #expect(first.format == name && !first.isUnchanged)
    let (second, again) = try ContextCasebook.work(nil)
      .derive([file], into: base.replacing(changed))
    #expect(second.isUnchanged && again.isEmpty)
  }

  @Test func keepsTheOlderReleaseOfAPartAndShowsTheDifference() throws {
    let base = ContextCasebook.files()
    let (_, first) = try ContextCasebook.work(.vdem).derive([SeriesFormatTests.vdem], into: base)
    let newer = DataFile(
      name: "vdem.csv",
      text: "country_id,year,v2x_polyarchy,v2x_polyarchy_codelow,v2x_polyarchy_codehigh\n"
        + "198,2006,0.65,0.5,0.7\n")
    let (report, second) = try ContextCasebook.work(
      .vdem, years: 2005...2006, accessed: "2027-03-01"
    )
    .derive([newer], into: base.replacing(first))
    let difference = try #require(report.differences.first)
    #expect(difference.actorsLost == ["SCG", "XKX"] && difference.changed == 1)
    let after = try Casebook(files: base.replacing(first).replacing(second))
    let values = after.series("vdem-v2x-polyarchy").filter { $0.value != nil }
    #expect(values.map(\.value) == [0.5, 0.65, 0.3], "what the newer release lost stands")
  }

  // MARK: Bad input

  private func problems(_ format: Importer?, _ file: DataFile) -> String {
    do {
      _ = try ContextCasebook.work(format).derive([file], into: ContextCasebook.files())
      return ""
    } catch { return "\(error)" }
  }

  private func text(_ text: String) -> DataFile { DataFile(name: "f.csv", text: text) }

  @Test func namesTheNearestColumn() {
    #expect(
      problems(
        .vdem, text("country_id,year,v2x_polyarch,v2x_polyarchy_codelow,v2x_polyarchy_codehigh\n")
      )
      .contains("column v2x_polyarchy: the column is missing; the nearest is `v2x_polyarch`"))
    #expect(
      problems(.freedomHouse, text("fh_contry,year,pr,cl\nSerbia,2006,1,1\n"))
        .contains("column fh_country: the column is missing; the nearest is `fh_contry`"))
    #expect(
      problems(.worldBank, text("Country Name,Country Code,Indicator,Indicator Code,2006\n"))
        .contains("Indicator Name"))
    let work = try? ContextCasebook.work(.vdem, variables: ["v2x_libdm"])
    #expect(throws: CasebookError.self) {
      try work?.derive([SeriesFormatTests.vdem], into: ContextCasebook.files())
    }
  }

  @Test func namesRowAndColumnOfADecimalComma() {
    #expect(
      problems(.wgi, text("wb_code,year,Estimate,StdErr\nSRB,2006,\"0,3\",0.2\n")).hasPrefix(
        "f.csv, row 2, column Estimate: `0,3` is not a number; it has a decimal comma; write 0.3"))
    #expect(
      problems(.polity, text("ccode;scode;year;polity2\n342;SER;2006;8,0\n"))
        .contains("row 2, column polity2: `8,0` is not a number"))
    #expect(
      problems(
        .worldBank,
        text(
          "Country Name,Country Code,Indicator Name,Indicator Code,2006\nSerbia,SRB,X,X.Y,\"1,5\"\n"
        )
      ).contains("row 2, column 2006: `1,5` is not a number"))
    #expect(
      problems(.freedomHouse, text("fh_country,year,pr,cl\nSerbia,20O6,1,1\n"))
        .contains("row 2, column year: `20O6` is not a number"))
  }

  @Test func saysThatBoundsAreOutOfOrder() {
    #expect(
      problems(
        .vdem,
        text(
          "country_id,year,v2x_polyarchy,v2x_polyarchy_codelow,v2x_polyarchy_codehigh\n198,2006,0.5,0.6,0.7\n"
        )
      ).contains("low, value and high are out of order"))
  }

  @Test func saysWhichFormatAFileIsOf() {
    #expect(
      problems(.polity, text("fh_country,year,pr,cl\nSerbia,2006,1,1\n"))
        .contains("the columns are those of freedom-house, not of polity"))
  }

  @Test func readsNamesInEitherEncodingBesideTheOther() throws {
    let bytes =
      Array("fh_country,year,pr,cl\nC".utf8) + [0xF4] + Array("te d'Ivoire,2006,1,1\n".utf8)
      + Array("São Tomé & Príncipe,2006,2,2\nSerbia,2006,3,3\n".utf8)
    let file = try DataFile(name: "f.csv", Data(bytes), packed: Data(bytes))
    let (report, _) = try ContextCasebook.work(.freedomHouse)
      .derive([file], into: ContextCasebook.files())
    #expect(report.notes.contains { $0.contains("UTF-8 and Windows-1252 are mixed") })
    #expect(
      report.losses.map(\.reason) == ["of states outside the casebook"]
        && report.losses[0].rows == 2)
  }

  @Test func asksForAChannelOfContext() throws {
    let base = ContextCasebook.files(["codebook.yaml": SmallCasebook.texts["codebook.yaml"] ?? ""])
    #expect(throws: CasebookError.self) {
      try ContextCasebook.work(.vdem).derive([SeriesFormatTests.vdem], into: base)
    }
  }
}

/// The published files, into the built-in casebook.
@Suite(.enabled(if: PublicData.isHere, PublicData.absence))
struct PublishedSeriesTests {
  private struct Imported {
    let report: ImportReport
    let casebook: Casebook

    func value(_ variable: VariableID, _ actor: ActorID, _ period: Int) -> SeriesValue? {
      casebook.series(variable).first { $0.actor == actor && $0.period == period }
    }
  }

  private func imported(_ path: String, split: [ActorID] = []) throws -> Imported {
    let files = try CasebookFiles(in: PublicData.casebook)
    let work = Import(
      format: nil, actors: nil, years: 1992...2024, counterparts: ["CHN"],
      accessed: try EDTFDate("2027-01-01"), coder: "project", badRows: .refuse, split: split)
    let (report, changed) = try work.derive([try PublicData.file(path)], into: files)
    let after = try Casebook(files: files.replacing(changed))
    return Imported(report: report, casebook: after)
  }

  private static let six: Set<ActorID> = ["ALB", "BIH", "MKD", "MNE", "SRB", "XKX"]

  private func isWhole(_ imported: Imported, _ format: String) {
    #expect(imported.report.format == format && imported.report.isRecognised)
    #expect(imported.report.skipped.isEmpty)
    #expect(PublishedSeriesTests.six.isSubset(of: imported.report.actors))
    #expect(!imported.report.losses.contains { $0.reason.contains("nobody is known by") })
  }

  @Test(arguments: [
    "world-bank/API_SP.POP.TOTL.csv", "world-bank/API_NY.GDP.MKTP.CD_1960_2020.csv",
    "world-bank/WGI_political_stability_DataBank.csv",
    "world-bank/GDP_per_capita_current_usd_DataBank.csv",
  ])
  func placesEveryCodeOfTheWorldBank(_ path: String) throws {
    let imported = try imported(path)
    isWhole(imported, "world-bank")
    let variable = try #require(imported.casebook.variables.last)
    let serbia = imported.casebook.series(variable.id).filter {
      $0.actor == "SRB" && $0.value != nil
    }
    #expect(serbia.count >= 12 && serbia.allSatisfy { $0.period >= 2006 })
    let hasGroups = imported.report.losses.contains { $0.reason == "of groups, not of one state" }
    #expect(hasGroups || path.contains("WGI"), "aggregates have no governance indicators")
  }

  @Test func keepsKosovoAndSerbiaInVDemWithIntervals() throws {
    let imported = try imported("vdem/vdem_simple_v15_1990.csv.gz")
    isWhole(imported, "vdem")
    for actor in ["XKX", "SRB", "MNE"] as [ActorID] {
      let value = try #require(imported.value("vdem-v2x-polyarchy", actor, 2010))
      let (low, high) = (try #require(value.low), try #require(value.high))
      #expect(low < (value.value ?? 0) && (value.value ?? 0) < high)
    }
    #expect(imported.value("vdem-v2x-polyarchy", "SRB", 2004)?.status == .impossible)
    #expect(imported.value("vdem-v2x-polyarchy", "SCG", 2004)?.value != nil)
  }

  @Test func tellsSerbiaAndMontenegroOfBothWhenSplit() throws {
    let whole = try imported("vdem/vdem_simple_v15_1990.csv.gz")
    let split = try imported("vdem/vdem_simple_v15_1990.csv.gz", split: ["SCG"])
    let union = whole.value("vdem-v2x-polyarchy", "SCG", 2004)?.value
    #expect(union != nil && split.value("vdem-v2x-polyarchy", "SRB", 2004)?.value == union)
    let montenegro = split.value("vdem-v2x-polyarchy", "MNE", 2004)?.value
    #expect(montenegro != nil && montenegro != union, "it has rows of its own")
    #expect(
      split.value("vdem-v2x-polyarchy", "SRB", 2010)
        == whole.value("vdem-v2x-polyarchy", "SRB", 2010))
  }

  @Test func followsFreedomHouseFromYugoslaviaToSerbia() throws {
    let imported = try imported("democracy/fh.csv")
    isWhole(imported, "freedom-house")
    for (actor, year) in [("YUG", 2002), ("SCG", 2004), ("SRB", 2006), ("XKX", 1999)]
      as [(ActorID, Int)]
    {
      #expect(imported.value("freedom-house-pr", actor, year)?.value != nil, "\(actor) \(year)")
    }
    #expect(imported.value("freedom-house-pr", "XKX", 1995)?.status == .impossible)
  }

  @Test func placesTheOldCodesOfTheGovernanceIndicators() throws {
    let imported = try imported("democracy/wgi.csv")
    isWhole(imported, "wgi")
    #expect(imported.value("wgi-estimate", "XKX", 2008)?.value == -0.3137962520122528)
    #expect(imported.value("wgi-estimate", "ROU", 1996)?.value == 0.2860233783721924)
  }

  @Test func readsPolityByItsOwnNumbers() throws {
    let imported = try imported("democracy/polity5.csv.gz")
    isWhole(imported, "polity")
    #expect(imported.value("polity-polity2", "XKX", 2010)?.value == 8)
    #expect(imported.value("polity-polity2", "MNE", 2010)?.value == 9)
    #expect(imported.value("polity-polity2", "SCG", 2004)?.value == 6)
    #expect(imported.value("polity-polity2", "YUG", 1999)?.value == -6)
  }

  @Test func saysThatAnArchiveIsCutShort() throws {
    let url = PublicData.folder.appending(path: "democracy/polity5.csv.gz")
    let short = FileManager.default.temporaryDirectory.appending(
      path: "polity-\(UUID().uuidString).csv.gz")
    defer { try? FileManager.default.removeItem(at: short) }
    try Data(contentsOf: url).dropLast(1000).write(to: short)
    #expect(throws: CasebookError.self) { try DataFile(contentsOf: short) }
  }
}
