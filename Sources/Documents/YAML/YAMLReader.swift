internal import CYAML
import Foundation

extension YAMLNode {
  /// Reads one YAML document.
  ///
  /// Aliases are followed, but a document that would unfold to more than `Limits.nodes` nodes,
  /// or nests deeper than `Limits.depth`, is refused.
  /// - Throws: `Problem` with the line and column.
  package init(yaml bytes: some Collection<UInt8>, file: String) throws {
    guard bytes.count <= Limits.bytes else {
      throw Problem(
        file: file, message: "has \(bytes.count) bytes", advice: "keep it under \(Limits.bytes)")
    }
    let reader = YAMLReader(file: file)
    self = try reader.read(Array(bytes))
  }

  /// What a document may hold.
  package enum Limits {
    package static let bytes = 4 << 20
    package static let nodes = 100_000
    package static let depth = 64
  }
}

/// Turns libyaml's events into a tree.
private final class YAMLReader {
  private let file: String
  private var parser = yaml_parser_t()
  private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
  private var size = 0

  init(file: String) { self.file = file }

  func read(_ bytes: [UInt8]) throws -> YAMLNode {
    guard yaml_parser_initialize(&parser) == 1 else {
      preconditionFailure("libyaml has no memory.")
    }
    defer { yaml_parser_delete(&parser) }
    return try bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      return try document()
    }
  }

  private func document() throws -> YAMLNode {
    try skip(YAML_STREAM_START_EVENT)
    let start = try next()
    guard start.kind == YAML_DOCUMENT_START_EVENT else {
      throw Problem(
        file: file, message: "is empty", advice: "write the document or delete the file")
    }
    let root = try node(from: try next(), depth: 1)
    try skip(YAML_DOCUMENT_END_EVENT)
    let end = try next()
    guard end.kind == YAML_STREAM_END_EVENT else {
      throw problem(at: end, "a second document starts", advice: "keep one document per file")
    }
    return root
  }

  private func skip(_ kind: yaml_event_type_t) throws {
    let event = try next()
    precondition(event.kind == kind, "libyaml sends its events in the documented order.")
  }

  private func node(from event: Event, depth: Int) throws -> YAMLNode {
    guard depth <= YAMLNode.Limits.depth else {
      throw problem(
        at: event, "is nested deeper than \(YAMLNode.Limits.depth) levels", advice: "flatten it")
    }
    let sizeBefore = size
    try grow(by: 1, at: event)
    let content: YAMLNode.Content
    switch event.kind {
    case YAML_ALIAS_EVENT: return try unfold(event)
    case YAML_SCALAR_EVENT: content = .scalar(event.text, isPlain: event.isPlain)
    case YAML_SEQUENCE_START_EVENT: content = .sequence(try elements(depth: depth))
    default: content = .mapping(try entries(depth: depth))
    }
    let node = YAMLNode(content: content, file: file, line: event.line, column: event.column)
    if let anchor = event.anchor { anchors[anchor] = (node, size - sizeBefore) }
    return node
  }

  private func elements(depth: Int) throws -> [YAMLNode] {
    var elements: [YAMLNode] = []
    while true {
      let event = try next()
      if event.kind == YAML_SEQUENCE_END_EVENT { return elements }
      elements.append(try node(from: event, depth: depth + 1))
    }
  }

  private func entries(depth: Int) throws -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var keys: Set<String> = []
    while true {
      let event = try next()
      if event.kind == YAML_MAPPING_END_EVENT { return entries }
      let key = try node(from: event, depth: depth + 1)
      guard let name = key.text else {
        throw key.problem("a key is not a text", advice: "write a word before the colon")
      }
      guard keys.insert(name).inserted else {
        throw key.problem("is given twice", advice: "keep one of them")
      }
      entries.append(.init(key: key, value: try node(from: try next(), depth: depth + 1)))
    }
  }

  private func unfold(_ event: Event) throws -> YAMLNode {
    guard let name = event.anchor, let anchored = anchors[name] else {
      throw problem(at: event, "an alias names no anchor before it", advice: "write the value out")
    }
    try grow(by: anchored.size, at: event)
    return anchored.node
  }

  private func grow(by count: Int, at event: Event) throws {
    size += count
    guard size <= YAMLNode.Limits.nodes else {
      throw problem(
        at: event, "the document unfolds to more than \(YAMLNode.Limits.nodes) values",
        advice: "write it without aliases, or split it")
    }
  }

  /// What the reader needs of one of libyaml's events.
  private struct Event {
    let kind: yaml_event_type_t
    let line: Int
    let column: Int
    var text = ""
    var isPlain = false
    var anchor: String?
  }

  private func next() throws -> Event {
    var raw = yaml_event_t()
    guard yaml_parser_parse(&parser, &raw) == 1 else { throw syntaxProblem() }
    defer { yaml_event_delete(&raw) }
    var event = Event(
      kind: raw.type, line: Int(raw.start_mark.line) + 1, column: Int(raw.start_mark.column) + 1)
    switch raw.type {
    case YAML_SCALAR_EVENT:
      let scalar = raw.data.scalar
      event.text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      event.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      event.anchor = scalar.anchor.map { String(cString: $0) }
    case YAML_ALIAS_EVENT: event.anchor = raw.data.alias.anchor.map { String(cString: $0) }
    case YAML_SEQUENCE_START_EVENT:
      event.anchor = raw.data.sequence_start.anchor.map { String(cString: $0) }
    case YAML_MAPPING_START_EVENT:
      event.anchor = raw.data.mapping_start.anchor.map { String(cString: $0) }
    default: break
    }
    return event
  }

  private func syntaxProblem() -> Problem {
    let reason = parser.problem.map { String(cString: $0) } ?? "it is not YAML"
    let isPlaced = parser.error != YAML_READER_ERROR
    let place: Problem.Place =
      isPlaced
      ? .line(Int(parser.problem_mark.line) + 1, column: Int(parser.problem_mark.column) + 1)
      : .file
    let offset = isPlaced ? "" : " at byte \(parser.problem_offset)"
    return Problem(
      file: file, place: place, message: "cannot be read as YAML: \(reason)\(offset)",
      advice: "correct the syntax there")
  }

  private func problem(at event: Event, _ message: String, advice: String) -> Problem {
    Problem(
      file: file, place: .line(event.line, column: event.column), message: message, advice: advice)
  }
}
