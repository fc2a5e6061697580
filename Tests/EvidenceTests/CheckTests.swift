import Documents
import Testing

@testable import Evidence

/// A small change to the small casebook, and the one sentence that it must bring.
struct Break: Sendable, CustomTestStringConvertible {
  let file: String
  let text: String
  let sentence: String

  init(_ file: String, _ text: String, _ sentence: String) {
    (self.file, self.text, self.sentence) = (file, text, sentence)
  }

  /// A casebook whose one claim has some cells of its own.
  static func claim(_ cells: [String: String], _ sentence: String) -> Break {
    Break("claims.csv", SmallCasebook.claims(cells), sentence)
  }

  var testDescription: String { sentence }
}

@Suite struct CheckTests {
  @Test func findsNothingWrongInARightCasebook() throws {
    #expect(SmallCasebook.problems([:]) == [])
    let casebook = try SmallCasebook.read()
    #expect((casebook.id, casebook.title, casebook.version) == ("small", "Small", "1"))
    #expect(casebook.claims.count == 3 && casebook.sha256.count == 64)
  }

  @Test(arguments: [
    Break.claim(
      ["actor": "MNR"],
      "claims.csv, row 2, column actor: `MNR` is not an actor of this casebook; did you mean `MNE`?"
    ),
    .claim(
      ["with": "SRB;CHM"],
      "claims.csv, row 2, column with: `CHM` is not an actor of this casebook; did you mean `CHN`?"),
    .claim(
      ["source": "artcle"],
      "claims.csv, row 2, column source: `artcle` is not a source of this casebook; "
        + "did you mean `article`?"),
    .claim(
      ["channel": "security "],
      "claims.csv, row 2, column channel: `security ` is not among the channels of the codebook; "
        + "did you mean `security`?"),
    .claim(
      ["instrument": "loan"],
      "claims.csv, row 2, column instrument: `loan` is not among the instruments of the codebook; "
        + "add it to codebook.yaml."),
    .claim(
      ["unit": "shares"],
      "claims.csv, row 2, column unit: `shares` is not among the units of the codebook; "
        + "did you mean `share`?"),
    .claim(
      ["assertion": "reportd"],
      "claims.csv, row 2, column assertion: `reportd` is not a word for this column; "
        + "did you mean `reported`?"),
    .claim(
      ["direction": "up"],
      "claims.csv, row 2, column direction: `up` is not a word for this column; "
        + "write one of toward, away, neutral."),
    .claim(
      ["credibility": "7"],
      "claims.csv, row 2, column credibility: `7` is not a word for this column; "
        + "did you mean `1`?"),
    .claim(
      ["statement": ""],
      "claims.csv, row 2, column statement: the cell is empty; fill it in; it is required."),
    .claim(
      ["value": "1.000,5"],
      "claims.csv, row 2: the row has 32 cells, the header 31; quote the cell that has a comma in it."
    ),
    .claim(
      ["value": "12%"],
      "claims.csv, row 2, column value: `12%` is not a number; "
        + "write digits with a decimal point, the unit in its own column."),
    .claim(
      ["value": "nan"],
      "claims.csv, row 2, column value: `nan` is not a number; "
        + "write digits with a decimal point, the unit in its own column."),
    .claim(
      ["value": "5", "low": "6", "high": "9"],
      "claims.csv, row 2, column value: `6.0 > 5.0 > 9.0` low, value and high are out of order; "
        + "write low ≤ value ≤ high."),
    .claim(
      ["value": "5", "unit": "money"],
      "claims.csv, row 2, column currency: an amount of money has no currency; "
        + "write its code, such as EUR."),
    .claim(
      ["price_year": "2014"],
      "claims.csv, row 2, column price_year: `2014` there is a price year but no currency; "
        + "write the currency, or empty the price year."),
    .claim(
      ["currency": "Euro"],
      "claims.csv, row 2, column currency: `Euro` is not a currency code; "
        + "write the three capitals of ISO 4217, such as EUR."),
    .claim(
      ["on": "14.06.2020"],
      "claims.csv, row 2, column on: `14.06.2020` is not a date; "
        + "write 2020, 2020-06, 2020-06-14, 2020~, 2018/2020 or ../2023."),
    .claim(
      ["ordered": "2020-06", "delivered": "2019"],
      "claims.csv, row 2, column delivered: `2019` comes before ordered, which is 2020-06; "
        + "correct one of the two dates."),
    .claim(
      ["on": "2005"],
      "claims.csv, row 2, column on: `2005` is before SRB existed (from 2006); "
        + "name the actor of that time, or correct the date."),
    .claim(
      ["actor": "YUG", "on": "2003-01"],
      "claims.csv, row 2, column on: `2003-01` is after YUG ended (2002); "
        + "name the actor of that time, or correct the date."),
    .claim(
      ["locator": "char=0-5"],
      "claims.csv, row 2, column locator: `char=0-5` is not a place in a source; "
        + "write page=3, paragraph=14, row=12 or chars=9120-9241 (start before end)."),
    .claim(
      ["locator": "chars=0-5", "source": "register"],
      "claims.csv, row 2, column locator: `chars=0-5` counts characters of a text, "
        + "but source register has no sha256; add the hash of the text to sources.csv."),
    .claim(
      ["supersedes": "c0"],
      "claims.csv, row 2, column supersedes: `c0` is not a claim of this casebook; did you mean `c1`?"
    ),
    .claim(
      ["supersedes": "c1"],
      "claims.csv, row 2, column supersedes: corrections go round in a circle: c1 → c1; "
        + "let the oldest claim supersede nothing."),
    .claim(
      ["part_of": "drones"],
      "claims.csv, row 2, column part_of: the fact is a part of itself: drones → drones; "
        + "let the whole be a part of nothing."),
    .claim(
      ["part_of": "drone"],
      "claims.csv, row 2, column part_of: `drone` is a fact that no claim is about; "
        + "did you mean `drones`?"),
  ])
  func namesWhatIsWrongInAClaim(_ change: Break) {
    #expect(SmallCasebook.problems([change.file: change.text]) == [change.sentence])
  }

