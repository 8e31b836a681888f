"""Hostile text on every screen, in a real browser with a trap: nothing runs, nothing leaves."""

import datetime as dt
import json
import re
import time
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

import brief
from loaders import load_library
from publishing import Change, publish
from tests import hostile_data
from tests.browser.serving import PATIENCE, follow, listen, served, settle
from tests.browser.trap import LINKED, laid, written
from tests.hostile import CELLS, HTML, STRINGS, seen_as
from ui import PAGES
from ui.selection import NAMES

pytestmark = pytest.mark.browser
STORY = f"crisis={hostile_data.MAIN}&day={hostile_data.DAY}"
# One of each kind of markup, all of them names of sources.
TELLING = (
    "<script>alert('pwn1')</script>",
    "<img src=x onerror=alert('pwn1')>",
    "[click](javascript:alert('pwn1'))",
    "![x](http://trap.invalid/pwn1)",
    "http://trap.invalid/pwn1",
    "**pwn1**",
    "`pwn1`",
    "$$\\frac{pwn1}{0}$$",
    ":red[pwn1]",
    ":material/skull: pwn1",
    ":streamlit: pwn1",
    ":skull: pwn1",
    "<- pwn1 -> -- >=",
    '=HYPERLINK("http://trap.invalid/pwn1","pwn1")',
    "&lt;script&gt;alert('pwn1')&lt;/script&gt;",
    "{n} {number} pwn1",
)
# Every page, with all that can be opened by a link; how much of all strings it must show.
SCREENS = {
    "overview": (f"/?{STORY}&learnt=1", TELLING),
    "trends": (f"/trends?{STORY}&country=THA", ()),
    "changes": (f"/trends?{STORY}&country=THA&change=1", ()),
    "limited": (f"/trends?{STORY}&measure=returned&country=KHM", ()),
    "rivals": (f"/reconciliation?{STORY}&doubts=1&implied=1", ()),
    "chosen": (f"/reconciliation?{STORY}&measure=returned&country=KHM", ()),
    "sources": (f"/sources?{STORY}&ledger=1&habits=1", ()),
    "methods": (f"/methods?{STORY}", TELLING),
    "rows": (f"/data?{STORY}&sort=file", TELLING[:2]),
    "findings": ("/data?crisis=refused&every=1&found=1&page=2", ("javascript:alert('pwn1')",)),
    "brief": (f"/brief?{STORY}", ("<img src=x onerror=alert('pwn1')>",)),
    "trend alone": (f"/embed?{STORY}&embed=true&chart=trend&country=THA", ()),
    "map alone": (f"/embed?{STORY}&embed=true&chart=map", ()),
    "import": (f"/update?{STORY}", ()),
    "form": (f"/update?{STORY}&tab=form", ()),
    "decision": (f"/update?{STORY}&tab=decision", ()),
    "event": (f"/update?{STORY}&tab=event", ()),
    "history": (f"/update?{STORY}&tab=history", TELLING[:1]),
}
# The screens of one page are looked at one after the other.
BY_PAGE = {
    path: [name for name, (address, _) in SCREENS.items() if address.partition("?")[0] == path]
    for path in dict.fromkeys(address.partition("?")[0] for address, _ in SCREENS.values())
}
MOST_OPENED = 25
FOLDED = "[data-testid=stExpander] > details:not([open]) > summary"
UNFOLD = """([folded, most]) => [...document.querySelectorAll(folded)]
  .filter(e => e.checkVisibility()).slice(0, most).forEach(e => e.click())"""
POINTS = ".js-plotly-plot .points path"


