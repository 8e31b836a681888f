"""Whatever is dropped in: findings or a clear error, never a crash, a hang or endless memory."""

import contextlib
import gzip
import io
import json
import time
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.containers import UnreadableTable, read_table, read_tables
from loaders.mapping import Mapping, MappingError
from loaders.raw import RawTable

REAL = Path(__file__).parent / "real"
MEGABYTE = 1 << 20
patient = settings(
    max_examples=150,
    deadline=10_000,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)


def read(data: bytes) -> list[RawTable]:
    """Read data that may be anything; only UnreadableTable may be raised."""
    with contextlib.suppress(UnreadableTable):
        tables = read_tables(data, name="fuzz")
        for table in tables:
            assert len(table.lines) == table.cells.num_rows
            assert len(set(table.cells.column_names)) == table.cells.num_columns
            assert all(finding.file == "fuzz" for finding in table.findings)
            Mapping.suggest(table).apply(table)
        return tables
    return []


@patient
@given(st.binary(max_size=2_000))
def test_random_bytes_are_read_or_refused(data):
    read(data)


@patient
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=500))
def test_random_text_is_read_or_refused(text):
    read(text.encode())


@patient
@given(
    st.lists(
        st.lists(st.text(st.sampled_from("ab12 ,;\t|\"'\n\r#+-=.é"), max_size=12), max_size=6),
        max_size=12,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_ragged_rows_of_nasty_cells_are_read_or_refused(rows, separator, end):
    read(end.join(separator.join(row) for row in rows).encode())


@patient
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=25,
    )
)
def test_any_json_is_read_or_refused(value):
    read(json.dumps(value).encode())


FILES = {
    "xlsx": (REAL / "derived/merged_header.xlsx").read_bytes(),
    "xls": (REAL / "derived/made.xls").read_bytes(),
    "gz": gzip.compress((REAL / "derived/base.csv").read_bytes()),
    "csv": (REAL / "derived/cp1252_semicolon_space_thousands.csv").read_bytes(),
    "utf-16": (REAL / "derived/utf16le_tab.tsv").read_bytes(),
    "json": (REAL / "russia_losses_claims/russia_losses_equipment_correction.json").read_bytes(),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_cut_off_anywhere_is_read_or_refused(kind):
    data = FILES[kind]
    for size in range(1, len(data), max(1, len(data) // 40)):
        read(data[:size])


def test_an_xls_whose_bytes_ask_for_endless_memory_is_refused():
    # Byte 1701 makes calamine reserve 687 GB, which would end the process that reads it.
    for place in (*range(0, 5_600, 280), 1701):
        content = bytearray(FILES["xls"])
        content[place] = 255
        read(bytes(content))


@pytest.mark.parametrize("kind", sorted(FILES.keys() - {"xls"}))
@patient
@given(data=st.data())
def test_a_file_with_changed_bytes_is_read_or_refused(kind, data):
    content = bytearray(FILES[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    read(bytes(content))


def zipped(files: dict[str, bytes], level: int = 9) -> bytes:
    """Return a zip of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


ZEROS = b"0,0\n" * (150 * MEGABYTE // 4)
BOMBS = {
    "one that swells a thousandfold": lambda: zipped({"a.csv": ZEROS}),
    "one with too many files": lambda: zipped({f"{n}.csv": b"a,b\n" for n in range(2_000)}),
    "a gz": lambda: gzip.compress(ZEROS),
    "a zip in a zip in a zip in a zip": lambda: zipped(
        {"a.zip": zipped({"a.zip": zipped({"a.zip": zipped({"a.csv": b"a,b\n1,2\n"})})})}
    ),
    "a workbook": lambda: zipped({"xl/workbook.xml": b" " * len(ZEROS)}),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_before_it_unpacks(kind):
    bomb = BOMBS[kind]()
    tracemalloc.start()
    with pytest.raises(UnreadableTable) as error:
        read_tables(bomb, name="bomb.zip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.value.finding.code == "too-large"
    assert peak < 150 * MEGABYTE


def test_an_archive_that_lies_about_its_sizes_is_refused():
    bomb = zipped({"a.csv": ZEROS})
    honest = len(ZEROS).to_bytes(4, "little")
    with pytest.raises(UnreadableTable):
        read_tables(bomb.replace(honest, (10).to_bytes(4, "little")), name="bomb.zip")


def test_a_sheet_with_two_cells_far_apart_is_refused_and_not_reserved():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", "b"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UnreadableTable) as error:
        read_table(out.getvalue(), name="far.xlsx")
    assert "1,048,576 rows by 16,384 columns" in error.value.finding.problem


def test_an_ods_sheet_that_repeats_a_cell_without_end_is_refused():
    many = b'table:number-columns-repeated="16384"'
    cell = b"<table:table-cell " + many + b"><text:p>x</text:p></table:table-cell>"
    row = b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-row>"
    content = b'<x><table:table table:name="S">' + row + b"</table:table></x>"
    with pytest.raises(UnreadableTable) as error:
        read_table(zipped({"content.xml": content}), name="far.ods")
    assert error.value.finding.code == "too-large"


def test_a_cell_of_eleven_megabytes_is_cut_with_a_finding():
    table = read_table(b"country,note\nTHA," + b"x" * (11 * MEGABYTE) + b"\nKHM,y\n")
    (finding,) = (f for f in table.findings if f.code == "large-cell")
    assert (finding.line, finding.column) == (2, "note")
    assert table.cells["note"].to_pylist()[1] == "y"
    assert len(table.cells["note"][0].as_py()) < 2_000


@pytest.mark.parametrize("cell", ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "-2+3"])
def test_formulas_stay_text(cell):
    table = read_table(f"country,value\nTHA,{cell}\nKHM,1\n".encode())
    assert table.cells["value"].to_pylist() == [cell, "1"]


def test_json_nested_a_hundred_thousand_deep_is_refused():
    with pytest.raises(UnreadableTable) as error:
        read_table(b"[" * 100_000 + b"]" * 100_000, name="deep.json")
    assert error.value.finding.code == "too-large"


NASTY = {
    "one long line": b"a," * 500_000,
    "only quotes": b'"' * 200_001,
    "quotes in quotes": b'a,b\n"' + b'""' * 100_000 + b'",1\n',
    "a million blank lines": b"\n" * 1_000_000 + b"a,b\n1,2\n",
    "a hundred thousand columns": b",".join(b"%d" % n for n in range(100_000)),
    "brackets": b"{" * 50_000,
    "nothing but separators": b";;;;\n" * 50_000,
    "backslashes in JSON": b'[{"a": "' + b"\\" * 100_001,
    "digits": b"9" * 1_000_000,
    "a number of digits": b"country,value\nTHA," + b"9" * 100_000,
}


@pytest.mark.parametrize("kind", NASTY)
def test_nasty_files_are_dealt_with_within_seconds(kind):
    start = time.perf_counter()
    read(NASTY[kind])
    assert time.perf_counter() - start < 10


@patient
@given(st.text(max_size=200))
def test_any_text_as_a_mapping_is_a_mapping_or_an_error_in_words(text):
    with contextlib.suppress(MappingError):
        assert Mapping.load(text + "\n").dump() is not None
