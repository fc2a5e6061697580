public import Foundation
import Documents

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

  /// The files that come with the program: next to it where it was built, else as installed.
  public static var ofProgram: PublishingResources {
    PublishingResources(
      pages: SharedFiles.find("Web", ofModule: "Publishing"),
      chartBundle: SharedFiles.find("charts/vega.js"))
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
