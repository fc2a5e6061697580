#!/usr/bin/env python3
"""Checks that what people read has no archaic words: string literals of the sources, and prose documents.

    check_words.py [--list] [--shrink] [FOLDER]

Tests/house/archaic-words.txt holds how many the files of each name still have. More than is listed fails;
`--shrink` writes smaller counts, never larger ones. `--list` names every place.
What is history stays as it was written: decision records, and the released sections of the changelog.
Needs Python's own library only.
"""

import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Scripts"))
from swift_source import swift_files  # noqa: E402

ARCHAIC = re.compile(
    r"\b(mend(?:s|ed|ing)?|parted|anew|told\s+by|(?:is|are)\s+no(?!\s+longer)|unless\s+given|nobody\s+is"
    r"|reckon\w*|beside|at\s+hand)\b",
    re.IGNORECASE)
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
RELEASED = re.compile(r"^## \[?\d.*", re.MULTILINE | re.DOTALL)


def documents(root: pathlib.Path) -> list[pathlib.Path]:
    found = [*root.glob("*.md"), *root.glob("Documentation/**/*.md"), *root.glob("Sources/**/*.md")]
    return sorted(path for path in found if "Decisions" not in path.parts)


def blanked(match: re.Match) -> str:
    """As many lines as were there, so that what follows keeps its number."""
    return "\n" * match.group().count("\n")


def places(text: str, first_line: int) -> list[tuple[int, str]]:
    return [
        (first_line + text.count("\n", 0, match.start()), " ".join(match.group().split()))
        for match in ARCHAIC.finditer(text)
    ]


def archaic_words(root: pathlib.Path) -> dict[str, list[tuple[int, str]]]:
    """The places of archaic words, by file."""
    found = {}
    for file in swift_files(root / "Sources"):
        found[f"Sources/{file.name}"] = [
            place for line, text in file.literals for place in places(text, line)
        ]
    for path in documents(root):
        text = path.read_text(encoding="utf-8")
        if path.name == "CHANGELOG.md":
            text = RELEASED.sub("", text)
        found[str(path.relative_to(root))] = places(CODE.sub(blanked, text), 1)
    return {name: sorted(words) for name, words in found.items() if words}


def read_allowance(path: pathlib.Path) -> dict[str, int]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
    return {name: int(count) for name, count in pairs}


def shrink(path: pathlib.Path, allowed: dict[str, int], counts: dict[str, int]) -> dict[str, int]:
    kept = {
        name: min(count, counts[name]) for name, count in sorted(allowed.items()) if counts.get(name)
    }
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = head + [f"{name} {count}" for name, count in kept.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return kept


def by_name(found: dict) -> dict[str, list[tuple[int, str]]]:
    """The places by the name of the file alone, so that a file may move."""
    merged = {}
    for path, words in found.items():
        merged.setdefault(pathlib.PurePosixPath(path).name, []).extend(words)
    return merged


def problems(found: dict, allowed: dict[str, int]) -> list[str]:
    said = []
    for name, words in sorted(by_name(found).items()):
        limit = allowed.get(name, 0)
        if len(words) > limit:
            listed = ", ".join(f"{word} (line {line})" for line, word in words)
            said.append(f"{name}: {len(words)} archaic words, {limit} allowed: {listed}")
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks that what people read has no archaic words.")
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=ROOT)
    parser.add_argument("--list", action="store_true", help="name every place")
    parser.add_argument("--shrink", action="store_true", help="write the smaller counts")
    options = parser.parse_args()
    allowance = options.root / "Tests" / "house" / "archaic-words.txt"
    found, allowed = archaic_words(options.root), read_allowance(allowance)
    counts = {name: len(words) for name, words in by_name(found).items()}
    if options.shrink:
        allowed = shrink(allowance, allowed, counts)
    if options.list:
        for name, words in sorted(found.items()):
            for line, word in words:
                print(f"{name}:{line}: {word}")
    said = problems(found, allowed)
    for problem in said:
        print(problem, file=sys.stderr)
    print(f"words: {sum(map(len, found.values()))} archaic, {sum(allowed.values())} allowed")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
