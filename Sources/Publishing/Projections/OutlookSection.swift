import Markup
import Documents
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
    let title = answer.casebook.codebook.title(of: stage.stage, with: outlook.organisation)
    let picture = WaitCurve(stage, title: title) { answer.name($0) }.picture
    let waiting = stage.waiting.map { spell -> HTML in
      """
      <strong>\(answer.name(spell.actor))</strong> \(stage.place(of: spell)) \
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
        \(isolated(obstacle.statement)) <span class="cite">\(obstacle.kind.name) · \
        \(link(obstacle.claim))</span>
        """
      }
      return """
        <article class="outcome">\(heading(3, "\(answer.casebook.obstacleTitle(actor, organisation))"))
        \(list(items))</article>
        """
    }
    return parts.joined("\n")
  }
}
