import Markup

/// A field with which one of some values is chosen, or none of them.
func choice(
  _ name: String, _ label: String, _ options: [(value: String, label: String)], chosen: String,
  otherwise: String
) -> HTML {
  let lines = options.map { option -> HTML in
    let mark: HTML = option.value == chosen ? " selected" : .none
    return "<option value=\"\(option.value)\"\(mark)>\(option.label)</option>"
  }
  return """
    <label>\(label) <select name="\(name)"><option value="">\(otherwise)</option>\(lines)</select></label>
    """
}
