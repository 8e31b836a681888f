"""Links in a real browser: back and forward over every page, pinned links, a chart in a frame."""

import functools
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.serving import settle
from tests.browser.test_pages import STORY, choose, in_url, not_in_url, opened

pytestmark = pytest.mark.browser


def to_page(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()
    settle(page)


def links_of(page):
    """Return the pinned link and the live one, as a reader copies them."""
    page.get_by_role("button", name="Link to this view").click()
    boxes = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").locator("code")
    expect(boxes).to_have_count(2)
    return boxes.all_inner_texts()


def asked(link):
    return {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()}


def test_back_and_forward_lead_over_pages_and_choices_alike(page, site):
    opened(page, site)
    choose(page, "Where sources differ, show", "Highest figure")
    to_page(page, "Reconciliation")
    choose(page, "Measure", "Injured")
    to_page(page, "Sources")
    steps = ["/?", "rule=highest", "/reconciliation?", "measure=injured", "/sources?"]
    in_url(page, steps[-1])
    for wanted in reversed(steps[:-1]):
        page.go_back()
        settle(page)
        in_url(page, wanted)
    not_in_url(page, "rule=")
    expect(page.get_by_role("combobox", name="Where sources differ, show")).to_have_value(
        "Newest figure"
    )
    for _ in range(3):
        page.go_forward()
        settle(page)
    in_url(page, "measure=injured")
    expect(page.locator("h1")).to_have_text("Injured, Cambodia and Thailand")


def test_the_tab_says_the_answer_and_its_question(page, site):
    opened(page, site, "trends")
    expect(page).to_have_title(
        "At least 86 killed, Cambodia and Thailand, 24 Dec 2025: "
        "Thailand–Cambodia renewed fighting, December 2025"
    )
    to_page(page, "Sources")
    expect(page).to_have_title(re.compile("^Sources, 24 Dec 2025: Thailand"))


def test_a_pinned_link_holds_everything_and_a_live_one_only_what_was_chosen(page, site):
    opened(page, site, "trends", "crisis=tha-khm-2025-12&measure=injured&country=THA")
    pinned, live = links_of(page)
    assert set(asked(pinned)) == {"crisis", "measure", "country", "day", "known", "rule", "seen"}
    assert asked(live) == {"crisis": "tha-khm-2025-12", "measure": "injured", "country": "THA"}
    assert urlsplit(pinned).path == urlsplit(live).path == "/trends"
    opened(page, site, "trends", urlsplit(pinned).query)
    expect(page.locator("h1")).to_have_text("Injured, Thailand")
    expect(page.get_by_text("since this link was made")).to_have_count(0)


class Elsewhere(BaseHTTPRequestHandler):
    """Somebody else's page, with one frame in it."""

    def __init__(self, body, *args):
        self.body = body
        super().__init__(*args)

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.body.encode())

    def log_message(self, *_):
        """Keep the test's output clean."""


@pytest.fixture
def elsewhere():
    """Return a function that serves a page of another origin and gives its address."""
    servers = []

    def serve(body):
        handler = functools.partial(Elsewhere, f"<!doctype html><html lang=en>{body}</html>")
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("chart", "width", "drawn"),
    [
        ("trend", 600, ".js-plotly-plot, [data-testid=stImage] img"),
        ("overview", 300, "[data-testid=stImage] img"),
        ("bridge", 300, "[data-testid=stImage] img"),
    ],
)
def test_a_chart_stands_alone_in_a_frame_of_another_page(
    page, site, elsewhere, chart, width, drawn
):
    source = f"{site.url}/embed?embed=true&chart={chart}&{STORY}"
    page.goto(elsewhere(f'<iframe src="{source}" width="{width}" height="700"></iframe>'))
    frame = page.frame_locator("iframe")
    expect(frame.locator(drawn).first).to_be_visible()
    whole = frame.get_by_role("link", name=re.compile("the whole view"))
    expect(whole).to_have_attribute("target", "_blank")
    for kind in ("stSidebar", "stExpander", "stAlert", "stDownloadButton"):
        expect(frame.get_by_test_id(kind)).to_have_count(0)
    expect(frame.locator("button:not([aria-label^=Fullscreen])")).to_have_count(0)
    main = frame.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth")
    address = whole.get_attribute("href")
    assert asked(address) == dict(part.split("=") for part in STORY.split("&"))
