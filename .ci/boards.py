"""Use a board to draw on as a reader does, and compare what it says with what Python says.

`browse.py` does it with the board of the site, `playing.py` with one on a page of its own.
"""

import io
import json

from PIL import Image, ImageDraw

STEPS = 100  # of a run, one in each frame


def part(board, name):
    "A part of the board."
    return board.locator(f"[data-part={name}]")


def told(board, name):
    "What the board tells to programs."
    return board.get_attribute(f"data-{name}") or ""


def as_python(board, key="currents"):
    "What is wrong, where Python has said what the board should say."
    given = told(board, "expected")
    if not given:
        return ["a board that does not tell what Python said"]
    expected, found = json.loads(given), json.loads(told(board, "currents"))
    apart = max(abs(a - b) for a, b in zip(expected[key], found, strict=True))
    said = [told(board, name) for name in ("says", "neuron")]
    alike = key != "currents" or said == [expected["says"], str(expected["neuron"])]
    if alike and apart < 1e-3 * max(map(abs, found)):
        return []
    return [f"a board that says {said}, {found}, and not {given}, {key}"]


def examples(board):
    "Each test digit has to be read as Python reads it, at the end and at twice the time."
    seen, wrong = set(), []
    while told(board, "expected") not in seen:
        seen.add(told(board, "expected"))
        wrong += as_python(board)
        part(board, "pause").click()
        wrong += as_python(board, "later")
        part(board, "example").click()
    return wrong


def classes(board):
    "Each class has to be recalled as Python recalls it, from an empty paper."
    menu, wrong, seen = part(board, "class"), [], set()
    for option in menu.locator("option").all():
        menu.select_option(option.get_attribute("value"))
        for turn in range(2):
            part(board, "recall").click()
            name, text = option.inner_text(), board.locator("p").first.inner_text()
            if f"class {name}" not in text or told(board, "says") != name:
                wrong.append(f"a board that recalls {name} and says {text!r}")
            wrong += [] if turn else as_python(board)
            seen.add(told(board, "currents"))
    if len(seen) != 2 * menu.locator("option").count():
        wrong.append("a board that recalls the same picture twice")
    return wrong


def drawn(tab, board):
    "What is wrong with a board: what it says to digits, classes, lines, files, sliders."
    wrong = examples(board) + classes(board)
    paper, said = board.locator("canvas").first, []
    edge = paper.bounding_box()
    part(board, "clear").click()
    paper.hover(position={"x": edge["width"] / 2, "y": 0.2 * edge["height"]})
    tab.mouse.down()
    paper.hover(position={"x": edge["width"] / 2, "y": 0.8 * edge["height"]})
    tab.mouse.up()
    said.append(told(board, "says"))
    part(board, "clear").click()
    paper.focus()
    for key in [" "] + 16 * ["ArrowDown"] + [" "]:
        paper.press(key)
    said.append(told(board, "says"))
    for ground, pen in (("white", "black"), ("#223", "#eee")):
        said.append(uploaded(tab, board, ground, pen))
    wrong += [f"a one that is read as {s!r}" for s in said if s != "1"]
    return wrong + moved(tab, board)


def uploaded(tab, board, paper, pen):
    "What a board says to an image file of a one."
    picture, file = Image.new("RGB", (300, 200), paper), io.BytesIO()
    ImageDraw.Draw(picture).line((190, 20, 180, 120), pen, 12)
    picture.save(file, "png")
    part(board, "clear").click()
    given = {"name": "one.png", "mimeType": "image/png", "buffer": file.getvalue()}
    board.locator("input[type=file]").set_input_files(given)
    heard = "board => board.dataset.says"
    tab.wait_for_function(heard, arg=board.element_handle(), timeout=10_000)
    return told(board, "says")


def moved(tab, board):
    "What is wrong with the sliders of a board, and with its pause."
    other, pause = part(board, "example"), part(board, "pause")
    other.click()
    before, wrong = told(board, "currents"), []
    for name, value in (("beta", "-2"), ("noise", "0.5"), ("erased", "60")):
        slider = part(board, name)
        slider.fill(value)
        if told(board, "currents") == before:
            wrong.append(f"a board that {name} does not change")
        slider.fill("0")
        if told(board, "currents") != before:
            wrong.append(f"a board that {name} = 0 does not bring back")
    tab.emulate_media(reduced_motion="no-preference")
    begun = int(told(board, "frames"))
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
    if (frames := int(told(board, "frames")) - begun) != STEPS:
        wrong.append(f"a board that makes {STEPS} steps in {frames} frames")
    return wrong
