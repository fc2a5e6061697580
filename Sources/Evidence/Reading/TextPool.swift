/// Keeps one copy of each text that is read many times.
struct TextPool {
  private var texts: [String] = []
  private var hashes: [Int] = []
  private var slots: [Int32] = Array(repeating: -1, count: 1024)

  /// The longest text that a Swift string holds without storage of its own.
  private static let inlineLimit = 15

  /// Makes the text of some bytes, or finds the one made before.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard bytes.count > TextPool.inlineLimit else { return String(decoding: bytes, as: UTF8.self) }
    let hash = TextPool.hash(bytes)
    var slot = hash & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if hashes[place] == hash, texts[place].utf8.elementsEqual(bytes) { return texts[place] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    slots[slot] = Int32(texts.count)
    texts.append(text)
    hashes.append(hash)
    if texts.count * 2 > slots.count { grow() }
    return text
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 4)
    for (place, hash) in hashes.enumerated() {
      var slot = hash & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }

  /// Hashes bytes by FNV-1a, folded so that the low bits depend on all.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
