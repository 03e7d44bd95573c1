"""Run the notebooks; tell whether their saved outputs are true; make README.md of the index.

    python .ci/notebooks.py run [NOTEBOOK ...]      run anew, in processes, and keep the outputs
    python .ci/notebooks.py remake [NOTEBOOK ...]   run anew, with the cells that make tables, marked `#| remake`; tell which tables changed
    python .ci/notebooks.py compare [NOTEBOOK ...]  run anew and compare with the saved outputs
    python .ci/notebooks.py readme [--check]        write README.md, or tell whether it is what would be written

Cells marked `#| eval: false`, `#| full` or `#| remake` are not run; what cells marked `#| clock` print depends on the clock
and is not compared, so they are not run for that either, unless they say `#| clock: needed`. To be compared, a page is run
as far as its last saved output: what shows nothing is a test, and tests are for pytest.
"""

import base64
import io
import os
import re
import shutil
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from difflib import unified_diff
from pathlib import Path

import house
import matplotlib.image
import nbformat
import numpy as np
from nbclient import NotebookClient
from nbconvert import MarkdownExporter
from tqdm import tqdm

os.environ["OMP_NUM_THREADS"] = "1"  # for the kernels: two notebooks run at once
NBS = Path(__file__).parent.parent / "nbs"
FIRST_USE = "hopfield_nb compiles its loops"  # who told that has compiled nothing yet


def pages():
    "All notebooks, in the order of their folders and numbers."
    return sorted(
        p for p in NBS.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts
    )


def name(path):
    "How a notebook is named on the command line: its path below nbs, without the ending."
    return path.relative_to(NBS).with_suffix("").as_posix()


