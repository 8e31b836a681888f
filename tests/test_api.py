"""The machine interface: what it says is what the reconciliation says, in a form that holds."""

import asyncio
import csv
import gzip
import io
import json
import math
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import brotli
import httpx
import pandas as pd
import pytest
import schemathesis
from schemathesis.config import (
    GenerationConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)

import api
import settings
from api import asking, openapi, parameters, problems, rows, standards
from api.__main__ import PAGE, with_tables
from exports import safe
from figures import Crisis, Figure, Rule, Source
from figures.findings import report
from loaders import load_library
from loaders.frames import as_frame
from reconciliation import add_up, bridge, contradictions, in_force
from server import machine
from server.guard import Guard
from server.machine import Machine
from tests.builders import figure, write_crisis
from tests.hostile import STRINGS

ROOT = Path(__file__).parents[1]
JULY, DECEMBER = "tha-khm-2025-07", "tha-khm-2025-12"
DAY = "2025-12-24"
STORY = {"crisis": DECEMBER, "measure": "killed", "day": DAY}


async def page_of_the_dashboard(scope, receive, send):
    """Stand in for what lies behind the interface: it answers everything else."""
    while scope["type"] == "lifespan":
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"a page"})


APP = Guard(Machine(page_of_the_dashboard), hashes="")


def send(path, query=None, method="GET", app=APP, **headers):
    """Return the answer to one request, as it would go over the wire."""

    async def work():
        transport = httpx.ASGITransport(app=app)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, params=query, headers=named)

    return asyncio.run(work())


def refuse_constant(name):
    raise AssertionError(f"{name} is no JSON")


def read(answer):
    """Return the JSON of an answer; NaN and Infinity, which Python would take, are refused."""
    return json.loads(answer.text, parse_constant=refuse_constant)


def ask(name, query=None, status=200, **headers):
    answer = send(f"/api/v1/{name}", query, **headers)
    assert answer.status_code == status, answer.text
    return read(answer)


def people(number):
    return int(number) if math.isfinite(number) else None


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT / "datasets")


@pytest.fixture
def served(tmp_path, monkeypatch):
    """Return how to have a crisis of one's own served."""

    def serve(*figures):
        write_crisis(tmp_path, *figures)
        monkeypatch.setenv("DATASETS", str(tmp_path))

    yield serve
    monkeypatch.undo()
    settings.forget()


# Every number is the reconciliation's


@pytest.mark.parametrize("rule", [None, *Rule])
@pytest.mark.parametrize("measure", ["killed", "displaced", "evacuated"])
@pytest.mark.parametrize(("crisis", "day", "known_on"), [
    (DECEMBER, DAY, None), (DECEMBER, "2025-12-20", "2025-12-20"), (JULY, "2025-07-27", None),
])  # fmt: skip
def test_a_total_is_what_adding_up_says(library, crisis, day, known_on, measure, rule):
    query = {"crisis": crisis, "measure": measure, "day": day}
    query |= {"known_on": known_on} if known_on else {}
    said = ask("totals", query | ({"rule": rule.value} if rule else {}))["data"]
    mine = library.figures[library.figures["crisis"] == crisis]
    found = add_up(
        mine, library.sources, measure=measure, places=["KHM", "THA"], on=day, known_on=known_on,
        rule=rule or "latest", crisis=crisis, identities=library.identities,
        decisions=library.decisions, crises=library.crises,
    )  # fmt: skip
    assert found.parts, "nothing is compared"
    assert (said["low"], said["high"]) == (people(found.low), people(found.high))
    assert said["high_unbounded"] == math.isinf(found.high)
    assert (said["value"], said["text"]) == (found.value, found.text)
    assert (said["coverage"], said["narrower"]) == (found.coverage, list(found.narrower))
    assert (said["verdict"], said["gap"]) == (found.verdict, found.gap)
    assert {part["figure_id"] for part in said["parts"]} == {p.figure_id for p in found.parts}
    published = said["published"] and said["published"]["figure_id"]
    assert published == (found.published and found.published.figure_id)


def test_the_story_of_the_first_crisis_comes_out():
    said = ask("totals", STORY)["data"]
    assert (said["text"], said["low"], said["high"]) == ("at least 86", 86, None)
    assert said["high_unbounded"]
    assert said["narrower"] == ["Cambodia counts civilians only."]
    assert {part["place"]: part["value"] for part in said["parts"]} == {"THA": 65, "KHM": 21}
    assert set(said["figure_ids"]) > {part["figure_id"] for part in said["parts"]}


