"""Build the site into _site, so that it works from disk: no link is broken, nothing comes from the network.

Commands: none builds, then checks; `check` checks the site that is there.
"""

import base64
import functools
import html
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import textwrap
from html.parser import HTMLParser
from importlib.metadata import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dress
import house
import playwright
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from nbdev.serve import proc_nbs

ROOT = Path(__file__).parent.parent
SITE = ROOT / "_site"
FIT = """<script>
{  // formulas that are a little too wide become smaller, to seven tenths; others scroll
  const formulas = [...document.querySelectorAll("main span.math.display")];
  const rooms = formulas.map(f => f.clientWidth / f.scrollWidth);
  formulas.forEach((f, k) => {
    if (rooms[k] < 1) f.style.fontSize = `${Math.max(70, Math.floor(98 * rooms[k]))}%`;
    f.classList.toggle("wide", rooms[k] < 0.7);
  });
}
</script>
"""
KEYS = """<script>
{  // what is wider than its place is scrolled by keys, too, and says that it scrolls
  const sides = [...document.querySelectorAll("main .sideways")];
  const outputs = [...document.querySelectorAll("main .cell-output-stdout, main .sd-table, main .player")];
  const cut = e => e.scrollWidth > e.clientWidth + 1;
  const look = () => {
    sides.forEach(s => { s.tabIndex = cut(s) ? 0 : -1; });
    outputs.forEach(o => o.classList.toggle("cut", cut(o.querySelector("pre") || o)));
  };
  addEventListener("load", look);
  addEventListener("resize", look);
  addEventListener("toggle", look, true);
}
</script>
"""
HEAD = r"""<script>
{  // a page on disk may load a script, but not fetch a file
  const fetched = window.fetch;
  window.fetch = (url, ...rest) => !String(url).endsWith("search.json") ? fetched(url, ...rest) : new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = String(url).replace(/json$/, "js");
    script.onload = () => resolve({json: () => window.searchIndex});
    script.onerror = reject;
    document.head.append(script);
  });
}
</script>
"""


def build():
    "Process the notebooks, render them, and put what a CDN would give beside the pages."
    os.chdir(ROOT)
    shutil.rmtree(SITE, ignore_errors=True)
    proc_nbs(n_workers=2, force=True)
    said = subprocess.run(
        ["smalldocs", "render", "--quiet", "_proc"],
        check=True,
        stderr=subprocess.PIPE,
        text=True,
    ).stderr
    if warnings := [
        line for line in said.splitlines() if "output-file" not in line
    ]:  # nbdev's, for Quarto
        sys.exit("\n".join(warnings))
    shutil.move(ROOT / "_proc" / "_site", SITE)
    index = json.loads((SITE / "search.json").read_text(encoding="utf-8"))
    (SITE / "search.js").write_text(
        f"window.searchIndex = {json.dumps(index)};\n", encoding="utf-8"
    )
    for sheet in SITE.rglob("*.css"):  # the themes' web fonts: the system's will do
        sheet.write_text(
            re.sub(r"@import url\([^)]*\);", "", sheet.read_text(encoding="utf-8")),
            encoding="utf-8",
        )
    shutil.copy(ROOT / ".ci" / "search.js", SITE / "site_libs")
    trim_icons()
    for page in SITE.rglob("*.html"):
        text = re.sub(
            r"<link[^>]*/katex@[^>]*>|<script[^>]*/katex@[^>]*></script>",
            "",
            page.read_text(encoding="utf-8"),
        )
        text = re.sub(
            r'<(pre|span class="math display"|div class="sd-table")',
            r'<\1 tabindex="0"',
            text,
        )  # what scrolls, by keyboard too
        text = re.sub(  # a caption says what a picture shows, to those who cannot see it as well
            r'(<img src="data:[^"]*" class="[^"]*")>(</p>\s*<figcaption>)([^<]*)',
            r'\1 alt="\3">\2\3',
            text,
        )
        text = re.sub(PICTURE, sideways, text)
        text = in_order(text)
        text = re.sub(SIGNATURE, signature, text)
        text = re.sub(PRINTED, sentences, text)
        text = re.sub(r"(?s)<td\b.*?</td>", breakable, text)
        text = text.replace('role="img"></i>', 'aria-hidden="true"></i>')
        text = text.replace(
            '.bundle.min.js"></script>', '.bundle.min.js" defer></script>'
        )
        name = page.relative_to(SITE).with_suffix("").as_posix()
        up = "../" * name.count("/")
        text = re.sub(
            r'<script src="[./]*site_libs/fuse/fuse.min.js"></script>', "", text
        )
        head = HEAD + f'<script src="{up}site_libs/search.js" defer></script>\n'
        text = text.replace("</head>", head + "</head>", 1)
        page.write_text(dress.dress(text, name), encoding="utf-8")
        if (notebook := ROOT / "nbs" / f"{name}.ipynb").is_file():
            shutil.copy(notebook, page.with_suffix(".ipynb"))
    draw_formulas()


