#!/usr/bin/env python3
"""Writes Vega, Vega-Lite and vega-embed as one script for the pages.

The script sets `vegaEmbed` on the page's global object; it holds no closing script tag, so that it
may stand inside a page. Usage: make-chart-bundle.py [OUTPUT], by default .build/charts/vega.js.
"""

import pathlib
import sys

import vl_convert

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main() -> None:
    output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".build/charts/vega.js"
    bundle = vl_convert.javascript_bundle("globalThis.vegaEmbed = vegaEmbed;")
    # Inside a string or a regular expression "<\/" means "</"; elsewhere neither may stand.
    bundle = bundle.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    output.parent.mkdir(parents=True, exist_ok=True)
    beside = output.with_suffix(".part")
    beside.write_text(bundle, encoding="utf-8")
    beside.replace(output)
    print(f"{output}: {len(bundle) // 1024} KiB")


main()
