"""Every code cell of every notebook is a test, `pytest nbs` runs them all.

The cells of one notebook share a namespace and run in order; after a failed cell the rest of its notebook is skipped.
Cells marked `#| eval: false` or `#| remake` are not collected; cells marked `#| full` need the full image sets, or long, and run with --full,
as do those marked `#| clock`, which measure times, unless others need them (`#| clock: needed`);
those marked `#| fast` are skipped where numba is not installed.
With --installed the cells that define the package are replaced by imports from the package as it is installed,
so that the same tests look at what a user gets.
Cells are marked with the folder of their page, and with `exports` where the page makes a module: `-m "not exports"` runs
the pages that only use the package. The longest pages, named in .ci/longest.txt, come first, so that two workers end together.
"""

import __future__

import ast
import importlib.util
import json
import linecache
import os
import re
import sys
import types
from pathlib import Path

import pytest

os.environ.setdefault("MPLBACKEND", "agg")
if (
    "PYTEST_XDIST_WORKER" in os.environ
):  # the workers are the parallelism; set before torch is imported
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_addoption(parser):
    parser.addoption(
        "--full",
        action="store_true",
        help="run the cells that need the full image sets or measure times, too",
    )
    parser.addoption(
        "--installed",
        action="store_true",
        help="test the installed package instead of the notebooks' definitions",
    )


def pytest_configure(config):
    config.addinivalue_line("markers", "exports: pages that make a module")
    for folder in sorted(
        {path.parent.name for path in Path(__file__).parent.rglob("*.ipynb")}
    ):
        config.addinivalue_line("markers", f"{folder}: the pages of this folder")


@pytest.hookimpl(tryfirst=True)  # all are counted, before -m chooses
def pytest_collection_modifyitems(session, config, items):
    "All cells of all pages have to be there, so that none falls out unseen; pages alone may be asked for."
    nbs = Path(__file__).parent
    counts, names = (nbs.parent / ".ci" / n for n in ("counts.json", "longest.txt"))
    longest = names.read_text(encoding="utf-8").split() if names.is_file() else []
    place = {nbs / f"{name}.ipynb": k for k, name in enumerate(longest)}
    items.sort(key=lambda item: place.get(item.path, len(place)))
    everything = {Path(a).resolve() for a in config.args} == {
        Path(__file__).parent.resolve()
    }
    if everything and counts.is_file():
        expected = json.loads(counts.read_text(encoding="utf-8")).get("tested cells")
        found = sum(isinstance(item, Cell) for item in items)
        if found != expected:
            raise pytest.UsageError(
                f"{found} cells are tests, {expected} expected; after a change that is meant: python .ci/house.py count"
            )


def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".ipynb":
        return Notebook.from_parent(parent, path=file_path)


def directives(source):
    "The `#| name value` lines at the top of a cell."
    found = (re.match(r"#\|\s*([\w-]+):?\s*(.*)", line) for line in source.splitlines())
    return {m[1]: m[2].strip() for m in found if m}


def as_import(source, module):
    "An exported cell as the import of what it defines; its own imports stay, as the package's modules do not pass them on."
    lines = []
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            lines.append(ast.unparse(node))
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            lines.append(f"from {module} import {node.name}")
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            lines += [
                f"from {module} import {name.id}"
                for t in targets
                for name in ast.walk(t)
                if isinstance(name, ast.Name)
            ]
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            raise ValueError(
                f"{module}: an exported cell does more than define: {ast.unparse(node)[:80]}"
            )
    return "\n".join(lines)


class Notebook(pytest.File):
    broken = False

    def collect(self):
        self.module = types.ModuleType(
            "__main__"
        )  # a real module, so that what it defines can be pickled
        cells = [
            c
            for c in json.loads(self.path.read_text(encoding="utf-8"))["cells"]
            if c["cell_type"] == "code"
        ]
        sources = ["".join(c["source"]) for c in cells]
        module = next(
            (
                directives(s)["default_exp"]
                for s in sources
                if "default_exp" in directives(s)
            ),
            None,
        )
        for number, source in enumerate(sources, 1):
            marks, code = (
                directives(source),
                [
                    line
                    for line in source.splitlines()
                    if line.strip() and not line.startswith("#")
                ],
            )
            if not code or marks.get("eval") == "false" or "remake" in marks:
                continue
            if (
                self.config.getoption("installed")
                and {"export", "exports", "exporti"} & marks.keys()
            ):
                source = as_import(source, f"hopfield_nb.{module}")
            cell = Cell.from_parent(
                self,
                name=f"{number:02} {code[0][:60]}",
                source=source,
                full="full" in marks or marks.get("clock", "needed") != "needed",
                fast="fast" in marks,
            )
            if module:
                cell.add_marker("exports")
            yield cell


class Cell(pytest.Item):
    def __init__(self, *, source, full, fast, **kw):
        super().__init__(**kw)
        self.source = source
        self.add_marker(self.path.parent.name)
        if fast and importlib.util.find_spec("numba") is None:
            reason = "would take many minutes without numba"
            self.add_marker(pytest.mark.skip(reason=reason))
        if full and not self.config.getoption("full"):
            self.add_marker(pytest.mark.skip(reason="needs much data or time: --full"))

    def runtest(self):
        if self.parent.broken:
            pytest.skip("an earlier cell of this notebook failed")
        file = f"{self.path.parent.name}/{self.path.name}, {self.name}"
        linecache.cache[file] = (
            len(self.source),
            None,
            self.source.splitlines(True),
            file,
        )
        if "torch" in sys.modules:  # draws without a seed are the same each time
            sys.modules["torch"].manual_seed(int(self.name[:2]))
        here, main = Path.cwd(), sys.modules["__main__"]
        os.chdir(self.path.parent)
        sys.modules["__main__"] = self.parent.module
        try:
            exec(
                compile(
                    self.source, file, "exec", __future__.annotations.compiler_flag
                ),
                self.parent.module.__dict__,
            )
        except BaseException:
            self.parent.broken = True
            raise
        finally:
            os.chdir(here)
            sys.modules["__main__"] = main
            if "matplotlib.pyplot" in sys.modules:
                sys.modules["matplotlib.pyplot"].close("all")

    def repr_failure(self, excinfo, style=None):
        frames = list(excinfo.traceback)
        own = next(
            (i for i, f in enumerate(frames) if self.path.name in str(f.path)), 0
        )
        excinfo.traceback = type(excinfo.traceback)(frames[own:])
        return super().repr_failure(excinfo, style="short")

    def reportinfo(self):
        return self.path, 0, self.name
