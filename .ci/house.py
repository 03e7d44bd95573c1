"""Check the house: what imports what, how long cells are, and how much each check looks at.

    python .ci/house.py            tell what is wrong
    python .ci/house.py count      write .ci/counts.json anew, after pages or tests were added
    python .ci/house.py needed     print what the pages that export need beside the package, for a venv that has only that
    python .ci/house.py compiled   print the pages of memory and classifier that numba can change

A folder of the package is a floor; modules import only from their own floor and from lower ones, and only public names.
All definitions are shown on a page, in short cells of at most 88 columns. Counts of pages, cells and tests are kept, so that
nothing falls out of a check unseen.
"""

import ast
import json
import re
import statistics
import sys
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parent.parent
COUNTS = ROOT / ".ci" / "counts.json"
FLOORS = ("numerics", "energy", "data", "memory", "classifier", "view", "study", "cli")
LONGEST = {"class": 60, "function": 60, "module": 300}  # lines of code
MEDIAN = 12  # lines of code of an exported cell
SHORT = 10  # lines of a cell in sight, on pages for newcomers


def pages():
    "All notebooks, in the order of their folders and numbers."
    return sorted(
        p
        for p in (ROOT / "nbs").rglob("*.ipynb")
        if ".ipynb_checkpoints" not in p.parts
    )


def longest():
    "Names of the pages that take longest, the longest first: the runners begin with them."
    return (ROOT / ".ci" / "longest.txt").read_text(encoding="utf-8").split()


def strays():
    "Pages that are named and not there, and pages that no list of the site leads to."
    listed = (ROOT / "_quarto.yml").read_text(encoding="utf-8")
    for path in pages():
        page = path.relative_to(ROOT / "nbs").as_posix()
        if f"- {page}\n" not in listed:
            yield f"_quarto.yml has no line for {page}"
    for name in longest():
        if not (ROOT / "nbs" / f"{name}.ipynb").is_file():
            yield f".ci/longest.txt names {name}, which is no page"
    for name in json.loads((ROOT / ".ci" / "times.json").read_text(encoding="utf-8")):
        if not (ROOT / "nbs" / f"{name}.ipynb").is_file():
            yield f".ci/times.json names {name}, which is no page"


def code_cells():
    "Path, source and whether it is exported, of every code cell."
    for path in pages():
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                source = "".join(cell["source"])
                yield (
                    path,
                    source,
                    re.match(r"#\|\s*export(s|i)?\s*$", source.split("\n")[0]),
                )


def imports():
    "Imports that lead upwards, from pages, or to private names of other modules."
    for path in sorted((ROOT / "hopfield_nb").rglob("*.py")):
        place = path.relative_to(ROOT / "hopfield_nb").parts
        if len(place) < 2 or place[-1] == "__init__.py":
            continue
        name = "hopfield_nb." + ".".join(place).removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not str(node.module).startswith(
                "hopfield_nb"
            ):
                continue
            floor = (
                str(node.module).split(".")[1] if "." in str(node.module) else place[0]
            )
            if FLOORS.index(floor) > FLOORS.index(place[0]):
                yield f"{name} imports upwards, from {node.module}"
            for alias in node.names:
                if alias.name.startswith("_") and not alias.name.startswith("__"):
                    yield f"{name} imports the private {alias.name} of {node.module}"


def written(source, node):
    "Lines of code of a definition or a module: without docstrings, comments and blank lines."
    first, last = (
        getattr(node, "lineno", 1),
        getattr(node, "end_lineno", len(source.splitlines())),
    )
    told = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant):
            told |= set(range(inner.lineno, inner.end_lineno + 1))
    lines = enumerate(source.splitlines()[first - 1 : last], first)
    return sum(
        k not in told and bool(re.match(r"\s*[^#\s]", line)) for k, line in lines
    )


