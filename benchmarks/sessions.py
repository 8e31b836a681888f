"""Many readers and two editors at once: errors, rerun times, and the memory of the server.

``python -m benchmarks.sessions [--readers 50] [--minutes 5] [--think 5]`` serves a copy of the
shipped figures as `make run` does. Readers open the Overview and choose another day now and then;
two editors each publish a figure every few seconds, from processes of their own. A reader's page
that ends in an error, or a library that is not whole, ends the run with a failure.
"""

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.reruns import Session
from loaders import load_library
from tests.browser.serving import served

PAUSE = 5.0
QUERY = "crisis=tha-khm-2025-12&day=2025-12-24"
WIDGET = "choose_rule"
EDIT = """
import sys, time
from publishing import Change, publish
folder, who, until = sys.argv[1], sys.argv[2], float(sys.argv[3])
done = 0
while time.time() < until:
    row = {"country": "THA", "measure": "missing", "counting": "stock", "as_of": "2025-12-24",
           "value": str(100 + done), "source": "business-times-sg", "published": "2025-12-24",
           "scope": f"load test {who} {done}", "note": "load test"}
    publish(folder, Change("tha-khm-2025-12", figures=[row]), who=who, message="load test")
    done += 1
    time.sleep(float(sys.argv[4]))
print(done)
"""


async def alone(port: int, times: int = 30) -> list[float]:
    """Return the seconds that each rerun of a single reader took."""
    session = Session(port, QUERY, WIDGET)
    await session.open()
    found = [await _timed(session) for _ in range(times)]
    await session.wire.close()
    return found


async def crowd(port: int, readers: int, think: float, until: float) -> tuple[list[float], int]:
    """Return the seconds of every rerun of all readers, and how many pages ended in an error."""
    sessions = [Session(port, QUERY, WIDGET) for _ in range(readers)]
    for session in sessions:
        await session.open()
    found = await asyncio.gather(
        *(_reader(session, think, until) for session in sessions), return_exceptions=True
    )
    for session in sessions:
        await session.wire.close()
    wrong = [one for one in found if isinstance(one, BaseException)]
    for one in wrong[:3]:
        print("error:", repr(one)[:300])
    return [took for one in found if isinstance(one, list) for took in one], len(wrong)


async def _reader(session: Session, think: float, until: float) -> list[float]:
    found = []
    while time.time() < until:
        await asyncio.sleep(random.uniform(0, 2 * think))
        found.append(await _timed(session))
    return found


async def _timed(session: Session) -> float:
    start = time.perf_counter()
    await session.run()
    return time.perf_counter() - start


def editors(folder: Path, until: float) -> list["subprocess.Popen[str]"]:
    """Start two editors; each prints how often it published."""
    return [
        subprocess.Popen(
            [sys.executable, "-c", EDIT, str(folder), f"editor {n}", str(until), str(PAUSE)],
            stdout=subprocess.PIPE, text=True,
        )
        for n in (1, 2)
    ]  # fmt: skip


def told(name: str, times: list[float]) -> None:
    """Print the middle and the slow end of rerun times."""
    cuts = statistics.quantiles(times, n=20)
    print(f"{name}: {len(times)} reruns, p50 {1e3 * cuts[9]:.0f} ms, p95 {1e3 * cuts[18]:.0f} ms")


def main() -> None:
    """Serve, measure one reader, then all of them with two editors; print and judge."""
    parser = argparse.ArgumentParser("python -m benchmarks.sessions", description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--think", type=float, default=5, help="seconds between two choices")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site:
        port = int(site.url.rpartition(":")[2])
        server = _listening(port)
        told("one reader", asyncio.run(alone(port)))
        before = len(load_library(site.datasets).figures)
        memory = [_mb(server)]
        until = time.time() + 60 * asked.minutes
        at_work = editors(site.datasets, until)
        times, wrong = asyncio.run(crowd(port, asked.readers, asked.think, until))
        published = sum(int(editor.communicate()[0]) for editor in at_work)
        memory.append(_mb(server))
        # A second crowd, as large but shorter: what the first left behind must not grow again.
        asyncio.run(crowd(port, asked.readers, asked.think, time.time() + 30))
        time.sleep(30)
        memory.append(_mb(server))
        told(f"{asked.readers} readers, 2 editors", times)
        print("memory in MB before, after, after a second crowd has left:", *memory)
        after = load_library(site.datasets)
        whole = len(after.figures) == before + published
        print(f"{published} versions published, {wrong} pages with an error, "
              f"figures {'all there' if whole else 'MISSING'}")  # fmt: skip
        sys.exit(bool(wrong) or not whole)


def _listening(port: int) -> psutil.Process:
    found = [c.pid for c in psutil.net_connections("tcp") if c.laddr.port == port and c.pid
             and c.status == psutil.CONN_LISTEN]  # fmt: skip
    return psutil.Process(found[0])


def _mb(server: psutil.Process) -> int:
    return round(server.memory_info().rss / 2**20)


if __name__ == "__main__":
    main()
