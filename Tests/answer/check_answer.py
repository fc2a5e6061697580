#!/usr/bin/env python3
"""Checks an answer without the program: its schema, its traces, and its estimates from its panels.

    python check_answer.py CASEBOOK ANSWER

CASEBOOK is the folder that was asked, ANSWER the folder that `fulcrum answer` wrote.
"""

import argparse
import csv
import hashlib
import json
import math
import pathlib
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMA = ROOT / "Documentation" / "answer.schema.json"
# Sums of some hundred numbers of size one, in another order.
ROUNDING = 1e-9


class Report:
    """Counts what passed and what failed, and prints each failure with its details."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, claim, problems):
        problems = list(problems)
        self.passed += not problems
        self.failed += bool(problems)
        print(f"{'FAILED' if problems else 'passed'} {claim}")
        for problem in problems:
            print(f"       {problem}")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def schema_problems(answer):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for error in sorted(validator.iter_errors(answer), key=lambda error: error.json_path):
        yield f"{error.json_path}: {error.message[:200]}"


def casebook_hash(folder):
    """The hash of the list that `sha256sum` prints of the files, in the order of their paths."""
    files = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts))
    lines = (
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(files, key=lambda name: name.encode()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def evidence_ids(folder):
    claims = {row["id"] for row in rows(folder / "claims.csv")}
    values = {
        f"{row['variable']}/{row['actor']}/{row['period']}"
        for path in folder.glob("series*.csv") for row in rows(path)
    }
    return claims, values


def trace_problems(answer, claims, values):
    for outcome in outcomes(answer):
        unknown = set(outcome["trace"]) - claims - values
        unknown |= {claim for row in outcome["dropped"] for claim in row["claims"]} - claims
        yield from (f"{outcome['id']}: {name} is not in the casebook" for name in sorted(unknown))
    for conflict in answer["conflicts"]:
        unknown = (set(conflict["claims"]) | {conflict["used"]}) - claims
        yield from (f"{conflict['fact']}: {name} is not in the casebook" for name in sorted(unknown))


def outcomes(answer):
    return [outcome for channel in answer["channels"] for outcome in channel["outcomes"]]


def step_down_problems(answer):
    """The outcomes tested together are those with an estimate, and no p falls by being adjusted."""
    decided = [outcome["id"] for outcome in outcomes(answer) if outcome["estimates"]]
    found = answer.get("stepDown")
    if len(decided) < 2:
        if found is not None:
            yield "one outcome is tested together with none"
        return
    if found is None or [row["outcome"] for row in found["outcomes"]] != decided:
        yield f"not tested together: {', '.join(decided)}"
        return
    if "reason" in found:
        return
    ordered = sorted(found["outcomes"], key=lambda row: row["p"])
    yield from (
        f"{row['outcome']}: adjusted p {row['adjustedP']} below p {row['p']}"
        for row in ordered if row["adjustedP"] < row["p"] - ROUNDING)
    yield from (
        f"{later['outcome']}: adjusted p below that of {earlier['outcome']}, whose p is smaller"
        for earlier, later in zip(ordered, ordered[1:])
        if later["adjustedP"] < earlier["adjustedP"] - ROUNDING)


def panel_of(path):
    """The first treated period of each unit (None: never), and its values by period."""
    starts, values, periods = {}, {}, set()
    for row in rows(path):
        unit, period = row["unit"], int(row["period"])
        starts[unit] = int(row["first_treated"]) if row["first_treated"] else None
        periods.add(period)
        values.setdefault(unit, {})
        if row["outcome"]:
            values[unit][period] = float(row["outcome"])
    return starts, values, sorted(periods)


def group_time_effect(starts, values, periods, comparison):
    """The overall ATT by the definition (Callaway and Sant'Anna 2021), from scratch."""
    last = periods[-1]
    treated = {unit: start for unit, start in starts.items() if start is not None and start <= last}
    effects = []
    for cohort in sorted(set(treated.values())):
        base = max(period for period in periods if period < cohort)
        members = [unit for unit, start in treated.items() if start == cohort]
        for period in (period for period in periods if period >= cohort):
            compared = [
                unit for unit in values
                if unit not in treated or comparison == "not-yet" and treated[unit] > period]
            own, other = (
                [values[unit][period] - values[unit][base] for unit in units
                 if period in values[unit] and base in values[unit]]
                for units in (members, compared))
            if own and other:
                effect = math.fsum(own) / len(own) - math.fsum(other) / len(other)
                effects.append((len(members), effect))
    total = sum(weight for weight, _ in effects)
    return math.fsum(weight * effect for weight, effect in effects) / total


def estimate_problems(folder, outcome, estimator):
    """Compares the estimate on all units with our own; options other than these are not repeated."""
    starts, values, periods = panel_of(folder / outcome["panel"])
    units = set(outcome["treated"]) | set(outcome["comparison"])
    if not units <= set(starts):
        yield f"{outcome['panel']} lacks {sorted(units - set(starts))}"
        return
    published = [one for one in outcome["estimates"] if one["sample"] == "all"]
    if not published or estimator.get("anticipation", 0) != 0:
        return
    own = group_time_effect(
        {unit: starts[unit] for unit in units}, {unit: values[unit] for unit in units}, periods,
        estimator["comparison"])
    for estimate in published:
        if not math.isclose(estimate["att"], own, rel_tol=ROUNDING, abs_tol=ROUNDING):
            yield f"{outcome['id']}: published {estimate['att']}, the panel gives {own}"


def coherence_problems(outcome):
    """What must hold between the numbers of one outcome."""
    for estimate in outcome["estimates"]:
        test = estimate["randomization"]
        if test["p"] < test["floor"]["whoAndWhen"] - ROUNDING:
            yield f"{outcome['id']}: p {test['p']} is below its floor"
        if "interval" in estimate:
            low, high = estimate["interval"]
            if not low <= estimate["att"] <= high:
                yield f"{outcome['id']}: the interval {low} to {high} misses {estimate['att']}"
            # The other way round need not hold: what is not rejected may have holes.
            if test["p"] > 0.05 and not low <= 0 <= high:
                yield f"{outcome['id']}: p is {test['p']}, and the interval leaves zero out"
    failed = [reason["rule"] for reason in outcome["answerability"]["reasons"] if not reason["passed"]]
    if (outcome["answerability"]["verdict"] == "decidable") != (not failed):
        yield f"{outcome['id']}: {outcome['answerability']['verdict']}, though {failed} failed"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("casebook", type=pathlib.Path)
    parser.add_argument("answer", type=pathlib.Path)
    arguments = parser.parse_args()
    answer = json.loads((arguments.answer / "answer.json").read_text(encoding="utf-8"))
    study = yaml.safe_load(
        (arguments.casebook / "studies" / f"{answer['study']}.yaml").read_text(encoding="utf-8"))
    report = Report()
    report.check("answer.json follows its schema", schema_problems(answer))
    if report.failed:
        print(f"{report.passed} passed, {report.failed} failed")
        return 1
    report.check(
        "the casebook has the hash that the answer names",
        [] if casebook_hash(arguments.casebook) == answer["casebook"]["sha256"] else ["it has not"])
    report.check("every trace leads into the casebook",
                 trace_problems(answer, *evidence_ids(arguments.casebook)))
    report.check("the outcomes are tested together", step_down_problems(answer))
    choices = {
        outcome["id"]: study["defaults"]["estimator"] | outcome.get("estimator", {})
        for channel in study["channels"] for outcome in channel.get("outcomes", [])}
    for outcome in outcomes(answer):
        report.check(f"{outcome['id']} is coherent", coherence_problems(outcome))
        report.check(f"{outcome['id']} follows from its panel",
                     estimate_problems(arguments.answer, outcome, choices[outcome["id"]]))
    page = arguments.answer / "dossier.html"
    report.check("the page is there", [] if page.is_file() else [f"{page} is missing"])
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
