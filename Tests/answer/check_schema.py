#!/usr/bin/env python3
"""Checks answers against the published schema, and that the schema lets no unknown key pass.

    python check_schema.py ANSWER.json...
"""

import copy
import json
import pathlib
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMA = json.loads((ROOT / "Documentation" / "answer.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
# Objects whose keys are names of the casebook's or of kinds, checked by their own pattern.
OPEN = {"unmoved"}


def objects(node, path=()):
    """Every object of an answer with the keys and places that lead to it."""
    if isinstance(node, dict):
        yield path
        for key, value in node.items():
            yield from objects(value, path + (key,))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from objects(value, path + (place,))


def at(node, path):
    for step in path:
        node = node[step]
    return node


def kinds(answer):
    """One object for each way of keys: places in lists are alike."""
    seen = {}
    for path in objects(answer):
        seen.setdefault(tuple(step for step in path if isinstance(step, str)), path)
    return seen


def unguarded(answer):
    """The kinds of objects to which a key can be added without breaking the schema."""
    for kind, path in kinds(answer).items():
        if kind and kind[-1] in OPEN:
            continue
        changed = copy.deepcopy(answer)
        at(changed, path)["keyThatNobodyNamed"] = 1
        if VALIDATOR.is_valid(changed):
            yield "/".join(kind) or "the answer itself"


def main():
    files = [pathlib.Path(name) for name in sys.argv[1:]]
    if not files:
        print(__doc__)
        return 2
    failures = 0
    for file in files:
        answer = json.loads(file.read_text(encoding="utf-8"))
        problems = [
            f"{error.json_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(answer)]
        problems += [f"{kind}: an unknown key passes" for kind in unguarded(answer)]
        failures += bool(problems)
        print(f"{'FAILED' if problems else 'passed'} {file.name}, {len(kinds(answer))} kinds of objects")
        for problem in problems:
            print(f"       {problem}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
