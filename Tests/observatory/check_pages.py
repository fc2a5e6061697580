"""Drives the pages of `fulcrum serve` in Chromium, as readers with and without a mouse would.

    check_pages.py PROGRAM [--screenshots FOLDER]

Every page loads without a complaint in the console, a request to elsewhere, a part wider than the screen or a
violation of WCAG 2.2 AA that axe finds; numbers open to their source; a control changes the answer as the
interface says; an address reproduces its page.
"""

import argparse
import json
import re
import sys
import urllib.request
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from served import served

CHROMIUM = "/usr/bin/chromium"
WIDTHS = [360, 1440, 2560]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PATIENCE = 30_000


class Check:
    def __init__(self, browser, address):
        self.browser, self.address, self.problems = browser, address, []

    def say(self, page, problem):
        self.problems.append(f"{page.url.removeprefix(self.address)}: {problem}")

    def page(self, **options):
        page = self.browser.new_context(**options).new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda m: m.type in ("error", "warning") and self.say(page, m.text))
        page.on("pageerror", lambda error: self.say(page, error))
        page.on(
            "request",
            lambda r: r.url.startswith((self.address, "data:", "blob:")) or self.say(page, f"asks {r.url}"),
        )
        return page

    def expect(self, page, truth, problem):
        if not truth:
            self.say(page, problem)


def open_page(check, page, path):
    response = page.goto(check.address + path)
    check.expect(page, response.status == 200, f"status {response.status}")
    page.locator(".pending").wait_for(state="detached")
    if page.locator(".plot").count():
        page.locator("html[data-drawn=all]").wait_for(state="attached")


def inner_addresses(page):
    """The addresses that a page links to, without what differs by a fragment only."""
    hrefs = page.eval_on_selector_all("a[href^='/']", "links => links.map(link => link.getAttribute('href'))")
    return {href.split("#")[0] for href in hrefs}


def every_link_leads_somewhere(check):
    page = check.page(java_script_enabled=False)
    todo, seen = ["/"], set()
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        response = page.request.get(check.address + path, headers={"accept": "text/html"})
        if response.status != 200:
            check.problems.append(f"{path}: status {response.status}")
        elif "text/html" in response.headers["content-type"] and "claims/" not in path and "?" not in path:
            page.goto(check.address + path)
            todo += inner_addresses(page)
    return seen


def main_pages(check):
    page = check.page()
    open_page(check, page, "/")
    links = page.eval_on_selector_all(".masthead nav a", "links => links.map(link => link.getAttribute('href'))")
    first = [next(iter(sorted(paths)), None) for paths in groups(check, page, links)]
    return links + [path for path in first if path]


def groups(check, page, links):
    """The pages of one thing each, by kind: a channel, a state, a claim."""
    found = set()
    for link in links:
        open_page(check, page, link)
        found |= inner_addresses(page)
    kinds = [
        "/channels/", "/states/", "/evidence/claims/", "/scenarios/", "/calibration", "/exposures/leverage",
        "/exposures/watch-list",
    ]
    return [[path for path in found if path.startswith(kind) and "?" not in path] for kind in kinds]


def every_page_reads_well(check, paths, screenshots):
    axe = Axe()
    for scheme in ["light", "dark"]:
        for width in WIDTHS:
            page = check.page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for path in paths:
                open_page(check, page, path)
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                check.expect(page, wide <= 0, f"{wide} px wider than {width} px")
                if width == WIDTHS[0]:
                    cut = page.locator(".scroll:has(> .ledger)").evaluate_all(
                        "frames => frames.filter(frame => frame.scrollWidth > frame.clientWidth).length"
                    )
                    check.expect(page, not cut, f"{cut} tables of words run off the screen")
                for violation in axe.run(page, options=RULES).response["violations"]:
                    nodes = [node["target"] for node in violation["nodes"][:3]]
                    check.say(page, f"{scheme}, {width} px: {violation['id']}: {violation['help']} {nodes}")
                if screenshots:
                    name = f"{file_name(path)}-{width}-{scheme}.png"
                    page.screenshot(path=screenshots / name, full_page=True)