def lengths():
    "Definitions and modules that are too long, exported code that is not shown or too wide."
    cells = []
    for path, source, exported in code_cells():
        name = path.relative_to(ROOT / "nbs")
        if not exported:
            continue
        tree = ast.parse(source)
        definitions = [
            n for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))
        ]
        if exported[1] != "s" and definitions:
            yield f"{name}: a definition that the site does not show: {definitions[0].name}"
        for line in source.splitlines():
            if len(line) > 88 and not line.startswith("#|"):
                yield f"{name}: a line of {len(line)} columns: {line.strip()[:60]}"
        for node in definitions:
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            if (lines := written(source, node)) > LONGEST[kind]:
                yield f"{name}: {node.name} has {lines} lines of code"
        if definitions:
            cells.append(sum(written(source, node) for node in definitions))
    if (median := statistics.median(cells)) > MEDIAN:
        yield f"the median exported cell has {median} lines of code, at most {MEDIAN} expected"
    for path in sorted((ROOT / "hopfield_nb").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if (
            path.name != "_modidx.py"
            and (lines := written(source, ast.parse(source))) > LONGEST["module"]
        ):
            yield f"{path.relative_to(ROOT)} has {lines} lines of code"


def first_steps():
    """
    What a page for newcomers lacks: a picture before its first heading, short cells, three exercises, a take-away, proofs.

    How many minutes it takes is counted on the site, by .ci/site.py.
    """
    for path in (ROOT / "nbs" / "start").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(c["source"]) for c in cells]
        text = "\n".join(
            s for s, c in zip(sources, cells) if c["cell_type"] == "markdown"
        )
        heads = [k for k, s in enumerate(sources) if re.search(r"(?m)^## ", s)]
        shown = [o for c in cells[: heads[0]] for o in c.get("outputs", [])]
        if not any("image/png" in o.get("data", {}) for o in shown):
            yield f"{path.name}: no picture before the first heading"
        for source, cell in zip(sources, cells):
            hidden = re.search(r"(?m)^#\|\s*(hide|code-fold|echo)", source)
            lines = [x for x in source.splitlines() if x.strip()]
            if cell["cell_type"] == "code" and not hidden and len(lines) > SHORT:
                yield f"{path.name}: a cell of {len(lines)} lines: {lines[0][:50]}"
        solved = re.findall(
            r'(?m)^#\| code-summary: "solution (\d)"', "\n".join(sources)
        )
        asked = re.findall(r"(?m)^\*\*(\d)\.\*\*", text)
        if solved != ["1", "2", "3"] or asked != solved:
            yield f"{path.name}: exercises {asked}, solutions {solved}, three of each expected"
        end = text.split("## Take away")[-1]
        if (
            said := len(re.findall(r"(?m)^- ", end))
        ) != 3 or "## Take away" not in text:
            yield f"{path.name}: {said} lines to take away, three expected"
        if not re.search(r"\]\(\.\./(memory|classifier|papers|use)/", end):
            yield f"{path.name}: no link to the page that proves it"


