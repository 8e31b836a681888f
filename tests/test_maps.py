"""Maps: shapes that fit together, numbers as circles, nought apart from no figure."""

import csv
import json
import math
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts import MapWords, boundaries, map_svg, png, without_shape
from charts.maps.labels import Layout
from charts.maps.marks import limits, radius, shade
from charts.maps.view import around, around_world, overlap
from loaders import load_library
from tests.test_architecture import ROOT
from ui import answers, mapping
from ui.query import read

SVG = "{http://www.w3.org/2000/svg}"
WORDS = MapWords(
    no_figure="No figure",
    zero="Nobody",
    upper="Highest of a range",
    disputed="Disputed border",
    zone="Conflict zone",
    disclaimer="The boundaries shown do not imply any opinion.",
    credit="Boundaries: Natural Earth.",
    country=lambda code: f"Land {code}",
    number=lambda value: f"{value:,.0f}",
    distance=lambda length: f"{length:,.0f} km",
)
# Land drawn within another's outline in the archive, but no province of it.
APART = {"CYP", "CUB"}


@pytest.fixture(scope="module")
def library():
    return load_library(str(ROOT / "datasets"))


def on_screen(library, **query):
    """Return what the Overview draws for a link."""
    view, notices = read({"crisis": "tha-khm-2025-12", "day": "2025-12-24", **query}, library)
    assert not notices
    level = query.get("map", "country")
    return view, mapping.drawn_map(library, view, level, "light", shaded=False)


def listed(name):
    with (ROOT / "loaders" / "places" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def frame(*rows):
    """Return places with their numbers: (place, value), (place, value, high) or (place, None)."""
    table = []
    for place, value, *high in rows:
        none = value is None
        table.append(
            {
                "place": place,
                "name": place.rpartition("/")[2],
                "value": math.nan if none else value,
                "value_high": high[0] if high else math.nan,
                "number": "" if none else str(value),
                "state": "none" if none else "figure",
            }
        )
    return pd.DataFrame(table)


def drawn(rows, countries=("THA", "KHM"), **how):
    return ET.fromstring(map_svg(rows, countries, WORDS, **how))


def circles(svg):
    """Return the radius of each number's circle by its place; the key's circles have no name."""
    named = [(circle.find(f"{SVG}title"), circle) for circle in svg.iter(f"{SVG}circle")]
    return {t.text.partition(":")[0]: float(c.get("r")) for t, c in named if t is not None}


def texts(svg):
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def hatched(svg):
    return [p for p in svg.iter(f"{SVG}path") if p.get("fill", "").startswith("url(")]


def area(rings):
    return sum(
        float(np.sum(r[:-1, 0] * r[1:, 1] - r[1:, 0] * r[:-1, 1])) / 2 for r in map(steps, rings)
    )


def steps(ring):
    return np.round(ring * boundaries.GRID).astype(np.int64)


def edges(rings):
    return [
        (tuple(a), tuple(b))
        for ring in rings
        for a, b in zip(steps(ring)[:-1].tolist(), steps(ring)[1:].tolist(), strict=True)
    ]


def test_every_country_the_loader_knows_has_a_shape_or_is_listed_without_one():
    codes = {row["iso3"] for row in listed("codes.csv")}
    assert len(codes) > 240
    assert {code for code in codes if boundaries.country(code) is None} == {"VAT"}
    assert "VAT" in boundaries.WITHOUT


@pytest.mark.parametrize("code", ["THA", "KHM"])
def test_every_province_of_the_loader_is_found_in_its_own_spelling(code):
    names = [row["name"] for row in listed(f"provinces/{code}.csv")]
    country = boundaries.country(code)
    missing = [name for name in names if country.find(name) is None]
    assert [f"{code}/{name}" for name in missing] == [
        place for place in boundaries.WITHOUT if place.startswith(f"{code}/")
    ]
    found = {name: country.find(name).name for name in names if name not in missing}
    assert all(name == kept for name, kept in found.items() if name != "Bangkok")


def test_every_province_in_the_shipped_figures_has_a_shape(library):
    figures = library.figures
    figures = figures[figures["admin1"].astype(str) != ""]
    places = set(figures["country"].astype(str) + "/" + figures["admin1"].astype(str))
    assert len(places) > 10
    assert without_shape(places) == []


def test_provinces_fill_their_country_without_gap_or_overlap():
    """Each edge is shared by two provinces or lies on the outline, and none is walked twice."""
    checked = 0
    for code in sorted(boundaries.boxes()):
        country = boundaries.country(code)
        if len(country.provinces) < 2 or code in APART:
            continue
        walked = Counter(e for p in country.provinces for e in edges(p.rings))
        assert max(walked.values()) == 1, code
        outline = set(edges(country.outline))
        alone = [edge for edge in walked if edge[::-1] not in walked and edge not in outline]
        assert alone == [], code
        # What the source gives no name to is land of the country, but no province.
        whole, parts = (
            abs(area(country.outline)),
            abs(sum(area(p.rings) for p in country.provinces)),
        )
        assert parts <= whole, code
        assert parts >= 0.97 * whole, code
        checked += 1
    assert checked > 180


def test_neighbouring_countries_share_their_border_point_by_point():
    thailand, cambodia = (set(edges(boundaries.country(c).outline)) for c in ("THA", "KHM"))
    shared = [edge for edge in thailand if edge[::-1] in cambodia]
    assert len(shared) > 50
    assert not thailand & cambodia


def test_every_ring_is_closed_and_has_an_area():
    for code in boundaries.boxes():
        country = boundaries.country(code)
        for ring in (*country.outline, *(r for p in country.provinces for r in p.rings)):
            assert len(ring) >= 4, code
            assert (ring[0] == ring[-1]).all(), code
            assert area([ring]) != 0, code


def test_the_archive_is_small():
    assert boundaries.ARCHIVE.stat().st_size < 2_500_000
    with zipfile.ZipFile(boundaries.ARCHIVE) as archive:
        assert len(json.loads(archive.read("KHM.json"))["provinces"]) == 24


@pytest.mark.parametrize(
    ("code", "spelling"),
    [
        ("UKR", "Kyiv"),
        ("UKR", "Crimea"),
        ("PSE", "Gaza"),
        ("KHM", "oddar meanchey"),
        ("SDN", "North Darfur"),
    ],
)
def test_a_province_is_found_however_it_is_written(code, spelling):
    assert boundaries.country(code).find(spelling) is not None


@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=6, unique=True))
@settings(max_examples=25, deadline=None)
def test_the_area_of_a_circle_grows_with_its_number_and_nothing_else(values):
    places = ["THA/Surin", "THA/Trat", "THA/Nan", "THA/Tak", "THA/Yala", "KHM/Pursat"]
    rows = frame(*zip(places, values, strict=False))
    found = circles(drawn(rows, level="province"))
    assert len(found) == len(values)
    largest = max(values)
    for name, value in zip(rows["name"], values, strict=False):
        assert found[name] ** 2 / radius(largest, largest) ** 2 == pytest.approx(
            value / largest, abs=1e-3
        )


