"""What a page of the site gets beside its own text: a link past the navigation, how long it takes, its notebook, references.

`dress` is given the HTML of a page and gives it back with these; `weighs` counts what a browser loads with a page.
Reading is counted at 200 words a minute: words of code that is in sight count as well, a formula as five words, a picture as
forty. How long a page runs is in .ci/times.json: seconds, rounded up, of pages that take more than ten. To measure anew:

    make test TESTARGS="--durations=0" | tee LOG && python .ci/dress.py < LOG
"""

import html
import itertools
import json
import math
import re
import sys
from configparser import ConfigParser
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
NBS = ROOT / "nbs"
TIMES = ROOT / ".ci" / "times.json"
CLASSES = {10: "a few seconds", 20: "20 seconds", 30: "half a minute", 60: "a minute"}
CLASSES |= {120: "two minutes", 300: "five minutes", 900: "a quarter of an hour"}
WORDS = 200  # a minute
AS_WORDS = {"formula": 5, "picture": 40}
PHONE = 42  # characters that a row of a table may need at least, to stay one on a phone


def settings():
    "What settings.ini says."
    config = ConfigParser(delimiters=["="])
    config.read(ROOT / "settings.ini", encoding="utf-8")
    return config["DEFAULT"]


class Reader(HTMLParser):
    "The words of a page that are in sight: of its main part, without what is folded."

    quiet = ("details", "script", "style", "button", "nav", "select", "mjx-container")

    def __init__(self, page):
        super().__init__()
        self.text, self.code, self.pictures, self.formulas = [], [], 0, 0
        self._open, self._main, self._pre = [], False, 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "main":
            self._main = True
        if ("id", "references") in attrs:  # a list to look up, not to read
            self._main = False
        if self._main and not self._open:
            self.formulas += tag == "mjx-container"  # drawn by .ci/site.py
        if tag in self.quiet:
            self._open.append(tag)
        self._pre += tag == "pre"
        if self._main and not self._open and tag in ("img", "canvas"):
            self.pictures += 1

    def handle_endtag(self, tag):
        if tag == "main":
            self._main = False
        if self._open and tag == self._open[-1]:
            self._open.pop()
        self._pre -= tag == "pre"

    def handle_data(self, data):
        if self._main and not self._open:
            (self.code if self._pre else self.text).append(data)

    def words(self):
        "Words of text and code, with formulas and pictures as so many words."
        text, formulas = re.subn(
            r"\\\(.*?\\\)|\\\[.*?\\\]", " ", "".join(self.text), flags=re.S
        )
        said = len(re.findall(r"\w[\w'’.,-]*", text))
        code = len(re.findall(r"\w+", "".join(self.code)))
        given = {"formula": formulas + self.formulas, "picture": self.pictures}
        return said + code + sum(AS_WORDS[k] * n for k, n in given.items())

    def minutes(self):
        return max(1, math.ceil(self.words() / WORDS))


def rounded(seconds):
    "The class of a time: the first that is not less."
    return next((c for c in CLASSES if seconds <= c), max(CLASSES))


def times():
    "Seconds by page."
    return json.loads(TIMES.read_text(encoding="utf-8"))


def about(page, name):
    "The line at the top of a page that was a notebook: how long it takes, and where the notebook is."
    git = settings()
    file = f"{name.rsplit('/')[-1]}.ipynb"
    source = f"{git['git_url']}/blob/{git['branch']}/nbs/{name}.ipynb"
    read = Reader(page).minutes()
    runs = CLASSES[times().get(name, 10)]
    return (
        f'<p class="about-page">{read} min to read · runs in {runs} · '
        f'<a href="{file}" download>download this notebook</a> · <a href="{source}">source</a></p>'
    )


