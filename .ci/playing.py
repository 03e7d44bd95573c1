"""Use the views as a reader does, and compare their networks with what the package says.

    python .ci/playing.py [FOLDER]     each on a page of its own, wide and narrow; keeps pictures and a film in FOLDER

`browse.py` does the same with the views of the site. With AXE naming the file axe.min.js, accessibility is looked at, too.
"""

import io
import json
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import boards
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
RECORD = ROOT / "nbs" / "tables" / "playground.json"
SERIOUS = """async () => (await axe.run(document, {resultTypes: ['violations'], preload: false})).violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.length + ' x, as ' + v.nodes[0].html.slice(0, 120))"""
HEAD = '<!doctype html><html lang="en"><title>A view</title>'
FIELD = """name => {
    const field = document.createElement('textarea');
    Object.assign(field, {placeholder: name, ariaLabel: 'what Python hears'});
    field.oninput = () => { window.heard = 1; };
    document.querySelector('main').append(field);
}"""
CHECKS = 32  # of each playground
NETWORKS = ROOT / "hopfield_nb" / "view" / "networks.js"
COLOURS = """canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(
    0, 0, canvas.width, canvas.height).data.buffer)).size"""


def signs(tab):
    "What is wrong with the networks in a browser: they have to end where the package's recall ended."
    from hopfield_nb.view.player import page_program

    networks, cases = (
        p.read_text("utf-8") for p in (NETWORKS, ROOT / ".ci/playing.js")
    )
    record, wrong = json.loads(RECORD.read_text("utf-8")), []
    if page_program("playground.js") not in tab.content().replace("&lt;", "<"):
        wrong.append("a playground without networks.js")
    found = tab.evaluate(f"last => ({cases})(({networks})(), 0, last)", len(record))
    differ = [k for k, end in enumerate(found["ends"]) if end != record[k]]
    if differ or len(found["ends"]) != len(record) or len(record) < 1000:
        wrong.append(
            f"{len(differ)} of {len(found['ends'])} recalls end elsewhere than the "
            f"{len(record)} recorded ones, as {differ[:5]}"
        )
    if found["decided"] < 1000:
        wrong.append(f"integers decided {found['decided']} signs only")
    print(
        f"{len(found['ends'])} recalls in the browser, {len(differ)} differ; "
        f"integers decided {found['decided']} signs"
    )
    return wrong


class Reader:
    "A reader before a playground, and what was wrong so far."

    def __init__(self, tab, play):
        self.tab, self.play, self.checks, self.wrong = tab, play, 0, []
        self.paper = self.part("paper")
        self.paper.scroll_into_view_if_needed()
        patterns = self.told("patterns").split()
        self.side = round(len(self.told("state")) ** 0.5)
        self.stored = len(patterns)

    def part(self, name):
        "A part of the playground."
        return self.play.locator(f"[data-part={name}]")

    def press(self, name):
        "Press a button."
        self.part(name).click()

    def told(self, name):
        "What the playground tells to programs."
        return self.play.get_attribute(f"data-{name}") or ""

    def says(self):
        "The line of text."
        return self.part("says").inner_text()

    def check(self, what, right):
        "Count a check; keep what is wrong."
        self.checks += 1
        if not right:
            self.wrong.append(f"a playground: {what}; it says {self.says()!r}")

    def place(self, column, row):
        "The middle of a pixel, in the window."
        edge = self.paper.bounding_box()
        return (
            edge["x"] + (column + 0.5) * edge["width"] / self.side,
            edge["y"] + (row + 0.5) * edge["height"] / self.side,
        )

    def mouse(self, start, end):
        "A stroke of the mouse."
        self.tab.mouse.move(*self.place(*start))
        self.tab.mouse.down()
        self.tab.mouse.move(*self.place(*end))
        self.tab.mouse.up()

    def finger(self, start, end):
        "A stroke of a finger."
        with_touch = self.tab.context.new_cdp_session(self.tab)
        (x, y), (u, v) = self.place(*start), self.place(*end)
        for kind, points in (
            ("touchStart", [{"x": x, "y": y}]),
            ("touchMove", [{"x": u, "y": v}]),
            ("touchEnd", []),
        ):
            with_touch.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": points}
            )
        with_touch.detach()

    def keys(self, start, end):
        "A line of pixels by keys; the pen begins at the corner."
        for key, count in (
            ("ArrowLeft", self.side),
            ("ArrowUp", self.side),
            ("ArrowRight", start[0]),
            ("ArrowDown", start[1]),
        ):
            for _ in range(count):
                self.paper.press(key)
        self.paper.press(" ")
        for _ in range(end[1] - start[1]):
            self.paper.press("ArrowDown")
            self.paper.press(" ")

    def slide(self, name, value):
        "Move a slider, and wait until the load is measured."
        self.part(name).fill(str(value))
        self.tab.wait_for_function(
            "play => play.dataset.wrong !== undefined", arg=self.play.element_handle()
        )

    def flipped(self, pattern):
        "How many pixels are not as in a pattern."
        return sum(a != b for a, b in zip(self.told("state"), pattern, strict=True))