def test_nobody_counted_is_null_and_not_nobody():
    said = ask("totals", STORY | {"day": "2025-01-01"})["data"]
    assert (said["value"], said["low"], said["high"]) == (None, None, None)
    assert (said["parts"], said["text"]) == ([], "no figure")


def test_provinces_are_added_up_within_one_country():
    query = {"crisis": DECEMBER, "measure": "sheltered", "day": DAY, "country": "THA"}
    provinces = sorted({row["admin1"] for row in ask("figures", {"crisis": DECEMBER,
                        "country": "THA", "measure": "sheltered"})["data"]} - {""})  # fmt: skip
    assert provinces
    said = ask("totals", query | {"admin1": provinces})["data"]
    assert said["places"] == [f"THA/{name}" for name in provinces]
    told = ask("totals", query | {"country": ["THA", "KHM"], "admin1": provinces}, status=422)
    assert told["problems"][0]["where"] == "country"


@pytest.mark.parametrize("measure", ["killed", "displaced"])
def test_contradictions_are_those_that_are_found(library, measure):
    said = ask("contradictions", STORY | {"measure": measure})["data"]
    mine = library.figures[library.figures["crisis"] == DECEMBER]
    kin = {"killed": {"killed", "injured", "casualties"}}.get(measure)
    if kin is None:
        kin = set(mine["measure"].unique()) & {"displaced", "evacuated", "sheltered", "affected"}
    found = {
        one.figure_ids: one
        for one in contradictions(
            mine[mine["measure"].isin(kin)], on=DAY, identities=library.identities,
            sources=library.sources, crises=library.crises, limit=60,
        )
    }  # fmt: skip
    assert said
    of = dict(zip(mine["figure_id"], mine["measure"], strict=True))
    for one in said:
        other = found[tuple(one["figure_ids"])]
        assert measure in {of[figure_id] for figure_id in one["figure_ids"]}
        assert (one["text"], one["severity"], one["gap"]) == (other.text, other.severity, other.gap)
        assert [frozenset(way) for way in one["corrections"]] == list(other.corrections)


def test_a_difference_is_the_bridge_between_two_figures(library):
    ends = {"from": "F0647", "to": "F0637"}
    said = ask("differences", {"crisis": DECEMBER} | ends)["data"]
    found = bridge(library.figures, *ends.values(), library.sources,
                   identities=library.identities, crisis=DECEMBER)  # fmt: skip
    assert said["amount"] == found.amount == sum(item["amount"] for item in said["items"])
    assert [item["text"] for item in said["items"]] == [item.text for item in found.items]
    assert said["items"]


def test_figures_are_the_rows_of_the_files():
    """Compared with the files as text, not with what our loader makes of them."""
    said = ask("figures", {"crisis": DECEMBER, "limit": 10_000})["data"]
    with (ROOT / "datasets" / DECEMBER / "figures.csv").open(encoding="utf-8-sig") as file:
        written = list(csv.DictReader(file))
    assert len(said) == len(written) > 400
    by_id = {row["figure_id"]: row for row in said}
    for row in written:
        other = by_id[row["figure_id"]]
        assert str(other["value"]) == row["value"]
        assert str(other["value_high"] or "") == row["value_high"]
        assert set(other["country"].split("+")) == set(row["country"].split("+"))
        same = (
            "admin1",
            "population",
            "measure",
            "counting",
            "as_of",
            "source",
            "url",
            "expression",
        )
        assert {name: other[name] for name in same} == {name: row[name] for name in same}


def test_what_nothing_bounds_is_null_and_says_so():
    said = {row["quantifier"]: row for row in ask("figures", {"crisis": DECEMBER})["data"]}
    assert (said["at_least"]["high"], said["at_least"]["high_unbounded"]) == (None, True)
    assert said["at_least"]["low"] == said["at_least"]["value"]
    exact = said["exact"]
    assert (exact["low"], exact["high"], exact["high_unbounded"]) == (exact["value"],) * 2 + (
        False,
    )


# Choosing rows


