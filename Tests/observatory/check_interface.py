"""Makes requests from the interface's own description, and looks for errors that it does not declare.

    check_interface.py PROGRAM
"""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from served import served

CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_schema_conformance", "unsupported_method",
]


def main():
    with served(sys.argv[1]) as address, tempfile.TemporaryDirectory() as folder:
        tool = Path(sys.executable).parent / "schemathesis"
        run = subprocess.run(
            [tool, "run", f"{address}/openapi.json", "--checks", ",".join(CHECKS), "--max-examples", "25",
             "--seed", "1", "--request-timeout", "60"],
            cwd=folder,
        )
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
