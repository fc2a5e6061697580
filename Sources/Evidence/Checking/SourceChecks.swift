import Documents

extension CasebookChecker {
  mutating func checkSources() {
    for (place, source) in casebook.sources.enumerated() {
      checkOrder(source.issued, source.accessed, place, (\Source.issued, \.accessed))
    }
  }

  mutating func checkJudgements() {
    var sameDay: [Occasion: Int] = [:]
    for (place, judgement) in casebook.judgements.enumerated() {
      guard let claim = casebook.claim(judgement.claim) else { continue }
      if claim.fact != judgement.fact {
        let rivals = casebook.claims(of: judgement.fact).map(\.id.rawValue)
        report(
          \Judgement.claim, place, judgement.claim.rawValue,
          "is a claim about \(claim.fact), not about \(judgement.fact)",
          advice: rivals.isEmpty
            ? "name a claim of the fact" : "pick one of \(rivals.joined(separator: ", "))")
      }
      let codedOn = "the claim's \(name(\Claim.codedOn) ?? "")"
      checkOrder(claim.codedOn, judgement.on, place, codedOn, \Judgement.on)
      let occasion = Occasion(fact: judgement.fact, of: claim.of, on: judgement.on.latest)
      if let other = sameDay.updateValue(place, forKey: occasion),
        casebook.judgements[other].claim != judgement.claim
      {
        report(
          \Judgement.claim, place, judgement.claim.rawValue,
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