@pytest.mark.parametrize(("query", "fits"), [
    ({"country": "THA"}, lambda row: row["country"] == "THA"),
    ({"country": "THA-KHM"}, lambda row: row["country"] == "KHM+THA"),
    ({"country": "KHM+THA"}, lambda row: row["country"] == "KHM+THA"),
    ({"measure": ["killed", "injured"]}, lambda row: row["measure"] in ("killed", "injured")),
    ({"population": "civilian"}, lambda row: row["population"] == "civilian"),
    ({"cause": "indirect"}, lambda row: row["cause"] == "indirect"),
    ({"counting": "stock"}, lambda row: row["counting"] == "stock"),
    ({"source": "khm-moi"}, lambda row: row["source"] == "khm-moi"),
    ({"status": "unconfirmed"}, lambda row: row["status"] == "unconfirmed"),
    ({"admin1": "Surin"}, lambda row: row["admin1"] == "Surin"),
    ({"as_of_min": "2025-12-10", "as_of_max": "2025-12-12"},
     lambda row: "2025-12-10" <= row["as_of"] <= "2025-12-12"),
    ({"known_on": "2025-12-12"},
     lambda row: (row["published"] or row["as_of"])[:10] <= "2025-12-12"),
    ({"figure_id": ["F0637", "F0642"]}, lambda row: row["figure_id"] in ("F0637", "F0642")),
])  # fmt: skip
def test_a_filter_leaves_just_what_fits(query, fits):
    every = ask("figures", {"crisis": DECEMBER})["data"]
    wanted = [row["figure_id"] for row in every if fits(row)]
    said = [row["figure_id"] for row in ask("figures", query | {"crisis": DECEMBER})["data"]]
    assert said == wanted
    assert 0 < len(said) < len(every)


def test_on_a_day_only_what_is_in_force_is_told(library):
    mine = library.figures[library.figures["crisis"] == DECEMBER]
    found = in_force(mine, on=DAY, sources=library.sources, crises=library.crises)
    said = ask("figures", {"crisis": DECEMBER, "on": DAY})["data"]
    assert {row["figure_id"] for row in said} == set(found["figure_id"])
    assert 0 < len(said) < len(mine)


def test_crises_and_sources_tell_their_tables_and_how_many_figures(library):
    crises = ask("crises")["data"]
    assert {row["crisis"] for row in crises} == {JULY, DECEMBER}
    assert set(crises[0]) == {*Crisis.model_fields, "figures"}
    assert sum(row["figures"] for row in crises) == len(library.figures)
    every = ask("sources")["data"]
    assert [row["source"] for row in every] == list(library.sources["source"])
    assert set(every[0]) == {*Source.model_fields, "figures"}
    of_one = ask("sources", {"crisis": JULY})["data"]
    assert 0 < len(of_one) < len(every)
    assert sum(row["figures"] for row in of_one) == next(
        row["figures"] for row in crises if row["crisis"] == JULY
    )


# Pages


def pages(query):
    following = "/api/v1/figures?" + urlencode(query)
    while following:
        answer = send(following)
        assert answer.status_code == 200, answer.text
        linked = answer.links.get("next", {}).get("url")
        yield answer
        following = linked


@pytest.mark.parametrize("limit", [97, 743, 10_000])
def test_the_pages_hold_every_figure_just_once(library, limit):
    found = [row for page in pages({"limit": limit}) for row in read(page)["data"]]
    there = list(zip(library.figures["crisis"], library.figures["figure_id"], strict=True))
    assert [(row["crisis"], row["figure_id"]) for row in found] == there
    assert {read(page)["total"] for page in pages({"limit": limit})} == {len(there)}


def test_the_pages_of_a_csv_hold_every_figure_just_once(library):
    found = []
    for page in pages({"limit": 300, "format": "csv"}):
        assert page.headers["content-type"] == "text/csv; charset=utf-8"
        found += csv.DictReader(io.StringIO(page.content.decode("utf-8-sig")))
    assert [row["figure_id"] for row in found] == list(library.figures["figure_id"])
    assert list(found[0]) == list(rows.OURS)


def test_a_page_beyond_the_last_is_empty():
    said = ask("figures", {"offset": 10_000_000_000})
    assert (said["data"], said["next"]) == ([], None)


@pytest.mark.parametrize(("query", "columns"), [
    ({}, rows.OURS),
    ({"names": "hapi"}, (*rows.HAPI, *(n.replace("population", "counted") for n in rows.OURS))),
])  # fmt: skip
def test_a_csv_without_rows_has_the_same_columns(query, columns):
    for offset in ("0", "999999"):
        asked = query | {"format": "csv", "limit": 1, "offset": offset}
        text = send("/api/v1/figures", asked).content.decode("utf-8-sig")
        assert next(csv.reader(io.StringIO(text))) == list(columns)


