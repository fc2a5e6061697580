#!/usr/bin/env python3
"""Checks answers against the published schema, and that the schema lets no unknown key pass.

    check_schema.py [--program PROGRAM] ANSWER.json...

With a program, also what it prints of an example that is given choices, with its multiverse.
"""

import argparse
import copy
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

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


# Two choices of two options each, so that the four combinations are quick to work out.
CHOICES = """
multiverse:
  - choice: anticipation
    title: Anticipation
    options: [{label: none, anticipation: 0}, {label: one, anticipation: 1}]
  - choice: estimator
    title: Estimator
    options: [{label: group-time, method: group-time}, {label: imputation, method: imputation}]
"""


def with_choices(program):
    """The whole answer of an example whose study is given choices, with its multiverse."""
    with tempfile.TemporaryDirectory() as folder:
        casebook = pathlib.Path(folder) / "casebook"
        shutil.copytree(ROOT / "Examples" / "river-commission" / "casebook", casebook)
        study = next((casebook / "studies").glob("*.yaml"))
        study.write_text(study.read_text(encoding="utf-8") + CHOICES, encoding="utf-8")
        command = [program, "answer", casebook, "--json", "--multiverse"]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def problems_of_multiverse(answer):
    """What is missing of a multiverse that was asked for: a schema alone passes an answer without one."""
    multiverses = answer.get("multiverse", [])
    headlines = sum(outcome["headline"] for channel in answer["channels"] for outcome in channel["outcomes"])
    if len(multiverses) != headlines:
        yield f"multiverse: {len(multiverses)} for {headlines} headline outcomes"
    if not any(multiverse.get("specifications") for multiverse in multiverses):
        yield "multiverse: no outcome has a specification"


def problems_of(answer):
    errors = [f"{error.json_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(answer)]
    return errors + [f"{kind}: an unknown key passes" for kind in unguarded(answer)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path)
    parser.add_argument("answers", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    answers = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in arguments.answers}
    found = {name: problems_of(answer) for name, answer in answers.items()}
    if arguments.program:
        name = "an example with choices"
        answers[name] = with_choices(arguments.program.resolve())
        found[name] = problems_of(answers[name]) + list(problems_of_multiverse(answers[name]))
    for name, problems in found.items():
        print(f"{'FAILED' if problems else 'passed'} {name}, {len(kinds(answers[name]))} kinds of objects")
        for problem in problems:
            print(f"       {problem}")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