def test_nought_has_its_own_mark_and_no_figure_is_hatched():
    svg = drawn(frame(("THA", 0), ("KHM", None)))
    assert circles(svg) == {}
    marks = [path for path in svg.iter(f"{SVG}path") if path.get("class") == "nought"]
    assert len(marks) == 2  # on the map and in the key
    assert len(hatched(svg)) == 1
    assert {"No figure", "Nobody"} <= set(texts(svg))
    assert "THA 0" in texts(svg)


def test_a_country_with_a_figure_is_not_hatched():
    svg = drawn(frame(("THA", 65), ("KHM", 21)))
    assert hatched(svg) == []
    assert "No figure" not in texts(svg)
    assert circles(svg).keys() == {"THA", "KHM"}


def test_a_range_has_an_outer_ring():
    svg = drawn(frame(("THA", 20, 40), ("KHM", 40)))
    rings = [c for c in svg.iter(f"{SVG}circle") if c.get("stroke-dasharray")]
    assert any(float(c.get("r")) == circles(svg)["KHM"] for c in rings)
    assert "Highest of a range" in texts(svg)


def test_hostile_names_are_text():
    name = '<script>alert(1)</script> & "x"'
    rows = frame(("THA", 5)).assign(name=name, number="<b>5</b>")
    svg = drawn(rows)
    assert not list(svg.iter(f"{SVG}script"))
    assert not list(svg.iter(f"{SVG}b"))
    assert f"{name} <b>5</b>" in texts(svg) or "<b>5</b>" in texts(svg)