def test_pages_of_data_that_changed_in_between_are_refused():
    said = ask("figures", {"fingerprint": "0" * 64}, status=409)
    assert "Start again" in said["detail"]


# Kept answers


@pytest.mark.parametrize("name", ["crises", "figures", "totals"])
def test_what_the_asker_has_is_not_sent_again(name):
    query = STORY if name == "totals" else {}
    first = send(f"/api/v1/{name}", query)
    assert (
        "must-revalidate" in first.headers["cache-control"]
        or "max-age" in (first.headers["cache-control"])
    )
    again = send(f"/api/v1/{name}", query, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    strong = first.headers["etag"].removeprefix("W/")
    assert send(f"/api/v1/{name}", query, if_none_match=f'"x", {strong}').status_code == 304
    assert send(f"/api/v1/{name}", query, if_none_match='"x"').status_code == 200


def test_another_question_or_other_data_have_another_mark(served):
    marks = {send("/api/v1/figures", {"limit": n}).headers["etag"] for n in (1, 2, 3)}
    served(figure(figure_id="F1"))
    marks.add(send("/api/v1/figures", {"limit": 1}).headers["etag"])
    assert len(marks) == 4


@pytest.mark.parametrize(("encoding", "unpacked"),
                         [("br", brotli.decompress), ("gzip", gzip.decompress)])  # fmt: skip
def test_answers_are_compressed(encoding, unpacked):
    plain = send("/api/v1/figures", accept_encoding="identity")

    async def raw():
        transport = httpx.ASGITransport(app=APP)
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
            client.stream(
                "GET", "/api/v1/figures", headers={"Accept-Encoding": encoding}
            ) as answer,
        ):
            return answer.headers, b"".join([part async for part in answer.aiter_raw()])

    headers, body = asyncio.run(raw())
    assert (headers["content-encoding"], headers["vary"]) == (encoding, "Accept-Encoding")
    assert unpacked(body) == plain.content
    assert len(body) * 4 < len(plain.content)


def test_head_says_what_get_would_and_sends_nothing():
    got = send("/api/v1/crises", accept_encoding="identity")
    head = send("/api/v1/crises", method="HEAD", accept_encoding="identity")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(got.content))
    assert head.headers["etag"] == got.headers["etag"]


def test_every_answer_says_what_it_rests_on(library):
    newest = library.figures["published"].max().date().isoformat()
    for name in ("crises", "sources", "figures"):
        said = ask(name)
        assert said["fingerprint"] == library.fingerprint
        assert (said["known_on"], said["newest_published"]) == (None, newest)
        assert "source" in said["terms"]
    said = ask("totals", STORY | {"known_on": "2025-12-20"})
    assert said["known_on"] == "2025-12-20" >= said["newest_published"]


# Who may ask, and how


def test_any_site_may_read_and_only_below_api():
    assert send("/api/v1/crises").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in send("/").headers
    assert send("/").text == "a page"
    assert send("/apitude").text == "a page"
    asked = send("/api/v1/figures", method="OPTIONS", origin="https://example.org",
                 access_control_request_method="GET")  # fmt: skip
    assert asked.status_code == 204
    assert "GET" in asked.headers["access-control-allow-methods"]
    assert "If-None-Match" in asked.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in asked.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(method):
    answer = send("/api/v1/figures", method=method)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.headers["content-type"] == "application/problem+json"


def test_it_lies_before_the_pages_on_the_server_itself():
    from server.app import app  # needs Streamlit's settings, so only here

    answer = send("/api/v1/totals", STORY, app=app)
    assert read(answer)["data"]["text"] == "at least 86"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert send("/api/v1/crises", app=app, host="evil.example").status_code in (200, 421)


def test_the_setting_switches_it_off(monkeypatch, tmp_path):
    written = tmp_path / "settings.toml"
    written.write_text("api = false\n", encoding="utf-8")
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(written))
    for path in ("/api/v1/", "/api/v1/figures", "/api/v1/openapi.json"):
        said = send(path)
        assert said.status_code == 404
        assert "switched off" in read(said)["detail"]
    monkeypatch.undo()
    settings.forget()
    assert send("/api/v1/crises").status_code == 200


def test_when_too_many_wait_it_says_so(monkeypatch):
    monkeypatch.setattr(machine, "MOST_WAITING", 0)
    answer = send("/api/v1/crises")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    monkeypatch.undo()
    assert send("/api/v1/crises").status_code == 200


