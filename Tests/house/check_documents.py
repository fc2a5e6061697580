#!/usr/bin/env python3
"""Checks that the project's documents say what is there: paths, modules, targets, snippet, decisions.

Reads the files that git knows or would add, so that nothing built or installed counts as present.
Needs Python's own library only.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ARCHITECTURE_LINES = 150

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SWIFT_FENCE = re.compile(r"^```swift\n(.*?)^```", re.MULTILINE | re.DOTALL)
ROOT_FILE = re.compile(r"(README|ARCHITECTURE|CONTRIBUTING|GLOSSARY|CHANGELOG)\.md|CITATION\.cff|Package\.swift")
DECISION = re.compile(r"(\d{4})-[a-z0-9-]+\.md")


def tracked_files() -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True)
    return {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}


def folders_of(files: set[str]) -> set[str]:
    return {str(parent) for name in files for parent in pathlib.PurePosixPath(name).parents} - {"."}


def named_paths(text: str, top: set[str]) -> set[str]:
    """The words in code style that begin with a folder of the project or are a file of its root."""
    words = CODE.findall(FENCE.sub("", text))
    return {
        word.rstrip("/") for word in words
        if " " not in word and not re.search(r"[<>*…]|NNNN", word)
        and (word.split("/")[0] in top and "/" in word or ROOT_FILE.fullmatch(word))
    }


def check_paths(document: str, text: str, known: set[str], top: set[str]) -> list[str]:
    problems = [
        f"{document}: `{path}` is not there" for path in sorted(named_paths(text, top) - known)
    ]
    folder = (ROOT / document).parent
    for link in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:|#", link):
            continue
        target = (folder / link.split("#")[0]).resolve()
        if not target.is_relative_to(ROOT) or str(target.relative_to(ROOT)) not in known:
            problems.append(f"{document}: the link to {link} leads nowhere")
    return problems


def check_targets(document: str, text: str, makefile: str) -> list[str]:
    """Every `make …` that a document names is a target."""
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    return [f"{document}: `make {name}` is no target" for name in sorted(named - targets)]


def check_architecture(files: set[str]) -> list[str]:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    lines = len(text.splitlines())
    problems = []
    if lines > ARCHITECTURE_LINES:
        problems.append(f"ARCHITECTURE.md has {lines} lines, more than {ARCHITECTURE_LINES}")
    modules = {name.split("/")[1] for name in files if name.startswith("Sources/")}
    tree = re.search(r"^Sources/\n((?:  .*\n)+)", text, re.MULTILINE)
    lines_of_tree = tree.group(1).splitlines() if tree else []
    drawn = {
        name for line in lines_of_tree for name in re.findall(r"(\w+)/ ", line.split("   ")[0] + " ")
    }
    problems += [f"ARCHITECTURE.md: {name} is not in the tree" for name in sorted(modules - drawn)]
    problems += [f"ARCHITECTURE.md: there is no module {name}" for name in sorted(drawn - modules)]
    return problems


def check_snippet(files: set[str]) -> list[str]:
    """The main path in the documents is the one that is compiled."""
    if "Snippets/main-path.swift" not in files:
        return []
    shown = SWIFT_FENCE.findall((ROOT / "Documentation/Library.md").read_text(encoding="utf-8"))
    compiled = (ROOT / "Snippets/main-path.swift").read_text(encoding="utf-8")
    if any(snippet.strip() in compiled for snippet in shown):
        return []
    return ["Documentation/Library.md: no Swift block stands in Snippets/main-path.swift as it is"]


def check_decisions(files: set[str]) -> list[str]:
    problems = []
    names = sorted(name for name in files if name.startswith("Documentation/Decisions/"))
    numbers: set[str] = set()
    for name in names:
        match = DECISION.fullmatch(pathlib.PurePosixPath(name).name)
        if not match:
            problems.append(f"{name}: expected a name like 0012-what-it-is-about.md")
        elif match.group(1) in numbers:
            problems.append(f"{name}: another decision has this number")
        else:
            numbers.add(match.group(1))
        text = (ROOT / name).read_text(encoding="utf-8")
        if not re.search(r"^Date: \d{4}-\d\d-\d\d · Status: (proposed|accepted|superseded by \d{4})$",
                         text, re.MULTILINE):
            problems.append(f"{name}: no line `Date: YYYY-MM-DD · Status: accepted`")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        if headings != ["Context", "Decision", "Alternatives", "Consequences"]:
            problems.append(f"{name}: the headings are {headings}")
    return problems


def main() -> int:
    files = tracked_files()
    folders = folders_of(files)
    top = {folder for folder in folders if "/" not in folder}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    documents = sorted(
        name for name in files
        if name.endswith(".md") and ("/" not in name or name.startswith("Documentation/")))
    problems = []
    for document in documents:
        text = (ROOT / document).read_text(encoding="utf-8")
        problems += check_paths(document, text, files | folders, top)
        problems += check_targets(document, text, makefile)
    problems += check_architecture(files) + check_snippet(files) + check_decisions(files)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"documents: {len(documents)} read, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
