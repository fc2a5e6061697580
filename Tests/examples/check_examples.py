#!/usr/bin/env python3
"""Checks that `Examples/make.py` writes the committed files again, byte for byte."""

import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "Examples"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.executable, EXAMPLES / "make.py", folder], check=True)
        made = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        problems = [
            path for path in made
            if not (EXAMPLES / path).is_file()
            or (EXAMPLES / path).read_bytes() != (folder / path).read_bytes()]
    for path in problems:
        print(f"Examples/{path} is not what make.py writes; run it, and read the difference")
    print(f"examples: {len(made)} files made, {len(problems)} differ")
    return 1 if problems or not made else 0


if __name__ == "__main__":
    sys.exit(main())
