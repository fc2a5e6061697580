import Documents
package import Evidence

extension Source {
  /// The source as a reference list names it: who, what, when, from whom, and where.
  package var citation: String {
    guard let url else { return reference }
    return "\(reference) \(url)" + (accessed.map { ", accessed \($0.text)" } ?? "")
  }

  /// The citation without the address.
  var reference: String {
    var parts: [String] = []
    if let author { parts.append(author) }
    parts.append("\(title) (\(issued?.text ?? "no date stated"))")
    if let publisher, publisher != author { parts.append(publisher) }
    return parts.joined(separator: ". ") + "."
  }

  /// How the source is graded, in words.
  var grade: String {
    switch reliability {
    case nil: "reliability not stated"
    case .cannotBeJudged: "reliability cannot be judged (F)"
    case .some(let grade): "reliability \(grade.rawValue)"
    }
  }
}

extension Claim {
  /// How the claim is graded, in words.
  var grade: String {
    switch credibility {
    case nil: "credibility not stated"
    case .cannotBeJudged: "credibility cannot be judged (6)"
    case .some(let grade): "credibility \(grade.rawValue)"
    }
  }

  /// When it happened or was in force, as precisely as its source says.
  var dateText: String { (on ?? delivered ?? ordered)?.text ?? "no date stated" }

  /// The number that the claim states with its bounds and unit; nil when it states none.
  var amount: String? {
    // A share reads as a percentage.
    let isShare = unit == "share"
    func written(_ value: Double) -> String {
      isShare ? plainFigure(value * 100) + " %" : plainFigure(value)
    }
    let number: String
    switch (value, low, high) {
    case (nil, nil, nil): return nil
    case (nil, let low?, nil): number = "over \(written(low))"
    case (nil, nil, let high?): number = "up to \(written(high))"
    case (nil, let low?, let high?): number = "\(written(low)) to \(written(high))"
    case (let value?, nil, nil): number = written(value)
    case (let value?, let low, let high):
      let bounds = [low, high].map { $0.map(written) ?? "…" }
      number = "\(written(value)) (\(bounds[0]) to \(bounds[1]))"
    }
    let measure = [currency, unit == "money" || isShare ? nil : unit].compactMap { $0 }
    let base = of.map { ["of \($0)"] } ?? []
    return ([number] + measure + base).joined(separator: " ")
  }
}

extension Locator {
  /// The place in plain words: `characters 9,120 to 9,241`.
  var place: String {
    switch self {
    case .page(let page): "page \(page)"
    case .paragraph(let paragraph): "paragraph \(paragraph)"
    case .chars(let range): "characters \(range.lowerBound) to \(range.upperBound)"
    case .row(let row, let sheet): "row \(row)" + (sheet.map { " of the sheet \($0)" } ?? "")
    }
  }
}