def entries():
    "The entries of references.bib: key, fields."
    text = (ROOT / "references.bib").read_text(encoding="utf-8")
    for key, body in re.findall(r"@\w+\{(\w+),(.*?)\n\}", text, re.S):
        pairs = re.findall(r"(\w+)\s*=\s*\{(.*?)\}(?:,\s*\n|\s*$)", body + "\n", re.S)
        yield key, {k: plain(v) for k, v in pairs}


ACCENTS = {
    '{\\"o}': "ö",
    '{\\"a}': "ä",
    '{\\"u}': "ü",
    "{\\'e}": "é",
    "{\\'c}": "ć",
    "\\&": "&",
}


def plain(value):
    "A BibTeX value as text."
    for tex, letter in ACCENTS.items():
        value = value.replace(tex, letter)
    return re.sub(r"[{}]", "", value).replace("--", "–")


def surnames(entry):
    return [a.split(",")[0].strip() for a in entry["author"].split(" and ")]


def cited(text, entry):
    "Whether a text names the first author of an entry, no more than its other authors, and the year."
    first, *others = surnames(entry)
    more = (
        rf"(?:{others[0]}|et al|{'|'.join(map(re.escape, others))})" if others else ""
    )
    between = rf"[^.;()]{{0,60}}?{more}[^;()]{{0,60}}?" if others else r"(?:'s|’s)?"
    return re.search(rf"\b{re.escape(first)}{between},? \(?{entry['year']}", text)


def whole(page):
    "All text of the main part of a page, folded code included, with single spaces; without its list of references."
    main = re.search(r"(?s)<main\b.*</main>", page)[0].split(
        '<section id="references"'
    )[0]
    main = re.sub(r"(?s)<(script|style|mjx-container)\b.*?</\1>", " ", main)
    return " ".join(plain_text(main).split())


NAME = r"[A-ZÁ-Ž][\w'’-]+"
CITATION = (
    rf"({NAME})(?:(?:, {NAME})*,? and {NAME}| et al\.)(?:'s|’s)?,? \(?((?:19|20)\d\d)\b"
)


def unknown(page):
    "What a page cites and references.bib lacks."
    text = whole(page)
    known = {(surnames(e)[0], e["year"]) for _, e in entries()}
    known |= {(name, e["year"]) for _, e in entries() for name in surnames(e)}
    return [c for c in re.findall(CITATION, text) if c not in known]


def as_reference(entry):
    "An entry as an item of a list."
    names = [
        f"{' '.join(p[0] + '.' for p in re.split(r'[ -]', given) if p)} {family}".strip()
        for family, given in (
            [*map(str.strip, a.split(",")), ""][:2]
            for a in entry["author"].split(" and ")
        )
    ]
    names = ["others" if n == "others" else n for n in names]
    who = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    where = entry.get("journal") or entry.get("booktitle") or entry.get("publisher", "")
    where = f"<em>{html.escape(where, quote=False)}</em>" if where else ""
    where += f" {entry['volume']}" if "volume" in entry else ""
    where += f", {entry['pages']}" if "pages" in entry else ""
    if "eprint" in entry:
        at = entry["eprint"]
        where = f'<a href="https://arxiv.org/abs/{at}">arXiv {at}</a>'
    title = html.escape(entry["title"], quote=False)
    return f"<li>{html.escape(who)} ({entry['year']}). {title}. {where}.</li>"


def references(page):
    "What a page cites, as a list at its end; nothing where it cites nothing or has such a list."
    text = whole(page)
    found = [e for _, e in entries() if cited(text, e)]
    if not found or 'id="references"' in page:
        return ""
    items = "\n".join(map(as_reference, sorted(found, key=surnames)))
    return (
        '<section id="references" class="level2"><h2 class="anchored">References</h2>\n'
        f"<ul>\n{items}\n</ul></section>\n"
    )


def labelled(table):
    "A table each cell of which is told the head of its column."
    heads = [plain_text(h) for h in re.findall(r"(?s)<th\b[^>]*>(.*?)</th>", table)]
    told = itertools.cycle(html.escape(head.rstrip(":")) for head in heads)
    return re.sub(r"<td\b", lambda _: f'<td data-label="{next(told)}"', table)