def moved(data, aside):
    """Put the folders of the many small crises aside; return their names."""
    aside.mkdir()
    names = [path.name for path in data.glob("c[0-9]*")]
    assert len(names) == len(CELLS)
    for name in names:
        (data / name).rename(aside / name)
    return names


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return a dashboard of hostile figures."""
    folder = tmp_path_factory.mktemp("hostile")
    data, aside = hostile_data.write(folder / "data"), folder / "aside"
    new = {"country": "THA", "measure": "captured", "counting": "cumulative", "value": "7",
           "as_of": hostile_data.DAY, "source": "s1", "url": hostile_data.REPORT,
           "note": CELLS[11]}  # fmt: skip
    change = Change(hostile_data.MAIN, figures=(new,))
    # The two hundred crises with two figures each would be read again for each step of it.
    names = moved(data, aside)
    publish(data, change, who=CELLS[11], message=" ".join(TELLING))
    for name in names:
        (aside / name).rename(data / name)
    with served(folder, {"DATASETS": str(data)}) as site:
        yield site


def opened(page, address, go=Page.goto):
    """Open a page, by loading it or else as told, and wait until it is written."""
    go(page, address)
    if "/embed" in address:
        page.wait_for_selector("[data-testid=stMain] a")
        return
    settle(page)


def unfold(page):
    """Open all that is folded, as far as there is not too much of it."""
    page.evaluate(UNFOLD, [FOLDED, MOST_OPENED])
    settle(page)
    # What the browser itself folds, and folds within folds.
    page.evaluate("for (const one of document.querySelectorAll('.rows details, .said details'))"
                  " one.open = true")  # fmt: skip


def seen(page):
    return seen_as(page.locator("body").inner_text())


def unseen(page, strings):
    """Return which strings are not on a page; a drawn table gets its text a moment later."""
    end = time.monotonic() + PATIENCE / 1000
    while True:
        text = seen(page)
        missing = [one for one in strings if seen_as(one) not in text]
        if not missing or time.monotonic() > end:
            return missing
        page.wait_for_timeout(100)


@pytest.mark.parametrize("path", BY_PAGE)
def test_no_screen_runs_or_fetches_or_links_what_a_cell_holds(trap, hostile, path):
    for number, name in enumerate(BY_PAGE[path]):
        address, telling = SCREENS[name]
        # The first is loaded, with what the server itself writes into it; then as the app leads on.
        go = follow if number and path != "/embed" else Page.goto
        opened(trap.page, hostile.url + address, go)
        if "/embed" not in address:
            unfold(trap.page)
        expect(trap.page.locator('[data-testid="stException"]')).to_have_count(0)
        assert (name, unseen(trap.page, ("pwn1", *telling))) == (name, [])
        assert (name, trap.look()) == (name, [])


def test_the_screens_are_all_pages_and_show_all_strings(trap, hostile):
    assert {f"/{page.get('url_path', '')}" for page in PAGES} <= {
        address.partition("?")[0] for address, _ in SCREENS.values()
    }
    opened(trap.page, f"{hostile.url}/methods?{STORY}")
    unfold(trap.page)
    text = seen(trap.page)
    assert [one for one in CELLS if seen_as(one) not in text] == []


@pytest.mark.parametrize("change", ["", "&change=1"])
def test_what_a_chart_tells_on_hover_is_text(trap, hostile, change):
    opened(trap.page, f"{hostile.url}/trends?{STORY}&country=THA&explore=1{change}")
    points = trap.page.locator(POINTS)
    expect(points.first).to_be_attached()
    told = set()
    for point in points.all()[:: max(1, points.count() // 12)]:
        point.hover(force=True)
        expect(trap.page.locator(".hoverlayer .hovertext").first).to_be_attached()
        told.add(trap.page.locator(".hoverlayer").first.text_content())
        assert trap.page.evaluate("document.querySelectorAll('.hoverlayer a').length") == 0
    shown = " ".join(told)
    assert "pwn1" in shown
    assert re.search(r"<(script|img|style)|\[click\]|&lt;", shown)
    assert "&quot;" not in shown


def link_of(number, text):
    """Return an address in which a string stands for all that a link can say, by turns all but one.

    Where the crisis is one that there is, the rest is looked at as well.
    """
    paths = [str(page.get("url_path", "")) for page in PAGES]
    names = NAMES if number % 2 else [name for name in NAMES if name != "crisis"]
    query = urlencode(dict.fromkeys((*names, "chart"), text), errors="replace")
    return f"{paths[number % len(paths)]}?{query}"


def test_what_stands_in_a_link_is_text(trap, hostile):
    samples = [*HTML[::9], *STRINGS[len(HTML) :: 14]]
    assert len(samples) >= 18
    for number, text in enumerate(samples):
        # Each page is loaded once with what the server writes into it; then as the app leads on.
        go = Page.goto if number < len(PAGES) else follow
        opened(trap.page, f"{hostile.url}/{link_of(number, text)}", go)
        expect(trap.page.locator('[data-testid="stException"]')).to_have_count(0)
        assert trap.look() == []


def test_what_the_server_writes_into_a_page_of_any_link_is_text(trap, hostile):
    trap.page.goto(f"{hostile.url}/nowhere")
    for number, text in enumerate(STRINGS):
        answer = trap.page.request.get(f"{hostile.url}/{link_of(number, text)}")
        assert answer.ok
        assert (text, written(trap, answer.text())) == (text, [])
    trap.caught[:] = [line for line in trap.caught if "404" not in line]


def test_a_table_handed_in_is_text_however_it_and_its_cells_are_named(trap, hostile):
    head = ["figure_id", "country", "measure", "counting", "as_of", "value", "source", "note"]
    rows = [["N1", "THA", "killed", "cumulative", hostile_data.DAY, "7", "s1", CELLS[11]]]
    rows += [[one] * len(head) for one in TELLING]
    lines = [",".join(json.dumps(cell).replace('\\"', '""') for cell in row) for row in rows]
    text = "\n".join([",".join(head), *lines])
    name = "<img src=x onerror=alert('pwn1')>=1+1.csv"
    opened(trap.page, f"{hostile.url}/data?{STORY}")
    chooser = trap.page.locator("[data-testid=stFileUploader] input[type=file]").first
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    expect(trap.page.get_by_text("1 figure was read")).to_be_visible()
    unfold(trap.page)
    shown = seen(trap.page)
    assert [one for one in TELLING[:3] if seen_as(one) not in shown] == []


@pytest.mark.parametrize(
    "mapping",
    [
        f"[constants]\nsource = {json.dumps(CELLS[11])}\n",
        f"{json.dumps(CELLS[0])} = {json.dumps('**pwn1** ![x](http://trap.invalid/pwn1)')}\n",
    ],
)
def test_what_is_wrong_with_a_mapping_is_told_as_text(trap, hostile, mapping):
    opened(trap.page, f"{hostile.url}/data?{STORY}")
    trap.page.get_by_text("I have a mapping for it").click()
    choosers = trap.page.locator("[data-testid=stFileUploader] input[type=file]")
    expect(choosers).to_have_count(2)
    given = {"name": "a.toml", "mimeType": "application/toml", "buffer": mapping.encode()}
    choosers.nth(1).set_input_files(given)
    table = {"name": "a.csv", "mimeType": "text/csv", "buffer": b"place,dead\nTHA,5\n"}
    choosers.nth(0).set_input_files(table)
    expect(trap.page.get_by_text("What was found").first).to_be_visible()
    settle(trap.page)


def test_the_brief_as_a_file_runs_and_fetches_nothing(trap, hostile, tmp_path):
    data = hostile_data.write(tmp_path / "data")
    moved(data, tmp_path / "aside")
    library = load_library(str(data))
    one = brief.compose(library, crisis=hostile_data.MAIN, day=dt.date(2025, 12, 24),
                        link="https://ours.example/brief")  # fmt: skip
    path = tmp_path / "brief.html"
    path.write_text(brief.html(one), encoding="utf-8")
    trap.allowed.append("https://ours.example/brief")
    requests = []
    listen(trap.page, "request", lambda request: requests.append(request.url))
    trap.page.goto(path.as_uri())
    expect(trap.page.locator("h1")).to_be_visible()
    shown = seen(trap.page)
    assert [
        source for source in (r.source for r in one.references) if seen_as(source) not in shown
    ] == []
    assert requests == [path.as_uri()]
    trap.caught[:] = [line for line in trap.caught if path.as_uri() not in line]


@pytest.mark.parametrize(
    "done",
    [
        "alert('pwn1')",
        "console.log('pwn1')",
        "fetch('http://trap.invalid/pwn1').catch(() => 0)",
        "document.body.append(document.createElement('iframe'))",
        "document.body.setAttribute('onclick', 'x')",
        "document.body.innerHTML += '<a href=\"javascript:x\">x</a>'",
        "document.body.innerHTML += '<a href=\"http://trap.invalid/pwn1\">x</a>'",
        "document.body.innerHTML += '<a href=\"//trap.invalid/pwn1\">x</a>'",
        "document.body.innerHTML += '<img srcset=\"http://trap.invalid/pwn1 1x\">'",
        "document.body.innerHTML += '<div style=\"background:url(http://trap.invalid/a)\">'",
        "document.body.append(Object.assign(document.createElement('script'), {text: '/*pwn1*/'}))",
    ],
)
def test_the_trap_catches_what_it_is_laid_for(tab, hostile, done):
    found = laid(tab, LINKED)
    tab.goto(f"{hostile.url}/nowhere")
    assert [line for line in found.look() if "404" not in line] == []
    tab.evaluate(f"() => {{ {done} }}")
    tab.wait_for_timeout(300)
    assert [line for line in found.look() if "404" not in line] != []