SIGNATURE = (  # nbdev's box below the heading of a function or class
    r'(?s)(</h3>\n<div class="code-copy-outer-scaffold"><div class="sourceCode"[^>]*><pre[^>]*><code[^>]*>)'
    r"((?:(?!</code>).)*)(</code></pre></div><button[^>]*><i[^>]*></i></button></div>)"
)
PRINTED = r'(?s)class="cell-output cell-output-stdout">(.*?)</pre>'


def sentences(match):
    "Printed sentences, which a phone breaks; lines with columns scroll."
    columns = re.search(r"\S {2,}\S", dress.plain_text(match[1]))
    return match[0] if columns else match[0].replace('stdout"', 'stdout sentences"', 1)


COLUMNS = 88  # that a line of code has


def signature(match):
    "A signature whose long comments go on below; none where it names no argument."
    start, code, end = match.groups()
    if re.search(r"\*args(?:, \*\*kwargs|:Any)\n\)", dress.plain_text(code)):
        return "</h3>\n"
    entries = []  # code with its colours, and the comment behind it
    for line in code.split("\n"):
        head, _, note = line.partition('<span class="co"># ')
        words = dress.plain_text(note).split()
        if entries and dress.plain_text(entries[-1][0]).startswith(")"):
            entries[-1][1].extend(dress.plain_text(line).split())  # it is all comment
        elif entries and not head.strip():
            entries[-1][1].extend(words)
        else:
            entries.append((head.rstrip(), words))
    lines = []
    for head, words in entries:
        *before, head = filled(head)
        lines += before
        note = " ".join(words)
        room = COLUMNS - len(html.unescape(re.sub(r"<[^>]*>", "", head))) - 3
        if len(note) > room:
            lines.append(head)
            rows = textwrap.wrap(note, COLUMNS - 10)
            lines += [f"{' ' * 8}{comment(row)}" for row in rows]
        else:
            lines.append(f"{head} {comment(note)}" if note else head)
    return start + "\n".join(lines) + end


def filled(line):
    "A line of a signature as lines that are not too long, broken between arguments."
    pieces, depth = [""], 0
    for token in re.findall(r"<[^>]*>|&#?\w+;|.", line):
        pieces[-1] += token
        depth += (token in {*"([{"}) - (token in {*")]}"})
        if token == "," and not depth:
            pieces.append("")
    lines = pieces[:1]
    for piece in pieces[1:]:
        if len(dress.plain_text(lines[-1]) + dress.plain_text(piece)) > COLUMNS - 8:
            lines.append("    " + piece.lstrip())
        else:
            lines[-1] += piece
    return lines


CODE = r'(?s)cell-code"><code[^>]*>(.*?)</code>'


def defined(cell):
    "The functions and classes that a cell shows the source of."
    code = "".join(map(dress.plain_text, re.findall(CODE, cell)))
    return re.findall(r"(?m)^(?:class|def) (\w+)", code)


def helps(cell):
    "Whether a cell shows the source of nothing but helpers, or of constants."
    return 'class="code-fold"' in cell and all(f[0] == "_" for f in defined(cell))


