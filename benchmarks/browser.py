"""What a reader waits for, in real Chromium: `python -m benchmarks.browser`.

The dashboard as `make run` serves it, beside a bare `st.write` and a plain Streamlit + plotly app
of four charts, both served the ordinary way, and the bare one also served our way. Medians of five
visits at 9 Mbit/s and 60 ms, by turns, so that other work on the machine falls on all alike; then
clicks on a filter by one reader; then reruns per second and core.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import sync_playwright

from benchmarks import clicks, reruns
from tests.browser.find import FLAGS, found

ROOT = Path(__file__).parents[1]
LINE = {
    "offline": False,
    "latency": 60,
    "downloadThroughput": 9e6 / 8,
    "uploadThroughput": 3e6 / 8,
}
LAPTOP = {"width": 1440, "height": 900}
UNBRAKED = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
STORY = "?crisis=tha-khm-2025-12&day=2025-12-24"
# Notes when the text is there, when all charts are drawn, and when a click has been answered.
NOTING = """
(() => {
  const noted = window.noted = {};
  const plotly = () => [...document.querySelectorAll('.js-plotly-plot')].filter(
    e => e.querySelector('.main-svg .trace')).length;
  const images = () => [...document.querySelectorAll('[data-testid=stImage] img')].filter(
    e => e.complete && e.naturalWidth).length;
  window.drawn = () => plotly() + images();
  const look = () => {
    const now = performance.now(), main = document.querySelector('[data-testid=stMain]');
    const first = document.getElementById('first');
    if (!noted.first && first && first.textContent.includes(%(text)r)) noted.first = now;
    if (!noted.text && main && main.textContent.includes(%(text)r)) noted.text = now;
    if (!noted.charts && noted.text && window.drawn() >= %(charts)d) noted.charts = now;
    // No frame may ever come to a page that Chromium takes to be hidden.
    setTimeout(look, 8);
  };
  look();
})();
"""


@dataclass
class Site:
    """Something served: the command, where, what to wait for."""

    name: str
    command: list[str]
    port: int
    text: str
    charts: int
    query: str = ""

    @property
    def address(self) -> str:
        """Return the address of the page."""
        return f"http://127.0.0.1:{self.port}/{self.query}"


def sites(first: int) -> list[Site]:
    python = sys.executable
    plainly = [python, "-m", "streamlit", "run", "--server.address", "127.0.0.1"]
    plainly += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    peers = ROOT / "benchmarks" / "peers"
    return [
        Site("bare, ordinary", [*plainly, str(peers / "bare.py")], first, "READY", 0),
        Site("bare, our way", [python, "-m", "benchmarks.peers", "bare"], first + 1, "READY", 0),
        Site("plain plotly", [*plainly, str(peers / "plain.py")], first + 2, "READY", 4),
        Site("dashboard", [python, "-m", "server"], first + 3, "at least 86", 2, STORY),
    ]


@contextlib.contextmanager
def running(site: Site):
    """Serve a site; the plain peers from a folder without our settings."""
    command = list(site.command)
    if "streamlit" in command:
        command += ["--server.port", str(site.port)]
        folder = ROOT / "benchmarks" / "peers"
    else:
        command += [str(site.port)] if "benchmarks.peers" in command else ["--port", str(site.port)]
        folder = ROOT
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{site.port}/_stcore/health")
        yield process
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str) -> None:
    for _ in range(300):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=1).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {address}")


class BrakeError(Exception):
    """Chromium's own brake of the network let nothing through any more."""


def visit(context, site: Site, *, slow: bool = True) -> dict[str, float]:
    """Visit a page; return in ms when what was there, and how many bytes came.

    Raises ``BrakeError`` where it comes only once Chromium's brake of the network is off: in one
    visit of some 150 Chromium leaves answers that have come unread for good.
    """
    page = context.new_page()
    page.add_init_script(NOTING % {"text": site.text, "charts": site.charts})
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    if slow:
        wire.send("Network.emulateNetworkConditions", LINE)
    came = [0.0]
    wire.on("Network.loadingFinished", lambda e: came.append(e["encodedDataLength"]))
    wire.on(
        "Network.webSocketFrameReceived", lambda e: came.append(len(e["response"]["payloadData"]))
    )
    page.goto(site.address, wait_until="commit")
    drawn = "() => window.noted && window.noted.charts"
    try:
        page.wait_for_function(drawn, timeout=60_000, polling=50)
    except NotInTime as error:
        wire.send("Network.emulateNetworkConditions", UNBRAKED)
        try:
            page.wait_for_function(drawn, timeout=20_000, polling=50)
        except NotInTime:
            told = f"{site.name}: no chart on {site.address} after a minute"
            raise RuntimeError(told) from error
        raise BrakeError(site.name) from error
    page.wait_for_timeout(1500)
    noted = page.evaluate("() => window.noted")
    page.close()
    return {**noted, "bytes": sum(came)}


