@testable import Importing
import Evidence
import Documents

/// A casebook that is right, small enough to read, and made to be broken one cell at a time.
enum SmallCasebook {
  static let hash = String(repeating: "0123456789abcdef", count: 4)

  static let texts: [String: String] = [
    "datapackage.json": """
    {"name": "small", "title": "A small casebook", "version": "1",
    \t"resources": [{"path": "actors.csv"}, {"path": "sources.csv"}, {"path": "claims.csv"}]}
    """,
    "codebook.yaml": codebook,
    "actors.csv": """
    id,name,kind,parent,members,from,to,note
    MNE,Montenegro,state,,,2006-06-12,,
    SRB,Serbia,state,,,2006,,
    XKX,Kosovo,state,,,1999,,
    CHN,China,state,,,,,
    YUG,Yugoslavia,state,,,1944,2002,
    NATO,North Atlantic Treaty Organization,organisation,,,,,
    six,The six,group,,MNE;SRB;XKX,,,

    """,
    "sources.csv": """
    id,type,title,author,publisher,issued,accessed,url,language,license,sha256,reliability
    article,webpage,An article,,,2023,2026-11-23,https://example.org,en,,\(hash),C
    register,dataset,A register,,,,2026-11-23,,sr-Latn,,,A

    """,
    "claims.csv": claims(
      ["id": "c1", "locator": "chars=0-5", "value": "6"],
      ["id": "c2", "source": "register", "low": "6", "high": "9", "coded_on": "2026-01-02"],
      ["id": "c3", "fact": "debt", "actor": "MNE", "deal": "highway", "unit": "money"]
        .merging(["value": "100", "currency": "EUR", "price_year": "2014"]) { $1 }),
  ]

  private static let codebook = """
    channels:
      - {id: security, title: Arms, outcome: true}
      - {id: accession, title: Accession, outcome: false}
      - {id: diplomacy, title: Diplomacy, outcome: true}
      - {id: finance, title: Finance, outcome: true}
    instruments:
      - {id: arms_purchase, title: Arms purchase}
      - {id: ladder_step, title: Ladder step}
    ladders:
      - id: NATO
        stages: [{id: partner, title: Partner}, {id: member, title: Member}]
    clauses:
      - {id: cancellation, title: Cancellation}
    units:
      - {id: money, title: Money, money: true}
      - {id: share, title: Share}
    code_systems:
      - {id: cow, title: Correlates of War}
      - {id: polity, title: Polity}
      - {id: iso3, title: ISO}
      - {id: unvotes, title: Roll calls}
      - {id: idealpoints, title: Ideal points}
    """

  private static let claimColumns = [
    "id", "fact", "deal", "part_of", "actor", "by", "with", "counterpart", "channel", "instrument",
    "assertion", "direction", "phase", "on", "ordered", "delivered", "until", "value", "low",
    "high", "unit", "currency", "price_year", "of", "statement", "source", "locator",
    "credibility", "coder", "coded_on", "supersedes",
  ]

  private static let usual = [
    "id": "c1", "fact": "drones", "actor": "SRB", "counterpart": "CHN", "channel": "security",
    "instrument": "arms_purchase", "assertion": "reported", "on": "2020", "statement": "Bought.",
    "source": "article", "coder": "project", "coded_on": "2026-01-01",
  ]

  /// Writes a table of claims: each row is the usual claim with some cells of its own.
  static func claims(_ rows: [String: String]...) -> String {
    let lines = rows.map { row in
      claimColumns.map { row[$0] ?? usual[$0] ?? "" }.joined(separator: ",")
    }
    return ([claimColumns.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// The small casebook with some of its files replaced.
  static func read(_ changes: [String: String] = [:]) throws -> Casebook {
    var texts = texts.merging(changes) { _, changed in changed }
    let tables = texts.keys.filter { $0.hasSuffix(".csv") }.sorted()
    if changes["datapackage.json"] == nil {
      let resources = tables.map { "{\"path\": \"\($0)\"}" }.joined(separator: ", ")
      texts["datapackage.json"] =
        "{\"name\": \"small\", \"title\": \"Small\", \"version\": \"1\", "
        + "\"resources\": [\(resources)]}"
    }
    return try Casebook(files: CasebookFiles(texts: texts.filter { !$0.value.isEmpty }))
  }

  /// The sentences about the small casebook after some of its files were replaced.
  static func problems(_ changes: [String: String]) -> [String] {
    do {
      _ = try read(changes)
      return []
    } catch CasebookError.problems(let problems) {
      return problems.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }
}
