#!/usr/bin/env python3
"""Checks answers against Documentation/answer.schema.json.

Usage: check_answer_schema.py [ANSWER.json ...]; without a file, the golden answer of the tests, and
that the schema refuses answers that say more than they may.
"""

import copy
import json
import pathlib
import sys

from jsonschema import Draft202012Validator

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "Documentation/answer.schema.json").read_text("utf-8"))
GOLDEN = ROOT / "Tests/PublishingTests/Golden/answer.json"


def problems(answer: dict) -> list[str]:
    found = Draft202012Validator(SCHEMA).iter_errors(answer)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


def spoiled(answer: dict) -> dict[str, dict]:
    """Answers that the schema must refuse, by what is wrong with them."""
    outcomes = [outcome for channel in answer["channels"] for outcome in channel["outcomes"]]
    decided = next(i for i, o in enumerate(outcomes) if o["estimates"])
    refused = next(i for i, o in enumerate(outcomes) if not o["estimates"])
    wrongs = {}

    def wrong(name: str, index: int, change) -> None:
        copied = copy.deepcopy(answer)
        change([o for channel in copied["channels"] for o in channel["outcomes"]][index])
        wrongs[name] = copied

    word = {"word": "likely", "confidence": 0.7}
    estimate = outcomes[decided]["estimates"][0]
    wrong("a likelihood for what cannot be decided", refused, lambda o: o.update(likelihood=word))
    wrong("an estimate of what cannot be decided", refused, lambda o: o["estimates"].append(estimate))
    wrong("a null", decided, lambda o: o.update(minimumDetectableEffect=None))
    wrong("an unknown key", decided, lambda o: o.update(score=1))
    wrong("an interval without its method", decided, lambda o: o["estimates"][0].pop("intervalMethod"))
    wrong("a variable beside a rule", decided, lambda o: o.update(rule={}))
    return wrongs


def main() -> int:
    Draft202012Validator.check_schema(SCHEMA)
    files = [pathlib.Path(name) for name in sys.argv[1:]] or [GOLDEN]
    failures = []
    for file in files:
        failures += [f"{file}: {problem}" for problem in problems(json.loads(file.read_text("utf-8")))]
    if len(sys.argv) == 1:
        golden = json.loads(GOLDEN.read_text("utf-8"))
        failures += [f"the schema takes {name}" for name, answer in spoiled(golden).items() if not problems(answer)]
    print("\n".join(failures) or f"{len(files)} answer(s) fit the schema")
    return 1 if failures else 0


sys.exit(main())