def as_cards(table):
    "A table whose rows a phone cannot show side by side: each cell is told the head of its column."
    heads = [plain_text(h) for h in re.findall(r"(?s)<th\b[^>]*>(.*?)</th>", table)]
    rows = re.findall(r"(?s)<tr>(.*?)</tr>", table)
    columns = [re.findall(r"(?s)<td\b[^>]*>(.*?)</td>", row) for row in rows]
    columns = [c for c in columns if c]
    if not columns or {len(c) for c in columns} != {len(heads)} or "rowspan" in table:
        return table
    needed = sum(
        2
        + max(
            len(w)
            for row in (heads, *columns)
            for w in plain_text(row[k]).split() or [""]
        )
        for k in range(len(heads))
    )
    if needed <= PHONE:
        return table
    table = labelled(table)
    return table.replace(
        'class="caption-top table', 'class="cards caption-top table', 1
    )


def plain_text(piece):
    "HTML as the text it shows."
    return html.unescape(re.sub(r"<[^>]*>", "", piece)).strip()


def unbroken(cell):
    "A cell of a table in which no line ends before or after ±."
    return cell.replace(" ± ", "&nbsp;±&nbsp;")


ROUTES = r'(?s)(?<=<div class="routes">).*?</table>'


def dress(page, name):
    "A page with a link past the navigation, its line about itself, its references, and tables that a phone can show."
    page = re.sub(r"(?s)<table\b.*?</table>", lambda m: as_cards(m[0]), page)
    page = re.sub(ROUTES, lambda m: labelled(m[0]), page)
    page = re.sub(r"(?s)<td\b.*?</td>", lambda m: unbroken(m[0]), page)
    if (NBS / f"{name}.ipynb").is_file():
        line = about(page, name) if name != "index" else ""
        page = page.replace("</header><!-- WARNING", f"</header>{line}<!-- WARNING", 1)
        nav = 'class="page-navigation"' in page
        before = '<nav class="page-navigation">' if nav else "</main>"
        page = page.replace(before, references(page) + before, 1)
    skip = '<a class="skip" href="#quarto-document-content">Skip to the text</a>'
    page = re.sub(r"(<body[^>]*>)", lambda m: m[1] + skip, page, count=1)
    return page.replace(
        '<main class="content"', '<main class="content" tabindex="-1"', 1
    )


def loaded(site, page):
    "The files that a browser loads with a page: scripts, styles, pictures and fonts."
    text = page.read_text(encoding="utf-8")
    wanted = re.findall(r"<(?:script|img)\b[^>]*\ssrc=\"([^\"]+)\"", text)
    wanted += re.findall(r"<link rel=\"stylesheet\" href=\"([^\"]+)\"", text)
    files = {
        (page.parent / unquote(urlsplit(u).path)).resolve()
        for u in wanted
        if not u.startswith("data:")
    }
    for sheet in [f for f in files if f.suffix == ".css"]:
        for url in re.findall(
            r"url\(['\"]?([^'\")?]+)", sheet.read_text(encoding="utf-8")
        ):
            if url.endswith((".woff", ".woff2")):
                files.add((sheet.parent / url).resolve())
    return files


def weighs(site, page):
    "Bytes of a page with all that it loads."
    return page.stat().st_size + sum(f.stat().st_size for f in loaded(site, page))


if (
    __name__ == "__main__"
):  # what was measured: `python .ci/dress.py < log of pytest --durations=0`
    found = {}
    for seconds, name in re.findall(
        r"([\d.]+)s call\s+nbs/(\S+?)\.ipynb", sys.stdin.read()
    ):
        found[name] = found.get(name, 0) + float(seconds)
    kept = {
        n: rounded(s) for n, s in sorted(found.items()) if rounded(s) > min(CLASSES)
    }
    TIMES.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
