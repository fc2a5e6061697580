import Documents

extension CasebookChecker {
  mutating func checkSources() {
    checkUnique(Source.self, casebook.sources.map(\.id))
    for (place, source) in casebook.sources.enumerated() {
      checkOrder(source.issued, source.accessed, Source.self, place, ("issued", "accessed"))
      if !source.type.isEmpty, !CitationStyle.types.contains(source.type) {
        let advice = Suggestion.question(for: source.type, among: CitationStyle.types)
        report(
          Source.self, place, "type", source.type, "is no CSL type",
          advice: advice ?? "write one of them, such as report, webpage or dataset")
      }
      if let sha256 = source.sha256, !CitationStyle.isSHA256(sha256) {
        report(
          Source.self, place, "sha256", sha256, "is no SHA-256",
          advice: "write the 64 lower-case digits that sha256sum prints")
      }
      if let url = source.url, !(url.hasPrefix("https://") || url.hasPrefix("http://")) {
        report(
          Source.self, place, "url", url, "is no web address",
          advice: "start it with https://, or leave it empty")
      }
      if let language = source.language, !CitationStyle.isLanguage(language) {
        report(
          Source.self, place, "language", language, "is no language tag",
          advice: "write a tag such as en or sr-Latn")
      }
    }
  }

  mutating func checkJudgements() {
    var sameDay: [Occasion: Int] = [:]
    for (place, judgement) in casebook.judgements.enumerated() {
      checkFact(judgement.fact, Judgement.self, place, "fact")
      check(claim: judgement.claim, Judgement.self, place, "claim")
      guard let claim = casebook.claim(judgement.claim) else { continue }
      if claim.fact != judgement.fact {
        let rivals = casebook.claims(of: judgement.fact).map(\.id.rawValue)
        report(
          Judgement.self, place, "claim", judgement.claim.rawValue,
          "is a claim about \(claim.fact), not about \(judgement.fact)",
          advice: rivals.isEmpty
            ? "name a claim of the fact" : "pick one of \(rivals.joined(separator: ", "))")
      }
      checkOrder(claim.codedOn, judgement.on, Judgement.self, place, ("the claim's coded_on", "on"))
      let occasion = Occasion(fact: judgement.fact, of: claim.of, on: judgement.on.latest)
      if let other = sameDay.updateValue(place, forKey: occasion),
        casebook.judgements[other].claim != judgement.claim
      {
        report(
          Judgement.self, place, "claim", judgement.claim.rawValue,
          "\(row(Judgement.self, other)) picks another claim of the fact on the same day",
          advice: "keep one, or date the later one")
      }
    }
  }

  /// What may be judged once a day: a fact, by one denominator.
  private struct Occasion: Hashable {
    let fact: FactID
    let of: String?
    let on: Day
  }

  /// Checks that some claim is about a fact.
  mutating func checkFact<R: Record>(
    _ fact: FactID?, _ record: R.Type, _ place: Int, _ column: String
  ) {
    guard let fact, !fact.rawValue.isEmpty, casebook.claims(of: fact).isEmpty,
      !unread.contains(Claim.table)
    else { return }
    let advice = advice(
      fact.rawValue, among: casebook.facts.lazy.map(\.rawValue), else: "add a claim about it")
    report(record, place, column, fact.rawValue, "is a fact that no claim is about", advice: advice)
  }
}

/// The forms that a source's citation is written in.
enum CitationStyle {
  /// The item types of the Citation Style Language 1.0.2.
  static let types: Set<String> = [
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
    "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
  ]

  static func isSHA256(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
      }
  }

  /// Whether a text has the shape of a BCP 47 tag.
  static func isLanguage(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return (2...3).contains(parts[0].utf8.count)
      && parts.allSatisfy { part in
        (1...8).contains(part.utf8.count)
          && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
  }
}