def test_a_fault_of_ours_is_told_without_its_details(monkeypatch):
    def broken(*_):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(machine, "answer", broken)
    answer = send("/api/v1/crises")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert read(answer)["type"] == "/api/v1/#failed"


# What does not fit


@pytest.mark.parametrize(("address", "status", "where"), [
    ("totals?measure=killed", 422, "crisis"),
    (f"totals?crisis={DECEMBER}", 422, "measure"),
    (f"totals?crisis={DECEMBER}&measure=deaths", 422, "measure"),
    (f"totals?crisis={DECEMBER}&measure=killed&day=24/12/2025", 422, "day"),
    (f"totals?crisis={DECEMBER}&measure=killed&day=2025-02-30", 422, "day"),
    (f"totals?crisis={DECEMBER}&measure=killed&day=", 422, "day"),
    (f"totals?crisis={DECEMBER}&measure=killed&day={DAY}&day={DAY}", 422, "day"),
    (f"totals?crisis={DECEMBER}&measure=killed&country=FRA", 404, "country"),
    (f"totals?crisis={DECEMBER}&measure=killed&country=tha", 422, "country"),
    (f"totals?crisis={DECEMBER}&measure=killed&country=THA&country=KHM-THA", 422, "country"),
    (f"totals?crisis={DECEMBER}&measure=killed&population=wizards", 404, "population"),
    (f"totals?crisis={DECEMBER}&measure=killed&rule=best", 422, "rule"),
    (f"totals?crisis={DECEMBER}&measure=killed&lang=tlh", 422, "lang"),
    ("totals?crisis=none&measure=killed", 404, "crisis"),
    ("figures?crisis=none", 404, "crisis"),
    ("figures?source=nobody", 404, "source"),
    ("figures?admin1=Atlantis", 404, "admin1"),
    ("figures?limit=0", 422, "limit"),
    ("figures?limit=10001", 422, "limit"),
    ("figures?limit=1e3", 422, "limit"),
    ("figures?offset=-1", 422, "offset"),
    ("figures?names=theirs", 422, "names"),
    ("figures?colour=red", 422, "“colour”"),
    ("figures?Measure=killed", 422, "“Measure”"),
    ("figures?status=", 422, "status"),
    (f"differences?crisis={DECEMBER}&from=F0637", 422, "to"),
    (f"differences?crisis={DECEMBER}&from=F0637&to=F9999", 404, "to"),
    (f"differences?crisis={DECEMBER}&from=F0637&to=F0647&known_on=2025-12-10", 404, "from"),
    (f"differences?crisis={DECEMBER}&from=F0637&to=F0653", 422, "from, to"),
    ("nothing", 404, "the address"),
])  # fmt: skip
def test_what_does_not_fit_is_told_with_what_would(address, status, where):
    answer = send(f"/api/v1/{address}")
    assert (answer.status_code, answer.headers["content-type"]) == (
        status, "application/problem+json")  # fmt: skip
    said = problems.Problem.model_validate_json(answer.text)
    assert said.status == status
    assert said.problems[0].where == where
    assert all(said.problems[0].model_dump().values())
    assert answer.headers["cache-control"] == "no-store"


def test_everything_that_does_not_fit_is_told_at_once():
    said = ask("figures", {"limit": "x", "measure": "deaths", "colour": "red"}, status=422)
    assert {each["where"] for each in said["problems"]} == {"limit", "measure", "“colour”"}


def test_figures_that_could_never_be_fetched_are_not_told_as_none(library, monkeypatch):
    found = as_frame([report("not-fetched", "https://files.example.org/datasets")])
    empty = replace(library, figures=library.figures.iloc[:0], findings=found)
    monkeypatch.setattr(asking.loading, "current", lambda: empty)
    for address in ("crises", "figures", "figures?format=csv"):
        answer = send(f"/api/v1/{address}")
        assert (answer.status_code, answer.json()["type"]) == (503, "/api/v1/#not-fetched")
        assert answer.headers["cache-control"] == "no-store"
        assert int(answer.headers["retry-after"]) > 0


def test_an_endless_question_is_refused():
    assert send("/api/v1/figures?source=" + "a" * 40_000).status_code == 414


