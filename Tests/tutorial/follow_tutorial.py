"""Follows Documentation/Tutorial.md step by step, as its reader would.

Every `sh` block is run in one empty folder, in order; each line of a `text` block must be among the
lines that the last `sh` block before it printed, in the same order. The program is the one whose
folder is given as the argument.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TUTORIAL = Path(__file__).resolve().parent.parent.parent / "Documentation" / "Tutorial.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text):
    """Yields the kind, the line number and the contents of each block."""
    for match in BLOCK.finditer(text):
        yield match[1], text.count("\n", 0, match.start()) + 1, match[2]


def missing_line(expected, printed):
    """Gives the first expected line that is not printed after those before it, or None."""
    lines = iter(line.strip() for line in printed.splitlines())
    return next((line for line in expected.splitlines() if line.strip() not in lines), None)


def follow(program, folder):
    path = f"{program}{os.pathsep}{os.environ['PATH']}"
    printed, steps, compared = "", 0, 0
    for kind, number, content in blocks(TUTORIAL.read_text()):
        if kind == "sh":
            step = subprocess.run(
                ["bash", "-eu", "-c", content], cwd=folder, env=os.environ | {"PATH": path},
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
            )
            printed, steps = step.stdout, steps + 1
            if step.returncode != 0:
                sys.exit(f"{TUTORIAL.name}, line {number}: the step failed:\n{printed}")
        else:
            compared += 1
            line = missing_line(content, printed)
            if line is not None:
                sys.exit(f"{TUTORIAL.name}, line {number}: `{line}` was not printed:\n{printed}")
    if not (Path(folder) / "page" / "dossier.html").read_text().count("arden-drill-2005"):
        sys.exit("the page does not show the claim")
    return steps, compared


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        steps, compared = follow(program, folder)
    if steps < 8 or compared < 8:
        sys.exit(f"only {steps} steps and {compared} outputs were found in {TUTORIAL.name}")
    print(f"tutorial: {steps} steps followed, {compared} outputs as printed")


if __name__ == "__main__":
    main()
