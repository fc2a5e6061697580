internal import Foundation

/// Numbers names in the order in which they first come, and keeps one copy of each.
package struct NamePool: Sendable {
  package private(set) var names: [String] = []
  /// The bytes of all names, one after the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var slots = Array(repeating: Slot(), count: 1024)

  /// What is looked at of a name before its bytes.
  private struct Slot: Sendable {
    /// The place of the name; below zero where the slot is empty.
    var place: Int32 = -1
    var count: Int32 = 0
    var hash = 0
  }

  package init() {}

  /// Finds the place of a name by its bytes; a new name is put last.
  package mutating func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = NamePool.hash(bytes)
    let slot = slot(of: bytes, hash)
    let known = slots[slot].place
    guard known < 0 else { return Int(known) }
    slots[slot] = Slot(place: Int32(names.count), count: Int32(bytes.count), hash: hash)
    names.append(String(decoding: bytes, as: UTF8.self))
    self.bytes.append(contentsOf: bytes)
    ends.append(self.bytes.count)
    if names.count * 2 > slots.count { grow() }
    return names.count - 1
  }

  /// Finds the place of a name by its bytes; nil when it has not come yet.
  package func knownPlace(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let place = slots[slot(of: bytes, NamePool.hash(bytes))].place
    return place < 0 ? nil : Int(place)
  }

  /// Finds the slot of a name: the one that it has, or the empty one that it would get.
  ///
  /// No two names of one length up to eight bytes have the same hash.
  private func slot(of bytes: UnsafeBufferPointer<UInt8>, _ hash: Int) -> Int {
    var slot = hash & (slots.count - 1)
    while true {
      let other = slots[slot]
      let isSame = other.hash == hash && other.count == bytes.count
      if other.place < 0 || isSame && (bytes.count <= 8 || isName(Int(other.place), bytes)) {
        return slot
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  /// Whether the name at a place is made of these bytes.
  private func isName(_ place: Int, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = place == 0 ? 0 : ends[place - 1]
    return bytes.withUnsafeBufferPointer { known in
      UnsafeBufferPointer(rebasing: known[start..<ends[place]]).holds(other)
    }
  }

  private mutating func grow() {
    let known = slots
    slots = Array(repeating: Slot(), count: known.count * 4)
    for name in known where name.place >= 0 {
      var slot = name.hash & (slots.count - 1)
      while slots[slot].place >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = name
    }
  }

  /// Hashes bytes eight at a time, each word mixed into the low bits by a product.
  ///
  /// Every step can be undone but for the words before it, so that of eight bytes or fewer each length
  /// has a hash of its own for each name.
  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = UInt64(truncatingIfNeeded: bytes.count)
    let whole = bytes.count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      hash = mixed(hash, raw.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    }
    return Int(truncatingIfNeeded: mixed(hash, rest(raw, from: whole)))
  }

  /// The last bytes, up to seven, in one word, from two loads that may overlap.
  @inline(__always)
  private static func rest(_ raw: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
    let end = raw.count
    switch end - start {
    case 4...:
      let first = raw.loadUnaligned(fromByteOffset: start, as: UInt32.self)
      let last = raw.loadUnaligned(fromByteOffset: end - 4, as: UInt32.self)
      return UInt64(first) | UInt64(last) << 32
    case 2...:
      let first = raw.loadUnaligned(fromByteOffset: start, as: UInt16.self)
      let last = raw.loadUnaligned(fromByteOffset: end - 2, as: UInt16.self)
      return UInt64(first) | UInt64(last) << 16
    case 1: return UInt64(raw[start])
    default: return 0
    }
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
