"""Checks a casebook folder without the program itself, as a second pair of eyes.

    python check_casebook.py [--text FILE] [FOLDER]

The text is that of the source with the same SHA-256; without it, places are not checked.
"""

import argparse
import csv
import hashlib
import json
import pathlib
import re
import sys

import frictionless

RUN = 6  # so many words in a row shared with the source count as copied
HERE = pathlib.Path(__file__).resolve().parent
BUILT_IN = HERE.parent.parent / "Casebooks" / "western-balkans"


class Report:
    """Counts what passed and what failed, and prints each failure with its details."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, claim, problems):
        problems = list(problems)
        if problems:
            self.failed += 1
            print(f"FAILED {claim}")
            for problem in problems:
                print(f"       {problem}")
        else:
            self.passed += 1
            print(f"passed {claim}")


def read(folder):
    """Reads every table that the data package names, each as a list of rows."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = {}
    for resource in package["resources"]:
        with open(folder / resource["path"], encoding="utf-8", newline="") as file:
            tables[resource["name"]] = list(csv.DictReader(file, strict=True))
    return package, tables


def package_problems(folder):
    """What the tool `frictionless` finds: types, patterns, words, keys and foreign keys."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    for row in report.flatten(["path", "rowNumber", "fieldName", "message"]):
        yield " ".join(str(cell) for cell in row if cell is not None)


def layout_problems(folder, package):
    """UTF-8, LF, one final line end, and the columns in the order of the package."""
    for resource in package["resources"]:
        path = resource["path"]
        data = (folder / path).read_bytes()
        text = data.decode("utf-8")
        if b"\r" in data or b"\0" in data or data.startswith(b"\xef\xbb\xbf"):
            yield f"{path}: has CR, NUL or a byte order mark"
        if not text.endswith("\n") or text.endswith("\n\n"):
            yield f"{path}: does not end in one line end"
        wanted = [field["name"] for field in resource["schema"]["fields"]]
        if next(csv.reader([text.split("\n")[0]])) != wanted:
            yield f"{path}: its columns are not {','.join(wanted)}"


def repeated(rows, *columns):
    """Rows that have the same key as an earlier row."""
    seen = set()
    for row in rows:
        key = tuple(row[column] for column in columns)
        if key in seen:
            yield "repeated: " + ",".join(key)
        seen.add(key)


def list_problems(tables):
    """Lists inside a cell name actors that exist, once each, and never the row's own actor."""
    actors = {row["id"] for row in tables["actors"]}
    cells = [(row["id"], row["members"], row["id"]) for row in tables["actors"]]
    cells += [(row["id"], row["with"], row["actor"]) for row in tables["claims"]]
    for row, cell, own in cells:
        names = cell.split(";") if cell else []
        for name in names:
            if name not in actors or name == own or names.count(name) > 1:
                yield f"{row}: {name} is unknown, repeated or the actor itself"


def years(row):
    """The first and last year of a dated row; open ends reach far out."""
    start, end = row["from"][:4], row["to"][:4]
    return (int(start) if start else 0, int(end) if end else 9999)


def shared_codes(rows):
    """A code that two actors hold, or an actor that holds two, at one time; names may be many."""
    for index, row in enumerate(rows):
        for other in rows[:index]:
            same = (row["actor"] == other["actor"]) != (row["code"] == other["code"])
            if row["system"] != other["system"] or not same:
                continue
            if row["system"] == "name" and row["code"] != other["code"]:
                continue
            (start, end), (other_start, other_end) = years(row), years(other)
            if start <= other_end and other_start <= end:
                holders = f"{row['actor']} {row['code']}, {other['actor']} {other['code']}"
                yield f"{row['system']}: {holders}"


def part_problems(claims):
    """A whole that is no fact, or a fact that is a part of itself in the end."""
    whole = {row["fact"]: row["part_of"] for row in claims if row["part_of"]}
    facts = {row["fact"] for row in claims}
    for fact, start in whole.items():
        seen, step = {fact}, start
        while step:
            if step not in facts or step in seen:
                yield f"{fact}: part of {step}"
                break
            seen.add(step)
            step = whole.get(step)