def in_order(page):
    "Helpers before the heading of what they help, which nbdev sets above them; they are folded with it."
    cells = re.split(r'(?=<div id="cell-\d+" class="cell">)', page)
    for k in reversed(range(len(cells))):
        end = k + 1
        while end < len(cells) and helps(cells[end]):
            end += 1
        heading = re.search(r'<h3 [^>]*class="anchored"[^>]*>(\w+)</h3>', cells[k])
        helpers = cells[k + 1 : end]
        if not (heading and helpers and end < len(cells)):
            continue
        if heading[1] not in defined(cells[end]):
            continue
        if "<details open" not in cells[end]:
            helpers = [h.replace('<details open="" ', "<details ") for h in helpers]
        cells[k:end] = [*helpers, cells[k]]
    return "".join(map(named, cells))


def named(cell):
    "A cell whose fold says what it is the source of."
    first, *more = sorted(defined(cell), key=lambda name: name[0] == "_") or [""]
    what = " ".join(
        filter(None, ("source", first and f"of {first}", more and "and others"))
    )
    return re.sub(r"(?<=<summary>)(?:Exported )?source(?=</summary>)", what, cell)


def comment(text):
    return f'<span class="co"># {html.escape(text)}</span>'


def breakable(cell):
    "A cell of a table whose code may be broken between its words."
    return re.sub(
        r"(?s)(?<=<code>)[^<]*(?=</code>)",
        lambda m: re.sub(r"(?<=[.,(=_])(?=\w)|(?<=[a-z])(?=[A-Z])", "<wbr>", m[0]),
        cell[0],
    )


PICTURE = r'<p>(<img src="data:image/png;base64,([^"]*)" class="img-fluid"[^>]*>)</p>'
READ = 0.65  # of the size that a picture was drawn for, its letters can still be read
SCREEN = 340  # pixels that a phone has for a picture
WIDE = 36  # of these units a phone has room for: an ex, the height of an x


def sideways(match):
    "A picture that keeps its letters legible on a phone, where it scrolls."
    start = base64.b64decode(match[2][:400])
    width = round(READ * int.from_bytes(start[16:20]))
    if width <= SCREEN:
        return match[0]
    return (
        f'<p class="sideways drawn" style="--drawn: {width}px" role="group" '
        f'aria-label="picture, wider than a phone">{match[1]}</p>'
    )


MATH = re.compile(
    r'(?s)(<span class="math (?:inline|display)"[^>]*>)\\([(\[])(.*?)\\[)\]]</span>([,.;:!?)]*)'
)


def draw_formulas():
    "Draw all formulas now: MathJax in a page is two megabytes, and seconds on a slow machine."
    pages, wanted = {}, {}
    for page in SITE.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if found := MATH.findall(text):
            pages[str(page)] = text
            wanted[str(page)] = [[html.unescape(t), k == "["] for _, k, t, _ in found]
    mathjax = next(
        f.locate().parent
        for f in files("django-static-mathjax")
        if f.name == "node-main.js" and f.parent.name == "es5"
    )
    node = Path(playwright.__file__).parent / "driver" / "node"  # it brings its own
    answer = json.loads(
        subprocess.run(
            [node, ROOT / ".ci" / "formulas.js", mathjax],
            input=json.dumps(wanted),
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        ).stdout
    )
    sheet = re.sub(r"\s*\n\s*", "", answer["sheet"])
    (SITE / "site_libs" / "formulas.css").write_text(sheet + "\n", encoding="utf-8")
    for name, text in pages.items():
        made = answer["pages"][name]
        drawings = map(shorter, made["drawings"])
        text = MATH.sub(functools.partial(put, drawings), text)
        up = "../" * (len(Path(name).relative_to(SITE).parts) - 1)
        link = f'<link rel="stylesheet" href="{up}site_libs/formulas.css">\n'
        text = text.replace("</head>", link + "</head>", 1)
        glyphs = (
            f'<svg style="display: none"><defs>{shorter(made["glyphs"])}</defs></svg>\n'
        )
        fit = FIT if 'class="math display"' in text else ""
        text = text.replace("</body>", glyphs + fit + "</body>", 1)
        Path(name).write_text(text, encoding="utf-8")
    for page in SITE.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if re.search('sideways|cell-output-stdout|class="(?:sd-table|player)', text):
            text = text.replace("</body>", KEYS + "</body>", 1)
            page.write_text(text, encoding="utf-8")