def stripes(side):
    "Every other column but the lowest row, as a text of 0 and 1."
    row = "10" * (side // 2) + "1" * (side % 2)
    return row * (side - 1) + "0" * side


def draws(reader):
    "The same line by mouse, finger and keys; then a pattern, stored."
    side = reader.side
    line = "".join("1" if k % side == 1 and k >= side else "0" for k in range(side**2))
    for way in (reader.mouse, reader.finger, reader.keys):
        reader.press("clear")
        reader.check("clear leaves ink", "1" not in reader.told("state"))
        if way == reader.keys:
            reader.paper.focus()
        way((1, 1), (1, side - 1))
        reader.check(f"no line by {way.__name__}", reader.told("state") == line)
    reader.paper.press("Delete")
    reader.check("Delete leaves ink", "1" not in reader.told("state"))
    for column in range(0, side, 2):
        reader.mouse((column, 0), (column, side - 2))
    reader.check("stripes are not drawn", reader.told("state") == stripes(side))
    reader.press("store")
    patterns = reader.told("patterns").split()
    reader.check("it is not stored", patterns[reader.stored :] == [stripes(side)])
    buttons = reader.part("stored").locator("button[aria-pressed=true]")
    reader.check("it is not chosen", buttons.count() == 1)


def recalls(reader):
    "The drawn pattern comes back from each damage; what all at once do."
    N, drawn = reader.side**2, stripes(reader.side)
    for kind in ("flip", "erase", "noise"):
        reader.part("kind").select_option(kind)
        reader.part("share").fill("20")
        reader.press("damage")
        away = reader.flipped(drawn)
        right = away == round(0.2 * N) if kind == "flip" else 0 < away <= 0.2 * N + 1
        reader.check(f"{kind} has changed {away} of {N}", right)
        reader.press("recall")
        reader.check(f"{kind}: it does not rest", reader.told("says") == "rest")
        reader.check(f"{kind}: it is not back", reader.told("state") == drawn)
        told = f"Pattern {reader.stored + 1} came back" in reader.says()
        reader.check(f"{kind}: it does not say so", told)
    reader.part("kind").select_option("flip")
    reader.part("share").fill("100")
    reader.press("damage")
    reader.press("recall")
    reader.check("at n = 2 the negative does not stay", reader.flipped(drawn) == N)


def moves(reader):
    "A recall that is seen: it moves, pauses, and goes on to the end."
    reader.tab.emulate_media(reduced_motion="no-preference")
    reader.part("share").fill("25")
    reader.press("damage")
    away = reader.flipped(stripes(reader.side))
    reader.press("recall")
    reader.tab.wait_for_timeout(150)
    reader.press("recall")
    state, left = reader.told("state"), reader.flipped(stripes(reader.side))
    reader.check(f"of {away} wrong pixels {left} are left", 0 < left < away)
    reader.tab.wait_for_timeout(200)
    reader.check("it does not pause", reader.told("state") == state)
    reader.press("recall")
    ended = "play => play.dataset.says"
    element = reader.play.element_handle()
    reader.tab.wait_for_function(ended, arg=element, timeout=30_000)
    reader.check("it is not back", reader.flipped(stripes(reader.side)) == 0)
    frames, cells, points = (
        int(reader.told(name)) for name in ("frames", "cells", "points")
    )
    # what a frame costs: squares that changed or were framed, and half of the charts
    few = cells <= 2 * away + 3 * frames and points <= 1000 * frames
    told = f"{cells} squares, {points} points painted in {frames} frames"
    reader.check(told, 10 < frames and few)
    reader.tab.emulate_media(reduced_motion="reduce")


def fills(reader):
    "Random patterns break recall at n = 2, and a larger n mends it."
    reader.slide("n", 2)
    reader.slide("load", round(0.3 * reader.side**2))
    many = float(reader.told("wrong"))
    reader.check(f"too many memories, and {many} % leave", many > 5)
    reader.slide("n", 4)
    few = float(reader.told("wrong"))
    reader.check(f"at n = 4 {few} % leave", few < 0.5)
    for name in ("overlaps", "energy", "loads"):
        colours = reader.part(name).evaluate(COLOURS)
        reader.check(f"{name} has {colours} colours", colours > 3)


def played(tab, play):
    "What is wrong with a playground, used by mouse, finger and keys; motion has to be reduced."
    reader = Reader(tab, play)
    for way in (draws, recalls, moves, fills):
        way(reader)
    if reader.checks != CHECKS:
        reader.wrong.append(
            f"a playground: {reader.checks} checks made, {CHECKS} expected"
        )
    return reader.wrong


def rests(tab, land):
    "What is wrong with a landscape: after each move the state has to rest where Python says."
    import torch

    from hopfield_nb.view.landscape import rest

    wrong, seen = [], []

    def look(what):
        given = json.loads(land.get_attribute("data-given"))
        points = [torch.tensor(given.pop(k)).double() for k in ("memories", "start")]
        expected = rest(*points, **given)
        found = torch.tensor(json.loads(land.get_attribute("data-rest")))
        if (expected - found).abs().max() > 1e-6:
            wrong.append(f"a landscape: {what}: it rests at {found}, not {expected}")
        seen.append(land.get_attribute("data-given"))

    def part(name):
        return land.locator(f"[data-part={name}]")

    plane = part("plane")
    plane.scroll_into_view_if_needed()
    edge = plane.bounding_box()

    def drag(start, end):
        to = [
            (
                edge["x"] + (x / 1.6 + 1) / 2 * edge["width"],
                edge["y"] + (1 - y / 1.6) / 2 * edge["height"],
            )
            for x, y in (start, end)
        ]
        tab.mouse.move(*to[0])
        tab.mouse.down()
        tab.mouse.move(*to[1], steps=3)
        tab.mouse.up()

    begun = json.loads(land.get_attribute("data-given"))
    look("at first")
    drag(begun["start"], (-0.8, 1.2))
    look("the start is dragged")
    made = [land.get_attribute("data-reliefs")]  # anew for other memories alone
    drag(begun["memories"][0], (-0.3, -1.3))
    look("a memory is dragged")
    made.append(land.get_attribute("data-reliefs"))
    part("held").select_option("0")
    plane.focus()
    plane.press("ArrowDown")
    look("the start goes down by keys")
    made.append(land.get_attribute("data-reliefs"))
    if made[0] != "2" or int(made[1]) > 7 or made[2] != made[1]:
        wrong.append(f"a landscape: the relief was made {made} times")
    part("add").click()
    look("a memory is added")
    part("beta").fill("-1")
    look("beta is small")
    part("kind").select_option("power")
    look("the other network")
    part("n").fill("30")
    look("n is large")
    part("remove").click()
    look("a memory is removed")
    if len(set(seen)) != 9:
        wrong.append(f"a landscape: {len(set(seen))} settings seen, 9 expected")
    if part("plane").evaluate(COLOURS) < 10:
        wrong.append("a landscape without colours")
    return wrong


def filmed(tab, film):
    "What is wrong with a film: it has to end where the package's recall ends."
    import torch

    from hopfield_nb import DenseAssociativeMemory, Polynomial

    wrong, seen = [], set()

    def part(name):
        return film.locator(f"[data-part={name}]")

    def told(name):
        return film.get_attribute(f"data-{name}") or ""

    def state(name):
        return torch.tensor([2.0 * int(bit) - 1 for bit in told(name)])

    data = part("image").evaluate("list => list.length")
    clean = film_images(tab, film, data)

    def look(what):
        given, frames = json.loads(told("given")), int(told("frames"))
        chosen = [(given["image"] + k) % data for k in range(given["memories"])]
        memories = torch.stack([clean[k] for k in chosen])
        net = DenseAssociativeMemory(memories, Polynomial(given["n"]))
        order = "sequential" if given["order"] == "random" else given["order"]
        start = state("end" if given["order"] == "random" else "start")
        result = net.recall(start, order=order, max_sweeps=8)
        sweeps = 0 if given["order"] == "random" else int(told("sweeps"))
        if not torch.equal(result.state, state("end")) or result.sweeps != sweeps:
            wrong.append(f"a film: {what}: it does not end as the package's recall")
        if frames < 30:
            wrong.append(f"a film: {what}: {frames} frames")
        flipped = int((state("start") != memories[0]).sum())
        if flipped != round(given["flipped"] / 100 * len(start)):
            wrong.append(f"a film: {what}: {flipped} pixels are flipped")
        part("play").click()  # motion is reduced: to the end
        left = int((state("end") != memories[0]).sum())
        if told("wrong") != str(left) or told("frame") != str(frames - 1):
            wrong.append(f"a film: {what}: it does not play to its end")
        seen.add(told("given"))

    look("at first")
    part("image").select_option("7" if data > 7 else "1")
    look("another digit")
    part("memories").fill("5" if data > 5 else "1")
    look("few memories")
    for order in ("synchronous", "random", "sequential"):
        part("n").fill("2")
        part("order").select_option(order)
        look(f"n = 2, {order}")
    part("flipped").fill("60")
    look("many flipped")
    part("time").focus()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        part("time").press(key)
    if told("frame") != "2" or len(seen) != 7:
        wrong.append(f"a film at frame {told('frame')}, {len(seen)} settings seen")
    tab.emulate_media(reduced_motion="no-preference")
    part("play").click()
    tab.wait_for_timeout(300)
    part("play").click()
    if not 2 < int(told("frame")) < int(told("frames")) - 1:
        wrong.append(f"a film that plays to frame {told('frame')} in 0.3 seconds")
    tab.emulate_media(reduced_motion="reduce")
    return wrong


def film_images(tab, film, count):
    "The images of a film, as it shows them when none of their pixels is flipped."
    import torch

    def part(name):
        return film.locator(f"[data-part={name}]")

    kept = {n: part(n).input_value() for n in ("image", "flipped", "memories")}
    images = []
    for name, value in (("flipped", "0"), ("memories", "1")):
        part(name).fill(value)
    for k in range(count):
        part("image").select_option(str(k))
        start = film.get_attribute("data-start")
        images.append(torch.tensor([2.0 * int(bit) - 1 for bit in start]))
    part("image").select_option(kept.pop("image"))
    for name, value in kept.items():
        part(name).fill(value)
    return images


def shown(browser, folder):
    "What is wrong with a film on a page of its own."
    import torch

    from hopfield_nb import load_images
    from hopfield_nb.view.film import Film

    wrong, X = [], load_images().X_train[:40]
    ink = torch.where(torch.tensor(X) > 0.5, 1.0, -1.0)
    for width, scheme in ((1000, "light"), (390, "dark")):
        with opened(browser, Film(ink), width, scheme, folder, wrong) as tab:
            wrong += filmed(tab, tab.locator(".film"))
    return wrong


def recorded(tab, play, path):
    "A film of a pattern that is drawn by mouse, damaged and recalled; what is wrong."
    reader, pictures = Reader(tab, play), []

    def keep(count=1):
        for _ in range(count):
            pictures.append(Image.open(io.BytesIO(tab.screenshot())).convert("P"))

    reader.slide("load", 0)
    reader.slide("n", 2)
    reader.press("clear")
    reader.paper.evaluate("paper => paper.scrollIntoView()")
    last = reader.side - 1
    for start, end in (((0, 0), (last, last)), ((0, last), (last, 0))):
        reader.mouse(start, end)
        keep()
    drawn = reader.told("state")
    reader.press("store")
    keep()
    reader.press("damage")
    keep(2)
    tab.emulate_media(reduced_motion="no-preference")
    reader.press("recall")
    reader.paper.evaluate("paper => paper.scrollIntoView()")
    while not reader.told("says") and len(pictures) < 100:
        keep()
    keep(2)
    tab.emulate_media(reduced_motion="reduce")
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=200)
    back = reader.told("state") == drawn and drawn.count("1") == 2 * reader.side
    return [] if back else ["a pattern that is drawn, damaged and not recalled"]


