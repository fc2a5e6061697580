"""Installs a built program into a folder, hides the sources and the build, and runs it there.

The argument is the program. It runs in a mount namespace of its own, in which the project's folder is
empty, and from an empty folder. Needs `unshare`, as root or with user namespaces.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHARE = "share/fulcrum"
INSTALLED = [
    "bin/fulcrum", f"{SHARE}/Casebooks/western-balkans/claims.csv", f"{SHARE}/Casebooks/new/study.yaml",
    f"{SHARE}/Casebooks/places/places.csv", f"{SHARE}/Web/pages.css", f"{SHARE}/charts/vega.js",
    "share/man/man1/fulcrum.1", "share/bash-completion/completions/fulcrum",
    "share/zsh/site-functions/_fulcrum",
]


def install(program: Path, prefix: str, destination: Path | None = None) -> None:
    environment = os.environ | ({"DESTDIR": str(destination)} if destination else {})
    subprocess.run([ROOT / "Scripts/install", program, prefix], check=True, env=environment,
                   stdout=subprocess.DEVNULL)
    base = Path(f"{destination or ''}{prefix}")
    for name in INSTALLED:
        if not (base / name).is_file():
            sys.exit(f"install: {name} is not in {base}")


def hidden(words: list, **options) -> subprocess.Popen:
    """Starts a command where the project's folder is empty."""
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    script = 'mount -t tmpfs none "$1" && test -z "$(ls -A "$1")" && shift && exec "$@"'
    command = ["unshare", *own, "--mount", "sh", "-c", script, "sh", str(ROOT), *map(str, words)]
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, **options)


def run(words: list, folder: Path) -> str:
    process = hidden(words, cwd=folder)
    output, errors = process.communicate(timeout=300)
    if process.returncode != 0:
        sys.exit(f"install: {' '.join(map(str, words))} ended with {process.returncode}: {errors}")
    return output


def serve(program: Path, folder: Path) -> None:
    """Reads the first page, and what it is made with, from the live program."""
    process = hidden([program, "serve", "--port", "0"], cwd=folder)
    try:
        process.stdout.readline()
        address = re.search(r"http://\S+", process.stdout.readline())
        if address is None:
            sys.exit(f"install: serve gave no address: {process.stderr.read()}")
        with urllib.request.urlopen(address[0], timeout=60) as response:
            if "<!doctype html>" not in response.read().decode().lower():
                sys.exit("install: the served page is not a page")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def main() -> None:
    program = Path(sys.argv[1]).resolve()
    if shutil.which("unshare") is None:
        sys.exit("install: unshare is missing; install util-linux")
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        prefix, empty = base / "prefix", base / "empty"
        empty.mkdir()
        install(program, str(prefix))
        install(program, "/usr", base / "destination")
        installed = prefix / "bin/fulcrum"
        run([installed, "answer", "--quiet", "--out", "page"], empty)
        if (empty / "page/dossier.html").stat().st_size < 500_000:
            sys.exit("install: the dossier lacks its charts")
        run([installed, "check", prefix / SHARE / "Casebooks/western-balkans"], empty)
        run([installed, "init", "mine", "--states", "ALB,MKD"], empty)
        if "Albania" not in (empty / "mine/actors.csv").read_text():
            sys.exit("install: a new casebook does not know the states of the built-in one")
        serve(installed, empty)
    print("install: answered, checked, started and served without the sources")


main()
