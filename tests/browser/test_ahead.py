"""The connection is on its way before Streamlit asks for it, and is handed over when it does."""

import pytest

from server.documents import AHEAD
from tests.browser.serving import settle, tab_of

pytestmark = pytest.mark.browser
PLACE = "http://ahead.example/trends?crisis=one"
STREAM, NAMES = '"ws://ahead.example/_stcore/stream"', '["streamlit", "PLACEHOLDER_AUTH_TOKEN"]'
# Stands for the browser's own connection, whose state the test itself sets.
WIRES = (
    """
const made = [], heard = [];
window.WebSocket = class extends EventTarget {
  readyState = 0;
  constructor(address, names) { super(); Object.assign(this, {address, names}); made.push(this); }
  close() { this.readyState = 3; }
};
"""
    + AHEAD
    + """
const asked = (address, names) => {
  const one = new WebSocket(address, names);
  one.addEventListener("open", () => heard.push("open"));
  return one;
};
"""
)


@pytest.fixture
def place(tab):
    tab.route(
        "http://ahead.example/**", lambda route: route.fulfill(body="<p>", content_type="text/html")
    )
    tab.goto(PLACE)
    tab.context.clear_cookies()
    yield tab
    tab.unroute_all()


def told(place, story):
    return place.evaluate(f"async () => {{ {WIRES} {story} }}")


def test_streamlit_is_given_the_connection_that_is_on_its_way(place):
    story = (
        f"const one = asked({STREAM}, {NAMES}); return [made.length, one === made[0], one.names];"
    )
    assert told(place, story) == [1, True, ["streamlit", "PLACEHOLDER_AUTH_TOKEN"]]


def test_one_that_is_open_already_says_so_once_streamlit_listens(place):
    story = f"""made[0].readyState = 1; asked({STREAM}, {NAMES});
    const before = [...heard]; await null; return [before, heard];"""
    assert told(place, story) == [[], ["open"]]


def test_one_that_opens_later_is_not_said_to_be_open_before(place):
    story = f"asked({STREAM}, {NAMES}); await null; return heard;"
    assert told(place, story) == []


def test_the_same_token_under_another_mask_is_the_same_reader(place):
    story = f"""return asked({STREAM}, ["streamlit", "2|masked|otherwise"]) === made[0];"""
    place.evaluate("document.cookie = '_streamlit_xsrf=2|masked|so'")
    assert told(place, story) is True
    assert told(place, "return made[0].names;") == ["streamlit", "2|masked|so"]


@pytest.mark.parametrize(
    "asked",
    [
        f'"ws://elsewhere.example/_stcore/stream", {NAMES}',
        f'{STREAM}, ["streamlit", "a token that came since"]',
        f'{STREAM}, ["streamlit", "PLACEHOLDER_AUTH_TOKEN", "the last session"]',
        f'{STREAM}, ["other", "PLACEHOLDER_AUTH_TOKEN"]',
        STREAM,
    ],
)
def test_who_asks_for_another_gets_another_and_the_first_is_closed(place, asked):
    story = (
        f"const one = asked({asked}); return [one === made[1], made.map(each => each.readyState)];"
    )
    assert told(place, story) == [True, [3, 0]]


def test_one_that_was_closed_meanwhile_is_made_anew(place):
    story = f"made[0].readyState = 3; return asked({STREAM}, {NAMES}) === made[1];"
    assert told(place, story) is True


def test_it_is_given_once(place):
    story = f"""const first = asked({STREAM}, {NAMES}); first.close();
    return asked({STREAM}, {NAMES}) === made[1];"""
    assert told(place, story) is True


def test_a_page_makes_one_connection_and_before_its_scripts_run(browser, site):
    mine, wires, made = tab_of(browser), [], []
    mine.on("websocket", lambda wire: wires.append(wire.url))
    mine.add_init_script(
        "const Wire = WebSocket; window.WebSocket = class extends Wire { constructor(...asked) {"
        "super(...asked); (window.made ||= []).push(!!document.querySelector('#root > *')); } };"
    )
    for page in ("/?crisis=tha-khm-2025-12", "/trends?crisis=tha-khm-2025-12"):
        wires.clear()
        mine.goto(site.url + page)
        settle(mine)
        made.append((len(wires), mine.evaluate("window.made")))
    mine.context.close()
    assert made == [(1, [False]), (1, [False])]
