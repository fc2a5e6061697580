"""Checks a Debian package: lintian, and an installation on a bare Debian 12 made by debootstrap.

The argument is the package. Needs root. The mirror is the one that apt uses on this machine.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RELEASE = "bookworm"
APT = Path("/etc/apt")


def mirror() -> str:
    """The address from which apt takes the packages of the release."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(CREATED_BY)"],
        check=True, capture_output=True, text=True).stdout
    for line in listed.splitlines():
        address, release, kind = line.split(" ", 2)
        if release == RELEASE and kind == "Packages":
            return address
    sys.exit(f"package: apt knows no source of {RELEASE}")


def in_root(root: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess:
    result = subprocess.run(
        ["chroot", str(root), "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8",
         "DEBIAN_FRONTEND=noninteractive", *words],
        stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if check and result.returncode != 0:
        sys.exit(f"package: {' '.join(words)} failed:\n{result.stdout}{result.stderr}")
    return result


def make_root(root: Path) -> None:
    subprocess.run(["debootstrap", "--variant=minbase", RELEASE, str(root), mirror()], check=True,
                   stdout=subprocess.DEVNULL)
    # The same sources, keys and settings as here, so that the same packages are found.
    shutil.rmtree(root / "etc/apt/sources.list.d", ignore_errors=True)
    (root / "etc/apt/sources.list").unlink(missing_ok=True)
    for name in ["sources.list", "sources.list.d", "apt.conf.d"]:
        source, target = APT / name, root / "etc/apt" / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.exists():
            shutil.copy(source, target)
    for name in ["/etc/resolv.conf", "/etc/hosts"]:
        if Path(name).exists():
            shutil.copy(name, root / name[1:])
    in_root(root, "apt-get", "update")


def check_installed(root: Path) -> None:
    in_root(root, "apt-get", "install", "-y", "--no-install-recommends", "/fulcrum.deb")
    in_root(root, "sh", "-c", "mkdir /tmp/empty && chmod 777 /tmp/empty")
    for command in ["fulcrum --version", "fulcrum answer --quiet",
                    "fulcrum check /usr/share/fulcrum/Casebooks/western-balkans", "fulcrum scenario"]:
        in_root(root, "sh", "-c", f"cd /tmp/empty && {command}")
    if not (root / "tmp/empty/answer/dossier.html").is_file():
        sys.exit("package: fulcrum answer wrote no dossier")
    libraries = in_root(root, "ldd", "/usr/bin/fulcrum").stdout
    if "not found" in libraries or re.search(r"libswift|libFoundation", libraries):
        sys.exit(f"package: libraries are missing, or Swift's are not linked in:\n{libraries}")
    in_root(root, "apt-get", "remove", "-y", "--purge", "fulcrum")
    left = in_root(root, "sh", "-c", "ls -d /usr/bin/fulcrum /usr/share/fulcrum", check=False)
    if left.stdout:
        sys.exit(f"package: removal leaves {left.stdout}")


def main() -> None:
    package = Path(sys.argv[1]).resolve()
    # Static libraries of Swift hold copies of others' code, which cannot be taken out of them.
    subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error", "--suppress-tags", "embedded-library",
         str(package)], check=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        make_root(root)
        shutil.copy(package, root / "fulcrum.deb")
        check_installed(root)
    print(f"package: {package.name} installs on a bare Debian, answers, and is removed")


main()
