"""Reads Swift sources as far as measuring them needs: tokens, string literals, declarations, functions.

It knows the form that `swift format` gives the sources and no more of the language than that. Needs
Python's own library only.
"""

import dataclasses
import pathlib
import re

TOKEN = re.compile(
    r"""(?P<space>[^\S\n]+)|(?P<line>\n)|(?P<comment>//[^\n]*)|(?P<block>/\*.*?\*/)"""
    r"""|(?P<string>\#*"(?:"")?)|(?P<word>`?[A-Za-z_][A-Za-z_0-9]*`?)"""
    r"""|(?P<number>[0-9][0-9A-Za-z_]*(?:\.[0-9][0-9A-Za-z_]*)?)|(?P<other>\.\.[.<]|.)""",
    re.DOTALL)
TYPES = {"struct", "class", "enum", "protocol", "actor"}
MODIFIERS = {
    "public", "package", "internal", "fileprivate", "private", "open", "static", "final", "mutating",
    "nonmutating", "override", "lazy", "indirect", "nonisolated", "convenience", "required", "weak",
    "unowned", "dynamic", "prefix", "postfix", "infix", "consuming", "borrowing", "sending",
}
ACCESS = {"public", "package", "internal", "fileprivate", "private", "open"}


@dataclasses.dataclass(slots=True)
class Token:
    text: str
    line: int
    kind: str  # word, number, string or other


@dataclasses.dataclass(slots=True)
class Declaration:
    """A named thing: its kind, who may see it, and the type that it is a member of."""

    name: str
    kind: str
    access: str
    container: str | None  # the type, None at the top of a file
    line: int
    scope: str  # file, type or local
    token: int  # where its name stands in the tokens


@dataclasses.dataclass(slots=True)
class Function:
    """A function with a body, its lines counted from its keyword to its closing brace."""

    name: str
    line: int
    last: int
    parameters: int
    nesting: int


@dataclasses.dataclass(slots=True)
class Scope:
    kind: str  # a kind of type, extension, function or block
    name: str | None
    access: str
    function: "Function | None" = None


class SwiftFile:
    """One source file, read once."""

    def __init__(self, path: pathlib.Path, name: str):
        self.name = name
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.tokens: list[Token] = []
        self.literals: list[tuple[int, str]] = []
        self._tokenize("\n".join(self.lines))
        self.declarations: list[Declaration] = []
        self.functions: list[Function] = []
        _Walk(self).run()

    def _tokenize(self, text: str) -> None:
        position, line = 0, 1
        while position < len(text):
            match = TOKEN.match(text, position)
            kind, found = match.lastgroup, match.group()
            if kind == "string":
                position = self._read_string(text, position, line, found)
                line += text.count("\n", match.start(), position)
                continue
            if kind in ("word", "number", "other"):
                self.tokens.append(Token(found.strip("`"), line, kind))
            line += found.count("\n")
            position = match.end()

    def _read_string(self, text: str, start: int, line: int, opening: str) -> int:
        """Keeps the words of a literal and reads what is interpolated in it as code."""
        hashes = opening.count("#")
        quotes = opening[hashes:]
        position = start + len(opening)
        if quotes == '""':  # the empty string, not the start of a long one
            quotes, position = '"', position - 1
        closing, escape = quotes + "#" * hashes, "\\" + "#" * hashes
        self.tokens.append(Token('""', line, "string"))
        words: list[str] = []
        while not text.startswith(closing, position):
            if text.startswith(escape + "(", position):
                line_here = line + text.count("\n", start, position)
                position = self._read_interpolation(text, position + len(escape) + 1, line_here)
                words.append("…")
            elif text.startswith(escape, position):
                words.append(text[position + len(escape)])
                position += len(escape) + 1
            else:
                words.append(text[position])
                position += 1
        self.literals.append((line, "".join(words)))
        return position + len(closing)

    def _read_interpolation(self, text: str, position: int, line: int) -> int:
        depth = 1
        while depth:
            match = TOKEN.match(text, position)
            kind, found = match.lastgroup, match.group()
            if kind == "string":
                end = self._read_string(text, position, line, found)
                line += text.count("\n", position, end)
                position = end
                continue
            depth += {"(": 1, ")": -1}.get(found, 0)
            if depth and kind in ("word", "number", "other"):
                self.tokens.append(Token(found.strip("`"), line, kind))
            line += found.count("\n")
            position = match.end()
        return position

    def is_documented(self, declaration: Declaration) -> bool:
        """Whether a doc comment stands above the declaration, attributes between them apart."""
        above = declaration.line - 2
        while above >= 0 and self.lines[above].lstrip().startswith("@"):
            above -= 1
        return above >= 0 and self.lines[above].lstrip().startswith("///")


