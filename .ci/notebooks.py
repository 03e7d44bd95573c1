"""Run the notebooks and keep their outputs; make README.md of the index.

    python .ci/notebooks.py run [NOTEBOOK ...]      run anew, in kernels, and keep the outputs
    python .ci/notebooks.py remake [NOTEBOOK ...]   run anew, with the cells that make tables, marked `#| remake`; tell which tables changed
    python .ci/notebooks.py readme [--check]        write README.md, or tell whether it is what would be written

Cells marked `#| eval: false`, `#| full` or `#| remake` are not run. Whether outputs are true is told by pytest, with --compare.
"""

import os
import re
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import house
import nbformat
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


def execute(path, skip="eval:\\s*false|full|remake"):
    "The notebook, run anew in a kernel of its own, without cells whose directive is to skip."
    nb = nbformat.read(path, as_version=4)
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


def run(path, **options):
    nb = execute(path, **options)
    partial = path.with_suffix(".part")
    nbformat.write(nb, partial)
    partial.replace(path)


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
    before, failed = tables(), []
    for part in in_two(paths):
        with ProcessPoolExecutor(2) as pool:
            jobs = {pool.submit(work, p): p for p in part}
            for job in tqdm(as_completed(jobs), total=len(jobs), unit=" notebooks"):
                try:
                    job.result()
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
        else everywhere({"run": run, "remake": remake}[command], rest)
    )