def tested(source):
    "Whether a cell is run as a test: as nbs/conftest.py collects them."
    code = [
        line
        for line in source.splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return bool(code) and not re.search(r"^#\|\s*(eval:\s*false|remake)", source, re.M)


def numbers_in_prose():
    """
    How many decimals, % and ± are typed into Markdown: settings, and constants of papers; nothing that was measured.

    Formulas, code, links and quotations are left out. Who types one more must count anew, and so ask what it is.
    """
    exempt = r"\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|\]\([^)]*\)|\"[^\"]*\"|(section|Lemma|Theorem|appendix) [\w.]+"
    for path in pages():
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                prose = re.sub(exempt, "", "".join(cell["source"]), flags=re.S)
                yield from re.findall(r"\d+\.\d+|\d\s?%|±", prose)


def saved_outputs():
    """
    How many outputs are saved, of all pages and of those that each runner of .ci/run compares, and rows of tables made anew.

    What depends on the clock is not compared. The conditions are those that .ci/run gives to pytest with -m.
    """
    outputs = {"": 0, "exports": 0, "numerics or not exports": 0}
    rows = 0
    for path in pages():
        text = path.read_text(encoding="utf-8")
        exports = "#| default_exp" in text
        for cell in json.loads(text)["cells"]:
            source = "".join(cell["source"])
            if not tested(source) or re.search(r"^#\|\s*clock", source, re.M):
                continue
            found = len(cell.get("outputs", []))
            outputs[""] += found
            outputs["exports"] += found * exports
            outputs["numerics or not exports"] += found * (
                not exports or path.parent.name == "numerics"
            )
            said = json.dumps(cell.get("outputs"))
            said = re.findall(r"([\d,]+) rows? of [\w.]+ made anew", said)
            rows += sum(int(n.replace(",", "")) for n in said)
    return outputs, rows


def counted():
    "How much there is to look at."
    cells = list(code_cells())
    tests = sum(
        len(re.findall(r"\bassert\b|\btest_\w+\(|\bcheck\(", s)) for _, s, _ in cells
    )
    outputs, rows = saved_outputs()
    return {
        "pages": len(pages()),
        "code cells": len(cells),
        "exported cells": sum(bool(e) for _, _, e in cells),
        "lines that test": tests,
        "tested cells": sum(tested(s) for _, s, _ in cells),
        "cells that make tables": sum("#| remake" in s for _, s, _ in cells),
        "tables": len(list((ROOT / "nbs" / "tables").glob("*.*"))),
        "numbers in prose": len(list(numbers_in_prose())),
        "outputs": outputs,
        "sampled rows": rows,
    }


def expect(**found):
    "What is not as counted: numbers by name, as `browser_pages`."
    kept = json.loads(COUNTS.read_text(encoding="utf-8"))
    return [
        f"{n} {k.replace('_', ' ')} looked at, {kept.get(k.replace('_', ' '))} expected "
        "(python .ci/house.py count, if more or fewer are meant)"
        for k, n in found.items()
        if kept.get(k.replace("_", " ")) != n
    ]


def needed():
    "The development requirements that pages import which export, from settings.ini."
    config = ConfigParser(delimiters=["="])
    config.read(ROOT / "settings.ini", encoding="utf-8")
    names = (
        "requests fastcore pytest pytest-xdist pytest-cov hypothesis pandas distributed entmax "
        "sympy torch-hd difflayers"
    ).split()
    for requirement in config["DEFAULT"]["dev_requirements"].split():
        if re.match(r"[\w-]+", requirement)[0] in names:
            yield requirement


def compiled(folders=("memory", "classifier")):
    "The pages of some folders that reach the compiled loops, by their own imports or those of what they import."
    leads = {
        ".".join(p.relative_to(ROOT / "hopfield_nb").with_suffix("").parts): set(
            re.findall(r"from hopfield_nb\.([\w.]+) import", p.read_text("utf-8"))
        )
        for p in (ROOT / "hopfield_nb").glob("*/*.py")
    }
    reached = {"numerics.compiled"}
    while more := {m for m in leads if leads[m] & reached} - reached:
        reached |= more
    for path in pages():
        text = path.read_text("utf-8")
        names = re.findall(r"(?:from hopfield_nb\.|default_exp )([\w.]+)", text)
        whole = "from hopfield_nb import" in text  # may be anything
        if path.parent.name in folders and (whole or reached & set(names)):
            yield path.relative_to(ROOT).as_posix()


def main(count):
    wrong = [*imports(), *lengths(), *strays(), *first_steps()]
    found = counted()
    if count:
        kept = (
            json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.is_file() else {}
        )
        COUNTS.write_text(json.dumps(kept | found, indent=1) + "\n", encoding="utf-8")
    wrong += expect(**{k.replace(" ", "_"): n for k, n in found.items()})
    kept = json.loads(COUNTS.read_text(encoding="utf-8"))
    print(*wrong, f"{kept}: {len(wrong)} faults", sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    if sys.argv[1:] == ["needed"]:
        sys.exit(print(*needed(), sep="\n"))
    if sys.argv[1:] == ["compiled"]:
        sys.exit(print(*compiled(), sep="\n"))
    sys.exit(main(sys.argv[1:] == ["count"]))
