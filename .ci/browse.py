"""Open every page of the site in a browser and tell what a reader would stumble over.

    python .ci/browse.py [PAGE ...] [--shots FOLDER]

Needs Chromium (Debian's package will do) and playwright; with AXE naming the file axe.min.js (from npm's axe-core),
accessibility is looked at, too. The site is opened from disk, with no network.
"""

import argparse
import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import boards
import house
import playing
from playwright.sync_api import TimeoutError, sync_playwright
from tqdm import tqdm

SITE = Path(__file__).parent.parent / "_site"
LOOKS = {  # how a page is opened: (colour scheme, width, height)
    "desktop": ("light", 1280, 900),
    "phone": ("dark", 390, 844),
}
RAW = r"""() => {
    const page = (document.querySelector('main') || document.body).cloneNode(true);
    page.querySelectorAll('pre, code, script').forEach(e => e.remove());
    return page.textContent.match(/\\\(|\\\[|\\[a-z]{3,}|\$[^$\n]{1,60}\$/g);
}"""
PLAYGROUND = '<div class="playground" id='
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
CONTRAST = playing.SERIOUS.replace(
    "{resultTypes", "{runOnly: ['color-contrast'], resultTypes"
)
ONE_OF_A_KIND = """() => {
    const seen = new Set();
    for (const block of document.querySelectorAll('main pre')) {
        const lean = block.cloneNode(true), around = block.parentElement.className;
        for (const span of lean.querySelectorAll('span')) {
            const kind = [span, span.parentElement, block].map(e => e.className).join() + around;
            if (seen.has(kind)) span.replaceWith(...span.childNodes);
            seen.add(kind);
        }
        lean.normalize();
        block.replaceWith(lean);
    }
}"""  # of the words of code that the style sheet treats alike, the first stays: thousands of others are as legible
CLIPPED = """() => {
    const folded = [...document.querySelectorAll('main details:not([open])')];
    folded.forEach(d => d.open = true);
    const cut = [...document.querySelectorAll('main pre')].filter(p => p.scrollWidth > p.clientWidth + 1);
    const lines = cut.map(p => p.innerText.trim().split('\\n')[0].slice(0, 60));
    folded.forEach(d => d.open = false);
    return lines;
}"""
SEARCHES = {  # what is looked for, and the page that has to come first
    "interaction vertex": None,
    "attention": "start/30_attention.html",
    "DenseAssociativeMemory": "memory/60_dense.html",
    "certificate": "memory/40_certificate.html",
    "softmaks": None,
}


def name(page):
    "The path of a page below the site, without the ending."
    return page.relative_to(SITE).with_suffix("").as_posix()


def visit(browser, page, look, axe=None, shots=None):
    "What is wrong with one page in one look."
    scheme, width, height = LOOKS[look]
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": height},
        offline=True,
        reduced_motion="reduce",
    )
    tab, wrong = context.new_page(), []
    tab.on(
        "console",
        lambda m: (
            wrong.append(f"console: {m.text[:200]}") if m.type == "error" else None
        ),
    )
    tab.on("pageerror", lambda e: wrong.append(f"script: {str(e)[:200]}"))
    tab.on("requestfailed", lambda r: wrong.append(f"request: {r.url[:120]}"))
    tab.goto(page.as_uri(), wait_until="load")
    tab.wait_for_timeout(200)
    if broken := tab.locator("mjx-merror, [data-mjx-error]").count():
        wrong.append(f"{broken} formulas with errors")
    if raw := tab.evaluate(RAW):
        wrong.append(f"mathematics that is not rendered: {raw[:3]}")
    if (wide := tab.evaluate(WIDE)) > 1:
        wrong.append(f"{wide} pixels wider than the window")
    if name(page) == "index" and look == "desktop":
        wrong += skipped(tab)
        wrong += searched(tab)
    if look == "desktop":
        wrong += clipped(tab)
    for player in tab.locator(".player").all():
        before = player.locator("img").get_attribute("src")
        player.locator("input").first.press("ArrowRight")
        if player.locator("img").get_attribute("src") == before:
            wrong.append("a player that does not move")
    for board in tab.locator(".board").all():
        wrong += boards.drawn(tab, board)
    for play in tab.locator(".playground").all():
        wrong += playing.played(tab, play)
    for land in tab.locator(".landscape").all():
        wrong += playing.rests(tab, land)
    for film in tab.locator(".film").all():
        wrong += playing.filmed(tab, film)
    if name(page) == "view/50_playground" and look == "desktop":
        wrong += playing.signs(tab)
    if shots:
        tab.screenshot(
            path=str(Path(shots) / f"{name(page).replace('/', '-')}-{look}.png"),
            full_page=True,
        )
    if axe:
        tab.evaluate(ONE_OF_A_KIND)
        tab.add_script_tag(content=axe)
        wrong += tab.evaluate(playing.SERIOUS)
        other = {"light": "dark", "dark": "light"}[scheme]
        tab.emulate_media(color_scheme=other)
        dark = (
            "dark => document.documentElement.classList.contains('quarto-dark') == dark"
        )
        tab.wait_for_function(dark, arg=other == "dark")
        tab.wait_for_timeout(200)  # colours go over in steps
        wrong += [f"{other}: {w}" for w in tab.evaluate(CONTRAST)]
    context.close()
    return [f"{name(page)}, {look}: {w}" for w in wrong]


