internal import CMicroHTTPD
import Synchronization

/// A response in the library's own form, made when it is first sent.
final class PreparedResponse: Sendable {
  private let made = Mutex<Form?>(nil)

  /// The pointer may be used on any thread; the library counts who uses it.
  private struct Form: @unchecked Sendable { let pointer: OpaquePointer }

  /// The form, of which the library keeps what it needs after it is queued.
  func pointer(orMake make: () -> OpaquePointer?) -> OpaquePointer? {
    made.withLock { form in
      if form == nil { form = make().map(Form.init) }
      return form?.pointer
    }
  }

  deinit { made.withLock { form in form.map { MHD_destroy_response($0.pointer) } } }
}

extension Response {
  /// Queues the response on a connection.
  func send(on connection: OpaquePointer) -> MHD_Result {
    if let prepared {
      guard let form = prepared.pointer(orMake: form) else { return .NO }
      return MHD_queue_response(connection, UInt32(status), form)
    }
    guard let form = form() else { return .NO }
    defer { MHD_destroy_response(form) }
    return MHD_queue_response(connection, UInt32(status), form)
  }

  private func form() -> OpaquePointer? {
    let form = body.withUnsafeBytes { bytes in
      MHD_create_response_from_buffer(
        bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let form else { return nil }
    for header in headers { MHD_add_response_header(form, header.name, header.value) }
    return form
  }
}