def test_a_place_without_a_shape_is_named_and_left_out():
    places = ["KHM/Tboung Khmum", "THA/Surin", "VAT", "XYZ", "THA/<b>", "../THA"]
    assert without_shape(places) == ["KHM/Tboung Khmum", "VAT", "XYZ", "THA/<b>", "../THA"]
    svg = drawn(frame(("KHM/Tboung Khmum", 3), ("THA/Surin", 1)), level="province")
    assert circles(svg).keys() == {"Surin"}
    assert map_svg(frame(("VAT", 3)), ["VAT"], WORDS) == ""


def test_the_map_of_countries_frames_the_conflict_zone_and_that_of_provinces_looks_into_it():
    zone = ("THA/Surin", "KHM/Oddar Meanchey")
    whole = drawn(frame(("THA", 1)), zone=zone)
    near = drawn(frame(("THA/Surin", 1)), zone=zone, level="province")
    assert [r for r in whole.iter(f"{SVG}rect") if r.get("class") == "zone"]
    assert not [r for r in near.iter(f"{SVG}rect") if r.get("class") == "zone"]
    assert [s for s in near.iter(f"{SVG}svg") if s.get("class") == "locator"]


def test_shades_stand_for_classes_that_the_key_names():
    svg = drawn(frame(("THA", 65), ("KHM", 3)), shaded=True)
    assert circles(svg) == {}
    assert {"1–4", "5–9", "10–19", "20–49", "50+"} <= set(texts(svg))


def test_a_few_people_have_a_shade_for_each_number():
    svg = drawn(frame(("THA", 3), ("KHM", 2), ("LAO", 1)), shaded=True)
    assert [text for text in texts(svg) if text in ("1", "2", "3+", "1+", "2+", "1–2")] == [
        "1",
        "2",
        "3+",
    ]
    assert limits([1, 2, 3]) == [2, 3]


def test_a_shaded_province_has_its_name_beside_its_number_even_where_it_is_small(library):
    view, _ = read({"crisis": "tha-khm-2025-12", "day": "2025-12-24", "map": "province"}, library)
    svg = mapping.drawn_map(library, view, "province", "light", shaded=True).svg
    for name in ("Oddar Meanchey", "Preah Vihear", "Buri Ram", "Sa Kaeo"):
        assert f">{name} <tspan" in svg


def test_beside_the_map_an_old_figure_says_how_old_it_is(library):
    _, found = on_screen(library, map="province")
    old = next(text for text in found.told.places if "Preah Vihear" in text)
    assert "8 Dec 2025: 16 days old" in old


def test_a_map_of_provinces_without_a_figure_says_which_measures_have_some(library):
    _, found = on_screen(library, map="province", measure="displaced")
    assert found.told.places == ()
    assert found.told.rest[0] == (
        "On 24 Dec 2025 there are figures by province for: Killed, Injured, and Evacuated."
    )
    _, other = on_screen(library, map="province", measure="killed")
    assert not [text for text in other.told.rest if "figures by province" in text]


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=30))
def test_a_larger_number_is_never_paler(values):
    colours = ("a", "b", "c", "d", "e")
    found = [shade(value, limits(values), colours) for value in sorted(values)]
    assert found == sorted(found)


def test_every_map_says_that_borders_are_no_opinion_and_whose_they_are():
    found = texts(drawn(frame(("THA", 1))))
    assert WORDS.credit in found
    assert WORDS.disclaimer in " ".join(found)


@pytest.mark.parametrize(
    "countries",
    [["FJI"], ["RUS"], ["NOR"], ["SDN", "TCD"], ["ISR", "PSE"], ["UKR", "RUS"], ["KIR"], ["USA"],
     ["NZL", "TON"], ["ATA"], ["MCO"]],
)  # fmt: skip
@pytest.mark.parametrize("level", ["country", "province"])
def test_any_crisis_in_the_world_can_be_drawn(countries, level):
    rows = frame(*((code, 10 + n) for n, code in enumerate(countries)))
    svg = map_svg(rows, countries, WORDS, level=level)
    assert circles(ET.fromstring(svg)).keys() == set(countries)
    assert len(svg.encode()) < (60_000 if level == "country" else 120_000)
    assert "nan" not in svg
    assert png(svg, 0.5).startswith(b"\x89PNG")


def test_a_country_across_the_antimeridian_is_seen_in_one_piece():
    west, _, east, _ = around_world([(177.0, -18, 179.5, -16), (-180.0, -17, -178.0, -16)])
    assert (west, east) == (177.0, 182.0)


