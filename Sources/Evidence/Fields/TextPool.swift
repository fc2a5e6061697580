import Documents

/// Keeps one copy of each text that is read many times.
struct TextPool {
  private var pool = NamePool()

  /// The longest text that a Swift string holds without storage of its own.
  private static let inlineLimit = 15

  /// Makes the text of some bytes, or finds the one made before.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard bytes.count > TextPool.inlineLimit else { return String(decoding: bytes, as: UTF8.self) }
    let place = pool.place(of: bytes)
    return pool.names[place]
  }
}
