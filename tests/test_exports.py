"""Files that leave the dashboard: read back with other programs, and with our own loader."""

import csv
import io
import json
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

import exports
from exports.columns import COLUMNS
from exports.library import FORMATS
from exports.rows import BATCH, csv_rows, json_rows
from figures import Figure, Measure, Source
from loaders import load_library, read_figures
from tests.builders import figure, figures, sources

MARKS = "=+-@\t\r\n"
DATASETS = load_library("datasets")
SHARED = [name for name in DATASETS.figures.columns if name not in ("file", "line", "lineage")]


def packed(*rows, **about):
    frame = figures(*(rows or (figure(),)))
    return exports.bundle(frame, sources({"source": "a"}), about)


def cells(content, sheet="Figures"):
    """Return the cells of a sheet, as openpyxl reads them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def told(content, ending):
    """Return the figures our loader finds in a file, without what it adds itself."""
    loaded = read_figures(content, name=f"back.{ending}")
    assert "error" not in set(loaded.findings["severity"])
    return loaded.figures[SHARED].astype(str)


@pytest.mark.parametrize("kind", ["csv", "hxl", "xlsx", "json"])
def test_every_shipped_figure_comes_back_the_same_through_our_loader(kind):
    pack = exports.bundle(DATASETS.figures, DATASETS.sources, {})
    back = told(FORMATS[kind].make(pack), FORMATS[kind].ending)
    assert back.equals(DATASETS.figures[SHARED].astype(str))


def test_parquet_has_days_as_days_numbers_as_numbers_and_the_code_book_beside():
    table = pq.read_table(io.BytesIO(FORMATS["parquet"].make(packed(figure(since="2025-12-07")))))
    assert str(table.schema.field("as_of").type) == "date32[day]"
    assert str(table.schema.field("value").type) == "int64"
    row = table.to_pylist()[0]
    assert (row["as_of"].isoformat(), row["since"].isoformat()) == ("2025-12-24", "2025-12-07")
    assert (row["value"], row["value_high"], row["published"]) == (10, None, None)
    assert table.schema.field("value").metadata[b"description"].startswith(b"The number printed")
    assert json.loads(table.schema.metadata[b"sources"])[0]["source"] == "a"
    assert len(json.loads(table.schema.metadata[b"code_book"])) == len(exports.code_book())


def test_parquet_holds_every_shipped_figure():
    pack = exports.bundle(DATASETS.figures, DATASETS.sources, {})
    back = pq.read_table(io.BytesIO(FORMATS["parquet"].make(pack))).to_pandas()
    assert list(back.columns) == list(COLUMNS)
    assert back["value"].tolist() == DATASETS.figures["value"].tolist()
    assert back["note"].tolist() == DATASETS.figures["note"].tolist()


def test_json_holds_figures_sources_and_code_book_as_records():
    pack = packed(figure(value_high=12, quantifier="range", published="2025-12-24 10:30"), by="us")
    content = json.loads(FORMATS["json"].make(pack))
    assert list(content) == ["about", "figures", "sources", "code_book"]
    row = content["figures"][0]
    assert (row["value"], row["value_high"]) == (10, 12)
    assert (row["as_of"], row["published"]) == ("2025-12-24", "2025-12-24T10:30:00")
    assert (row["since"], row["note"]) == (None, "")
    assert content["about"] == {"by": "us"}


def test_a_file_without_a_figure_is_still_a_file():
    empty = exports.bundle(figures().iloc[:0], sources({"source": "a"}), {})
    assert json.loads(FORMATS["json"].make(empty))["figures"] == []
    assert FORMATS["csv"].make(empty).decode("utf-8-sig").strip() == ",".join(COLUMNS)
    assert cells(FORMATS["xlsx"].make(empty)) == [list(COLUMNS)]


def test_a_workbook_has_typed_cells_a_frozen_header_and_filters():
    content = FORMATS["xlsx"].make(packed(figure(value=1234567), Title="Killed"))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Figures"]
    row = dict(zip(COLUMNS, sheet[2], strict=True))
    assert (row["value"].value, row["value"].number_format) == (1234567, "#,##0")
    assert row["as_of"].is_date
    assert row["as_of"].number_format == "yyyy-mm-dd"
    assert row["published"].value is None
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref is not None
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == [
        "Figures",
        "Sources",
        "Code book",
        "About",
    ]
    assert cells(content, "About") == [["Title", "Killed"]]


def test_a_moment_keeps_its_clock_and_a_day_has_none():
    rows = figure(published="2025-12-24 10:30"), figure(published="2025-12-25 00:00")
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].make(packed(*rows))))["Figures"]
    column = COLUMNS.index("published") + 1
    first, second = sheet.cell(2, column), sheet.cell(3, column)
    assert str(first.value) == "2025-12-24 10:30:00"
    assert (str(second.value), second.number_format) == ("2025-12-25 00:00:00", "yyyy-mm-dd")


@pytest.mark.parametrize("kind", ["csv", "hxl", "parquet"])
def test_the_zip_has_sources_code_book_and_a_note_beside_the_figures(kind):
    pack = packed(Title="All of it")
    with zipfile.ZipFile(io.BytesIO(exports.zipped(kind, pack))) as archive:
        name = f"figures.{FORMATS[kind].ending}"
        assert archive.namelist() == [name, "sources.csv", "codebook.csv", "README.txt"]
        assert archive.read(name) == FORMATS[kind].make(pack)
        rows = list(csv.DictReader(io.StringIO(archive.read("sources.csv").decode("utf-8-sig"))))
        assert list(rows[0]) == list(Source.model_fields)
        assert "Title: All of it" in archive.read("README.txt").decode()


def test_only_sources_that_the_figures_lead_back_to_are_taken_along():
    listed = sources(
        {"source": "a", "relays": "b"}, {"source": "b", "relays": "own"}, {"source": "c"}
    )
    pack = exports.bundle(figures(figure(source="a")), listed, {})
    assert pack.sources["source"].tolist() == ["a", "b"]


def test_the_code_book_tells_every_column_and_every_word():
    book = exports.code_book()
    told = set(book["column"])
    assert told >= {*Figure.model_fields, *Source.model_fields}
    words = set(book.loc[book["column"] == "measure", "word"]) - {""}
    assert words == {word.value for word in Measure}
    assert (book["meaning"] != "").all()


@pytest.mark.parametrize("mark", [*MARKS, "＝", "＠"])
def test_text_that_could_be_a_formula_is_text_in_every_file(mark):
    text = f"{mark}cmd|' /C calc'!A0"
    table = pd.DataFrame({text: [text], "n": [-5]})
    written = list(csv.reader(io.StringIO(exports.csv(table).decode("utf-8-sig"), newline="")))
    assert [row[0][0] for row in written] == ["'", "'"]
    assert written[1][1] == "-5"
    book = openpyxl.load_workbook(io.BytesIO(exports.xlsx({text: table}, {text: text})))
    for sheet in book:
        texts = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert texts
        assert all(cell.data_type == "s" and not cell.value.startswith(mark) for cell in texts)


@pytest.mark.parametrize("text", ["+160", "-19", "+1,200", "-4.5%", "+1\u202f200"])
def test_a_signed_number_in_words_stands_in_a_workbook_as_it_is_and_as_text(text):
    made = exports.xlsx({"Figures": pd.DataFrame({"people": [text]})})
    (cell,) = next(openpyxl.load_workbook(io.BytesIO(made))["Figures"].iter_rows(min_row=2))
    assert (cell.value, cell.data_type) == (text, "s")
    assert f"'{text}" in exports.csv(pd.DataFrame({"people": [text]})).decode("utf-8-sig")


@pytest.mark.parametrize("text", ["+1+1", "-A1", "+160*2", "=160", "+", "-1|calc", "'+160", "+1\n"])
def test_what_is_more_than_a_signed_number_keeps_its_apostrophe_in_a_workbook(text):
    made = exports.xlsx({"Figures": pd.DataFrame({"people": [text]})})
    (cell,) = next(openpyxl.load_workbook(io.BytesIO(made))["Figures"].iter_rows(min_row=2))
    assert (cell.value, cell.data_type) == (f"'{text}", "s")


def test_free_text_of_a_figure_is_guarded_and_nothing_else_of_it():
    pack = packed(figure(note="=1+1", expression="+41", scope="-", admin1="Surin"))
    row = next(csv.DictReader(io.StringIO(FORMATS["csv"].make(pack).decode("utf-8-sig"))))
    assert (row["note"], row["expression"], row["scope"]) == ("'=1+1", "'+41", "'-")
    assert (row["admin1"], row["value"]) == ("Surin", "10")


# What a cell of a library may hold: one line of text without blanks around it.
SIGNED = st.text(st.sampled_from("'=+-@＝1a \"éก"), min_size=1, max_size=8).map(str.strip)


@settings(max_examples=25, deadline=None)
@given(st.lists(SIGNED, min_size=1, max_size=4))
@pytest.mark.parametrize("kind", ["csv", "hxl", "xlsx", "json"])
def test_any_text_comes_back_as_it_was_with_apostrophes_of_its_own(kind, texts):
    rows = [figure(figure_id=f"F{n}", note=text, scope=text) for n, text in enumerate(texts)]
    rows.append(figure(figure_id="last", note="'=1", scope="''+1", expression="=1"))
    back = told(FORMATS[kind].make(packed(*rows)), FORMATS[kind].ending)
    assert back["note"].tolist() == [*texts, "'=1"]
    assert back["scope"].tolist() == [*texts, "''+1"]
    assert back["expression"].iloc[-1] == "=1"


def test_the_names_of_sources_come_back_as_they_were(tmp_path):
    listed = pd.DataFrame({"source": ["a", "b", "c"], "name": ["=A", "'=B", "'C'"], "kind": "un"})
    (tmp_path / "sources.csv").write_bytes(exports.csv(listed))
    assert load_library(str(tmp_path)).sources["name"].tolist() == ["=A", "'=B", "'C'"]


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(ANY, ANY), min_size=1, max_size=6))
def test_rows_put_together_by_column_are_the_bytes_that_python_writes(pairs):
    words, notes = zip(*pairs, strict=True)
    coded = pa.array(words, pa.large_string()).dictionary_encode()
    table = pa.table({"a": coded, "b": pa.array(notes, pa.large_string())})
    plain = pa.table({name: table[name].cast(pa.large_string()) for name in table.column_names})
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerows(pairs)
    assert b"".join(csv_rows(plain)).decode() == target.getvalue()
    objects = [json.dumps({"a": a, "b": b}, ensure_ascii=False) + ",\n" for a, b in pairs]
    assert b"".join(json_rows(table)).decode() == "".join(objects)


def test_figures_are_written_many_at_a_time_and_none_is_lost_between():
    count = 2 * BATCH + 3
    table = pa.table({"n": pa.array([str(n) for n in range(count)], pa.large_string())})
    parts = list(csv_rows(table))
    assert len(parts) == 3
    assert b"".join(parts).decode().split() == [str(n) for n in range(count)]


HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("\x00\x1b\u202e\ufffe_x0041=<&\"']]>"),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(HOSTILE, min_size=1, max_size=5))
def test_any_text_makes_a_workbook_that_opens_and_keeps_it(texts):
    table = pd.DataFrame({"text": pd.Series(texts, dtype=object)})
    shown = [unescape(row[0] or "") for row in cells(exports.xlsx({"Figures": table}))[1:]]
    # A row whose only cell is empty is not written at the end of a sheet.
    shown += [""] * (len(texts) - len(shown))
    assert shown == [exports.safe(text) for text in texts]


def test_signs_that_cannot_be_printed_are_shown_and_bidi_overrides_stay():
    assert exports.safe("a\x00b\x1b\u202ec\x7f") == "a␀b␛\u202ec␡"
    assert exports.safe("\ufffe") == "\ufffd"


def test_a_text_longer_than_a_cell_goes_on_in_a_sheet_of_its_own():
    text = "".join(f"{number} " for number in range(20_000))
    content = exports.xlsx({"Figures": pd.DataFrame({"note": [text]})})
    assert cells(content)[1][0].endswith("… (the whole text is in the sheet “Long texts”)")
    pieces = [row for row in cells(content, "Long texts")[1:] if row[:2] == ["Figures", "A2"]]
    assert "".join(row[2] for row in pieces) == text
    assert any("Longer texts are whole" in str(row[1]) for row in cells(content, "About"))


def test_a_table_longer_than_a_sheet_goes_on_in_the_next_and_says_so():
    table = pd.DataFrame({"n": range(7)})
    content = exports.xlsx({"Figures": table}, rows=4)
    found = [cells(content, name)[1:] for name in ("Figures", "Figures (2)", "Figures (3)")]
    assert [row[0] for sheet in found for row in sheet] == list(range(7))
    assert cells(content, "About")[1][1] == "The sheet “Figures (2)” holds rows 4 to 6 of 7."


@pytest.mark.parametrize("name", ["a/b:c*?[d]", "x" * 50, "'quoted'", "", "History\x00"])
def test_any_name_makes_a_sheet(name):
    content = exports.xlsx({name: pd.DataFrame({"n": [1]}), f"{name} ": pd.DataFrame({"n": [2]})})
    assert len(openpyxl.load_workbook(io.BytesIO(content)).sheetnames) == 2


def test_the_table_of_a_chart_has_its_source_below():
    table = pd.DataFrame({"day": pd.to_datetime(["2025-12-24"]), "value": [86.0]})
    text = exports.csv(table, {"Source": "A, B", "Link": "https://example.org"}).decode("utf-8-sig")
    assert text.splitlines() == [
        "day,value",
        "2025-12-24,86",
        "",
        'Source,"A, B"',
        "Link,https://example.org",
    ]


def test_the_template_asks_for_what_the_models_know_and_the_loader_reads_it_filled_in():
    listed = sources({"source": "a"}, {"source": "b", "kind": "ngo"})
    book = openpyxl.load_workbook(io.BytesIO(exports.template(listed)))
    sheet = book["Figures"]
    assert [cell.value for cell in sheet[1]] == list(Figure.model_fields)
    for cell in sheet[1]:
        assert Figure.model_fields[cell.value].description in cell.comment.text
    lists = {
        str(rule.sqref).split(":")[0][:-1]: rule
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    letter = {cell.value: cell.column_letter for cell in sheet[1]}
    assert {"measure", "counting", "quantifier", "unit", "status", "source", "publisher"} <= {
        name for name, column in letter.items() if column in lists
    }
    assert [s.title for s in book if s.sheet_state == "visible"] == [
        "Figures",
        "Sources",
        "Code book",
    ]
    for name, words in (("measure", [w.value for w in Measure]), ("source", ["a", "b"])):
        where = lists[letter[name]].formula1.lstrip("=").replace("$", "")
        column = book["Lists"][where.split("!")[1]]
        assert [cell.value for (cell,) in column] == words
    assert {str(rule.type) for rule in sheet.data_validations.dataValidation} == {
        "list",
        "date",
        "whole",
    }

    row = figure(as_of=pd.Timestamp("2025-12-24").to_pydatetime(), url="https://example.org/x")
    for name, value in row.items():
        if name in letter:
            sheet[f"{letter[name]}2"] = value
    target = io.BytesIO()
    book.save(target)
    back = read_figures(target.getvalue(), name="filled.xlsx", crisis="test")
    assert set(back.findings["severity"]) <= {"info"}
    assert len(back.figures) == 1
    found = back.figures.iloc[0]
    assert (found["figure_id"], found["value"], found["measure"]) == (
        row["figure_id"],
        10,
        "killed",
    )
    assert found["as_of"] == pd.Timestamp("2025-12-24")