def clipped(tab):
    "Blocks of code or output that go on to the right of their frame."
    return [f"a block that is cut on the right: {c!r}" for c in tab.evaluate(CLIPPED)]


def searched(tab):
    "What is wrong with the search: titles come first, and the reference last."
    field, wrong = tab.locator("input[type=search]:visible").first, []
    for words, first in SEARCHES.items():
        field.fill("")
        field.fill(words)
        tab.wait_for_timeout(400)  # it waits for the last key
        try:
            tab.locator(".search-result:visible").first.wait_for(timeout=5000)
        except TimeoutError:
            wrong.append(f"the search finds nothing for {words!r}")
            continue
        results = tab.locator(".search-result:visible").all()
        found = [r.get_attribute("href").split("#")[0][2:] for r in results]
        if first and found[0] != first:
            wrong.append(f"{words!r} finds {found[0]} first, not {first}")
        late = [page == "use/10_reference.html" for page in found]
        if late != sorted(late):
            wrong.append(f"{words!r} finds the reference before other pages")
    tab.keyboard.press("Escape")
    return wrong


def skipped(tab):
    "What is wrong with the link past the navigation: the first that the Tab key reaches."
    tab.keyboard.press("Tab")
    if (first := tab.evaluate("document.activeElement.className")) != "skip":
        return [f"keys reach {first!r} first, and no link past the navigation"]
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(100)
    if (at := tab.evaluate("document.activeElement.id")) != "quarto-document-content":
        return [f"the link past the navigation leads to {at!r}"]
    return []


def visits(given):
    "What is wrong with some pages, opened in a browser of their own."
    program, pages, axe, shots = given
    wrong = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        for page in tqdm(pages, unit=" pages"):
            if page.stat().st_size > 3e6:
                size = page.stat().st_size / 1e6
                wrong.append(f"{name(page)} weighs {size:.1f} MB")
            for look in LOOKS:
                wrong += visit(browser, page, look, axe, shots)
        browser.close()
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pages", nargs="*", help="names without .html; all if none")
    parser.add_argument("--shots", help="a folder for screenshots")
    args = parser.parse_args()
    program = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if program is None:
        sys.exit("no Chromium on this machine")
    axe = Path(os.environ["AXE"]).read_text() if os.environ.get("AXE") else None
    pages = [SITE / f"{name}.html" for name in args.pages] or sorted(
        SITE.rglob("*.html")
    )
    wrong = [] if pages else ["there is no page: make site"]
    with ProcessPoolExecutor(2) as pool:
        halves = [(program, pages[k::2], axe, args.shots) for k in range(2)]
        for found in pool.map(visits, halves):
            wrong += found
    if not args.pages:
        play = sum(p.read_text("utf-8").count(PLAYGROUND) for p in pages)
        wrong += house.expect(browser_pages=len(pages), browser_playgrounds=play)
    print(*wrong, f"{len(pages)} pages opened, {len(wrong)} faults", sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
