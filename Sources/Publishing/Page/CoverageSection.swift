import Evidence
import Studies

// What was searched, and what was not.
extension Pages {
  var coverageSection: HTML {
    let table = DataTable(
      caption: "What was searched over the years of the study, by state and channel",
      header: ["State"] + counts.channels.map { answer.title(of: $0) },
      rows: counts.states.map { state in
        [answer.name(state)] + counts.channels.map { counts[state, $0]?.search.text ?? "" }
      }, wordColumns: counts.channels.count + 1)
    return section(
      "coverage", "What was searched",
      "Nothing found is a zero only where somebody searched.", html(table))
  }
}
