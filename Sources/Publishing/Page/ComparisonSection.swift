import Evidence
import Studies

// The states side by side.
extension Pages {
  var comparisonSection: HTML {
    section(
      "comparison", "The states side by side",
      "How much is coded of each state and channel, and how those that joined differ from the others.",
      html(ChannelHeatMap(answer, counts).picture))
  }

  /// The states with pages of their own.
  var statesIndex: HTML {
    let rows = answer.study.named.map { state -> HTML in
      let claims = answer.claims(on: state).count
      return """
        <li><a href="\(address(.state(state)))">\(answer.name(state))</a> \
        <span class="cite">\(counted(claims, "claim"))</span></li>
        """
    }
    return section(
      "states", "The states", "The states that the question names.",
      "<ul class=\"plain\">\(rows.joined("\n"))</ul>")
  }
}