@pytest.mark.parametrize("text", STRINGS)
def test_a_hostile_question_comes_back_as_data_only(text):
    for name in ("crisis", "country", "population", "admin1", "day", "limit", text):
        reply = api.answer("/api/v1/figures", urlencode({name: text}))
        assert reply.status in (404, 409, 422)
        assert reply.kind == "application/problem+json"
        said = json.loads(reply.body)
        assert all(len(each["found"]) <= 62 for each in said["problems"])
    reply = api.answer("/api/v1/" + text, text)
    assert (reply.status, reply.kind) == (404, "application/problem+json")
    json.loads(reply.body)


HOSTILE_CELLS = ("<script>alert('pwn1')</script>", "=HYPERLINK(\"http://trap.invalid/pwn1\")",
                 "@SUM(1)", "\u202etxt.exe", '"},{"figure_id":"X', "line one")  # fmt: skip


def test_a_hostile_cell_is_data_in_json_and_text_in_csv(served):
    ids = [f"F{number}" for number in range(len(HOSTILE_CELLS))]
    served(*(figure(figure_id=id_, as_of=f"2025-12-1{n}", note=text)
             for n, (id_, text) in enumerate(zip(ids, HOSTILE_CELLS, strict=True))))  # fmt: skip
    said = {row["figure_id"]: row["note"] for row in ask("figures")["data"]}
    assert said == dict(zip(ids, HOSTILE_CELLS, strict=True))
    text = send("/api/v1/figures", {"format": "csv"}).content.decode("utf-8-sig")
    table = {row["figure_id"]: row["note"] for row in csv.DictReader(io.StringIO(text))}
    assert table == {id_: safe(cell) for id_, cell in said.items()}
    assert table["F1"].startswith("'=")


# Names of others


def test_hapis_columns_are_put_in_front():
    said = ask("figures", {"crisis": DECEMBER, "names": "hapi"})["data"]
    plain = ask("figures", {"crisis": DECEMBER})["data"]
    assert [list(row)[: len(rows.HAPI)] for row in said] == [list(rows.HAPI)] * len(said)
    people = ("displaced", "evacuated", "sheltered", "returned", "affected")
    numbers = {"killed": "fatalities"} | dict.fromkeys(people, "population")
    seen = set()
    for row, ours in zip(said, plain, strict=True):
        into = numbers.get(ours["measure"]) if ours["unit"] == "person" else None
        for column in ("population", "fatalities"):
            assert row[column] == (ours["value"] if column == into else None)
        assert (row["location_code"], row["reference_period_end"]) == (
            ours["country"], ours["as_of"])  # fmt: skip
        assert row["counted"] == ours["population"]
        assert {name: row[name] for name in ours if name != "population"} == {
            name: ours[name] for name in ours if name != "population"}  # fmt: skip
        seen.add(into)
    assert seen == {"fatalities", "population", None}


@pytest.mark.parametrize(("given", "period", "who"), [
    ({"counting": "stock", "population": "girls"}, ("2025-12-20", "2025-12-20"),
     ("f", "0-17", 0, 17)),
    ({"counting": "flow", "since": "2025-12-18", "population": "men"},
     ("2025-12-18", "2025-12-20"), ("m", "18+", 18, None)),
    ({"counting": "cumulative"}, ("2025-12-07", "2025-12-20"), ("all", "all", None, None)),
    ({"counting": "cumulative", "since": "2025-12-10", "population": "volunteers"},
     ("2025-12-10", "2025-12-20"), (None, None, None, None)),
])  # fmt: skip
def test_a_reference_period_and_a_group_are_told_as_hapi_does(given, period, who):
    row = {"crisis": "c", "country": "THA", "admin1": "", "measure": "sheltered", "since": None,
           "population": "all", "unit": "person", "as_of": "2025-12-20", "value": 5}  # fmt: skip
    [said] = rows.as_hapi([row | given], {"c": "2025-12-07"})
    assert (said["reference_period_start"], said["reference_period_end"]) == period
    assert (said["gender"], said["age_range"], said["min_age"], said["max_age"]) == who
    assert said["location_name"] == "Thailand"


