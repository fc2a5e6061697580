import Markup

/// What stands on one page of the site.
struct PageContent {
  let title: String
  let body: HTML
}