def a_number_opens_to_its_source(check):
    page = check.page()
    open_page(check, page, "/")
    page.locator("a.n").first.click()
    dialog = page.locator("#evidence-dialog[open]")
    dialog.wait_for()
    check.expect(page, dialog.inner_text().strip(), "the dialog is empty")
    page.keyboard.press("Escape")
    open_page(check, page, "/evidence")
    page.locator("a[href*='/evidence/claims/']").first.click()
    page.wait_for_url("**/evidence/claims/**")
    check.expect(page, "Source" in page.locator("main").inner_text(), "a claim does not name its source")


def api(address, path):
    with urllib.request.urlopen(address + path) as response:
        return json.load(response)


def shows_what_the_interface_says(check, page, arguments):
    """Each channel's verdict and effect under the arguments stand in its row of the page's table of changes."""
    study = api(check.address, "/api/v1/studies")["items"][0]["id"]
    answer = api(check.address, f"/api/v1/studies/{study}/answer?{arguments}")
    for channel in answer["channels"]:
        row = page.locator("#changes tbody tr", has_text=channel["title"]).first.inner_text().replace("−", "-")
        headline = next(outcome for outcome in channel["outcomes"] if outcome["headline"])
        verdict = headline["answerability"]["verdict"]
        check.expect(page, verdict in row, f"{verdict} is not shown in {row}")
        for effect in [estimate["att"] for estimate in headline["estimates"][:1]]:
            figures = [float(figure) for figure in re.findall(r"-?\d+\.\d+", row)]
            near = any(abs(effect - figure) < 0.006 for figure in figures)
            check.expect(page, near, f"{effect} of the interface is not shown in {row}")


def a_slider_changes_the_answer_as_the_interface_says(check):
    page = check.page()
    open_page(check, page, "/")
    before = page.locator("#answer").inner_text()
    page.locator(".controls > summary").focus()
    page.keyboard.press("Enter")
    page.locator("#controls [name=anticipation]").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#changes").wait_for()
    check.expect(page, "anticipation=1" in page.url, "the address does not carry the judgement")
    check.expect(page, page.locator("#answer").inner_text() != before, "the page did not change")
    check.expect(page, page.locator(".changed").count(), "what changed is not marked")
    shows_what_the_interface_says(check, page, "anticipation=1")
    again = check.page()
    open_page(check, again, page.url.removeprefix(check.address))
    check.expect(
        again, again.locator("#changes").inner_text() == page.locator("#changes").inner_text(),
        "the address does not reproduce the page",
    )
    page.locator("#controls [name=anticipation]").press("ArrowLeft")
    page.locator("#changes").wait_for(state="detached")
    check.expect(page, page.locator("#answer").inner_text() == before, "the way back is another page")


