"""The messages of one drawing reach Streamlit's page together, in their order, and none is lost."""

import pytest

from server.documents import GATHER

pytestmark = pytest.mark.browser
# Stands for the browser's own connection, on which the test itself is the server.
WIRE = """
window.WebSocket = class extends EventTarget {};
GATHER
const wire = new WebSocket(), heard = [];
const told = size => wire.dispatchEvent(
  new MessageEvent("message", {data: new ArrayBuffer(size)}));
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
    moment = "await new Promise(go => setTimeout(go, 200))"
    story = ["told(1165)", moment, "told(99)", moment, f"told({END})"]
    assert heard(tab, story) == [[], [1165], [1165], [1165, 99], [1165, 99, END]]


def test_what_has_come_is_heard_before_the_end_of_the_connection(tab):
    story = ["wire.dispatchEvent(new Event('open'))", "told(7)",
             "wire.dispatchEvent(new Event('close'))"]  # fmt: skip
    assert heard(tab, story) == [["open"], ["open"], ["open", 7, "closed"]]


def test_a_message_that_is_not_understood_takes_no_other_with_it(tab):
    assert heard(tab, ["told(13)", "told(8)", f"told({END})"])[-1] == [13, 8, END]
