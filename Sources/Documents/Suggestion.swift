/// Finds the word that somebody probably meant.
package enum Suggestion {
  /// Asks "did you mean `MNE`?"; nil when nothing is near.
  package static func question(for word: String, among known: some Sequence<String>) -> String? {
    nearest(to: word, among: known).map { "did you mean `\($0)`?" }
  }

  /// Finds the nearest known word by edit distance, a third of the length at most.
  ///
  /// Upper and lower case are alike; ties go to the word that sorts first.
  package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().utf8)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (distance: Int, word: String)?
    for candidate in known {
      let allowed = max(1, max(wanted.count, candidate.utf8.count) / 3)
      guard abs(candidate.utf8.count - wanted.count) <= allowed else { continue }
      let distance = distance(wanted, Array(candidate.lowercased().utf8))
      guard distance <= allowed else { continue }
      if let best, (best.distance, best.word) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.word
  }

  /// Counts the insertions, deletions, replacements and swaps of neighbours between two words.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let isSame = left[i] == right[j]
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (isSame ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