def every_control_changes_the_answer_as_the_interface_says(check):
    page = check.page()
    for arguments in chosen_arguments(check):
        name, value = arguments.split("=")
        open_page(check, page, "/")
        page.locator(".controls > summary").click()
        field = page.locator(f"#controls [name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "checkbox":
            box = f"[name={name}][value='{value}']"
            page.locator(f"details.left-out:has({box}) > summary").click()
            page.locator(f"#controls {box}").check()
        else:
            field.fill(value)
            field.press("Tab")
        page.locator("#changes").wait_for()
        check.expect(page, arguments in page.url, f"the address does not carry {arguments}")
        shows_what_the_interface_says(check, page, arguments)


def chosen_arguments(check):
    """One value for each control that the form has, taken from the form and from the interface."""
    page = check.page()
    open_page(check, page, "/")
    names = page.eval_on_selector_all("#controls [name]", "fields => fields.map(field => field.name)")
    claims = api(check.address, "/api/v1/claims?size=1")["items"]
    fixed = {
        "without-claim": claims[0]["id"], "anticipation": "2", "co_treated": "excluded",
        "method": "imputation",
    }
    for name in dict.fromkeys(names):
        values = page.eval_on_selector_all(
            f"#controls select[name={name}] option, #controls [type=checkbox][name={name}]",
            "fields => fields.map(field => field.value).filter(Boolean)",
        )
        if value := fixed.get(name, values[-1] if values else ""):
            yield f"{name}={value}"


def what_a_claim_carries_is_said(check):
    page = check.page()
    claims = api(check.address, "/api/v1/claims?size=1000")["items"]
    study = api(check.address, "/api/v1/studies")["items"][0]["id"]
    moving = (
        claim["id"] for claim in claims
        if any(o["parts"] for o in api(
            check.address, f"/api/v1/studies/{study}/influence?claim={claim['id']}")["outcomes"])
    )
    open_page(check, page, f"/evidence/claims/{next(moving)}")
    check.expect(page, " with it, " in page.locator("main").inner_text(), "its influence is not said")
    page.get_by_role("link", name="The whole answer without it").click()
    page.locator("#changes").wait_for()
    check.expect(page, page.locator("#changes ins").count(), "the answer without it is the same")


def the_keyboard_is_enough(check):
    page = check.page()
    open_page(check, page, "/")
    page.keyboard.press("Tab")
    check.expect(page, page.evaluate("document.activeElement.className") == "skip", "no way past the links")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.getElementById('main').contains(document.activeElement)")
    check.expect(page, inside, "the focus does not follow the way past the links")
    page.locator("a.n").first.focus()
    page.keyboard.press("Enter")
    page.locator("#evidence-dialog[open]").wait_for()
    page.keyboard.press("Escape")
    check.expect(page, not page.locator("#evidence-dialog[open]").count(), "Escape does not close the dialog")


def a_call_in_changes_as_the_reader_assumes(check):
    page = check.page()
    open_page(check, page, "/exposures/leverage")
    for loan, year, lender in [("mne-highway-loan", "2026", "Another bank"), ("mkd-kozjak-loan", "2010", "A third")]:
        page.locator(f".loans details:has([name='year.{loan}']) > summary").click()
        page.locator(f"[name='year.{loan}']").fill(year)
        page.locator(f"[name='lender.{loan}']").fill(lender)
    page.locator(".loans details:has([value=srb-china-loans]) > summary").click()
    page.locator("[name=hedged][value=srb-china-loans]").check()
    page.locator("input[name=fall]").fill("20")
    page.locator("form.filters button[type=submit]").click()
    check.expect(page, "=&" not in page.url and not page.url.endswith("="), "the address carries empty fields")
    for name in ["Highway loan", "Kozjak loan"]:
        row = page.locator("tr", has_text=f"{name}, lent by").last
        check.expect(page, "nothing" in row.inner_text(), f"{name} of another lender can still be called in")
    again = check.page()
    open_page(check, again, page.url.removeprefix(check.address))
    check.expect(
        again, again.locator("main").inner_text() == page.locator("main").inner_text(),
        "the address does not reproduce the page",
    )


def every_page_prints(check, paths, screenshots):
    page = check.page()
    for path in paths:
        open_page(check, page, path)
        printed = page.pdf(format="A4")
        check.expect(page, printed[:5] == b"%PDF-", "no PDF")
        if screenshots:
            (screenshots / f"{file_name(path)}.pdf").write_bytes(printed)


def file_name(path):
    return path.strip("/").replace("/", "-") or "answer"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--screenshots", type=Path)
    arguments = parser.parse_args()
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)
    with served(arguments.program) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        check = Check(browser, address)
        seen = every_link_leads_somewhere(check)
        paths = main_pages(check)
        every_page_reads_well(check, paths, arguments.screenshots)
        a_number_opens_to_its_source(check)
        a_slider_changes_the_answer_as_the_interface_says(check)
        every_control_changes_the_answer_as_the_interface_says(check)
        what_a_claim_carries_is_said(check)
        the_keyboard_is_enough(check)
        a_call_in_changes_as_the_reader_assumes(check)
        every_page_prints(check, paths, arguments.screenshots)
        browser.close()
    for problem in sorted(set(check.problems)):
        print(problem)
    print(f"pages: {len(seen)} addresses, {len(paths)} pages read, {len(set(check.problems))} problems")
    sys.exit(bool(check.problems))


if __name__ == "__main__":
    main()
