@testable import Importing
import Documents
import Foundation
import Testing

@testable import Evidence

/// A small casebook to import records into, and the ways to do it.
enum RecordFixture {
  static let actors = """
    id,name,kind,parent,members,from,to,note
    ALB,Albania,state,,,1944-11-17,,
    BIH,Bosnia and Herzegovina,state,,,1992-04-07,,
    CHN,China,state,,,,,
    MKD,North Macedonia,state,,,1991,,
    MNE,Montenegro,state,,,2006-06-12,,
    RUS,Russia,state,,,,,
    SRB,Serbia,state,,,2006,,
    XKX,Kosovo,state,,,2008-02-20,,
    YUG,Yugoslavia,state,,,1944,2002,
    NATO,North Atlantic Treaty Organization,organisation,,,,,
    EU,European Union,organisation,,,,,

    """

  static let codes = """
    actor,system,code,from,to
    ALB,iso3,ALB,,
    BIH,iso3,BIH,,
    CHN,iso3,CHN,,
    MKD,iso3,MKD,,
    MNE,iso3,MNE,,
    RUS,iso3,RUS,,
    SRB,iso3,SRB,,
    XKX,iso3,XKX,,
    YUG,iso3,YUG,,
    ALB,cow,339,,
    BIH,cow,346,1992,
    CHN,cow,710,,
    MKD,cow,343,1993,
    MNE,cow,341,2006,
    RUS,cow,365,,
    YUG,cow,345,,2002
    SRB,cow,345,2006,
    XKX,cow,347,2008,
    XKX,polity,341,2008,
    ALB,gw,339,,
    BIH,gw,346,1992,
    CHN,gw,710,,
    MKD,gw,343,1991,
    MNE,gw,341,2006,
    SRB,gw,340,2006,
    XKX,gw,347,2008,
    ALB,sipri,Albania,,
    BIH,sipri,Bosnia-Herzegovina,,
    CHN,sipri,China,,
    MNE,sipri,Montenegro,,
    RUS,sipri,Russia,,
    SRB,sipri,Serbia,,

    """

  private static let codebook = """
    channels:
      - {id: security, title: Arms, outcome: true}
      - {id: accession, title: Accession, outcome: false}
      - {id: context, title: Context, outcome: false}
      - {id: diplomacy, title: Diplomacy, outcome: true}
      - {id: finance, title: Finance, outcome: true}
      - {id: energy, title: Energy, outcome: true}
      - {id: infrastructure, title: Infrastructure, outcome: true}
      - {id: technology, title: Technology, outcome: true}
    instruments:
      - {id: arms_purchase, title: Arms purchase}
      - {id: donation, title: Gift}
      - {id: loan, title: Loan}
      - {id: refinancing, title: Refinancing}
      - {id: agreement, title: Agreement}
      - {id: investment, title: Investment}
      - {id: ladder_step, title: Ladder step}
    ladders:
      - id: NATO
        stages: [{id: partner, title: Partner}, {id: member, title: Member}]
      - id: EU
        stages: [{id: member, title: Member}]
    units:
      - {id: money, title: Money, money: true}
      - {id: count, title: Count}
    code_systems:
      - {id: cow, title: Correlates of War}
      - {id: gw, title: Gleditsch and Ward}
      - {id: iso3, title: ISO}
      - {id: polity, title: Polity}
      - {id: sipri, title: SIPRI}
    coders:
      - {id: keeper, title: Keeper}

    """

  /// The files of the casebook, empty of evidence.
  static var files: CasebookFiles {
    var texts = [
      "actors.csv": actors, "codes.csv": codes, "codebook.yaml": codebook,
      "claims.csv": SmallCasebook.claims(),
      "memberships.csv": "actor,organisation,stage,from,to,claim\n",
      "series.csv": "variable,actor,period,value,low,high,status,source\n",
      "variables.csv": "id,title,unit,channel,concept,direction,counterpart,source,method\n",
    ]
    texts["sources.csv"] =
      "id,type,title,author,publisher,issued,accessed,url,language,license,sha256,reliability\n"
    let names = texts.keys.filter { $0.hasSuffix(".csv") }.sorted()
    texts["datapackage.json"] =
      "{\"name\": \"small\", \"title\": \"Small\", \"version\": \"1\", \"resources\": ["
      + names.map { "{\"path\": \"\($0)\"}" }.joined(separator: ", ") + "]}"
    return CasebookFiles(texts: texts)
  }

  static func work(
    _ format: Importer? = nil, actors: [ActorID]? = nil, years: ClosedRange<Int>? = nil,
    counterparts: [ActorID] = ["CHN"], accessed: String = "2026-11-23", badRows: BadRows = .refuse
  ) throws -> Import {
    Import(
      format: format, actors: actors, years: years, counterparts: counterparts,
      accessed: try EDTFDate(accessed), coder: nil, badRows: badRows)
  }

  /// What became of a text that was imported, without its format being named.
  struct Outcome {
    let report: ImportReport
    let files: CasebookFiles
    let casebook: Casebook

    func lines(_ table: String, _ prefix: String = "") -> [String] {
      String(decoding: files.contents["\(table).csv"] ?? Data(), as: UTF8.self)
        .split(separator: "\n").dropFirst().map(String.init).filter { $0.hasPrefix(prefix) }
    }

    /// The losses as `2 of codes that nobody has: A B`.
    var losses: [String] {
      report.losses.map { "\($0.rows) \($0.reason): \($0.codes.joined(separator: " "))" }
    }
  }

  static func imported(
    _ texts: String..., into base: CasebookFiles? = nil, by work: Import? = nil
  ) throws -> Outcome {
    let files = texts.enumerated().map { DataFile(name: "f\($0.offset).csv", text: $0.element) }
    return try imported(files, into: base, by: work)
  }

  static func imported(
    _ data: [DataFile], into base: CasebookFiles? = nil, by work: Import? = nil
  ) throws -> Outcome {
    let base = base ?? files
    let (report, changed) = try (work ?? self.work()).derive(data, into: base)
    let after = base.replacing(changed)
    return Outcome(report: report, files: after, casebook: try Casebook(files: after))
  }

  /// The sentences of what an import throws.
  static func problems(_ texts: String..., by work: Import? = nil) -> String {
    do {
      let files = texts.enumerated().map { DataFile(name: "f\($0.offset).csv", text: $0.element) }
      _ = try imported(files, by: work)
      return ""
    } catch {
      return "\(error)"
    }
  }
}
