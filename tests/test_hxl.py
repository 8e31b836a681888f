"""HXL: tables that say with tags what their columns hold, read and written."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from loaders import hxl, read_figures
from loaders.containers import read_table
from loaders.hxl import write_hxl
from loaders.mapping import Mapping
from tests.builders import figure, figures

HEADER = "Country,Killed,Day\n"
TAGS = "#country+code,#affected+killed,#date\n"
DATA = "THA,12,2025-07-24\nKHM,5,2025-07-25\n"


@pytest.mark.parametrize(
    "above", ["", HEADER, "A title\n\n" + HEADER, "line\n" * 22 + HEADER, ",Group,\n" + HEADER]
)
def test_the_row_of_tags_is_found_anywhere_in_the_first_25_rows(above):
    table = read_table((above + TAGS + DATA).encode())
    assert list(hxl.tags(table).values()) == ["#country+code", "#affected+killed", "#date"]
    assert table.cells.num_rows == 2
    assert table.cells.column(0).to_pylist() == ["THA", "KHM"]


def test_a_tagged_table_keeps_its_tags_when_an_apostrophe_is_taken_off():
    notes = "Country,Note\n#country+code,#meta+note\nTHA,'=1+1\n"
    table = read_table(notes.encode())
    assert list(hxl.tags(table).values()) == ["#country+code", "#meta+note"]
    assert table.cells.column(1).to_pylist() == ["=1+1"]


def test_a_row_of_tags_further_down_is_data():
    table = read_table((HEADER + "THA,1,2025-07-24\n" * 30 + TAGS + DATA).encode())
    assert hxl.tags(table) == {}


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("#affected +killed", "#affected+killed"),
        ("# Affected + Killed ", "#affected+killed"),
        ("#country+code+v_iso3", "#country+code+v_iso3"),
        ("#affected+killed+", "#affected+killed"),
        ("affected+killed", ""),
        ("#1st", ""),
        ("Killed", ""),
        ("", ""),
    ],
)
def test_tags_are_read_with_blanks_and_in_any_case(written, tag):
    assert hxl.normal(written) == tag


def test_misspelt_and_missing_tags_are_findings_with_the_nearest_tag():
    text = HEADER.replace("Day", "Day,Note,Who") + "#country,#afected+killed,#date,,org\n"
    table = read_table((text + "THA,1,2025-07-24,x,y\n").encode())
    found = [(f.code, f.line, f.column) for f in table.findings]
    assert found == [("hxl-unknown-tag", 2, "Killed"), ("hxl-bad-tag", 2, "Who")]
    assert "#affected" in table.findings[0].problem


def test_a_tagged_table_needs_no_mapping_of_ours():
    table = read_table((HEADER + TAGS + DATA).encode(), name="mfa.csv")
    figures = Mapping.suggest(table).apply(table)
    rows = figures.cells.select(["country", "measure", "as_of", "value", "counting"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("THA", "killed", "2025-07-24", "12", "cumulative"),
        ("KHM", "killed", "2025-07-25", "5", "cumulative"),
    ]
    # How the number counts and who counted is in no tag, so it is said that it was assumed.
    assert [f.code for f in figures.findings] == ["assumed", "assumed"]


@pytest.mark.parametrize(
    ("tag", "meaning"),
    [
        ("#affected+killed", {"measure": "killed"}),
        ("#affected+injured+f+children", {"measure": "injured", "population": "girls"}),
        ("#affected+idps+ind+stock", {"measure": "displaced", "counting": "stock"}),
        ("#affected+hh", {"measure": "affected", "unit": "household"}),
        ("#affected+killed+new", {"measure": "killed", "counting": "flow"}),
        ("#affected+killed+healthworker", {"measure": "killed", "scope": "healthworker"}),
        ("#targeted+food", {}),
        ("#reached", {}),
        ("#inneed+health", {}),
        ("#affected+killed+injured", {}),
    ],
)
def test_a_tag_says_what_is_counted_and_targets_are_not_people_affected(tag, meaning):
    column = {"column": "Number"} if meaning else None
    table = read_table(f"Number,Place\n{tag},#adm1+name\n5,Trat\n6,Surin\n".encode())
    (value,) = Mapping.suggest(table).model_dump(exclude_defaults=True).get("values") or [None]
    if column:
        assert {**column, **meaning}.items() <= value.items()
    else:
        assert value is None


def test_of_code_and_name_of_a_country_the_code_is_taken():
    text = "Name,Code,Killed\n#country+name,#country+code,#affected+killed\nThailand,THA,1\n"
    assert Mapping.suggest(read_table(text.encode())).columns["country"] == "Code"


FIGURES = pd.DataFrame(
    {
        "figure_id": ["F1", "F2"],
        "country": ["THA", "KHM"],
        "measure": ["killed", "displaced"],
        "counting": ["cumulative", "stock"],
        "as_of": pd.to_datetime(["2025-07-24", "2025-07-25"]),
        "value": [12.0, 5000.0],
        "value_high": [float("nan"), 6000.0],
        "quantifier": ["exact", "range"],
        "source": ["mod", "un"],
        "published": pd.to_datetime(["2025-07-24 10:30", None]),
        "note": ['says "yes", or no', ""],
        "low": [12.0, 5000.0],
    }
)


def test_figures_are_written_with_tags_and_read_back_as_they_were():
    text = hxl.write_hxl(FIGURES)
    header, tags, *rows = csv.reader(io.StringIO(text))
    assert "low" not in header
    assert all(hxl.normal(tag) == tag for tag in tags)
    assert rows[0][header.index("published")] == "2025-07-24T10:30:00"
    table = read_table(text.encode(), name="out.csv")
    figures = Mapping.suggest(table).apply(table)
    assert figures.findings == ()
    for name in header:
        assert figures.cells.column(name).to_pylist() == [row[header.index(name)] for row in rows]


def test_every_column_of_a_figure_has_a_tag_of_its_own():
    text = hxl.write_hxl(pd.DataFrame(columns=list(__import__("figures").Figure.model_fields)))
    tags = text.splitlines()[1].split(",")
    assert len(set(tags)) == len(tags)
    assert all(hxl.column_of(tag) for tag in tags)


def test_what_we_write_with_tags_is_read_back_without_a_mapping():
    rows = figures(figure(value=21, quantifier="at_least"), figure(country="KHM", value=4))
    back = read_figures(write_hxl(rows).encode())
    assert back.figures["figure_id"].tolist() == rows["figure_id"].tolist()
    assert back.figures["low"].tolist() == [21, 4]
    assert set(back.findings["code"]) <= {"no-link"}


def test_a_tagged_table_needs_no_mapping():
    path = Path(__file__).parent / "real" / "idmc_gidd_hxl" / "displacement_data.csv"
    loaded = read_figures(path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file) if row["Year"].isdigit() and row["ISO3"] != "AB9"
        ]
    printed = [int(row["Conflict Stock Displacement"] or -1) for row in rows]
    found = loaded.figures
    found = found[(found["counting"] == "stock") & (found["scope"] == "conflict")]
    assert sorted(found["value"]) == sorted(number for number in printed if number >= 0)
    assert "unknown-country" in set(loaded.findings["code"])
