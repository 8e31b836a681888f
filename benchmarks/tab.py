"""A browser's tab, as far as the server can tell: it speaks Streamlit's protocol and draws nothing.

It keeps the messages that a browser keeps, so that the server need not send them twice, and asks
again for each part of a page that wants to be drawn anew every few seconds. A tab in front never
sends heartbeats: in Streamlit 1.67 only a page that frames the dashboard asks for them.
"""

import asyncio
import html
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.views import View
from server.packing import unpack

# A page that is not there after so many seconds counts as an error.
PATIENCE = 300.0
# After how many drawings a browser forgets a message that was of no use.
KEPT_FOR = 2
# A card with its heading, and its large numbers.
CARD = re.compile(r"<section><h2>([^<]*)</h2>(.*?)</section>", re.DOTALL)
LARGE = re.compile(r'<div class="number">([^<]*)</div>')


class BrokenError(Exception):
    """A page that ended in an error, or did not come."""


@dataclass
class Drawn:
    """What one run of a page's script showed: its title and the large numbers of its cards."""

    title: str = ""
    cards: dict[str, list[str]] = field(default_factory=dict)
    broken: str = ""

    def take(self, element) -> None:
        """Take in one element of the page."""
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.broken = f"{element.exception.type}: {element.exception.message}"
        elif kind == "html":
            for heading, card in CARD.findall(element.html.body):
                numbers = LARGE.findall(card)
                self.cards.setdefault(html.unescape(heading), []).extend(
                    map(html.unescape, numbers)
                )


class Tab:
    """One tab. ``drawn`` is called with each page that is whole, asked for or not.

    Behind nginx each tab has the cookie that keeps it with its replica, and an address of its own,
    since there the connections of one address are bounded.
    """

    def __init__(self, port: int, number: int, drawn: Callable[["Tab", Drawn], None]) -> None:
        self.port, self.drawn = port, drawn
        self.headers = {
            "Cookie": f"dashboard_replica={uuid.uuid4().hex}",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }
        self.view: View | None = None
        self.before: View | None = None
        self.asked, self.bytes = 0.0, 0
        self.hash, self.query, self.pages = "", "", {}
        self.now, self.runs = Drawn(), 0
        self.kept: dict[str, tuple[ForwardMsg, int]] = {}
        self.beats: dict[str, asyncio.Task[None]] = {}
        # Pages that are whole, or the error that ended the connection.
        self.came: asyncio.Queue[Drawn] = asyncio.Queue()

    async def open(self, view: View) -> float:
        """Open a view; return the seconds from the connection to the whole page."""
        self.wire = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream?packed=", subprotocols=["streamlit"],
            origin=f"http://127.0.0.1:{self.port}", additional_headers=self.headers,
            max_size=None, ping_interval=None, open_timeout=PATIENCE, compression=None,
        )  # fmt: skip
        self.listening = asyncio.create_task(self._listen())
        return await self.show(view)

    async def show(self, view: View) -> float:
        """Go to a view, as by a link; return the seconds until it is whole.

        Raises ``BrokenError`` where it ends in an error, or the connection does.
        """
        self.came = asyncio.Queue()
        self.before, self.view, self.query = self.view, view, view.query
        self.asked = time.perf_counter()
        self.hash = self.pages.get(view.page, "")
        try:
            await self._send(page=view.page)
            while True:
                drawn = await asyncio.wait_for(self.came.get(), PATIENCE)
                if drawn.broken:
                    raise BrokenError(drawn.broken)
                if view.is_titled(drawn.title):
                    return time.perf_counter() - self.asked
                if not self.is_late(drawn):
                    was = self.before.query if self.before else "nothing"
                    raise BrokenError(
                        f"{view.query}: another page came, {drawn.title!r}; "
                        f"before: {was}; pages so far: {self.runs}"
                    )
        except TimeoutError as slow:
            raise BrokenError(f"no answer in {PATIENCE:.0f} s") from slow
        except websockets.ConnectionClosed as closed:
            raise BrokenError(f"the connection ended: {closed}") from closed
        finally:
            self.asked = 0.0

    def is_late(self, drawn: Drawn) -> bool:
        """Return whether a page is that of the view before, whose run may still come to its end."""
        return bool(self.asked and self.before and self.before.is_titled(drawn.title))

    async def close(self) -> None:
        """Close the tab."""
        self._still()
        if hasattr(self, "wire"):
            self.listening.cancel()
            await self.wire.close()

    async def _send(self, page: str = "", fragment: str = "") -> None:
        sent = BackMsg()
        ask = sent.rerun_script
        ask.query_string, ask.page_script_hash = self.query, self.hash
        if not self.hash:
            ask.page_name = page
        ask.fragment_id, ask.is_auto_rerun = fragment, bool(fragment)
        ask.cached_message_hashes.extend(self.kept)
        ask.context_info.url = f"http://127.0.0.1:{self.port}/{page}"
        ask.context_info.locale, ask.context_info.timezone = "en", "UTC"
        ask.context_info.color_scheme = "light"
        await self.wire.send(sent.SerializeToString())

    async def _listen(self) -> None:
        try:
            async for data in self.wire:
                self.bytes += len(data)
                for message in unpack(data):
                    self._take(ForwardMsg.FromString(message))
            end = "the connection was closed"
        except Exception as error:  # whatever it is, it must not pass for silence
            end = repr(error)
        self._still()
        self.came.put_nowait(Drawn(broken=end))

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message, _ = self.kept[message.ref_hash]
            kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self.kept[message.hash] = message, self.runs
        if kind == "new_session" and not message.metadata.run.fragment_ids:
            self.now, self.hash = Drawn(), message.new_session.page_script_hash
            self._still()
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.now.take(message.delta.new_element)
        elif kind is not None and hasattr(self, f"_on_{kind}"):
            getattr(self, f"_on_{kind}")(getattr(message, kind))

    def _on_navigation(self, told) -> None:
        self.pages = {page.url_pathname: page.page_script_hash for page in told.app_pages}
        self.pages[""] = next(p.page_script_hash for p in told.app_pages if p.is_default)
        # What a new session tells is the page that was asked for by its hash: asked for by its
        # name, that is the first page.
        self.hash = told.page_script_hash

    def _on_page_config_changed(self, config) -> None:
        self.now.title = config.title or self.now.title

    def _on_page_info_changed(self, info) -> None:
        self.query = info.query_string

    def _on_auto_rerun(self, wanted) -> None:
        self._still(wanted.fragment_id)
        beat = self._beat(wanted.fragment_id, wanted.interval)
        self.beats[wanted.fragment_id] = asyncio.create_task(beat)

    def _on_stop_auto_rerun(self, told) -> None:
        for fragment in told.fragment_ids:
            self._still(fragment)

    def _on_script_finished(self, how: int) -> None:
        if how == ForwardMsg.FINISHED_SUCCESSFULLY:
            self.runs += 1
            self.kept = {k: v for k, v in self.kept.items() if self.runs - v[1] <= KEPT_FOR}
            self._whole(self.now)
        elif how == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self._whole(Drawn(broken="the script cannot be compiled"))
        elif self.now.broken:  # a part that draws itself anew
            self._whole(self.now)

    def _whole(self, drawn: Drawn) -> None:
        self.drawn(self, drawn)
        self.came.put_nowait(drawn)

    async def _beat(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            await self._send(fragment=fragment)

    def _still(self, *fragments: str) -> None:
        for fragment in fragments or list(self.beats):
            if beat := self.beats.pop(fragment, None):
                beat.cancel()