def test_the_mapping_leaves_out_none_of_our_columns_and_words():
    found = standards.mapping()
    assert [entry.ours for entry in found.fields] == list(rows.OURS)
    words = [(entry.of, entry.ours) for entry in found.words]
    ours = [(of, word.value) for of, kind in standards.VOCABULARY.items() for word in kind]
    assert words == ours
    assert set(standards.VOCABULARY) - {"kind"} <= set(Figure.model_fields)
    given = {name for entry in found.words for name in entry.hapi.model_fields_set}
    assert given - {"number", "start", "people"} <= set(rows.HAPI)
    assert {entry.hapi.number for entry in found.words} - {""} <= set(rows.HAPI)
    for entry in (*found.fields, *found.words):
        assert set(entry.near) <= set(standards.STANDARDS)
        assert all(getattr(entry, id_) != "" or not entry.near for id_ in entry.near)


def test_the_tables_of_names_in_the_manual_are_up_to_date():
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_tables(page), "run python -m api write"


# The document


def test_the_document_and_the_page_tell_every_question():
    document = ask("openapi.json")
    assert document["openapi"].startswith("3.1")
    assert list(document["paths"]) == [endpoint.path for endpoint in api.ENDPOINTS]
    page = send("/api/v1/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    for endpoint in api.ENDPOINTS:
        told = document["paths"][endpoint.path]["get"]["parameters"]
        assert {each["name"] for each in told} == set(parameters.names(endpoint.asks))
        assert f"<code>{endpoint.path}</code>" in page.text
        assert all(each["description"] for each in told)
        assert all(f"<code>{each['name']}</code>" in page.text for each in told)
    assert send("/api").headers["location"] == "/api/v1/"


def config(examples):
    generation = GenerationConfig(deterministic=True, max_examples=examples, database="none")
    project = ProjectConfig(generation=generation)
    return SchemathesisConfig(seed=1, projects=ProjectsConfig(default=project))


def schema(document, examples):
    found = schemathesis.openapi.from_dict(document, config=config(examples))
    found.app, found.location = APP, "/api/v1/openapi.json"
    return found


def narrowed():
    """Return the document with the names that the data hold, which most questions then meet."""
    document = openapi.described()
    library = load_library(ROOT / "datasets")
    mine = library.figures[library.figures["crisis"] == DECEMBER]
    names = {
        "crisis": [DECEMBER],
        "source": ["khm-moi", "tha-gov"],
        "country": ["THA", "KHM"],
        "admin1": ["Surin", "Buri Ram"],
        "population": ["all", "civilian", "military"],
        "figure_id": ["F0637", "F0642"],
        "from": ["F0637", "F0642"],
        "to": ["F0647", "F0637"],
        "fingerprint": [library.fingerprint],
    }
    assert set(names["admin1"]) <= set(mine["admin1"])
    for path in document["paths"].values():
        # A province needs one country, which the document cannot say.
        if path["get"]["operationId"] == "totals":
            told = path["get"]["parameters"]
            path["get"]["parameters"] = [each for each in told if each["name"] != "admin1"]
        for each in path["get"]["parameters"]:
            inner = each["schema"].get("items", each["schema"])
            if each["name"] in names:
                inner |= {"enum": names[each["name"]]}
    return document


ANYTHING, ANSWERED = schema(openapi.described(), 12), schema(narrowed(), 8)


@ANYTHING.parametrize()
def test_every_question_that_the_document_allows_and_forbids_is_answered_as_it_says(case):
    case.call_and_validate()


@ANSWERED.parametrize()
def test_every_answer_has_the_form_that_the_document_gives(case):
    case.call_and_validate()


def test_every_row_holds_what_the_document_says():
    for name, query in (("figures", {}), ("figures", {"names": "hapi"}), ("sources", {}),
                        ("crises", {})):  # fmt: skip
        model = asking.BY_PATH[f"/api/v1/{name}"].answers
        said = ask(name, query)
        assert len(model.model_validate(said).data) == len(said["data"]) > 0
    frame = pd.DataFrame(ask("figures")["data"])
    assert list(frame) == list(rows.OURS)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("figures?limit=10001", "10,000 at most"),
        ("figures?limit=0", "1 or more"),
        ("figures?crisis=%3Cx", "an id as it stands in the files"),
        ("figures?country=tha", "three capital letters for each country"),
        ("figures?population=A", "a word of the code book"),
        ("figures?fingerprint=x", "64 digits and letters"),
        ("figures?" + "&".join(["measure=killed"] * 21), "20 values at most"),
    ],
)
def test_what_would_fit_is_said_in_plain_words(question, expected):
    answer = send(f"/api/v1/{question}")
    assert answer.status_code == 422
    said = answer.json()["problems"][0]["expected"]
    assert said.startswith(expected)
    assert "pattern" not in said
