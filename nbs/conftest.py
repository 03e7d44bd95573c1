"""Every code cell of every notebook is a test, `pytest nbs` runs them all.

The cells of one notebook share a namespace and run in order; after a failed cell the rest of its notebook is skipped.
Cells marked `#| eval: false` or `#| remake` are not collected; cells marked `#| full` need the full image sets, or long, and run with --full,
as do those marked `#| clock`, which measure times, unless others need them (`#| clock: needed`);
those marked `#| fast` are skipped where numba is not installed.
With --installed the cells that define the package are replaced by imports from the package as it is installed,
so that the same tests look at what a user gets.
With --compare what a cell shows has to be what is saved with it, but for cells marked `#| clock`, whose outputs
depend on the clock, and `#| full`, which are not run where outputs are saved.
Cells are marked with the folder of their page, and with `exports` where the page makes a module: `-m "not exports"` runs
the pages that only use the package. The longest pages, named in .ci/longest.txt, come first, so that two workers end together.
"""

import __future__

import ast
import base64
import importlib.util
import io
import json
import linecache
import os
import re
import sys
import types
import warnings
from difflib import unified_diff
from pathlib import Path

import pytest

NBS = Path(__file__).parent
compared = 0  # outputs, of all workers
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
    parser.addoption(
        "--compare",
        action="store_true",
        help="compare what cells show with what is saved with them, too",
    )


def pytest_configure(config):
    if config.getoption("compare"):
        draw_as_in_pages()
    config.addinivalue_line("markers", "exports: pages that make a module")
    for folder in sorted({path.parent.name for path in NBS.rglob("*.ipynb")}):
        config.addinivalue_line("markers", f"{folder}: the pages of this folder")


def everything(config):
    "Whether all pages are asked for."
    return {Path(a).resolve() for a in config.args} == {NBS.resolve()}


@pytest.hookimpl(tryfirst=True)  # all are counted, before -m chooses
def pytest_collection_modifyitems(session, config, items):
    "All cells of all pages have to be there, so that none falls out unseen; pages alone may be asked for."
    counts, names = (NBS.parent / ".ci" / n for n in ("counts.json", "longest.txt"))
    longest = names.read_text(encoding="utf-8").split() if names.is_file() else []
    place = {NBS / f"{name}.ipynb": k for k, name in enumerate(longest)}
    items.sort(key=lambda item: place.get(item.path, len(place)))
    if everything(config) and counts.is_file():
        expected = json.loads(counts.read_text(encoding="utf-8")).get("tested cells")
        found = sum(isinstance(item, Cell) for item in items)
        if found != expected:
            raise pytest.UsageError(
                f"{found} cells are tests, {expected} expected; after a change that is meant: python .ci/house.py count"
            )


def pytest_runtest_logreport(report):
    global compared
    compared += sum(n for k, n in report.user_properties if report.when == "call")


def pytest_sessionfinish(session):
    "As many outputs are compared as are saved: on all pages, or on those that -m chooses, as .ci/run does."
    option, counts = session.config.getoption, NBS.parent / ".ci" / "counts.json"
    if not option("compare") or hasattr(session.config, "workerinput"):
        return
    kept = json.loads(counts.read_text(encoding="utf-8")) if counts.is_file() else {}
    expected = kept.get("outputs", {}).get(option("markexpr"))
    print(f"\n{compared} outputs compared")
    if everything(session.config) and compared != expected and not session.shouldstop:
        print(f"{expected} expected")
        session.exitstatus = 1


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


def draw_as_in_pages():
    "Figures are shown at the end of a cell, and what is displayed can be caught."
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    import matplotlib
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.instance()  # with which matplotlib makes its terms when it draws
    matplotlib.interactive(True)


def run(source, file, namespace):
    "Run a cell; the value of the last expression, where it ends with one."
    tree, flags = ast.parse(source), __future__.annotations.compiler_flag
    last, ends = None, tree.body and isinstance(tree.body[-1], ast.Expr)
    if ends and not source.rstrip().endswith(";"):
        last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, file, "exec", flags), namespace)
    return last and eval(compile(last, file, "eval", flags), namespace)


def shown_by(source, file, namespace, filters):
    """
    Run a cell; what it shows, as `shown` tells it, and warnings, which a page would show, too.

    The filters of warnings are those of the page; the cell may change them.
    """
    from IPython import get_ipython
    from IPython.display import display
    from IPython.utils.capture import capture_output

    with (
        capture_output() as caught,
        warnings.catch_warnings(record=True) as told,
    ):
        warnings.resetwarnings()  # a new list, which is ours
        warnings.filters += filters
        value = run(source, file, namespace)
        if value is not None:
            display(value)
        get_ipython().events.trigger("post_execute")  # figures are shown
        filters[:] = warnings.filters
    if "\033[2K" in caught.stdout:  # a widget clears what it shows: needs a kernel
        return shown([])
    outputs = [dict(data=output.data) for output in caught.outputs]
    said = caught.stdout + "".join(f"{w.category.__name__}: {w.message}" for w in told)
    return shown([dict(text=said), *outputs])


