"""Tiny trees of sources, made for one test and removed after it."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Scripts"))


class TreeTests(unittest.TestCase):
    """Tests of a script of the project on trees of their own."""

    def tree(self, files: dict[str, str]) -> pathlib.Path:
        root = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, root)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    def run_script(self, script: str, *arguments: object) -> subprocess.CompletedProcess:
        command = [sys.executable, str(ROOT / script), *(str(argument) for argument in arguments)]
        return subprocess.run(command, capture_output=True, text=True)