def execute(path, skip="eval:\\s*false|full|remake", cells=None):
    "The notebook, run anew in a kernel of its own, without those whose directive is to skip; its first cells, or all."
    nb = nbformat.read(path, as_version=4)
    nb.cells = nb.cells[:cells]
    kept = {}
    for cell in nb.cells:
        if re.search(rf"^#\|\s*({skip})", cell.source, re.M):
            kept[cell.id] = cell.metadata
            cell.metadata = nbformat.from_dict({"tags": ["skip-execution"]})
    NotebookClient(
        nb,
        timeout=None,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    nb.metadata.pop("widgets", None)
    for cell in nb.cells:
        cell.metadata = kept.get(cell.id, cell.metadata)
        if "outputs" in cell:
            cell.outputs = [
                o
                for o in cell.outputs
                if without_kernel(o.get("data", {"text/plain": ""}))
                and FIRST_USE not in o.get("text", "")
            ]
    return nb


def without_kernel(data):
    "Drop the view of a widget, which needs a kernel; whether anything is left to show but its name."
    return not data.pop("application/vnd.jupyter.widget-view+json", None) or bool(
        data.keys() - {"text/plain"}
    )


def texts_agree(saved, found):
    "Equal but for numbers, which may differ by 2% and 0.05: another processor rounds in another way."
    number = r"-?\d[\d,]*\.?\d*(?:e[+-]?\d+)?"
    if re.sub(r"\s+", " ", re.sub(number, "#", saved)) != re.sub(
        r"\s+", " ", re.sub(number, "#", found)
    ):
        return False
    a, b = (
        [float(n.replace(",", "")) for n in re.findall(number, text)]
        for text in (saved, found)
    )
    return len(a) == len(b) and bool(np.allclose(a, b, rtol=0.02, atol=0.05))


def pictures_agree(saved, found):
    "Of one size, and no more than one pixel in fifty visibly different."
    a, b = (
        matplotlib.image.imread(io.BytesIO(base64.b64decode(p)), format="png")
        for p in (saved, found)
    )
    return a.shape == b.shape and (np.abs(a - b).max(-1) > 0.1).mean() < 0.02


def shown(cell):
    "What a cell shows: its text, and its pictures."
    outputs = cell.get("outputs", [])
    data = [o.get("data", {}) for o in outputs]
    text = "".join(
        o.get("text", "") or d.get("text/markdown", "") or d.get("text/plain", "")
        for o, d in zip(outputs, data)
    )
    return re.sub(r"0x[0-9a-f]+", "0x", text), [
        o["data"]["image/png"] for o in outputs if "image/png" in o.get("data", {})
    ]


def differences(path):
    "Cells whose saved outputs are not what they show when run anew; outputs compared, rows of tables made anew."
    saved, bad, looked = nbformat.read(path, as_version=4).cells, [], Counter()
    compared = [
        k
        for k, cell in enumerate(saved)
        if cell.get("outputs") and not re.search(r"^#\|\s*clock", cell.source, re.M)
    ]
    if not compared:
        return bad, looked
    skip = r"eval:\s*false|full|remake|clock\s*$"
    found = execute(path, skip, compared[-1] + 1).cells
    for number, (a, b) in enumerate(zip(saved, found), 1):
        if a.cell_type != "code" or re.search(r"^#\|\s*clock", a.source, re.M):
            continue
        (text_a, pictures_a), (text_b, pictures_b) = shown(a), shown(b)
        looked["outputs"] += bool(text_a) + len(pictures_a)
        rows = re.findall(r"([\d,]+) rows? of [\w.]+ made anew", text_b)
        looked["sampled_rows"] += sum(int(n.replace(",", "")) for n in rows)
        if not texts_agree(text_a, text_b):
            lines = unified_diff(
                text_a.splitlines(),
                text_b.splitlines(),
                "saved",
                "found",
                lineterm="",
                n=0,
            )
            bad.append(
                "\n".join(
                    [
                        f"{name(path)}, cell {number}: the saved text is not what is found",
                        *lines,
                    ]
                )
            )
        if len(pictures_a) != len(pictures_b) or not all(
            map(pictures_agree, pictures_a, pictures_b)
        ):
            bad.append(
                f"{name(path)}, cell {number}: the saved picture is not the one that it draws"
            )
    return bad, looked


def run(path, **options):
    nb = execute(path, **options)
    partial = path.with_suffix(".part")
    nbformat.write(nb, partial)
    partial.replace(path)
    return [], Counter()


def remake(path):
    return run(path, skip=r"eval:\s*false|full")


def in_two(paths):
    "First the pages that stand by themselves, then those that quote what others have shown."
    quoting = {"papers/05_found", "papers/95_errata"}
    parts = (
        [p for p in paths if name(p) not in quoting],
        [p for p in paths if name(p) in quoting],
    )
    return [part for part in parts if part]


def everywhere(work, names):
    known = {name(p): p for p in pages()}
    if unknown := set(names) - known.keys():
        sys.exit(f"no such notebooks: {sorted(unknown)}; there are {sorted(known)}")
    paths = [known[n] for n in names] or list(known.values())
    if work is remake and not names:  # every table, from nothing
        paths = [p for p in paths if "#| remake" in p.read_text(encoding="utf-8")]
        shutil.rmtree(NBS / "runs", ignore_errors=True)
    longest = {n: k for k, n in enumerate(house.longest())}  # so that both end together
    paths.sort(key=lambda p: longest.get(name(p), len(longest)))
    before, failed, looked = tables(), [], Counter()
    for part in in_two(paths) if work is not differences else [paths]:
        with ProcessPoolExecutor(2) as pool:
            jobs = {pool.submit(work, p): p for p in part}
            for job in tqdm(as_completed(jobs), total=len(jobs), unit=" notebooks"):
                try:
                    bad, seen = job.result()
                    failed += bad
                    looked += seen
                except Exception as e:
                    failed.append(
                        re.sub(r"\x1b\[[\d;]*m", "", f"{name(jobs[job])}: {e}")
                    )  # without colours
    if work is remake:
        after = tables()
        changed = sorted(t for t in after if after[t] != before.get(t))
        print(
            f"{len(after)} tables, {len(changed)} changed: {', '.join(changed) or 'none'}"
        )
    if work is differences and not names:
        failed += house.expect(**looked)
        print(f"{dict(looked)} looked at")
    print(*failed, sep="\n")
    return bool(failed)


def tables():
    "What each table holds, as a hash."
    return {p.name: hash(p.read_bytes()) for p in (NBS / "tables").glob("*.*")}


def readme(check):
    "README.md and its pictures from the index, which shows code only in fences of its own."
    nb = nbformat.read(NBS / "index.ipynb", as_version=4)
    nb.cells = [
        c
        for c in nb.cells
        if c.cell_type != "raw" and not re.search(r"^#\|\s*hide", c.source, re.M)
    ]
    for cell in nb.cells:  # what moves in a page cannot move in README.md
        cell.outputs = [
            o for o in cell.get("outputs", []) if "text/html" not in o.get("data", {})
        ]
    captions = [
        m[1]
        for c in nb.cells
        if (m := re.search(r'^#\|\s*fig-cap: "(.*)"$', c.source, re.M)) and c.outputs
    ]
    exporter = MarkdownExporter(exclude_input=True)
    text, resources = exporter.from_notebook_node(
        nb, {"output_files_dir": "nbs/images", "unique_key": "index"}
    )
    text = re.sub(r"(?m)^:{3,}.*\n", "", text)  # boxes of the site
    text = re.sub(
        r"!\[png\]", lambda _: f"![{captions.pop(0)}]", text
    )  # read to those who do not see it
    text = re.sub(r"\]\(([\w/]+\.ipynb[^)]*|images/\w+\.png)\)", r"](nbs/\1)", text)
    text = re.sub(r"(?m)[ \t]+$", "", re.sub(r"\n{3,}", "\n\n", text)).strip() + "\n"
    files = {Path("README.md"): text.encode()} | {
        Path(name): content for name, content in resources["outputs"].items()
    }
    root, stale = NBS.parent, []
    for name, content in files.items():
        name = root / name
        if check and not (name.is_file() and name.read_bytes() == content):
            stale.append(
                f"{name.relative_to(root)} is not what nbs/index.ipynb makes: make readme"
            )
        elif not check:
            name.parent.mkdir(exist_ok=True)
            name.write_bytes(content)
    print(*stale, sep="\n")
    return bool(stale)


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    sys.exit(
        readme("--check" in rest)
        if command == "readme"
        else everywhere(
            {"run": run, "remake": remake, "compare": differences}[command], rest
        )
    )
