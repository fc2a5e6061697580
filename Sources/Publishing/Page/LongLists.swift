import Evidence
import Markup
import Studies

// What a page lists of very many things: the first, and how many more there are.

/// How many things of one list or table a page shows.
private let longest = 500
/// How many names stand in one sentence or cell.
private let mostNames = 20

/// Links the first of many names or texts, and counts the others.
func shortened(_ names: [String]) -> String {
  guard names.count > mostNames else { return listed(names) }
  return names.prefix(mostNames).joined(separator: ", ")
    + " and \(grouped(names.count - mostNames)) more"
}

extension Pages {
  /// A list of the first of many things, with a last line that counts those left out.
  func list<Thing>(firstOf things: [Thing], _ html: (Thing) -> HTML) -> HTML {
    list(things.prefix(longest).map(html) + [leftOut(of: things.count)].compactMap(\.self))
  }

  /// The rows of the first of many things.
  func rows<Thing>(firstOf things: [Thing], _ row: (Thing) -> [HTML]) -> [[HTML]] {
    things.prefix(longest).map(row)
  }

  /// How many of so many things a page leaves out, and where they are; nil when it shows all.
  func leftOut(of count: Int) -> HTML? {
    guard count > longest else { return nil }
    return """
      <strong>\(grouped(count - longest)) more</strong> are not on this page: the casebook’s tables \
      have them all.
      """
  }

  /// The claims of a channel that a dossier lists: of very many the first, those that enter an estimate
  /// before the others.
  func listedClaims(of channel: ChannelID) -> [Claim] {
    let claims = answer.casebook.claims.filter { $0.channel == channel }
    guard claims.count > longest else { return claims }
    let entering = claims.filter { outputs.enterEstimate($0.id) }
    let others = claims.filter { !outputs.enterEstimate($0.id) }
    return Array((entering + others).prefix(longest))
  }

  /// The claims that a dossier of very many lists; nil where it lists all.
  var listedClaims: Set<ClaimID>? {
    guard answer.casebook.claims.count > longest else { return nil }
    return Set(answer.casebook.codebook.channels.flatMap { listedClaims(of: $0.id) }.map(\.id))
  }
}
