public import Foundation

/// Where the files that every page is made with lie: style sheet, script and chart library.
public struct PublishingResources: Hashable, Sendable {
  /// The folder with `pages.css` and `pages.js`.
  public let pages: URL
  /// The script with Vega, Vega-Lite and vega-embed that set-up makes.
  public let chartBundle: URL

  public init(pages: URL, chartBundle: URL) {
    self.pages = pages
    self.chartBundle = chartBundle
  }

  /// Takes both from their places in a copy of the project.
  public init(project: URL) {
    self.init(
      pages: project.appending(path: "Web", directoryHint: .isDirectory),
      chartBundle: project.appending(path: ".build/charts/vega.js"))
  }

  /// Finds the copy of the project that a program was built in, from where the program lies.
  public static func project(around executable: URL) -> URL? {
    var folder = executable.resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/" {
      let mark = folder.appending(path: "Web/pages.css").path
      if FileManager.default.fileExists(atPath: mark) { return folder }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  /// Reads one of the pages' own files.
  package func page(_ name: String) throws -> String {
    let file = pages.appending(path: name)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw PublishingError.noPageFile(path: file.path)
    }
    return text
  }

  /// Reads the chart library.
  package func charts() throws -> String {
    guard let text = try? String(contentsOf: chartBundle, encoding: .utf8) else {
      throw PublishingError.noChartBundle(path: chartBundle.path)
    }
    return text
  }
}
