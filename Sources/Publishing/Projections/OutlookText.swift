import Documents
public import Evidence
public import Scenarios

/// How long states have waited on an organisation's ladder, as text for a terminal.
public struct OutlookText: Sendable {
  private let outlook: Outlook
  private let casebook: Casebook

  public init(_ outlook: Outlook, casebook: Casebook) {
    self.outlook = outlook
    self.casebook = casebook
  }

  /// Writes each stage with its curve, and each waiting state with what stands in its way.
  public func text(width: Int = 92, isColoured: Bool = false) -> String {
    let layout = TextLayout(width: min(max(width, 60), 120), isColoured: isColoured)
    let title = layout.emphasised("Waiting for \(casebook.name(of: outlook.organisation))", .strong)
    let opening = layout.wrapped(
      "Years that states stood on a stage before a higher one; those that still stand there count "
        + "until \(outlook.asKnownOn). The states that went on are not a sample of those that wait, so "
        + "this tells no probability of joining.")
    let stages = outlook.stages.map { stage($0, layout) }
    return ([title, opening] + stages + obstacles(layout)).joined(separator: "\n\n") + "\n"
  }

  private func stage(_ stage: Outlook.StageWait, _ layout: TextLayout) -> String {
    let gone = stage.spells.count(where: \.wait.hasEnded)
    let median = stage.curve.median.map {
      "half had gone on after \(figure($0, decimals: 1)) years"
    }
    let head =
      layout.emphasised(
        casebook.codebook.title(of: stage.stage, with: outlook.organisation), .strong)
      + ": \(counted(stage.spells.count, "state")), \(gone) went on; "
      + (median ?? "fewer than half have gone on")
    let rows = stage.curve.steps.filter { $0.ended > 0 }.map { step in
      [
        figure(step.time, decimals: 1), "\(step.atRisk)", percentage(step.survival),
        "\(percentage(step.interval.lowerBound)) to \(percentage(step.interval.upperBound))",
      ]
    }
    let table =
      rows.isEmpty
      ? nil : layout.table([["Years", "At stage", "Still there", "95 %"]] + rows, wordColumns: 1)
    let waiting = stage.waiting.map { spell in
      layout.wrapped(
        "\(casebook.name(of: spell.actor)) \(stage.place(of: spell)) "
          + "[\(spell.claims.map(\.rawValue).joined(separator: ", "))]", mark: "· ")
    }
    return ([head, table].compactMap { $0 } + waiting).joined(separator: "\n")
  }

  private func obstacles(_ layout: TextLayout) -> [String] {
    let outside = casebook.obstructed(outlook.organisation)
    return outside.map { actor, obstacles in
      let head = layout.emphasised(casebook.obstacleTitle(actor, outlook.organisation), .strong)
      let lines = obstacles.map { obstacle in
        layout.wrapped(
          "\(obstacle.statement) [\(obstacle.kind.name); \(obstacle.claim)]", mark: "· ")
      }
      return ([head] + lines).joined(separator: "\n")
    }
  }
}

extension Outlook.StageWait {
  /// Where a state that waits on the stage stands among all that stood there, to follow its name.
  func place(of spell: Outlook.Spell) -> String {
    let longer = "\(percentage(curve.survival(after: spell.wait.length))) stood there longer"
    let hasCurve = spells.contains(where: \.wait.hasEnded)
    return
      "has stood there since \(spell.since): \(figure(spell.wait.length, decimals: 1)) years; "
      + "\(hasCurve ? longer : "nobody has gone on from there")."
  }
}

extension Casebook {
  /// What the obstacles of a state are headed by; that it stands on no stage is said.
  func obstacleTitle(_ actor: ActorID, _ organisation: ActorID) -> String {
    let isOnLadder = memberships.contains {
      $0.actor == actor && $0.organisation == organisation
    }
    return "What stands in the way of \(name(of: actor))"
      + (isOnLadder ? "" : ", which is on no stage yet")
  }

  /// The states that are not at an organisation's highest stage and meet an obstacle, by name.
  package func obstructed(_ organisation: ActorID) -> [(actor: ActorID, obstacles: [Obstacle])] {
    guard let highest = codebook.ladders[organisation]?.last else { return [] }
    let inside = Set(memberships(in: organisation, stage: highest).map(\.actor))
    return actors.filter { $0.kind == .state && !inside.contains($0.id) }
      .map { (actor: $0.id, obstacles: obstacles(of: $0.id, to: organisation)) }
      .filter { !$0.obstacles.isEmpty }
  }
}
