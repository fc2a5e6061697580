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
  private func slot(of bytes: UnsafeBufferPointer<UInt8>, _ hash: Int) -> Int {
    var slot = hash & (slots.count - 1)
    while true {
      let other = slots[slot]
      let isSame = other.hash == hash && other.count == bytes.count
      if other.place < 0 || isSame && isName(Int(other.place), bytes) {
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

  /// Hashes bytes with a key that is new in each run, so that no file can hold names that collide.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    return hasher.finalize()
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