class _Walk:
    """Goes through the tokens of a file once and finds its declarations and functions."""

    def __init__(self, file: SwiftFile):
        self.file = file
        self.tokens = file.tokens
        self.scopes: list[Scope] = []
        self.pending: tuple[int, Scope] | None = None  # what the next brace at that depth opens
        self.modifiers: list[str] = []
        self.depth = 0  # of parentheses and brackets

    def run(self) -> None:
        index = 0
        while index < len(self.tokens):
            index = self.step(index)

    def text(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def step(self, index: int) -> int:
        token = self.tokens[index]
        text = token.text
        if text in "([" and token.kind == "other":
            self.depth += 1
        elif text in ")]" and token.kind == "other":
            self.depth -= 1
        elif text == "{":
            self.open_brace()
        elif text == "}":
            self.close_brace(token.line)
        elif token.kind == "word" and self.text(index - 1) != ".":
            return self.word(index)
        if token.kind != "word":
            self.modifiers = []
        return index + 1

    def word(self, index: int) -> int:
        text = self.text(index)
        if text in ACCESS and self.text(index + 1) == "(":  # private(set)
            return index + 4
        if text in MODIFIERS or (text == "class" and self.text(index + 1) in ("func", "var")):
            self.modifiers.append(text)
            return index + 1
        step = index + 1
        if self.tokens[index + 1].kind == "word" if index + 1 < len(self.tokens) else False:
            if text in TYPES and self.text(index + 1)[0].isupper():
                step = self.declare_type(index)
            elif text == "extension":
                step = self.open_extension(index)
            elif text in ("let", "var", "typealias", "associatedtype"):
                step = self.declare_values(index)
            elif text == "case" and self.in_enum():
                step = self.declare_cases(index)
            elif text == "func":
                step = self.declare_function(index, self.text(index + 1), index + 2)
        elif text in ("let", "var") and self.text(index + 1) == "(":
            step = self.declare_tuple(index)
        elif text == "func":
            step = self.declare_function(index, None, index + 1)
        elif text == "case" and self.in_enum():
            step = self.declare_cases(index)
        if text in ("init", "subscript") and self.text(index + 1) in "(<?" and self.in_type():
            step = self.declare_function(index, text, index + 1)
        self.modifiers = []
        return step

    def in_type(self) -> bool:
        return bool(self.scopes) and self.scopes[-1].kind in TYPES | {"extension"} and self.depth == 0

    def in_enum(self) -> bool:
        return self.in_type() and self.scopes[-1].kind == "enum"

    def access(self) -> str:
        own = next((word for word in self.modifiers if word in ACCESS), None)
        around = self.scopes[-1].access if self.scopes else "internal"
        if around in ("private", "fileprivate"):
            return around
        if own is None and self.scopes and self.scopes[-1].kind == "protocol":
            return around
        return own or "internal"

    def declare(self, index: int, kind: str, access: str | None = None) -> None:
        if not self.scopes:
            scope, container = ("file" if self.depth == 0 else "local"), None
        elif self.in_type():
            scope, container = "type", self.scopes[-1].name
        else:
            scope, container = "local", None
        token = self.tokens[index]
        self.file.declarations.append(
            Declaration(token.text, kind, access or self.access(), container, token.line, scope, index))

    def declare_type(self, index: int) -> int:
        kind, name = self.text(index), self.text(index + 1)
        self.declare(index + 1, kind)
        self.pending = (self.depth, Scope(kind, name, self.access()))
        return index + 2

    def open_extension(self, index: int) -> int:
        index += 1
        while self.text(index + 1) == ".":
            index += 2
        access = next((word for word in self.modifiers if word in ACCESS), "internal")
        self.pending = (self.depth, Scope("extension", self.text(index), access))
        return index  # the extended type is a use

    def declare_values(self, index: int) -> int:
        kind = self.text(index)
        self.declare(index + 1, "type" if kind in ("typealias", "associatedtype") else kind)
        if self.pending and self.pending[0] == self.depth:
            self.pending = None
        return index + 2

    def declare_tuple(self, index: int) -> int:
        index += 2
        while self.text(index) not in (")", ""):
            if self.tokens[index].kind == "word":
                self.declare(index, "let")
            index += 1
        return index + 1

    def declare_cases(self, index: int) -> int:
        access = self.scopes[-1].access
        index += 1
        while self.tokens[index].kind == "word":
            self.declare(index, "case", access)
            index += 1
            if self.text(index) == "(" or (self.text(index) == "=" and self.text(index + 1) != ","):
                index = self.after_payload(index)
            if self.text(index) != ",":
                break
            index += 1
        return index

    def after_payload(self, index: int) -> int:
        """Past the associated values or the raw value; what is named in them stays a use."""
        if self.text(index) == "=":
            return index + (3 if self.text(index + 1) == "-" else 2)
        depth = 0
        while index < len(self.tokens):
            depth += {"(": 1, ")": -1}.get(self.text(index), 0)
            index += 1
            if depth == 0:
                break
        return index

    def declare_function(self, index: int, name: str | None, after: int) -> int:
        if name not in (None, "init", "subscript") and self.tokens[index + 1].kind == "word":
            self.declare(index + 1, "func")
        elif name in ("init", "subscript"):
            self.declare(index, name)
        while self.text(after) not in ("(", ""):
            after += 1
        function = Function(
            name or "operator", self.tokens[index].line, 0, self.count_parameters(after), 0)
        self.pending = (self.depth, Scope("function", name, "internal", function))
        return index + 2 if name not in (None, "init", "subscript") else index + 1

    def count_parameters(self, opening: int) -> int:
        """The colons at the depth of a parameter list, one a parameter."""
        depth, count = 0, 0
        for index in range(opening, len(self.tokens)):
            text = self.text(index)
            if text in ("(", "[", "{"):
                depth += 1
            elif text in (")", "]", "}"):
                depth -= 1
                if depth == 0:
                    return count
            elif text == ":" and depth == 1:
                count += 1
        return count

    def open_brace(self) -> None:
        if self.pending and self.pending[0] == self.depth:
            scope = self.pending[1]
            self.pending = None
        else:
            scope = Scope("block", None, "internal")
        self.scopes.append(scope)
        self.deepen()

    def deepen(self) -> None:
        inner = 0
        for scope in reversed(self.scopes):
            if scope.kind == "function":
                scope.function.nesting = max(scope.function.nesting, inner)
                return
            if scope.kind != "block":
                return
            inner += 1

    def close_brace(self, line: int) -> None:
        scope = self.scopes.pop()
        if scope.function:
            scope.function.last = line
            self.file.functions.append(scope.function)


def swift_files(folder: pathlib.Path) -> list[SwiftFile]:
    """Every source file under a folder, named by its path in it, in order."""
    return [
        SwiftFile(path, str(path.relative_to(folder))) for path in sorted(folder.rglob("*.swift"))
        if ".build" not in path.parts
    ]