def put(drawings, match):
    "A formula's place, with the next drawing in it; a long one in a line scrolls on a phone."
    drawing, place, _, _, after = next(drawings), *match.groups()
    width = float(re.search(r'(?:width="|min-width: )([\d.]+)ex', drawing)[1])
    if width > WIDE:
        named = 'inline sideways" role="group" aria-label="formula"'
        place = place.replace('inline"', named)
    elif after:  # no line begins with a full stop
        return f'<span class="text-nowrap">{place}{drawing}</span>{after}</span>'
    return f"{place}{drawing}</span>{after}"


def shorter(drawing):
    "A drawing without what only MathJax itself or XML needs."
    drawing = re.sub(
        r' (?:xmlns(?::xlink)?|data-c|focusable|role)="[^"]*"', "", drawing
    )
    return drawing.replace("xlink:href=", "href=")


FORMULA = r"(?s)\\\(.*?\\\)|\\\[.*?\\\]"


def trim_icons():
    "Of two thousand icons, keep those that a page, the style sheet or the script shows: 2 kB of 216."
    folder = SITE / "site_libs" / "bootstrap-icons"
    sheet, used, codes = folder / "bootstrap-icons.min.css", set(), set()
    for page in SITE.rglob("*.html"):
        used |= set(re.findall(r"\bbi-[a-z0-9-]+", page.read_text(encoding="utf-8")))
    own = (SITE / "site_libs" / "smalldocs.css").read_text(encoding="utf-8")
    codes |= {int(c, 16) for c in re.findall(r'content: ?"\\(f[0-9a-f]{3})"', own)}
    text = sheet.read_text(encoding="utf-8")
    for name, code in re.findall(
        r'\.(bi-[a-z0-9-]+)::before\{content:"\\(f[0-9a-f]+)', text
    ):
        codes |= {int(code, 16)} if name in used else set()
    rule = r"\.(bi-[a-z0-9-]+)::before\{[^}]*\}"
    text = re.sub(rule, lambda m: m[0] if m[1] in used else "", text)
    text = re.sub(
        r"src:[^;}]*", 'src:url("fonts/icons.woff") format("woff")', text, count=1
    )
    sheet.write_text(text, encoding="utf-8")
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    # new boxes would move glyphs whose side bearings are kept
    font = TTFont(folder / "fonts" / "bootstrap-icons.woff", recalcBBoxes=False)
    subsetter = Subsetter()
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(folder / "fonts" / "icons.woff")
    for whole in folder.glob("fonts/bootstrap-icons.*"):
        whole.unlink()


class Links(HTMLParser):
    "The ids of a page, what it loads, and where its links go."

    def __init__(self, text):
        super().__init__()
        self.ids, self.loads, self.links = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        self.ids |= {a[k] for k in ("id", "name") if a.get(k)}
        if tag == "a":
            self.links += [a["href"]] if a.get("href") else []
        else:
            self.loads += [a[k] for k in ("src", "data", "poster") if a.get(k)]
            self.loads += (
                [a["href"]] if tag in ("link", "image", "use") and a.get("href") else []
            )
        self.loads += re.findall(r"url\(['\"]?([^'\")]+)", a.get("style") or "")


UNDRAWN = r"data-mjx-error=\"[^\"]*|mathcolor=\"red\">[^<]*"  # syntax, commands that are unknown


