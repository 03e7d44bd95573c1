"""Measure how many frames a second the views show in a browser that is throttled.

    python .ci/frames.py           4 times slower; writes nbs/tables/frames.csv
    python .ci/frames.py 1         not throttled; prints only

Each view moves for a while as it does when a reader uses it. A frame that comes more than
half a frame late is late. Of five tries the one with the fewest late frames counts, as
other programs of the machine only take frames away. Work is the processor time of the
page's thread for a frame, slowed down as it is; a sixtieth of a second has 16.7 ms.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TABLE = Path(__file__).parent.parent / "nbs" / "tables" / "frames.csv"
TRIES = 5
WATCH = """() => {
    window.seen = [];
    const see = time => { window.seen.push(time); requestAnimationFrame(see); };
    requestAnimationFrame(see);
}"""
PRESS = """async ([parts, times]) => {  // press buttons, and wait until the view has ended
    const box = document.querySelector('.board, .playground, .film');
    for (let k = 0; k < times; k++) {
        for (const part of parts) box.querySelector(`[data-part=${part}]`).click();
        while (!box.dataset.says) await new Promise(next => setTimeout(next, 20));
    }
}"""
DRAG = """async ([seconds]) => {  // a circle, a step for each frame
    const plane = document.querySelector('canvas'), edge = plane.getBoundingClientRect();
    plane.setPointerCapture = () => {};
    const move = (kind, x, y) => plane.dispatchEvent(new PointerEvent(kind, {
        clientX: edge.left + x * edge.width, clientY: edge.top + y * edge.height,
        buttons: 1, button: kind === 'pointerdown' ? 0 : -1, pointerId: 1}));
    const start = performance.now();
    move('pointerdown', 0.7875, 0.378);  // the first memory
    for (let now = start; now < start + 1000 * seconds;) {
        now = await new Promise(requestAnimationFrame);
        const turn = (now - start) / 300;
        move('pointermove', 0.5 + 0.3 * Math.cos(turn), 0.5 + 0.3 * Math.sin(turn));
    }
    move('pointerup', 0.5, 0.5);
}"""


def measured(browser, view, program, given, rate, before=()):
    "Frames, frames a second, percent late, and work, while a program moves a view."
    tab = browser.new_page(viewport={"width": 1000, "height": 844})
    tab.set_content(view._repr_html_())
    for part, value in before:
        tab.locator(f"[data-part={part}]").fill(value)
    tab.wait_for_timeout(3000)
    tools = tab.context.new_cdp_session(tab)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy():
        found = tools.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in found if m["name"] == "TaskDuration")

    tab.evaluate(WATCH)
    tab.wait_for_timeout(500)
    tab.evaluate("window.seen = []")
    begun = busy()
    tab.evaluate(program, given)
    seen, work = tab.evaluate("window.seen"), busy() - begun
    tab.close()
    gaps = [b - a for a, b in zip(seen, seen[1:])]
    late, count = sum(gap > 25 for gap in gaps), len(gaps)
    return count, 1000 * count / sum(gaps), 100 * late / count, 1000 * work / count


def views():
    "Names, views, and how they are moved."
    import torch

    from hopfield_nb import ModernHopfieldClassifier, load_images, playground
    from hopfield_nb.view.drawing import DrawingBoard
    from hopfield_nb.view.film import Film
    from hopfield_nb.view.landscape import Landscape

    digits = load_images()
    model = ModernHopfieldClassifier(random_state=0)
    model.fit(digits.X_train, digits.y_train)
    recalls = PRESS, [["damage", "recall"], 4]
    for size in (12, 28):
        name = f"playground, {size} x {size}"
        yield name, playground(size=size), *recalls, [("share", "45")]
    for kind in ("softmax", "power"):
        yield f"landscape, {kind}", Landscape(kind=kind), DRAG, [4], []
    board = DrawingBoard(model, digits.X_test[:2])
    yield "drawing board", board, PRESS, [["example"], 3], []
    film = Film(torch.where(torch.tensor(digits.X_train[:40]) > 0.5, 1.0, -1.0))
    yield "film", film, PRESS, [["play"], 2], []


def main(rate=4):
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("no Chromium on this machine")
    rows = ["view,frames,frames per second,percent late,ms of work"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        for name, *how, before in views():
            tries = [measured(browser, *how, rate, before) for _ in range(TRIES)]
            frames, speed, late, work = min(tries, key=lambda seen: seen[2])
            rows.append(f'"{name}",{frames},{speed:.1f},{late:.1f},{work:.1f}')
            print(rows[-1])
        browser.close()
    if rate == 4:
        TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