def shown(outputs):
    "What a cell shows: what it prints, what it displays as text, and its pictures."
    views = "application/vnd.jupyter.widget-view+json"  # which need a kernel
    data = [output.get("data", {}) for output in outputs]
    data = [{} if d.keys() <= {views, "text/plain"} and views in d else d for d in data]
    printed = "".join("".join(output.get("text", "")) for output in outputs)
    displayed = "".join(
        "".join(d.get("text/markdown", "") or d.get("text/plain", "")) for d in data
    )
    pictures = [d["image/png"] for d in data if "image/png" in d]
    return re.sub("0x[0-9a-f]+", "0x", printed + displayed), pictures


def texts_agree(saved, found):
    "Equal but for numbers, which may differ by 2% and 0.05: another processor rounds in another way."
    number, texts = r"-?\d[\d,]*\.?\d*(?:e[+-]?\d+)?", (saved, found)
    words = [re.sub(r"\s+", " ", re.sub(number, "#", text)) for text in texts]
    if words[0] != words[1]:
        return False
    numbers = (
        [float(n.replace(",", "")) for n in re.findall(number, text)] for text in texts
    )
    return all(
        abs(a - b) <= 0.05 + 0.02 * abs(b) or a == b
        for a, b in zip(*numbers, strict=True)
    )


def pictures_agree(saved, found):
    "Of one size, and no more than one pixel in fifty visibly different."
    import matplotlib.image

    a, b = (
        matplotlib.image.imread(io.BytesIO(base64.b64decode(p)), format="png")
        for p in (saved, found)
    )
    return a.shape == b.shape and (abs(a - b).max(-1) > 0.1).mean() < 0.02


class Parted(Exception):
    "What a cell shows is not what is saved with it."


def compare(saved, found):
    "Raise `Parted` where texts or pictures do not agree."
    (text, pictures), (text_found, pictures_found) = shown(saved), found
    if not texts_agree(text, text_found):
        both = text.splitlines(), text_found.splitlines()
        lines = unified_diff(*both, "saved", "found", lineterm="", n=0)
        raise Parted("\n".join(["the saved text is not what is found", *lines]))
    if len(pictures) != len(pictures_found) or not all(
        map(pictures_agree, pictures, pictures_found)
    ):
        raise Parted("the saved picture is not the one that it draws")


class Notebook(pytest.File):
    broken = False

    def collect(self):
        self.filters = [  # of warnings, as Python begins with
            ("ignore", None, kind, None, 0)
            for kind in (DeprecationWarning, ImportWarning, ResourceWarning)
        ]
        shared = re.compile("os.fork")  # what other pages in this process have imported
        self.filters.append(("ignore", shared, RuntimeWarning, None, 0))
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
                saved=None
                if {"clock", "full"} & marks.keys()
                else cells[number - 1]["outputs"],
            )
            if module:
                cell.add_marker("exports")
            yield cell


class Cell(pytest.Item):
    def __init__(self, *, source, full, fast, saved, **kw):
        super().__init__(**kw)
        self.source, self.saved = source, saved
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
        compared = self.config.getoption("compare") and self.saved is not None
        try:
            cell = self.source, file, self.parent.module.__dict__
            found = shown_by(*cell, self.parent.filters) if compared else run(*cell)
        except BaseException:
            self.parent.broken = True
            raise
        finally:
            os.chdir(here)
            sys.modules["__main__"] = main
            if "matplotlib.pyplot" in sys.modules:
                sys.modules["matplotlib.pyplot"].close("all")
        if compared:
            self.user_properties.append(("outputs", len(self.saved)))
            compare(self.saved, found)

    def repr_failure(self, excinfo, style=None):
        if isinstance(excinfo.value, Parted):
            return f"{self.path.parent.name}/{self.path.name}, {self.name}: {excinfo.value}"
        frames = list(excinfo.traceback)
        own = next(
            (i for i, f in enumerate(frames) if self.path.name in str(f.path)), 0
        )
        excinfo.traceback = type(excinfo.traceback)(frames[own:])
        return super().repr_failure(excinfo, style="short")

    def reportinfo(self):
        return self.path, 0, self.name
