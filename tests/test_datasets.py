"""The shipped data: counted again without our code, and its generated companions."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from figures import Figure
from figures.codebook import pages
from loaders import load_library

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "datasets"


@pytest.fixture(scope="module")
def library():
    return load_library(DATA)


def rows(pattern):
    """Return the rows of the files as the csv module reads them."""
    found = []
    for path in sorted(DATA.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            found += [row | {"crisis": path.parent.name} for row in csv.DictReader(file)]
    return found


def test_nothing_is_lost_on_the_way_in(library):
    assert len(library.figures) == len(rows("*/figures.csv")) == 743
    assert len(library.sources) == len(rows("sources.csv")) == 208
    assert len(library.events) == len(rows("*/events.csv")) == 39
    assert len(library.crises) == 2
    assert len(library.identities) == len(rows("identities.csv"))


def test_each_value_is_the_one_in_the_file(library):
    loaded = library.figures
    here = dict(
        zip(zip(loaded["crisis"], loaded["figure_id"], strict=True), loaded["value"], strict=True)
    )
    there = {(row["crisis"], row["figure_id"]): int(row["value"]) for row in rows("*/figures.csv")}
    assert here == there


@pytest.mark.parametrize("column", ["measure", "counting", "quantifier", "source", "admin1"])
def test_each_word_is_there_as_often_as_in_the_files(library, column):
    counted = Counter(row[column] for row in rows("*/figures.csv"))
    assert {k: v for k, v in library.figures[column].value_counts().items() if v} == counted


def test_a_line_is_the_one_a_spreadsheet_shows(library):
    wanted = library.figures[library.figures["crisis"] == "tha-khm-2025-12"]
    with (DATA / "tha-khm-2025-12/figures.csv").open(encoding="utf-8", newline="") as file:
        lines = {row["figure_id"]: number for number, row in enumerate(csv.DictReader(file), 2)}
    assert dict(zip(wanted["figure_id"], wanted["line"], strict=True)) == lines


def test_a_cumulative_figure_without_first_day_counts_from_the_start_of_its_crisis(library):
    start = dict(zip(library.crises["crisis"], library.crises["start"], strict=True))
    chosen = library.figures.set_index(["crisis", "figure_id"])
    for row in rows("*/figures.csv"):
        if row["counting"] == "cumulative" and not row["since"]:
            found = chosen.at[(row["crisis"], row["figure_id"]), "since"]
            assert found == start[row["crisis"]]


def test_the_findings_are_those_on_the_written_list(library):
    page = (ROOT / "docs/known-findings.md").read_text(encoding="utf-8")
    table = [line.split(" | ") for line in page.splitlines() if line.startswith("| tha-")]
    listed = [(row[0].strip("| "), int(row[1]), row[3].strip("`")) for row in table]
    found = library.findings
    assert sorted(listed) == sorted(zip(found["file"], found["line"], found["code"], strict=True))
    assert all(len(row[4]) > 20 for row in table), "each needs a reason"
    assert "error" not in set(found["severity"])


@pytest.mark.parametrize("path", [p.relative_to(ROOT) for p in pages(DATA, ROOT / "docs")], ids=str)
def test_what_is_made_from_the_models_is_up_to_date(path):
    made = pages(DATA, ROOT / "docs")[ROOT / path]
    assert (ROOT / path).read_text(encoding="utf-8") == made, "run: python -m figures write"


def test_every_shipped_table_is_in_the_data_package_with_its_columns():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    listed = {resource["path"]: resource["schema"] for resource in package["resources"]}
    shipped = {str(p.relative_to(DATA)) for p in DATA.rglob("*.csv")} - {"template.csv"}
    assert set(listed) == {path for path in shipped if ".last-good" not in path}
    for path, schema in listed.items():
        with (DATA / path).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in schema["fields"]], path


def test_the_data_package_has_the_form_that_frictionless_asks_for():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))
    for resource in package["resources"]:
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        schema = resource["schema"]
        own = {field["name"] for field in schema["fields"]}
        assert all(field["type"] in ("string", "integer", "date") for field in schema["fields"])
        assert all(field["description"] for field in schema["fields"])
        assert set(schema.get("primaryKey", [])) <= own
        for link in schema.get("foreignKeys", []):
            assert set(link["fields"]) <= own
            assert link["reference"]["resource"] in {*names, ""}


def test_the_template_has_every_column_and_no_row():
    assert (DATA / "template.csv").read_text() == ",".join(Figure.model_fields) + "\n"


def test_what_must_add_up_uses_words_of_the_vocabulary(library):
    from figures import Cause, Measure, Population

    known = {"population": Population, "cause": Cause, "measure": Measure}
    for row in library.identities.itertuples():
        for word in (row.total, *row.parts.split("+")):
            assert word in list(known[row.dimension]), row