def median(rows: list[dict[str, float]], name: str) -> float:
    return statistics.median(row[name] for row in rows)


def twice(browser, site: Site) -> tuple[dict[str, float], dict[str, float]]:
    """Visit a site as a newcomer and again; anew where Chromium's brake got stuck."""
    while True:
        with contextlib.closing(browser.new_context(viewport=LAPTOP)) as context:
            try:
                return visit(context, site), visit(context, site)
            except BrakeError as error:
                print(f"Chromium's brake got stuck on a visit of {error}; visited anew")


def measured(browser, all_sites: list[Site], times: int):
    """Visit each site by turns, as a newcomer and again; return the rows of both."""
    first, again = defaultdict(list), defaultdict(list)
    for turn in range(times + 1):
        for site in all_sites:
            rows = twice(browser, site)
            if turn:  # the first round warms the servers
                first[site.name].append(rows[0])
                again[site.name].append(rows[1])
    return first, again


def report(first, again) -> None:
    print(
        f"{'':<16}{'readable':>10}{'charts':>9}{'kB':>7}"
        f"   again: {'readable':>9}{'charts':>8}{'kB':>6}"
    )
    for name, rows in first.items():
        line = f"{name:<16}{median(rows, 'text'):>10.0f}{median(rows, 'charts'):>9.0f}"
        line += f"{median(rows, 'bytes') / 1000:>7.0f}          {median(again[name], 'text'):>9.0f}"
        line += f"{median(again[name], 'charts'):>8.0f}{median(again[name], 'bytes') / 1000:>6.0f}"
        print(line)
    ours = first["dashboard"]
    if all("first" in row for row in ours):
        print(f"headline in the HTML of the dashboard: {median(ours, 'first'):.0f} ms")
    ratios(first, again)


def ratios(first, again) -> None:
    """Print how the dashboard stands to its peers, and the aims."""
    ours, same, peer = first["dashboard"], first["bare, our way"], first["plain plotly"]
    plainly = first["bare, ordinary"]
    table = [
        ("readable / bare, ordinary", median(ours, "text") / median(plainly, "text"), 1.2),
        ("readable / bare, our way", median(ours, "text") / median(same, "text"), 1.2),
        ("charts / bare, our way", median(ours, "charts") / median(same, "charts"), 1.5),
        ("charts / plain plotly", median(ours, "charts") / median(peer, "charts"), 0.25),
        ("bytes / plain plotly", median(ours, "bytes") / median(peer, "bytes"), 0.25),
        ("again: charts / bare, ordinary",
         median(again["dashboard"], "charts") / median(again["bare, ordinary"], "charts"), 1.3),
        ("again: charts / bare, our way",
         median(again["dashboard"], "charts") / median(again["bare, our way"], "charts"), 1.3),
    ]  # fmt: skip
    for name, ratio, aim in table:
        print(f"{name:<32}{ratio:>6.2f}  aim {aim}: {'met' if ratio <= aim else 'missed'}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--port", type=int, default=8640)
    parser.add_argument("--only", choices=["visits", "clicks", "reruns"])
    asked = parser.parse_args()
    path = found()
    with contextlib.ExitStack() as stack:
        served = sites(asked.port)
        processes = [stack.enter_context(running(site)) for site in served]
        if asked.only != "reruns":
            looked_at(path, served, asked.times, asked.only, processes[3].pid)
        if asked.only in (None, "reruns"):
            peer, ours = served[2], served[3]
            reruns.report(
                [
                    ("plain plotly", peer.port, processes[2].pid, "", "place"),
                    ("dashboard", ours.port, processes[3].pid, STORY[1:], "rule"),
                ]
            )
    print("load of the machine, 1, 5 and 15 minutes:", *(f"{load:.1f}" for load in os.getloadavg()))


def looked_at(path: str | None, served: list[Site], times: int, only: str | None, pid: int):
    """Drive the browser: visits, then clicks."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        if only in (None, "visits"):
            report(*measured(browser, served, times))
        if only in (None, "clicks"):
            context = browser.new_context(viewport=LAPTOP)
            clicks.report(clicks.measured(context, served[3].address, pid))
        browser.close()


if __name__ == "__main__":
    main()