def test_the_overview_of_a_shipped_crisis_is_a_small_picture():
    rows = frame(("THA/Surin", 3), ("KHM/Pursat", 2), ("THA/Trat", None), ("KHM/Koh Kong", 0))
    zone = tuple(rows["place"])
    for level in ("country", "province"):
        assert len(map_svg(rows, ["THA", "KHM"], WORDS, level=level, zone=zone).encode()) < 60_000


def test_the_same_frame_gives_the_same_picture():
    rows = frame(("THA", 65), ("KHM", None))
    assert map_svg(rows, ["THA", "KHM"], WORDS) == map_svg(rows, ["THA", "KHM"], WORDS)


def test_two_maps_in_one_document_do_not_share_names():
    first = map_svg(frame(("THA", 65)), ["THA"], WORDS)
    second = map_svg(frame(("THA", 66)), ["THA"], WORDS, theme="dark")
    one, other = (set(re.findall(r'id="(\w+)"', svg)) for svg in (first, second))
    assert one
    assert not one & other


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300), st.floats(0, 30)), max_size=25))
@settings(deadline=None)
def test_words_never_cover_one_another(marks):
    layout = Layout(420, 320)
    placed = [layout.beside((x, y), r, 70, 14) for x, y, r in marks]
    boxes = [box for box in placed if box]
    assert not any(overlap(a, b) for n, a in enumerate(boxes) for b in boxes[:n])
    assert all(min(box) >= 0 and box[2] <= 420 and box[3] <= 320 for box in boxes)


def test_the_largest_number_has_the_largest_circle():
    assert radius(50, 50) > radius(49, 50) > radius(0, 50) == 0


def test_a_view_is_true_to_scale_at_its_middle():
    view = around((10.0, 59.0, 12.0, 61.0), 0.0)
    (left, low), (right, high) = view.point((10.0, 59.0)), view.point((12.0, 61.0))
    across = (right - left) / (2 * math.cos(math.radians(60)))
    assert across == pytest.approx((low - high) / 2)


@pytest.mark.parametrize("measure", ["killed", "injured", "displaced", "evacuated", "sheltered"])
def test_the_map_of_countries_shows_the_numbers_of_the_cards(library, measure):
    view, map_of = on_screen(library, measure=measure)
    parts = {part.place: part.text for part in answers.total(library, view).parts}
    known = map_of.rows[map_of.rows["state"] == "figure"]
    assert parts
    assert dict(zip(known["place"], known["number"], strict=True)) == parts
    assert set(map_of.rows["place"]) == {"THA", "KHM"}


@pytest.mark.parametrize("level", ["country", "province"])
@pytest.mark.parametrize("measure", ["killed", "sheltered"])
def test_the_map_its_table_and_its_words_hold_the_same_numbers(library, measure, level):
    view, map_of = on_screen(library, measure=measure, map=level)
    table = mapping._table(library, map_of.rows)
    raw = mapping._raw(library, view, map_of.rows)
    known = map_of.rows[map_of.rows["state"] == "figure"]
    told = ET.fromstring(map_of.svg).iter(f"{SVG}title")
    drawn_here = {title.text for title in told}
    assert {f"{n}: {v}" for n, v in zip(known["name"], known["number"], strict=True)} == drawn_here
    assert table["Figure"].tolist() == [number or "No figure" for number in map_of.rows["number"]]
    assert raw["value"].tolist() == known["value"].tolist()
    assert all(
        f"{n} {v}" in map_of.chart.alt for n, v in zip(known["name"], known["number"], strict=True)
    )


def test_a_province_shows_a_row_of_its_own_with_its_source_and_day(library):
    _, map_of = on_screen(library, measure="killed", map="province")
    rows = {row["place"]: row for row in map_of.rows.to_dict("records")}
    figures = library.figures.set_index("figure_id")
    known = [row for row in rows.values() if row["state"] == "figure"]
    assert known
    for row in known:
        figure = figures.loc[row["figure_id"]]
        assert f"{figure['country']}/{figure['admin1']}" == row["place"]
        assert (figure["value"], figure["source"]) == (row["value"], row["source"])
    # Two deaths of 16 December are all that is known of Surin: missing on the 24th is not nought.
    assert rows["THA/Surin"]["state"] == "none"
    assert math.isnan(rows["THA/Surin"]["value"])