  @Test func reportsABareCountryNumberWithAllThatItMeans() {
    let problems = SmallCasebook.problems([
      "claims.csv": SmallCasebook.claims(["actor": "341"]),
      "codes.csv": "actor,system,code,from,to\nMNE,cow,341,,\nXKX,polity,341,,\n",
    ])
    #expect(
      problems == [
        "claims.csv, row 2, column actor: `341` is a bare number, and the same number is another "
          + "country in another code system; write the actor's id (341 is MNE in cow, XKX in polity)."
      ])
  }

  @Test(arguments: [
    Break(
      "codes.csv", "actor,system,code,from,to\nYUG,cow,345,,2006\nSRB,cow,345,2005,\n",
      "codes.csv, row 3, column code: 345 of cow is YUG at the same time: row 2; "
        + "end one spell before the other starts."),
    Break(
      "codes.csv", "actor,system,code,from,to\nSRB,cwo,345,2006,2005\n",
      "codes.csv, row 2, column system: `cwo` is not among the code_systems of the codebook; "
        + "did you mean `cow`?\ncodes.csv, row 2, column to: `2005` comes before from, "
        + "which is 2006; correct one of the two dates."),
    Break(
      "memberships.csv",
      "actor,organisation,stage,from,to,claim\nMNE,NATO,member,2017,,\nMNE,NATO,member,2018,,c1\n",
      "memberships.csv, row 3, column from: MNE is member of NATO at the same time: row 2; "
        + "end one spell before the other starts."),
    Break(
      "memberships.csv", "actor,organisation,stage,from\nMNE,NATO,membr,2017\n",
      "memberships.csv, row 2, column stage: `membr` is no stage of NATO; did you mean `member`?"),
    Break(
      "memberships.csv", "actor,organisation,stage,from\nMNE,SRB,member,2017\n",
      "memberships.csv, row 2, column organisation: `SRB` has no ladder in the codebook; "
        + "add its stages to codebook.yaml."),
    Break(
      "recognitions.csv",
      "by,of,status,from,to\nCHN,XKX,not_recognised,2008,\nCHN,XKX,recognised,2010,\n",
      "recognitions.csv, row 3, column from: CHN on XKX is not_recognised at the same time: row 2; "
        + "end one spell before the other starts."),
    Break(
      "successions.csv", "predecessor,successor,kind,on\nSRB,SRB,split,2008\n",
      "successions.csv, row 2, column successor: `SRB` follows itself; name two actors."),
    Break(
      "judgements.csv", "fact,claim,by,on,reason\ndebt,c1,project,2026-02-01,Because.\n",
      "judgements.csv, row 2, column claim: `c1` is a claim about drones, not about debt; "
        + "pick one of c3."),
    Break(
      "judgements.csv", "fact,claim,by,on,reason\ndrones,c2,project,2026-01-01,Early.\n",
      "judgements.csv, row 2, column on: `2026-01-01` comes before the claim's coded_on, "
        + "which is 2026-01-02; correct one of the two dates."),
    Break(
      "judgements.csv",
      "fact,claim,by,on,reason\ndrones,c1,a,2026-02-01,One.\ndrones,c2,b,2026-02-01,Two.\n",
      "judgements.csv, row 3, column claim: `c2` row 2 picks another claim of the fact on the same "
        + "day; keep one, or date the later one."),
    Break(
      "clauses.csv", "deal,kind,claim\nhighwy,cancelation,c3\n",
      "clauses.csv, row 2, column deal: `highwy` is a deal that no claim is about; "
        + "did you mean `highway`?\nclauses.csv, row 2, column kind: `cancelation` is not among "
        + "the clauses of the codebook; did you mean `cancellation`?"),
    Break(
      "terms.csv", "deal,principal,principal_low,claim\nhighway,100,200,c3\n",
      "terms.csv, row 2, column principal: `200.0 > 100.0` low, value and high are out of order; "
        + "write low ≤ value ≤ high.\nterms.csv, row 2, column currency: a principal has no "
        + "currency; write its code, such as EUR."),
    Break(
      "terms.csv", "deal,grace_years,maturity_years,claim\nhighway,6,5,c3\n",
      "terms.csv, row 2, column maturity_years: `5.0` is no longer than the grace of 6.0 years; "
        + "correct it, or `grace_years`: a loan is repaid after its grace."),
    Break(
      "coverage.csv", "actor,channel,from,to,status\nMNE,security,2010,2009,searched\n",
      "coverage.csv, row 2, column to: `2009` comes before from, which is 2010; "
        + "correct one of the two dates."),
    Break(
      "concerns.csv", "id,organisation,concern,from,claim\nx,NATO,5G,2022,c1\nx,NATO,AI,2022,c1\n",
      "concerns.csv, row 3, column id: `x` is the id of row 2 too; give one of them another."),
    Break(
      "variables.csv",
      "id,title,unit,channel,concept,direction,source\nv,V,share,security,alignment,neutral,article\n",
      "variables.csv, row 2, column direction: `neutral` says nothing of a higher value; "
        + "write toward or away."),
  ])
  func namesWhatIsWrongInAnotherTable(_ change: Break) {
    let problems = SmallCasebook.problems([change.file: change.text])
    #expect(problems == change.sentence.split(separator: "\n").map(String.init))
  }

  @Test func lettingOneSpellEndOnTheDayTheNextStartsIsNoOverlap() {
    let memberships = """
      actor,organisation,stage,from,to
      MNE,NATO,partner,2006,2017-06-05
      MNE,NATO,partner,2017-06-05,
      SRB,NATO,partner,2006,2010
      SRB,NATO,partner,2010,

      """
    #expect(SmallCasebook.problems(["memberships.csv": memberships]) == [])
  }
}
