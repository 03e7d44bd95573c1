"""Open every page of the site in a browser and tell what a reader would stumble over.

    python .ci/browse.py [PAGE ...] [--shots FOLDER]

Needs Chromium (Debian's package will do) and playwright; with AXE naming the file axe.min.js (from npm's axe-core),
accessibility is looked at, too. The site is opened from disk, with no network.
"""

import argparse
import io
import json
import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import house
import playing
from PIL import Image, ImageDraw
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
    return page.textContent.match(/\\\(|\\\[|\\frac|\\sum|\$[^$\n]{1,60}\$/g);
}"""
PLAYGROUND = '<div class="playground" id='
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
SERIOUS = """async () => (await axe.run(document, {resultTypes: ['violations'], preload: false})).violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.length + ' x, as ' + v.nodes[0].html.slice(0, 120))"""
CONTRAST = SERIOUS.replace("{resultTypes", "{runOnly: ['color-contrast'], resultTypes")
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
    if tab.evaluate("!!window.MathJax"):
        tab.evaluate("MathJax.startup.promise.then(() => true)")
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
        wrong += drawn(tab, board)
    for play in tab.locator(".playground").all():
        wrong += playing.played(tab, play)
    for land in tab.locator(".landscape").all():
        wrong += playing.rests(tab, land)
    if name(page) == "view/50_playground" and look == "desktop":
        wrong += playing.signs(tab)
    if axe:
        tab.add_script_tag(content=axe)
        wrong += tab.evaluate(SERIOUS)
        other = {"light": "dark", "dark": "light"}[scheme]
        tab.emulate_media(color_scheme=other)
        dark = (
            "dark => document.documentElement.classList.contains('quarto-dark') == dark"
        )
        tab.wait_for_function(dark, arg=other == "dark")
        tab.wait_for_timeout(200)  # colours go over in steps
        wrong += [f"{other}: {w}" for w in tab.evaluate(CONTRAST)]
        tab.emulate_media(color_scheme=scheme)
    if shots:
        tab.screenshot(
            path=str(Path(shots) / f"{name(page).replace('/', '-')}-{look}.png"),
            full_page=True,
        )
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


def drawn(tab, board):
    "What is wrong with a board to draw on: each image has to be read as Python reads it, and a one by mouse or keys as a one."
    wipe, other = board.locator("button").all()[:2]
    paper = board.locator("canvas").first
    seen, wrong = set(), []
    while (told := board.get_attribute("data-expected")) not in seen:
        seen.add(told)
        expected, found = (
            json.loads(told),
            json.loads(board.get_attribute("data-currents")),
        )
        apart = max(
            abs(a - b) for a, b in zip(expected["currents"], found, strict=True)
        )
        said = [board.get_attribute(f"data-{k}") for k in ("says", "neuron")]
        right = [expected["says"], str(expected["neuron"])]
        if said != right or apart > 1e-3 * max(map(abs, found)):
            wrong.append(f"a board that says {said}, {found}, and not {told}")
        other.click()
    edge = paper.bounding_box()
    wipe.click()
    paper.hover(position={"x": edge["width"] / 2, "y": 0.2 * edge["height"]})
    tab.mouse.down()
    paper.hover(position={"x": edge["width"] / 2, "y": 0.8 * edge["height"]})
    tab.mouse.up()
    said = [board.get_attribute("data-says")]
    wipe.click()
    paper.focus()
    for key in [" "] + 16 * ["ArrowDown"] + [" "]:
        paper.press(key)
    said.append(board.get_attribute("data-says"))
    for paper, pen in (("white", "black"), ("#223", "#eee")):
        said.append(uploaded(tab, board, paper, pen))
    wrong += [f"a one that is read as {s!r}" for s in said if s != "1"]
    return wrong + moved(tab, board)


def uploaded(tab, board, paper, pen):
    "What a board says to an image file of a one."
    picture, file = Image.new("RGB", (300, 200), paper), io.BytesIO()
    ImageDraw.Draw(picture).line((190, 20, 180, 120), pen, 12)
    picture.save(file, "png")
    board.locator("button").first.click()
    given = {"name": "one.png", "mimeType": "image/png", "buffer": file.getvalue()}
    board.locator("input[type=file]").set_input_files(given)
    heard = "board => board.dataset.says"
    tab.wait_for_function(heard, arg=board.element_handle(), timeout=10_000)
    return board.get_attribute("data-says")


def moved(tab, board):
    "What is wrong with the sliders of a board, and with its pause."
    _, other, pause = board.locator("button").all()
    other.click()
    before, wrong = board.get_attribute("data-currents"), []
    for name, value in (("beta", "-2"), ("noise", "0.5"), ("erased", "60")):
        slider = board.locator(f"[data-part={name}]")
        slider.fill(value)
        if board.get_attribute("data-currents") == before:
            wrong.append(f"a board that {name} does not change")
        slider.fill("0")
        if board.get_attribute("data-currents") != before:
            wrong.append(f"a board that {name} = 0 does not bring back")
    tab.emulate_media(reduced_motion="no-preference")
    other.click()
    tab.wait_for_timeout(100)
    pause.click()
    text = board.locator("p").first.inner_text()
    tab.wait_for_timeout(200)
    if not text.startswith("Paused") or board.locator("p").first.inner_text() != text:
        wrong.append(f"a board that does not pause: {text!r}")
    pause.click()
    tab.wait_for_function(
        "board => board.dataset.says", arg=board.element_handle(), timeout=30_000
    )
    tab.emulate_media(reduced_motion="reduce")
    return wrong


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
