import Documents
import Foundation
import Testing

@testable import Evidence

@Suite struct HouseStyleTests {
  private static let styles = """

    styles:
      - id: house
        title: The House
        names:
          - {actor: XKX, name: "Kosovo*", note: No position is implied., source: article}
          - {actor: CHN, name: Old China, to: 2019}
          - {actor: CHN, name: New China, from: 2020}
    """

  private static let recognitions = """
    by,of,status,from,to,claim
    SRB,XKX,not_recognised,2008,,c1
    MNE,XKX,recognised,2008-10-09,,
    CHN,XKX,recognised,2008,2015,
    CHN,XKX,withdrawn,2016,,c2

    """

  private func casebook(_ changes: [String: String] = [:]) throws -> Casebook {
    try SmallCasebook.read(
      [
        "codebook.yaml": (SmallCasebook.texts["codebook.yaml"] ?? "") + HouseStyleTests.styles,
        "recognitions.csv": HouseStyleTests.recognitions,
      ].merging(changes) { $1 })
  }

  @Test func saysWhoRecognisesWhomOnADay() throws {
    let casebook = try casebook()
    func stances(_ year: Int) -> [String] {
      casebook.recognitions(of: "XKX", on: Day(year: year, month: 6, day: 30)).map {
        "\($0.by) \($0.status.rawValue)"
      }
    }
    #expect(stances(2007) == [])
    #expect(stances(2010) == ["SRB not_recognised", "MNE recognised", "CHN recognised"])
    #expect(stances(2020) == ["SRB not_recognised", "MNE recognised", "CHN withdrawn"])
  }

  @Test func takesNoSideUnlessAHouseIsNamed() throws {
    let named = try casebook().named(by: HouseStyle.neutral)
    #expect(named.actor("XKX")?.name == "Kosovo")
    #expect(
      named.nameNotes == [
        NameNote(
          actor: "XKX", name: "Kosovo",
          text: "Statehood is contested: recognised by Montenegro; not recognised by Serbia; "
            + "recognised no longer by China, as far as this casebook knows.",
          sources: ["article", "register"])
      ])
  }

  /// The last record is of 2026, so the name that held until 2019 is no longer used.
  @Test func namesActorsAndNotesAsAHouseDoesOnTheDayOfTheLastRecord() throws {
    let named = try casebook().named(by: "house")
    #expect(named.actor("XKX")?.name == "Kosovo*" && named.actor("CHN")?.name == "New China")
    #expect(named.actor("SRB")?.name == "Serbia")
    #expect(named.nameNotes.map(\.text) == ["No position is implied."])
    #expect(named.nameNotes.map(\.sources) == [["article"]])
  }

  @Test func changesNothingButNames() throws {
    let plain = try casebook()
    let named = try plain.named(by: "house")
    #expect(named.claims == plain.claims && named.series == plain.series)
    #expect(named.sha256 == plain.sha256 && named.recognitions == plain.recognitions)
    #expect(named.actors.map(\.id) == plain.actors.map(\.id))
    #expect(named.actors.map(\.from) == plain.actors.map(\.from))
  }

  @Test func asksForAStyleThatTheCodebookHas() throws {
    let casebook = try casebook()
    #expect(casebook.styleNames == ["neutral", "house"])
    #expect(throws: CasebookError.self) { try casebook.named(by: "hose") }
    do { _ = try casebook.named(by: "hose") } catch {
      #expect("\(error)".contains("is no style of this casebook; did you mean `house`?"))
    }
  }

  @Test func reportsStylesThatNameOrCiteWhatIsNotThere() {
    let codebook = SmallCasebook.texts["codebook.yaml"] ?? ""
    let problems = SmallCasebook.problems([
      "codebook.yaml": codebook
        + "\nstyles:\n  - id: house\n    title: House\n    names:\n"
        + "      - {actor: XXK, name: K, source: artcle}\n      - {actor: XKX}\n"
        + "      - {actor: XKX, name: K, from: soon}\n"
    ]).joined(separator: "\n")
    #expect(problems.contains("`XXK` is named by the style house"))
    #expect(problems.contains("did you mean `XKX`?"))
    #expect(problems.contains("`artcle` is cited by the style house"))
    #expect(problems.contains("names nobody"))
    #expect(problems.contains("soon"))
  }

  @Test func knowsThreeStylesOfTheBuiltInCasebook() throws {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    #expect(casebook.styleNames == ["neutral", "eu", "un"])
    let eu = try casebook.named(by: "eu")
    #expect(eu.actor("XKX")?.name == "Kosovo*")
    #expect(eu.nameNotes.first?.text.contains("UNSCR 1244/1999") == true)
    let neutral = try casebook.named(by: "neutral").nameNotes.first
    #expect(neutral?.text.contains("Serbia") == true && neutral?.sources.isEmpty == false)
    let day = Day(year: 2024, month: 1, day: 1)
    let stances = casebook.recognitions(of: "XKX", on: day)
    #expect(stances.contains { $0.by == "USA" && $0.status == .recognised })
    #expect(stances.allSatisfy { $0.claim.flatMap(casebook.claim) != nil })
  }
}