@contextmanager
def opened(browser, view, width, scheme, folder, wrong):
    "A page with nothing but a view; its errors, and at last a picture in a folder."
    tab = browser.new_page(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    name = type(view).__name__.lower()
    tab.on("pageerror", lambda e: wrong.append(f"{name}: {e}"))
    tab.on("console", lambda m: wrong.append(f"{name}: {m.text[:200]}"))
    tab.on("request", lambda r: wrong.append(f"{name} asks for {r.url[:80]}"))
    ground = {"light": "white; color: black", "dark": "#222; color: #ddd"}[scheme]
    body = f'<body style="font: 16px sans-serif; background: {ground}"><main>'
    tab.set_content(HEAD + body + view._repr_html_())
    yield tab
    if os.environ.get("AXE"):
        tab.add_script_tag(content=Path(os.environ["AXE"]).read_text("utf-8"))
        wrong += [f"{name}, {scheme}: {w}" for w in tab.evaluate(SERIOUS)]
    if folder:
        size = getattr(view, "size", "")
        picture = Path(folder) / f"{name}{size}-{width}.png"
        tab.screenshot(path=str(picture), full_page=True)
    tab.close()


def alone(browser, size, width, scheme, folder):
    "What is wrong with a playground on a page of its own, which tells Python."
    from hopfield_nb import playground

    wrong, live = [], playground(size=size, live=True)
    with opened(browser, live, width, scheme, folder, wrong) as tab:
        tab.evaluate(FIELD, live.field.placeholder)
        wrong += played(tab, tab.locator(".playground"))
        told = tab.locator("textarea").input_value().split()
        if not tab.evaluate("window.heard") or stripes(size) not in told:
            wrong.append("Python is not told of the patterns")
        if size == 12:
            wrong += signs(tab)
            with tempfile.TemporaryDirectory() as kept:
                path = Path(folder or kept) / f"recall-{width}.gif"
                wrong += recorded(tab, tab.locator(".playground"), path)
    return wrong


PLACES = (  # memories, inverse temperature, where a start between them comes to rest
    ([[1, 0], [-1, 0]], 4, "saddle"),
    ([[1, 0], [-1, 0]], 40, "saddle"),
    ([[1, 0], [-1, 0]], 0.5, "mixture"),
    ([[1, 0], [0.8, 0.3], [-1, 0]], 4, "mixture"),
    ([[1, 0], [-1, 0.1]], 40, "memory"),
)


def named(browser):
    "What is wrong with the names that a landscape gives to where a state comes to rest."
    from hopfield_nb.view.landscape import Landscape

    wrong = []
    for memories, beta, place in PLACES:
        land = Landscape(memories, (0, 0.8), beta=beta)
        with opened(browser, land, 800, "light", None, wrong) as tab:
            said = tab.locator(".landscape").get_attribute("data-says")
        if said != place:
            wrong.append(f"a landscape: {memories}, {beta}: {said}, not {place}")
    return wrong


def landed(browser, folder):
    "What is wrong with a landscape on a page of its own."
    from hopfield_nb.view.landscape import Landscape

    wrong = named(browser)
    for width, scheme in ((1000, "light"), (390, "dark")):
        with opened(browser, Landscape(), width, scheme, folder, wrong) as tab:
            wrong += rests(tab, tab.locator(".landscape"))
    return wrong


def boarded(browser, folder):
    "What is wrong with a board to draw on, on a page of its own."
    from hopfield_nb import ModernHopfieldClassifier, load_images
    from hopfield_nb.view.drawing import DrawingBoard

    digits, wrong = load_images(), []
    model = ModernHopfieldClassifier(random_state=0)
    board = DrawingBoard(model.fit(digits.X_train, digits.y_train), digits.X_test[:3])
    for width, scheme in ((1000, "light"), (390, "dark")):
        with opened(browser, board, width, scheme, folder, wrong) as tab:
            wrong += boards.drawn(tab, tab.locator(".board"))
    return wrong


def main(folder=None):
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("no Chromium on this machine")
    wrong = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        wrong += landed(browser, folder)
        wrong += boarded(browser, folder)
        wrong += shown(browser, folder)
        for size in (12, 28):
            wrong += alone(browser, size, 1400, "light", folder)
            wrong += alone(browser, size, 390, "dark", folder)
        browser.close()
    views = f"4 playgrounds, {CHECKS} checks each, 2 landscapes, 2 boards, 2 films"
    print(*wrong, f"{views}: {len(wrong)} faults", sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
