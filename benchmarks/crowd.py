"""A crowd of readers, in a process of its own so that it does not slow the server it measures.

``Crowd`` starts ``python -m benchmarks.crowd`` and tells it, a line of JSON at a time, how many
tabs to have open, how long readers think between two choices, and when to note what they meet.
"""

import asyncio
import contextlib
import json
import math
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.tab import BrokenError, Drawn, Tab
from benchmarks.views import View, another

# How many tabs open at once: more would only wait for one another.
OPENING = 4
# For how long after a change of the figures an answer of before is right.
GRACE = 30.0
MOST_TOLD = 20


class Readers:
    """The readers of one server: each opens a tab, thinks, chooses another view, and so on."""

    def __init__(self, port: int, views: list[View], chance: int) -> None:
        self.port, self.views, self.chance = port, views, random.Random(chance)
        self.think, self.stay, self.number = 5.0, 0.0, 0
        self.tasks: list[asyncio.Task[None]] = []
        self.tabs: dict[int, Tab] = {}
        self.gate = asyncio.Semaphore(OPENING)
        # Before its first value the changing figure is on no page.
        self.values: list[tuple[str, float]] = [("", -math.inf)]
        self.forget()

    def forget(self) -> None:
        """Begin to note anew."""
        self.took: list[float] = []
        self.opened: list[float] = []
        self.errors: list[str] = []
        self.wrong: list[str] = []
        self.pushed = self.checked = 0
        self.seen: dict[str, float] = {}
        for tab in self.tabs.values():
            tab.bytes = 0

    async def size(
        self, tabs: int, think: float, stay: float = 0.0, patience: float = 600.0
    ) -> dict[str, Any]:
        """Have so many tabs; return how many have come, at most ``patience`` seconds later.

        ``think`` is the mean of the seconds between an answer and the next choice, 0 for never;
        ``stay`` that of the seconds until a reader closes the tab and another comes, 0 for never.
        """
        self.think, self.stay = think, stay
        leaving, self.tasks = self.tasks[tabs:], self.tasks[:tabs]
        for task in leaving:
            task.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
        self.tasks += [asyncio.create_task(self._live()) for _ in range(tabs - len(self.tasks))]
        until = time.monotonic() + patience
        while sum(tab.runs > 0 for tab in self.tabs.values()) < tabs and time.monotonic() < until:
            await asyncio.sleep(0.1)
        return {"open": sum(tab.runs > 0 for tab in self.tabs.values())}

    async def visit(self, times: int, port: int = 0) -> dict[str, Any]:
        """Have one reader look at every view, so often; return the seconds of each page."""
        tab = Tab(port or self.port, 0, self._drawn)
        took = [await tab.open(self.views[0])]
        for _ in range(times):
            took += [await tab.show(view) for view in self.views]
        await tab.close()
        return {"took": took, "wrong": self.wrong}

    async def look(self, views: list[dict[str, Any]], rest: float) -> dict[str, Any]:
        """Have one reader look at these views, each for so many seconds, as nobody else asks."""
        tab = Tab(self.port, 0, self._drawn)
        for number, view in enumerate(views):
            await (tab.show(View(**view)) if number else tab.open(View(**view)))
            await asyncio.sleep(rest)
        await tab.close()
        return {}

    async def watch(self, seconds: float) -> dict[str, Any]:
        """Note for so long what readers meet; return it."""
        self.forget()
        before = time.process_time()
        late, start = [0.0], time.perf_counter()
        while (now := time.perf_counter()) < start + seconds:
            await asyncio.sleep(min(0.1, start + seconds - now))
            late.append(time.perf_counter() - now - 0.1)
        end = time.perf_counter()
        waiting = [end - tab.asked for tab in self.tabs.values() if tab.asked]
        busy = time.process_time() - before
        return self.taken() | {
            "seconds": end - start, "waiting": waiting, "late": max(late), "busy": busy
        }  # fmt: skip

    def taken(self) -> dict[str, Any]:
        """Return what readers met since this was last asked, and begin to note anew."""
        found = {
            "took": self.took, "opened": self.opened, "errors": self.errors[:MOST_TOLD],
            "wrong": self.wrong[:MOST_TOLD], "failures": len(self.errors),
            "mistakes": len(self.wrong), "pushed": self.pushed, "checked": self.checked,
            "seen": self.seen, "bytes": sum(tab.bytes for tab in self.tabs.values()),
        }  # fmt: skip
        self.forget()
        return found

    def moved(self, value: str) -> dict[str, Any]:
        """Note that the changing figure has this value from now on."""
        self.values.append((value, time.perf_counter()))
        return {}

    def _allowed(self, asked: float) -> list[str]:
        """Return the values that the changing figure may have on a page that has just come.

        "" stands for none.
        """
        recent = [value for value, when in self.values if time.perf_counter() - when < GRACE]
        return [value for value, _ in self.values[-len(recent) - 1 :]]

    async def _live(self) -> None:
        self.number += 1
        number = self.number
        while True:
            tab = self.tabs[number] = Tab(self.port, number, self._drawn)
            try:
                await self._read(tab)
            except (BrokenError, OSError) as error:
                self.errors.append(repr(error))
                await asyncio.sleep(1)
            finally:
                del self.tabs[number]
                with contextlib.suppress(Exception):
                    await tab.close()

    async def _read(self, tab: Tab) -> None:
        async with self.gate:
            self.opened.append(await tab.open(another(self.views, None, self.chance)))
        leaves = time.monotonic() + self.chance.expovariate(1 / self.stay) if self.stay else None
        while leaves is None or time.monotonic() < leaves:
            await self._thinking(leaves)
            if self.think:
                self.took.append(await tab.show(another(self.views, tab.view, self.chance)))

    async def _thinking(self, leaves: float | None) -> None:
        # A reader who only looks begins to choose when the others do.
        while not self.think and (leaves is None or time.monotonic() < leaves):
            await asyncio.sleep(0.5)
        if self.think:
            await asyncio.sleep(self.chance.expovariate(1 / self.think))

    def _drawn(self, tab: Tab, drawn: Drawn) -> None:
        """Check a whole page, asked for or not."""
        view = tab.view
        if drawn.broken:
            if not tab.asked:
                self.errors.append(drawn.broken)
            return
        if view is None or (tab.is_late(drawn) and not view.is_titled(drawn.title)):
            return
        self.checked += 1
        self.pushed += not tab.asked
        wrong = view.wrong(drawn.cards, self._allowed(tab.asked))
        if not view.is_titled(drawn.title):
            wrong = f"{view.page} {view.query}: titled {drawn.title!r}"
        if wrong:
            self.wrong.append(wrong)
        self._noted(view, drawn)

    def _noted(self, view: View, drawn: Drawn) -> None:
        """Note when a new value of the changing figure was first on a page."""
        for value, when in self.values[-1:] if view.moving else ():
            if value in drawn.cards.get("Missing", []):
                self.seen.setdefault(value, time.perf_counter() - when)


