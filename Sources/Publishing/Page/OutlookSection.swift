import Evidence
import Scenarios
import Studies

// How long states wait on an organisation's ladder, and what stands in their way.
extension Pages {
  var outlookSection: HTML {
    section(
      .outlook, "Outlook",
      """
      How long states stood on each stage before a higher one; those that still stand there count until \
      today. The states that went on are not a sample of those that wait, so this tells no probability of \
      joining.
      """,
      computed: supplement.outlook.map { outlook in
        (outlook.stages.map { stage($0, of: outlook) } + [obstacles(to: outlook.organisation)])
          .joined("\n")
      })
  }

  private func stage(_ stage: Outlook.StageWait, of outlook: Outlook) -> HTML {
    let titles = answer.casebook.codebook.stageTitles[outlook.organisation]
    let title = titles?[stage.stage] ?? stage.stage.rawValue
    let picture = WaitCurve(stage, title: title) { answer.name($0) }.picture
    let hasCurve = stage.spells.contains(where: \.wait.hasEnded)
    let waiting = stage.waiting.map { spell -> HTML in
      let longer = percentage(stage.curve.survival(after: spell.wait.length))
      let among = hasCurve ? "\(longer) stood there longer" : "nobody has gone on from there"
      return
        """
        <strong>\(answer.name(spell.actor))</strong> has stood there since \(spell.since): \
        \(figure(spell.wait.length, decimals: 1)) years; \(among). \
        <span class="cite">\(links(spell.claims))</span>
        """
    }
    return """
      <article class="outcome">\(heading(3, "\(title)"))
      \(html(picture))
      \(waiting.isEmpty ? "<p>Nobody waits there.</p>" : list(waiting))</article>
      """
  }

  private func obstacles(to organisation: ActorID) -> HTML {
    let parts = answer.casebook.obstructed(organisation).map { actor, obstacles -> HTML in
      let items = obstacles.map { obstacle -> HTML in
        """
        \(isolated(obstacle.statement)) <span class="cite">\(obstacle.kind.rawValue) · \
        \(link(obstacle.claim))</span>
        """
      }
      return """
        <article class="outcome">\(heading(3, "What stands in the way of \(answer.name(actor))"))
        \(list(items))</article>
        """
    }
    return parts.joined("\n")
  }
}
