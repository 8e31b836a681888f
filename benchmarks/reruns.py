"""Reruns per second and core: sessions that speak Streamlit's own protocol, one after another."""

import asyncio
import time

import psutil
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from server.packing import unpack

SECONDS = 10
SESSIONS = 4


class Session:
    """One tab: it opens a page, then changes the widget whose id holds ``widget``."""

    def __init__(self, port: int, query: str, widget: str) -> None:
        self.port, self.query, self.widget = port, query, widget
        self.widget_id, self.options, self.page, self.runs = "", [], "", 0

    async def open(self) -> None:
        self.wire = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream?packed=", subprotocols=["streamlit"],
            origin=f"http://127.0.0.1:{self.port}", max_size=None, ping_interval=None,
        )  # fmt: skip
        await self.run()

    async def run(self) -> None:
        """Rerun the script, with another option chosen where the widget is known."""
        sent = BackMsg()
        sent.rerun_script.query_string = self.query
        sent.rerun_script.page_script_hash = self.page
        if self.widget_id:
            state = sent.rerun_script.widget_states.widgets.add()
            state.id = self.widget_id
            state.string_value = self.options[self.runs % len(self.options)]
        self.runs += 1
        await self.wire.send(sent.SerializeToString())
        ended = False
        while not ended:
            came = unpack(await asyncio.wait_for(self.wire.recv(), 60))
            ended = True in [self._read(message) for message in came]

    def _read(self, data: bytes) -> bool:
        """Take in one message; return whether the script has run to its end."""
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message.delta.new_element)
        elif kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            assert message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY or self.runs < 2
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _element(self, element) -> None:
        kind = element.WhichOneof("type")
        assert kind != "exception", element.exception.message
        if kind == "selectbox" and self.widget in element.selectbox.id and not self.widget_id:
            self.widget_id = element.selectbox.id
            self.options = list(element.selectbox.options)


async def measured(port: int, pid: int, query: str, widget: str) -> tuple[float, float]:
    """Return the reruns per second, and per second of the server's processor time."""
    sessions = [Session(port, query, widget) for _ in range(SESSIONS)]
    for session in sessions:
        await session.open()
    assert all(session.widget_id for session in sessions), f"no widget {widget}"
    for _ in range(2 * len(sessions[0].options)):
        await sessions[0].run()
    server = psutil.Process(pid)
    before, start = sum(server.cpu_times()[:2]), time.perf_counter()
    runs = await asyncio.gather(*(_busy(session, start + SECONDS) for session in sessions))
    used, took = sum(server.cpu_times()[:2]) - before, time.perf_counter() - start
    for session in sessions:
        await session.wire.close()
    return sum(runs) / took, sum(runs) / used


async def _busy(session: Session, until: float) -> int:
    done = 0
    while time.perf_counter() < until:
        await session.run()
        done += 1
    return done


def report(served: list[tuple[str, int, int, str, str]]) -> None:
    """Print the reruns of each, and the ratio of the last to the first."""
    found = []
    for name, port, pid, query, widget in served:
        rate, core = asyncio.run(measured(port, pid, query, widget))
        found.append(core)
        print(f"{name:<16}{rate:>7.1f} reruns/s{core:>7.1f} per second of processor")
    ratio = found[-1] / found[0]
    print(f"reruns per core: {ratio:.1f} times, aim 4: {'met' if ratio >= 4 else 'missed'}")
