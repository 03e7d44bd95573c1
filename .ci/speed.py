"""How soon the first pages can be used: in a browser with a quarter of this machine's speed, over a line of 10 Mbit/s.

    python .ci/speed.py [PAGE ...]

Needs Chromium and playwright, and the site in _site, which is served compressed, as hosts do, with a delay of 40 ms.
Printed is when the text can be read (first contentful paint), and when the page answers: the document is parsed and no
task of more than 50 ms is left. More than two seconds is a fault on the first page; the
others have more text.
"""

import functools
import gzip
import http.server
import shutil
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

SITE = Path(__file__).parent.parent / "_site"
PAGES = ["index", "start/10_network"]
MOST = {"index": 2000}  # milliseconds
LINE = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 10e6 / 8,
    "uploadThroughput": 10e6 / 8,
}
SLOWER = 4
WATCH = """window.tasks = [];
new PerformanceObserver(l => l.getEntries().forEach(e => window.tasks.push(e.startTime + e.duration)))
    .observe({type: 'longtask', buffered: true});"""
FOUND = """() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,
    Math.max(performance.timing.domInteractive - performance.timing.navigationStart, 0, ...window.tasks)]"""


class Compressed(http.server.SimpleHTTPRequestHandler):
    "Files of a folder, gzipped where that helps."

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in (".html", ".css", ".js", ".json"):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def measured(browser, address):
    "Milliseconds until a page is read, and until it answers; bytes that came."
    tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    line, came = tab.context.new_cdp_session(tab), []
    tab.add_init_script(WATCH)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line.on("Network.loadingFinished", lambda e: came.append(e["encodedDataLength"]))
    tab.goto(address, wait_until="load")
    tab.wait_for_timeout(2500)  # tasks that come later
    read, answers = tab.evaluate(FOUND)
    tab.context.close()
    return read, answers, sum(came)


def main(pages):
    handler = functools.partial(Compressed, directory=SITE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    late = False
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        for name in pages:
            address = f"http://127.0.0.1:{server.server_port}/{name}.html"
            read, answers, size = min(
                (measured(browser, address) for _ in range(5)),
                key=lambda found: found[1],
            )
            late |= answers > MOST.get(name, float("inf"))
            print(
                f"{name}: read after {read:.0f} ms, answers after {answers:.0f} ms, {size / 1e3:.0f} kB"
            )
        browser.close()
    server.shutdown()
    return late


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PAGES))
