internal import CExpat

/// Reads XML with expat, piece by piece, and calls for each start, end and text.
///
/// Names come without their namespaces. A document that declares entities, or nests too deeply, is
/// refused.
final class XMLReading {
  /// How many elements may be open at a time.
  static let deepest = 100

  /// The start of an element, valid while it is being handled.
  struct Element {
    fileprivate let qualified: UnsafePointer<CChar>
    fileprivate let attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// The value of an attribute; nil when it has none.
    subscript(name: StaticString) -> String? {
      guard var next = attributes else { return nil }
      while let key = next[0], let value = next[1] {
        if XMLReading.is(key, name) { return String(cString: value) }
        next += 2
      }
      return nil
    }

    /// Whether it has a name.
    func `is`(_ name: StaticString) -> Bool { XMLReading.is(qualified, name) }
  }

  private let part: String
  private let start: (Element) throws -> Void
  private let end: (Element) throws -> Void
  private let text: (UnsafeBufferPointer<UInt8>) -> Void
  private let parser: XML_Parser
  private var depth = 0
  private var failure: (any Error)?

  private static let separator = CChar(bitPattern: UInt8(ascii: "|"))

  init(
    part: String, start: @escaping (Element) throws -> Void,
    end: @escaping (Element) throws -> Void,
    text: @escaping (UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    guard let parser = XML_ParserCreateNS(nil, XMLReading.separator) else {
      throw WorkbookError.damaged(reason: "not enough memory to read it")
    }
    (self.part, self.parser, self.start, self.end, self.text) = (part, parser, start, end, text)
  }

  deinit { XML_ParserFree(parser) }

  /// Whether the last part of a qualified name is `name`.
  fileprivate static func `is`(_ qualified: UnsafePointer<CChar>, _ name: StaticString) -> Bool {
    var local = qualified
    var next = qualified
    while next.pointee != 0 {
      if next.pointee == separator { local = next + 1 }
      next += 1
    }
    guard next - local == name.utf8CodeUnitCount else { return false }
    for place in 0..<name.utf8CodeUnitCount
    where UInt8(bitPattern: local[place]) != name.utf8Start[place] {
      return false
    }
    return true
  }

  /// Reads a file of an archive.
  ///
  /// - Throws: `WorkbookError`, or what the handlers throw.
  func read(from archive: ZipArchive) throws {
    connect()
    try archive.read(part) { piece in
      try parse(piece.bindMemory(to: CChar.self), isLast: false)
    }
    try parse(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
  }

  private func parse(_ piece: UnsafeBufferPointer<CChar>, isLast: Bool) throws {
    let status = XML_Parse(parser, piece.baseAddress, Int32(piece.count), isLast ? 1 : 0)
    if let failure { throw failure }
    guard status == XML_STATUS_OK else {
      let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) }
      throw WorkbookError.damaged(
        reason: "\(part), line \(XML_GetCurrentLineNumber(parser)): \(reason ?? "no XML")")
    }
  }

  private func connect() {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let name else { return }
        XMLReading.of(context)?.open(Element(qualified: name, attributes: attributes))
      },
      { context, name in
        guard let name else { return }
        XMLReading.of(context)?.close(Element(qualified: name, attributes: nil))
      })
    XML_SetCharacterDataHandler(parser) { context, bytes, count in
      guard let bytes, let reading = XMLReading.of(context), reading.failure == nil else { return }
      bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        reading.text(UnsafeBufferPointer(start: $0, count: Int(count)))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
      guard let reading = XMLReading.of(context) else { return }
      reading.stop(WorkbookError.declaresEntities(part: reading.part))
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> XMLReading? {
    context.map { Unmanaged<XMLReading>.fromOpaque($0).takeUnretainedValue() }
  }

  private func stop(_ error: any Error) {
    guard failure == nil else { return }
    failure = error
    XML_StopParser(parser, 0)
  }

  private func open(_ element: Element) {
    guard failure == nil else { return }
    depth += 1
    guard depth <= XMLReading.deepest else { return stop(WorkbookError.tooDeep(part: part)) }
    do { try start(element) } catch { stop(error) }
  }

  private func close(_ element: Element) {
    guard failure == nil else { return }
    depth -= 1
    do { try end(element) } catch { stop(error) }
  }
}