class Crowd:
    """The crowd as the one who measures sees it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def ask(self, do: str, **what: Any) -> dict[str, Any]:
        """Tell the crowd to do something and return what it says when it is done."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({"do": do, **what}), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the crowd has stopped; what it said stands above")
        found: dict[str, Any] = json.loads(line)
        return found


@contextlib.contextmanager
def crowd(port: int, views: list[View], chance: int = 1) -> Iterator[Crowd]:
    """Start a crowd for the server at a port; the same ``chance``, the same choices."""
    command = [sys.executable, "-m", "benchmarks.crowd", str(port), str(chance)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        found = Crowd(process)
        found.ask("views", views=[view.plain() for view in views])
        yield found
        assert process.stdin is not None
        process.stdin.close()


async def obey(port: int, chance: int) -> None:
    """Do what standard input says until it ends."""
    loop = asyncio.get_running_loop()
    readers = Readers(port, [], chance)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        asked = json.loads(line)
        do, answer = asked.pop("do"), {}
        if do == "views":
            readers.views = [View(**view) for view in asked["views"]]
        else:
            answer = getattr(readers, do)(**asked)
            answer = await answer if asyncio.iscoroutine(answer) else answer
        print(json.dumps(answer), flush=True)
    await readers.size(0, 0)


if __name__ == "__main__":
    asyncio.run(obey(int(sys.argv[1]), int(sys.argv[2])))
