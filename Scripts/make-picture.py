#!/usr/bin/env python3
"""Photographs the first screen of a dossier for the README.

    make-picture.py PROGRAM PICTURE

The dossier is that of the built-in casebook; Chromium draws it without a network.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
SCREEN = {"width": 1180, "height": 650}


def main():
    program, picture = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([program, "answer", "--quiet", "--out", folder], check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport=SCREEN, color_scheme="light", reduced_motion="reduce")
        page.goto((Path(folder) / "dossier.html").as_uri())
        page.wait_for_load_state("networkidle")
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
