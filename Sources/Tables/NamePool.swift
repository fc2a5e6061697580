internal import Foundation

/// Numbers names in the order in which they first come, and keeps one copy of each.
package struct NamePool: Sendable {
  package private(set) var names: [String] = []
  /// The bytes of all names, one after the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [Int] = []
  private var slots: [Int32] = Array(repeating: -1, count: 1024)

  package init() {}

  /// Finds the place of a name by its bytes; a new name is put last.
  package mutating func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = NamePool.hash(bytes)
    let slot = slot(of: bytes, hash)
    guard slots[slot] < 0 else { return Int(slots[slot]) }
    slots[slot] = Int32(names.count)
    names.append(String(decoding: bytes, as: UTF8.self))
    self.bytes.append(contentsOf: bytes)
    ends.append(self.bytes.count)
    hashes.append(hash)
    if names.count * 2 > slots.count { grow() }
    return names.count - 1
  }

  /// Finds the place of a name by its bytes; nil when it has not come yet.
  package func knownPlace(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let slot = slot(of: bytes, NamePool.hash(bytes))
    return slots[slot] < 0 ? nil : Int(slots[slot])
  }

  /// Finds the slot of a name: the one that it has, or the empty one that it would get.
  private func slot(of bytes: UnsafeBufferPointer<UInt8>, _ hash: Int) -> Int {
    var slot = hash & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if hashes[place] == hash, isName(place, bytes) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// Whether the name at a place is made of these bytes.
  private func isName(_ place: Int, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = place == 0 ? 0 : ends[place - 1]
    return bytes.withUnsafeBufferPointer { known in
      UnsafeBufferPointer(rebasing: known[start..<ends[place]]).holds(other)
    }
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 4)
    for (place, hash) in hashes.enumerated() {
      var slot = hash & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }

  /// Hashes bytes eight at a time, each word mixed into the low bits by a product.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = UInt64(truncatingIfNeeded: bytes.count)
    let whole = bytes.count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      hash = mixed(hash, raw.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    }
    var rest: UInt64 = 0
    for place in whole..<bytes.count { rest = rest << 8 | UInt64(bytes[place]) }
    return Int(truncatingIfNeeded: mixed(hash, rest))
  }

  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product >> 32)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether these are the same bytes as others.
  package func holds(_ others: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == others.count, let start = baseAddress, let other = others.baseAddress else {
      return count == others.count
    }
    return memcmp(start, other, count) == 0
  }

  /// Whether these are the same bytes as those of an array.
  package func holds(_ others: [UInt8]) -> Bool { others.withUnsafeBufferPointer { holds($0) } }
}
