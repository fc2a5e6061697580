"""Stops, crowds and starves the program while it writes, and looks at what is left.

The argument is the program. FULCRUM_KILLS says how many runs are killed (50; 1,000 for a long check). A
killed run must leave all old files or all new ones, once any command has looked at the folder.
"""

import json
import os
import pty
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "Examples/harbour-league/casebook"
TABLE = "who,year,tons\nAMB,2001,5\nBRI,2002,6\n"
MAPPING = """\
source: {id: tons, title: Tons, license: CC0-1.0}
actor: {column: who, system: name}
period: year
series:
  - variable: {id: tons-moved, title: Tons moved, unit: tons, channel: trade, concept: exposure,
      direction: toward, counterpart: MERIDIAN}
    value: tons
"""


def no_large_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def fail(text: str) -> None:
    sys.exit(f"writing: {text}")


def files(folder: Path) -> dict:
    """What a folder holds, hidden files too."""
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


class Writer:
    """A command that writes into a folder, and the folder before and after it.

    `look` does what the next run does on its way to the folder.
    """

    def __init__(self, program: Path, work: Path, name: str, words: list, start: Path):
        self.folder, self.start, self.name = work / name, start, name
        self.words = [program, *(str(word).replace("FOLDER", str(self.folder)) for word in words)]
        self.program = program
        self.reset()
        self.old = files(self.folder)
        began = time.monotonic()
        self.run(self.words)
        self.seconds = time.monotonic() - began
        self.new = files(self.folder)
        if self.new == self.old:
            fail(f"{name} changes nothing")

    def reset(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.start, self.folder)

    def run(self, words: list) -> None:
        run = subprocess.run(words, cwd=self.folder.parent, text=True, capture_output=True)
        if run.returncode != 0:
            fail(f"{self.name}: {words[1]} ended with {run.returncode}: {run.stderr}{run.stdout}")

    def look(self) -> None:
        if self.name != "answer":
            return self.run([self.program, "check", self.folder])
        # Nothing reads an answer: the next one completes what it finds, and here writes nothing.
        run = subprocess.run(self.words, capture_output=True, preexec_fn=no_large_files)
        if run.returncode != 2:
            fail(f"an answer under a limit ended with {run.returncode}: {run.stderr.decode()}")
        return None

    def kill(self, at_writing: bool) -> str:
        """Kills a run, at any time or while it writes, and says which files are left."""
        self.reset()
        process = subprocess.Popen(self.words, cwd=self.folder.parent, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        if at_writing:
            while process.poll() is None and not any(
                    name.startswith(".fulcrum-") and name != ".fulcrum-lock"
                    for name in os.listdir(self.folder)):
                pass
            time.sleep(random.uniform(0, 0.004))
        else:
            time.sleep(random.uniform(0, self.seconds * 1.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.look()
        # What decided nothing may lie there until the next run that writes.
        found = {name: data for name, data in files(self.folder).items()
                 if not name.startswith(".fulcrum-")}
        if found == self.old:
            return "old"
        if found == self.new:
            return "new"
        mixed = {name: "new" if data == self.new.get(name) else "old" if data == self.old.get(name)
                 else "other" for name, data in found.items()
                 if self.old.get(name) != self.new.get(name) or data != self.old.get(name)}
        fail(f"{self.name} left a mixture after a kill: {json.dumps(mixed)}")
        return ""


def add(folder: object, number: int) -> list:
    return ["add", "source", f"--casebook={folder}", f"--id=added-{number}", "--type=report",
            f"--title=Report {number}"]


def writers(program: Path, work: Path) -> list:
    (work / "table.csv").write_text(TABLE)
    (work / "mapping.yaml").write_text(MAPPING)
    first = work / "first-answer"
    subprocess.run([program, "answer", EXAMPLE, "--quiet", "--out", first], check=True)
    for name in ("answer.json", "dossier.html"):
        (first / name).write_text("old\n")
    for panel in (first / "panels").iterdir():
        panel.write_text("old\n")
    return [
        Writer(program, work, "import", ["import", "generic", work / "table.csv", "--mapping",
               work / "mapping.yaml", "--casebook", "FOLDER", "--accessed", "2020-01-01"],
               EXAMPLE),
        Writer(program, work, "add", add("FOLDER", 1), EXAMPLE),
        Writer(program, work, "answer", ["answer", EXAMPLE, "--quiet", "--out", "FOLDER"], first),
    ]


def check_kills(program: Path, work: Path, count: int) -> None:
    kinds = writers(program, work)
    ends: dict = {}
    for number in range(count):
        # An answer takes longest, and is killed once in ten.
        kind = kinds[2 if number % 10 == 9 else number % 2]
        end = kind.kill(at_writing=number // 2 % 2 == 0)
        ends[kind.name, end] = ends.get((kind.name, end), 0) + 1
    print("kills:", ", ".join(f"{name} {end} {n}" for (name, end), n in sorted(ends.items())))


def check_crowd(program: Path, work: Path) -> None:
    """Ten that add at once, with an import among them: every row is there, or its run has failed."""
    folder = work / "crowd"
    shutil.copytree(EXAMPLE, folder)
    runs = [[program, *add(folder, number)] for number in range(9)]
    runs.append([program, "import", "generic", work / "table.csv", "--mapping",
                 work / "mapping.yaml", "--casebook", folder])
    processes = [subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                  text=True) for words in runs]
    errors = [process.communicate()[1] for process in processes]
    text = (folder / "sources.csv").read_text()
    rows = [f"added-{number}," in text for number in range(9)] + ["\ntons," in text]
    for process, error, is_there in zip(processes, errors, rows):
        if is_there != (process.returncode == 0) or (not is_there and "process " not in error):
            fail(f"a run ended with {process.returncode}, its row there: {is_there}; {error}")
    if subprocess.run([program, "check", folder], stdout=subprocess.DEVNULL).returncode != 0:
        fail("the crowd left a casebook with problems")
    print(f"crowd: {sum(rows)} of {len(rows)} rows, the others refused")


def typed(words: list, lines: list, meanwhile) -> tuple:
    """Runs a command on a terminal; before the last line is typed, something else happens."""
    process, terminal = pty.fork()
    if process == 0:
        os.execv(words[0], [str(word) for word in words])
    os.write(terminal, "".join(f"{line}\n" for line in lines[:-1]).encode())
    time.sleep(2)
    meanwhile()
    os.write(terminal, f"{lines[-1]}\n".encode())
    text = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        text += part
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), text.decode()


def check_outside(program: Path, work: Path) -> None:
    """A table saved by an editor while `add` waits for an answer is kept, and so is what was typed."""
    folder = work / "outside"
    shutil.copytree(EXAMPLE, folder)
    table = folder / "sources.csv"
    saved = table.read_text() + "by-hand,report,By hand,,,,2020-01-01,,,,,\n"
    words = [program, "add", "source", "--casebook", folder, "--id=it-s", "--type=report"]
    code, text = typed(words, ["It's a title"], lambda: table.write_text(saved))
    if code == 0 or table.read_text() != saved:
        fail(f"a table saved meanwhile was overwritten: {code}, {text}")
    if "sources.csv changed" not in text or "--title='It'\\''s a title'" not in text:
        fail(f"what was typed is not said again: {text}")
    command = text.split("as a command:")[1].strip().replace("fulcrum", str(program), 1)
    subprocess.run(["sh", "-c", command.replace("\r\n", " ")], check=True, stdout=subprocess.DEVNULL)
    if "It's a title" not in table.read_text() or "by-hand" not in table.read_text():
        fail("the command that repeats what was typed did not add it")
    print("outside change: refused, and the row said again")


def check_limit(program: Path, work: Path) -> None:
    """Where files may not grow as large as needed, the old ones stay."""
    folder = work / "limit"
    shutil.copytree(EXAMPLE, folder)
    out = work / "limited-answer"
    subprocess.run([program, "answer", folder, "--quiet", "--out", out], check=True)
    for words, target in [(add(folder, 1), folder), (["answer", folder, "--out", out], out)]:
        before = files(target)
        run = subprocess.run(
            [program, *words], capture_output=True, text=True, preexec_fn=no_large_files)
        if run.returncode != 2 or files(target) != before or "larger than allowed" not in run.stderr:
            fail(f"{words[0]} under a limit ended with {run.returncode}: {run.stderr}")
    print("limit: the old files stay")


def main() -> None:
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        check_kills(program, work, int(os.environ.get("FULCRUM_KILLS", "50")))
        check_crowd(program, work)
        check_outside(program, work)
        check_limit(program, work)
    print("writing: all checks passed")


if __name__ == "__main__":
    main()
