package import Evidence
import Studies

// What a house style says beside names.

extension Casebook {
  /// The notes on the names that a text uses.
  func nameNotes(in text: String) -> [NameNote] { nameNotes.filter { text.contains($0.name) } }

  /// A text with the notes on the names that it uses below it.
  package func noting(_ text: String, width: Int = 92, isColoured: Bool = false) -> String {
    let notes = nameNotes(in: text)
    guard !notes.isEmpty else { return text }
    let layout = TextLayout(width: width, isColoured: isColoured)
    let title = codebook.styles.first { $0.id == style }?.title ?? style ?? ""
    let heading = layout.emphasised("Names (\(title))".uppercased(), .strong)
    let items = notes.map { note in
      let sources = note.sources.isEmpty ? "" : " [\(listed(note.sources.map(\.rawValue)))]"
      return layout.wrapped("\(note.name): \(note.text)\(sources)")
    }
    return text + "\n" + ([heading] + items).joined(separator: "\n") + "\n"
  }
}