def check():
    "What is wrong with the site: links that are broken or fetch from elsewhere, formulas that could not be drawn."
    pages = {
        p: Links(p.read_text(encoding="utf-8")) for p in sorted(SITE.rglob("*.html"))
    }
    wrong = [] if pages else ["there is no page"]
    loads = [(p, url) for p, found in pages.items() for url in found.loads]
    loads += [
        (c, url)
        for c in SITE.rglob("*.css")
        for url in re.findall(
            r"(?:url\(|@import )['\"]?([^'\")\s]+)", c.read_text(encoding="utf-8")
        )
    ]
    wrong += [
        f"{p.relative_to(SITE)} loads {u[:80]} from elsewhere"
        for p, u in loads
        if urlsplit(u).scheme not in ("", "data") or u.startswith("//")
    ]
    for p, url in loads + [
        (p, url) for p, found in pages.items() for url in found.links
    ]:
        parts = urlsplit(url)
        if parts.scheme or parts.netloc:
            continue
        target = (p.parent / unquote(parts.path)).resolve() if parts.path else p
        target = target / "index.html" if target.is_dir() else target
        if not target.is_file() or (SITE not in target.parents):
            wrong.append(f"{p.relative_to(SITE)} points at {url}, which is not there")
        elif (
            parts.fragment
            and target in pages
            and unquote(parts.fragment) not in pages[target].ids
        ):
            wrong.append(
                f"{p.relative_to(SITE)} points at {url}, a page without that place"
            )
    for p in pages:
        text = p.read_text(encoding="utf-8")
        bare = re.sub(r"(?s)<(pre|code|script)\b.*?</\1>", "", text)
        wrong += [
            f"{p.relative_to(SITE)} has a formula that is not drawn: {m[:80]}"
            for m in re.findall(UNDRAWN, text) + re.findall(FORMULA, bare)
        ]
    wrong += unlike()
    wrong += house.expect(site_pages=len(pages))
    print(*wrong, f"{len(pages)} pages in {SITE.name}, {len(wrong)} faults", sep="\n")
    return bool(wrong)


STDOUT = 'class="cell-output cell-output-stdout'


def outputs(notebook):
    "How many printed outputs of a notebook a reader should see; None where it is none."
    if not notebook.is_file():
        return None
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    told = (c for c in cells if not re.search(r"(?m)^#\| hide$", "".join(c["source"])))
    return sum(o["output_type"] == "stream" for c in told for o in c.get("outputs", ()))


MOST = {"index": 1_000_000}  # bytes, with all that the browser loads
MINUTES = 8  # that a page for newcomers takes at most


def unlike():
    "What a page has to have, and has not: little weight, a short text, ways past the navigation and to its source."
    for name, most in MOST.items():
        if (found := dress.weighs(SITE, SITE / f"{name}.html")) > most:
            yield f"{name} and what it loads weigh {found:,} bytes, {most:,} at most expected"
    url = dress.settings()["git_url"]
    for page in sorted(SITE.rglob("*.html")):
        text, name = page.read_text(encoding="utf-8"), page.relative_to(SITE)
        if f'href="{url}"' not in text:
            yield f"{name} has no link to the repository of settings.ini, {url}"
        printed, shown = outputs(page.with_suffix(".ipynb")), text.count(STDOUT)
        if printed is not None and printed != shown:
            yield f"{name} shows {shown} of {printed} printed outputs of its notebook"
        if 'class="skip"' not in text:
            yield f"{name} has no link past the navigation"
        for author, year in dress.unknown(text):
            yield f"{name} cites {author} ({year}), which references.bib lacks"
        notebook = page.with_suffix(".ipynb").is_file() and page.stem != "index"
        if notebook and 'class="about-page"' not in text:
            yield f"{name} has no line that says how long it takes"
        minutes = dress.Reader(text).minutes()
        if name.parent.name == "start" and minutes > MINUTES:
            yield f"{name} takes {minutes} minutes to read, {MINUTES} at most expected"
    index = dress.plain_text((SITE / "index.html").read_text(encoding="utf-8"))
    if f"git clone {url}" not in index:
        yield "index does not say how to get the repository of settings.ini"


if __name__ == "__main__":
    if sys.argv[1:] != ["check"]:
        build()
    sys.exit(check())
