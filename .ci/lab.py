"""Open a notebook in JupyterLab, move what it shows, and see that the pictures are drawn anew.

Needs what `make lab` installs, Chromium and playwright. Nothing is fetched; no notebook and no setting of the user is touched.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import sync_playwright

CELLS = (
    "from ipywidgets import interact\n"
    "from hopfield_nb.view.player import SliderPlayer, shown\n"
    "from hopfield_nb.view.scenes import landscape",
    # each slider begins in the middle, which is one of its steps
    "interact(shown(landscape), patterns=(2, 4), beta=(0.5, 10.5, 0.5), "
    "start=(0, 240, 60));",
    "SliderPlayer(landscape, beta=[0.5, 10.0], start=[60])",
    "from hopfield_nb import ModernHopfieldClassifier, load_images\n"
    "digits = load_images()\n"
    "model = ModernHopfieldClassifier(random_state=0)\n"
    "model.fit(digits.X_train, digits.y_train);",
    "from hopfield_nb.view.drawing import LiveDrawingBoard\n"
    "board = LiveDrawingBoard(model, digits.X_test[:1])\n"
    "board",
    "from ipywidgets import Label\n"
    "from hopfield_nb import playground\n"
    "play, heard = playground(live=True), Label()\n"
    "tell = lambda _: setattr(heard, 'value', f'Python has {len(play.patterns)}')\n"
    "play.field.observe(tell, 'value')\n"
    "display(heard)\n"
    "play",
    "from hopfield_nb.view.landscape import LiveLandscape, rest\n"
    "land = LiveLandscape()\n"
    "land",
    "import torch\n"
    "read = model.predict(board.image.reshape(1, -1)).item()\n"
    "kept = play.network().recall(play.patterns[-1:]).state\n"
    "back = torch.equal(kept, play.patterns[-1:])\n"
    "end = [round(x, 2) for x in rest(**land.state).tolist()]\n"
    "print(f'read as {read}, pattern of {int((kept > 0).sum())} back: {back}, {end}')",
)
CONNECTED = "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected'"
CHANGED = """([selector, before]) => {  // interact puts a new picture in the old one's place
    const image = document.querySelector(selector);
    return image && image.src !== before && image.complete && image.naturalWidth > 0;
}"""


def served(folder):
    "A JupyterLab of its own, and the address of the folder in it."
    home = folder / "home"
    names = (
        "HOME",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "IPYTHONDIR",
    )
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--allow-root",
            "--port=0",
            f"--notebook-dir={folder}",
        ]
        + ["--expose-app-in-browser", "--LabApp.news_url=None"],
        env=os.environ | {name: str(home) for name in names},
        stderr=subprocess.DEVNULL,
    )
    for _ in range(240):
        time.sleep(0.5)
        for file in home.glob("jpserver-*.json"):
            about = json.loads(file.read_text())
            return server, f"{about['url']}lab/tree/play.ipynb?token={about['token']}"
    server.kill()
    raise TimeoutError("JupyterLab does not start")


def moved(tab, image, control):
    "Move the control by a key, and wait until the picture, a CSS selector, is another."
    before = tab.locator(image).get_attribute("src")
    control.press("ArrowRight")
    tab.wait_for_function(CHANGED, arg=[image, before], timeout=30_000)


def drawn(tab, board):
    "Draw a one by mouse, and see that it is read."
    board.locator("button").first.click()
    edge = board.locator("canvas").first.bounding_box()
    tab.mouse.move(edge["x"] + edge["width"] / 2, edge["y"] + 0.2 * edge["height"])
    tab.mouse.down()
    tab.mouse.move(
        edge["x"] + edge["width"] / 2, edge["y"] + 0.8 * edge["height"], steps=10
    )
    tab.mouse.up()
    tab.wait_for_function(
        "board => board.dataset.says === '1'",
        arg=board.element_handle(),
        timeout=30_000,
    )


def stored(tab, play):
    "Store a pixel beside the three patterns of a playground, and see that Python has four."
    play.locator("[data-part=clear]").click()
    play.locator("[data-part=paper]").click()
    play.locator("[data-part=store]").click()
    tab.get_by_text("Python has 4").wait_for(timeout=30_000)


def dragged(tab, land):
    "Move the start by keys; what the page then shows."
    plane = land.locator("canvas").first
    plane.focus()
    for _ in range(10):
        plane.press("ArrowUp")
    return [round(x, 2) for x in json.loads(land.get_attribute("data-rest"))]


def asked(tab, expected):
    "Run the last cell again, which uses what was drawn, stored and dragged."
    cell = tab.locator(".jp-Notebook .jp-CodeCell").last
    cell.locator(".cm-content").click()
    tab.keyboard.press("Control+Enter")
    tab.get_by_text(expected).wait_for(timeout=30_000)


def main(shot=None):
    program = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if program is None:
        sys.exit("no Chromium on this machine")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "home").mkdir()
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        cells = [new_code_cell(c) for c in CELLS]
        nbformat.write(
            new_notebook(cells=cells, metadata=kernel), folder / "play.ipynb"
        )
        server, address = served(folder)
        try:
            browser = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox"]
            )
            tab = browser.new_page(viewport={"width": 1200, "height": 1400})
            tab.goto(address)
            tab.locator(".jp-Notebook").wait_for(timeout=120_000)
            tab.wait_for_function(CONNECTED, timeout=120_000)
            tab.evaluate(
                "() => { jupyterapp.commands.execute('notebook:run-all-cells'); }"
            )
            live = ".widget-interact"
            sliders = tab.locator(f"{live} .noUi-handle")
            sliders.nth(2).wait_for(timeout=120_000)
            tab.locator(f"{live} img").wait_for(timeout=120_000)
            for k in range(3):
                moved(tab, f"{live} img", sliders.nth(k))
            moved(tab, ".player img", tab.locator(".player input").first)
            drawn(tab, tab.locator(".board"))
            stored(tab, tab.locator(".playground"))
            end = dragged(tab, tab.locator(".landscape"))
            asked(tab, f"read as 1, pattern of 1 back: True, {end}")
            if shot:
                tab.screenshot(path=shot)
            browser.close()
        finally:
            server.terminate()
            server.wait(30)
    print(
        "JupyterLab: sliders and a player moved, and the pictures followed; a one was drawn, and read; a pattern was stored, and a start moved; "
        "the next cell used all three"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
