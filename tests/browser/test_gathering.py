"""The messages of one drawing reach Streamlit's page together, in their order, and none is lost."""

import base64

import pytest

from server.documents import GATHER
from server.packing import framed, pack

pytestmark = pytest.mark.browser
# Stands for the browser's own connection, on which the test itself is the server.
WIRE = """
window.WebSocket = class extends EventTarget {
  constructor(address) { super(); this.address = address; }
  close() { heard.push("given up"); }
};
GATHER
const heard = [], wire = new WebSocket("ws://127.0.0.1:8501/_stcore/stream");
const come = data => wire.dispatchEvent(new MessageEvent("message", {data}));
const told = size => come(new Uint8Array(size).fill(10).buffer);
const packed = letters => come(Uint8Array.from(atob(letters), c => c.charCodeAt(0)).buffer);
const moment = () => new Promise(go => setTimeout(go, 200));
wire.addEventListener("message", event => {
  heard.push(event.data.byteLength);
  if (event.data.byteLength === 13) throw Error("this one is heard, and the next too");
});
wire.addEventListener("close", () => heard.push("closed"));
wire.addEventListener("open", () => heard.push("open"));
""".replace("GATHER", GATHER)
END = 2


def heard(tab, story):
    """Return what a listener has heard after each step of a story, its steps in JavaScript."""
    tab.goto("about:blank")
    steps = "".join(f"{step};\nafter.push([...heard]);\n" for step in story)
    return tab.evaluate(f"async () => {{ {WIRE} const after = []; {steps} return after; }}")


def test_messages_are_handed_on_together_when_the_last_has_come(tab):
    story = ["told(1165)", "told(36307)", f"told({END})", "told(500)"]
    assert heard(tab, story) == [[], [], [1165, 36307, END], [1165, 36307, END]]


def test_a_drawing_that_takes_its_time_is_handed_on_piece_by_piece(tab):
    story = ["told(1165)", "await moment()", "told(99)", "await moment()", f"told({END})"]
    assert heard(tab, story) == [[], [1165], [1165], [1165, 99], [1165, 99, END]]


def test_what_has_come_is_heard_before_the_end_of_the_connection(tab):
    story = ["wire.dispatchEvent(new Event('open'))", "told(7)",
             "wire.dispatchEvent(new Event('close'))"]  # fmt: skip
    assert heard(tab, story) == [["open"], ["open"], ["open", 7, "closed"]]


def test_a_message_that_is_not_understood_takes_no_other_with_it(tab):
    assert heard(tab, ["told(13)", "told(8)", f"told({END})"])[-1] == [13, 8, END]


def packed(*sizes):
    """Return a step of a story: a pack of messages of these sizes comes."""
    body = pack([framed(b"\n" * size) for size in sizes])
    return f'packed("{base64.b64encode(body).decode()}")'


def test_the_page_asks_for_packs(tab):
    address = heard(tab, ["heard.push(wire.address)"])[0][0]
    assert address == "ws://127.0.0.1:8501/_stcore/stream?packed="


def test_a_pack_is_heard_as_the_messages_it_was_made_of(tab):
    sizes = [1165, 125, 126, 65_535, 65_536, 0, 300_000, END]
    assert heard(tab, [packed(*sizes), "await moment()"]) == [[], sizes]


def test_what_comes_after_a_pack_is_heard_after_it(tab):
    story = [packed(36_307, 8), "told(7)", packed(1165, 9), f"told({END})", "await moment()"]
    assert heard(tab, story)[-1] == [36_307, 8, 7, 1165, 9, END]


def test_a_pack_that_is_broken_ends_the_connection_which_streamlit_then_makes_anew(tab):
    broken = "come(new Uint8Array([0, 1, 2, 3]).buffer)"
    assert heard(tab, [broken, "await moment()"]) == [[], ["given up"]]
