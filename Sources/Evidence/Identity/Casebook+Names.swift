public import Documents

extension Casebook {
  /// The styles that actors can be named in, the neutral one first.
  public var styleNames: [String] {
    [HouseStyle.neutral] + codebook.styles.map(\.id).filter { $0 != HouseStyle.neutral }
  }

  /// Who takes a stance on an actor's statehood on a day, in the order of the table.
  ///
  /// A stance without a date holds on every day, as far as the casebook knows.
  public func recognitions(of actor: ActorID, on day: Day) -> [Recognition] {
    recognitions.filter { $0.of == actor && $0.holds(on: day) }
  }

  /// The same casebook with its actors named as a house names them: labels and notes, never values.
  ///
  /// - Throws: `CasebookError.problems` when the codebook has no such style.
  public func named(by style: String) throws -> Casebook {
    let day = lastRecorded ?? .distantFuture
    guard style == HouseStyle.neutral || codebook.styles.contains(where: { $0.id == style }) else {
      throw CasebookError.problems([
        Problem(
          file: "codebook.yaml", value: style, message: "is no style of this casebook",
          advice: Suggestion.question(for: style, among: styleNames)
            ?? "use one of \(styleNames.joined(separator: ", "))")
      ])
    }
    let labels = codebook.styles.first { $0.id == style }?.labels.filter { $0.holds(on: day) } ?? []
    let byActor = Dictionary(labels.map { ($0.actor, $0) }, uniquingKeysWith: { $1 })
    var named = self
    named.style = style
    named.actors = actors.map { actor in
      byActor[actor.id].map { actor.named($0.name) } ?? actor
    }
    named.nameNotes = named.actors.compactMap { actor in
      style == HouseStyle.neutral
        ? stances(on: actor, day) : byActor[actor.id].flatMap { NameNote($0) }
    }
    return named
  }

  /// Says who recognises an actor and who does not; nil where nobody refuses it.
  private func stances(on actor: Actor, _ day: Day) -> NameNote? {
    let stances = recognitions(of: actor.id, on: day)
    guard stances.contains(where: { $0.status != .recognised }) else { return nil }
    let parts = RecognitionStatus.allCases.compactMap { status -> String? in
      let names = stances.filter { $0.status == status }.map { self.name(of: $0.by) }
      guard !names.isEmpty else { return nil }
      let list = names.joined(separator: ", ")
      return switch status {
      case .recognised: "recognised by \(list)"
      case .notRecognised: "not recognised by \(list)"
      case .withdrawn: "recognised no longer by \(list)"
      }
    }
    let sources = stances.compactMap { $0.claim.flatMap(claim)?.source }.uniqued
    return NameNote(
      actor: actor.id, name: actor.name,
      text:
        "Statehood is contested: \(parts.joined(separator: "; ")), as far as this casebook knows.",
      sources: sources)
  }
}

extension NameNote {
  /// The note of a label; nil when it has none.
  fileprivate init?(_ label: HouseStyle.Label) {
    guard let note = label.note else { return nil }
    self.init(
      actor: label.actor, name: label.name, text: note, sources: label.source.map { [$0] } ?? [])
  }
}

extension Actor {
  /// The same actor under another name.
  fileprivate func named(_ name: String) -> Actor {
    Actor(
      id: id, name: name, kind: kind, parent: parent, members: members, from: from, to: to,
      note: note)
  }
}

extension Spell {
  /// Whether a day lies between the dates, as wide as they may be.
  fileprivate func holds(on day: Day) -> Bool {
    (start?.earliest ?? .distantPast) <= day && day <= (to?.latest ?? .distantFuture)
  }
}