def number_problems(claims):
    """Bounds out of order, numbers without a unit, money without a currency."""
    for row in claims:
        numbers = [float(row[c]) for c in ("low", "value", "high") if row[c]]
        if numbers != sorted(numbers):
            yield f"{row['id']}: low, value and high are out of order"
        if bool(numbers) != bool(row["unit"]):
            yield f"{row['id']}: a number needs a unit, and a unit a number"
        if (row["unit"] == "money") != bool(row["currency"]):
            yield f"{row['id']}: money needs a currency, and nothing else has one"


def use_problems(tables):
    """Clauses, concerns and the like that point at a claim about another deal or actor."""
    claims = {row["id"]: row for row in tables["claims"]}
    for row in tables["clauses"] + tables["terms"]:
        if claims[row["claim"]]["deal"] != row["deal"]:
            yield f"{row['claim']} is not about {row['deal']}"
    for row in tables["concerns"]:
        if claims[row["claim"]]["actor"] != row["organisation"]:
            yield f"{row['claim']} is not about {row['organisation']}"
    for row in tables["memberships"]:
        if row["claim"] and claims[row["claim"]]["actor"] != row["actor"]:
            yield f"{row['claim']} is not about {row['actor']}"
    for row in tables["judgements"]:
        if claims[row["claim"]]["fact"] != row["fact"]:
            yield f"{row['claim']} is not about {row['fact']}"


def words(text):
    text = text.translate({0x2018: "'", 0x2019: "'"}).lower()
    return re.findall(r"\w+(?:'\w+)?", text)


def runs(text):
    found = words(text)
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def copied(rows, text):
    """Statements and notes in which a run of words is the source's."""
    theirs = runs(text)
    for name, ours in rows:
        for run in sorted(runs(ours) & theirs):
            yield f"{name}: {' '.join(run)}"


def place_problems(claims, text):
    """Places that are missing, lie outside the text, or cut a word in two."""
    for row in claims:
        match = re.fullmatch(r"chars=(\d+)-(\d+)", row["locator"])
        if not match:
            yield f"{row['id']}: has no place"
            continue
        start, end = int(match[1]), int(match[2])
        if not start < end <= len(text):
            yield f"{row['id']}: lies outside the text"
        elif text[start:end] != text[start:end].strip():
            yield f"{row['id']}: begins or ends with a blank"
        elif text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            yield f"{row['id']}: cuts a word in two"


def check_text(report, tables, path):
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    sources = [row["id"] for row in tables["sources"] if row["sha256"] == digest]
    report.check("the text is one source's", [] if len(sources) == 1 else [digest])
    claims = [row for row in tables["claims"] if row["source"] in sources]
    text = data.decode("utf-8")
    prose = [(row["id"], row["statement"]) for row in tables["claims"]]
    prose += [(row["id"], row["note"]) for row in tables["actors"]]
    prose += [(row["id"], row["concern"]) for row in tables["concerns"]]
    prose += [(row["deal"], f"{row['trigger']} {row['consequence']}") for row in tables["clauses"]]
    prose += [(row["actor"], row["note"]) for row in tables["coverage"]]
    report.check(f"all {len(claims)} places lie in the text", place_problems(claims, text))
    report.check(f"no {RUN} words in a row are the text's", copied(prose, text))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=BUILT_IN)
    parser.add_argument("--text", type=pathlib.Path, help="the text of a source")
    arguments = parser.parse_args()
    report = Report()
    package, tables = read(arguments.folder)
    claims = tables["claims"]
    report.check("the data package is valid", package_problems(arguments.folder))
    report.check("the tables are laid out alike", layout_problems(arguments.folder, package))
    for name in ("actors", "sources", "claims", "concerns", "variables"):
        report.check(f"ids of {name} are unique", repeated(tables[name], "id"))
    key = ("variable", "actor", "period", "source")
    report.check("values of series are unique", repeated(tables["series"], *key))
    report.check("claims and facts have different names",
                 {row["id"] for row in claims} & {row["fact"] for row in claims})
    report.check("lists name known actors", list_problems(tables))
    report.check("no code is held twice at one time", shared_codes(tables["codes"]))
    report.check("parts lead to wholes", part_problems(claims))
    report.check("numbers have bounds and units in order", number_problems(claims))
    report.check("rows point at claims about themselves", use_problems(tables))
    if arguments.text:
        check_text(report, tables, arguments.text)
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
