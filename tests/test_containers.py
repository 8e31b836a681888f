"""Containers: any file an office produces becomes a table of text, with what is odd about it."""

import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from loaders.containers import CODES, UnreadableTable, read_table, read_tables
from loaders.raw import RawTable

DERIVED = Path(__file__).parent / "real" / "derived"
ROWS = [["country", "date", "killed"], ["THA", "2025-07-24", "12"], ["KHM", "2025-07-25", "5"]]


def rows(table: RawTable) -> list[list[str]]:
    """Return header and rows of a table."""
    columns = [table.cells.column(name).to_pylist() for name in table.cells.column_names]
    return [table.cells.column_names, *map(list, zip(*columns, strict=True))]


def codes(table: RawTable) -> list[str]:
    return [finding.code for finding in table.findings]


def workbook(*sheets: list[list[object]], merge: tuple[str, ...] = ()) -> bytes:
    """Return an xlsx with the sheets; ``merge`` are merged cells of the first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, lines in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for line in lines:
            sheet.append(line)
    for cells in merge:
        book.worksheets[0].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(*lines: str) -> bytes:
    """Return an ods with one sheet; each line holds its cells, separated by |."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(
        "<table:table-row>"
        + "".join(cell.format(c) for c in line.split("|"))
        + "</table:table-row>"
        for line in lines
    )
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{urn}:office:1.0" '
        f'xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", mime)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^", "~"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_ending_gives_the_same_table(separator, end):
    text = end.join(separator.join(row) for row in ROWS)
    assert rows(read_table(text.encode())) == ROWS


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_any_encoding_gives_the_same_table(encoding):
    text = "pays,tués\nCôte d'Ivoire,3\nBénin,2\n"
    expected = [["pays", "tués"], ["Côte d'Ivoire", "3"], ["Bénin", "2"]]
    assert rows(read_table(text.encode(encoding))) == expected


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Région;Tués\nBéja;3\nGabès;4\n", "cp1252"),
        ("Łódź;zabitych\nświętokrzyskie;3\n", "cp1250"),
        ("Дата;Убито\nКиев;5\nХарьков;7\n", "cp1251"),
        ("Дата;Убито\nКиев;5\nХарьков;7\n", "koi8_r"),
        ("التاريخ;قتلى\nغزة;10\nرفح;2\n", "cp1256"),
        ("พื้นที่;ผู้เสียชีวิต\nสุรินทร์;5\nศรีสะเกษ;2\n", "cp874"),
        ("日期;死亡\n北京市;5\n上海市;3\n", "gb18030"),
        ("日付;死者\n東京都;5\n大阪府;2\n", "cp932"),
    ],
)
def test_a_code_page_is_guessed_and_the_guess_is_reported(text, encoding):
    table = read_table(text.encode(encoding))
    assert rows(table) == [line.split(";") for line in text.splitlines()]
    (finding,) = table.findings
    assert (finding.code, finding.severity) == ("guessed-encoding", "info")
    assert encoding in finding.problem


def test_utf8_and_byte_order_marks_need_no_guess():
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert codes(read_table("tué,né\n1,2\n".encode(encoding))) == []


def test_an_encoding_that_is_told_is_taken_as_it_is():
    assert rows(read_table("a,é\n1,2\n".encode("cp850"), encoding="cp850"))[0] == ["a", "é"]
    with pytest.raises(UnreadableTable, match="not the name of an encoding"):
        read_table(b"a,b\n1,2\n", encoding="klingon")


def test_quoted_cells_keep_separators_quotes_and_line_breaks():
    text = 'name,note\nA,"one, two"\nB,"says ""no"""\nC,"two\nlines"\nD,x\n'
    table = read_table(text.encode())
    assert table.cells["note"].to_pylist() == ["one, two", 'says "no"', "two\nlines", "x"]
    # A spreadsheet shows a record as one line, however many line breaks its cells hold.
    assert table.lines.tolist() == [2, 3, 4, 5]


def test_apostrophes_quote_where_they_stand_around_cells():
    text = "name;note\n'A';'one; two'\n'B';'three'\n"
    assert read_table(text.encode()).cells["note"].to_pylist() == ["one; two", "three"]


def test_the_separator_that_excel_names_is_taken():
    table = read_table(b"sep=;\ncountry;killed\nTHA;1,5\n")
    assert rows(table) == [["country", "killed"], ["THA", "1,5"]]
    assert table.lines.tolist() == [3]


def test_decimal_commas_do_not_pass_for_separators():
    table = read_table(b"place;share;count\nA;1,5;3,2\nB;2,5;4,1\nC;0,1;7,7\n")
    assert table.cells.column_names == ["place", "share", "count"]


def test_a_quote_that_never_closes_swallows_nothing():
    table = read_table(b'name,killed\nA,1\nB"",2\n"C,3\nD,4\nE,5\n')
    assert table.cells["name"].to_pylist() == ["A", 'B""', '"C', "D", "E"]
    (finding,) = table.findings
    assert (finding.code, finding.line, finding.severity) == ("unclosed-quote", 4, "error")


def test_lines_above_the_header_are_skipped_with_a_finding_each():
    text = "Reported casualties\nas of,2025-07-25,,\n\ncountry,date,killed,injured\nTHA,2025,1,2\n"
    table = read_table(text.encode())
    assert table.cells.column_names == ["country", "date", "killed", "injured"]
    found = [(f.code, f.line, f.value) for f in table.findings]
    assert found == [
        ("preamble-skipped", 1, "Reported casualties"),
        ("preamble-skipped", 2, "as of 2025-07-25"),
    ]
    assert table.lines.tolist() == [5]


def test_footnotes_below_the_table_are_kept_in_findings():
    text = "country,killed\nTHA,1\nKHM,2\n\n* provisional\nSource: Ministry of Health\n"
    table = read_table(text.encode())
    assert table.cells["country"].to_pylist() == ["THA", "KHM"]
    notes = [(f.line, f.value) for f in table.findings if f.code == "footnote"]
    assert notes == [(5, "* provisional"), (6, "Source: Ministry of Health")]


def test_a_last_row_with_one_cell_is_data_when_it_is_no_note():
    assert read_table(b"country,killed\nTHA,1\nKHM,\n").cells.num_rows == 2


def test_a_totals_row_is_marked_and_kept():
    table = read_table(b"province,killed\nSurin,1\nSi Sa Ket,2\nBuri Ram,0\nTrat,1\nTotal,4\n")
    assert table.cells.num_rows == 5
    (finding,) = table.findings
    assert (finding.code, finding.line, finding.column) == ("totals-row", 6, "province")


def test_a_class_called_total_is_no_totals_row():
    table = read_table(b"sex,killed\nTotal,3\nMale,2\nFemale,1\nTotal,5\nMale,1\nFemale,4\n")
    assert codes(table) == []


def test_blank_lines_keep_the_numbers_of_the_others():
    table = read_table(b"country,killed\n\nTHA,1\n,\nKHM,2\n")
    assert table.lines.tolist() == [3, 5]


def test_groups_over_columns_join_their_names():
    text = "LOCATION,,HEALTH,,FOOD,\nRegion,Zone,Affected,Target,Affected,Target\nA,B,1,2,3,4\n"
    assert read_table(text.encode()).cells.column_names == [
        "LOCATION – Region",
        "LOCATION – Zone",
        "HEALTH – Affected",
        "HEALTH – Target",
        "FOOD – Affected",
        "FOOD – Target",
    ]


def test_a_table_with_dates_for_headings_has_a_header():
    table = read_table(b"province,2025-07-24,2025-07-25\nSurin,1,2\nTrat,3,4\n")
    assert table.cells.column_names == ["province", "2025-07-24", "2025-07-25"]


def test_a_table_of_data_alone_gets_numbered_columns_and_a_warning():
    table = read_table(b"THA,2025-07-24,12\nKHM,2025-07-25,5\n")
    assert table.cells.column_names == ["column 1", "column 2", "column 3"]
    assert (table.cells.num_rows, codes(table)) == (2, ["no-header"])


def test_columns_of_one_name_are_told_apart():
    table = read_table(b"place,Target,Target\nA,1,2\n")
    assert table.cells.column_names == ["place", "Target", "Target (2)"]
    assert codes(table) == ["duplicate-column"]


def test_cells_beyond_the_header_are_kept_and_reported():
    table = read_table(b"country,note\nTHA,one, two\nKHM,x\nLAO,y\n")
    assert rows(table)[1] == ["THA", "one", " two"]
    (finding,) = table.findings
    assert (finding.code, finding.line, finding.value) == ("ragged-row", 2, " two")


def test_garbled_text_is_reported_and_left_alone():
    table = read_table("place,dead\nCiudad JuÃ¡rez,1\nTrat,2\n".encode())
    assert table.cells["place"].to_pylist() == ["Ciudad JuÃ¡rez", "Trat"]
    assert [(f.code, f.line) for f in table.findings] == [("mojibake", 2)]


def test_header_rows_and_rows_to_skip_can_be_told():
    text = "title,x\ncountry,killed\nISO,people\nTHA,1\nignore,9\nKHM,2\n"
    table = read_table(text.encode(), header_rows=[2], skip_rows=[3, 5])
    assert rows(table) == [["country", "killed"], ["THA", "1"], ["KHM", "2"]]
    assert table.lines.tolist() == [4, 6]


def test_a_workbook_gives_text_as_a_reader_sees_it():
    lines = [["a", "b", "c"], [1.0, 2.5, True], [__import__("datetime").date(2025, 7, 24), 7, "x"]]
    assert rows(read_table(workbook(lines)))[1:] == [["1", "2.5", "TRUE"], ["2025-07-24", "7", "x"]]


def test_a_number_with_three_decimals_cannot_pass_for_thousands():
    assert read_table(workbook([["a", "b"], ["x", 1.234]])).cells["b"].to_pylist() == ["1.2340"]
    assert read_table(b'[{"a": "x", "b": 1.234}]').cells["b"].to_pylist() == ["1.2340"]


def test_merged_headers_and_merged_text_are_filled_but_numbers_are_not():
    lines = [
        ["Country", "Date", "People", None],
        [None, None, "Killed", "Injured"],
        ["Thailand", "2025-07-24", 12, 30],
        [None, "2025-07-25", None, 31],
    ]
    table = read_table(workbook(lines, merge=("A1:A2", "B1:B2", "C1:D1", "A3:A4", "C3:C4")))
    assert rows(table) == [
        ["Country", "Date", "People – Killed", "People – Injured"],
        ["Thailand", "2025-07-24", "12", "30"],
        ["Thailand", "2025-07-25", "", "31"],
    ]
    assert codes(table) == ["merged-filled"]


def test_a_name_that_stands_once_is_not_filled_down_unless_merged():
    table = read_table(DERIVED / "merged_header.xlsx")
    assert table.cells["Territory"].to_pylist()[:2] == ["Gaza Strip", ""]


def test_errors_and_formulas_without_results_are_findings():
    book = openpyxl.Workbook()
    for line in (["a", "b"], ["x", "=A1+1"], ["y", 1]):
        book.active.append(line)
    book.active["B3"].value, book.active["B3"].data_type = "#REF!", "e"
    out = io.BytesIO()
    book.save(out)
    table = read_table(out.getvalue())
    assert table.cells["b"].to_pylist() == ["", "#REF!"]
    found = {(f.code, f.line) for f in table.findings}
    assert found == {("cell-error", 3), ("formula-not-computed", 2)}


def test_the_sheet_that_is_a_table_is_read_and_the_others_are_named():
    data = workbook([["Notes"], ["Read me"]], ROWS)
    table = read_table(data)
    assert (table.sheet, rows(table)) == ("Sheet 2", ROWS)
    assert "Sheet 1" in next(f.problem for f in table.findings if f.code == "other-tables")
    assert [t.sheet for t in read_tables(data)] == ["Sheet 1", "Sheet 2"]


def test_a_sheet_that_is_not_there_is_an_error_that_names_those_that_are():
    with pytest.raises(UnreadableTable, match="'Sheet 1'"):
        read_table(workbook(ROWS), sheet="Data")


def test_a_workbook_of_the_old_form_is_read():
    table = read_table(DERIVED / "made.xls")
    assert rows(table) == [
        ["Country", "Date", "Killed", "Confirmed"],
        ["Thailand", "2025-07-24", "12", "TRUE"],
        ["Thailand", "2025-07-25", "19", "FALSE"],
    ]


def test_an_ods_workbook_is_read():
    assert (
        rows(read_table(ods("country|date|killed", "THA|2025-07-24|12", "KHM|2025-07-25|5")))
        == ROWS
    )


def test_a_second_table_below_the_first_is_a_table_of_its_own():
    text = "country,killed\nTHA,1\nKHM,4\n\nInjured\ncountry,injured\nTHA,2\n"
    first, second = read_tables(text.encode())
    assert rows(first) == [["country", "killed"], ["THA", "1"], ["KHM", "4"]]
    assert rows(second) == [["country", "injured"], ["THA", "2"]]
    assert second.lines.tolist() == [7]
    table = read_table(text.encode())
    assert rows(table) == rows(first)
    assert "'table 2' (1 rows)" in next(f.problem for f in table.findings)


def test_gz_and_zip_are_unpacked():
    text = "\n".join(",".join(row) for row in ROWS).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", text)
        archive.writestr("b.csv", "x,y\n1,2\n")
        archive.writestr("picture.png", b"\x89PNG....")
    assert rows(read_table(gzip.compress(text))) == ROWS
    table = read_table(out.getvalue())
    assert (table.sheet, rows(table)) == ("a.csv", ROWS)
    assert set(codes(table)) == {"other-tables", "unreadable-part"}
    assert rows(read_table(out.getvalue(), sheet="b.csv")) == [["x", "y"], ["1", "2"]]


@pytest.mark.parametrize(
    "text",
    [
        '[{"country": "THA", "killed": 12}, {"country": "KHM", "killed": 5}]',
        '{"n": 2, "data": [{"country": "THA", "killed": 12}, {"country": "KHM", "killed": 5}]}',
        '{"country": "THA", "killed": 12}\n{"country": "KHM", "killed": 5}\n',
        '{"country": ["THA", "KHM"], "killed": [12, 5]}',
        '[["country", "killed"], ["THA", 12], ["KHM", 5]]',
    ],
)
def test_json_records_in_any_form_give_the_same_table(text):
    assert rows(read_table(text.encode())) == [["country", "killed"], ["THA", "12"], ["KHM", "5"]]


def test_nested_json_gets_dotted_names_and_keeps_every_value():
    text = (
        '[{"where": {"iso": "THA", "at": [1, 2]}, "n": 1.10}, {"n": null, "where": {"iso": "KHM"}}]'
    )
    assert rows(read_table(text.encode())) == [
        ["where.iso", "where.at", "n"],
        ["THA", '["1", "2"]', "1.10"],
        ["KHM", "", ""],
    ]


def test_an_entry_that_is_no_record_is_reported():
    table = read_table(b'[{"a": 1}, 5, {"a": 2}]')
    assert [(f.code, f.line) for f in table.findings] == [("not-a-record", 2)]
    assert table.lines.tolist() == [1, 3]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n\n", "empty-file"),
        (b"%PDF-1.7 ...", "unreadable-file"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "unreadable-file"),
        (b"PK\x03\x04garbage", "unreadable-file"),
        (b"\x1f\x8bgarbage", "unreadable-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1garbage", "unreadable-file"),
        (b'[{"a": 1}, {"a": ', "unreadable-file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked-file",
        ),
    ],
)
def test_what_cannot_be_read_says_so_in_a_finding(data, code):
    with pytest.raises(UnreadableTable) as error:
        read_table(data, name="file.any")
    finding = error.value.finding
    assert (finding.code, finding.file, finding.severity) == (code, "file.any", "error")
    assert finding.remedy


def test_a_missing_file_is_named():
    with pytest.raises(UnreadableTable, match=r"nowhere\.csv"):
        read_table("nowhere.csv")


def test_a_path_an_address_an_open_file_and_bytes_are_all_sources(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in ROWS))
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        sources = [path, str(path), f"file://{path}", path.read_bytes(), binary, text]
        assert [rows(read_table(source)) for source in sources] == [ROWS] * 6
    assert read_table(path).file == "a.csv"


def test_every_code_is_declared_once_with_all_its_words():
    names = [entry[0] for entry in CODES]
    assert len(set(names)) == len(names)
    assert all(all(entry) and entry[1] in ("error", "warning", "info") for entry in CODES)


LARGE = "".join(f'T{n};"a; ""b"" {n % 7}\nsecond";{n};\n' for n in range(60_000))


@pytest.mark.parametrize(
    "text",
    [
        "country;note;killed;more\n" + LARGE,
        "A title\n\ncountry;note;killed;more\n" + LARGE + ";;;\n" + LARGE,
        "G;;H;\ncountry;note;killed;more\n#country;;#affected+killed;\n" + LARGE,
        "country;note;killed;more\n" + LARGE + "\n* a note\nSource: ministry\n",
        "country;note;killed;more\n" + LARGE + "one;cell;too;many;here\n" + LARGE,
        "sep=;\ncountry;note;killed;more\n" + LARGE.replace("\n", "\r\n"),
        "country;note;killed;more\n" + LARGE + 'X;";1;2\nY;b;3;4\n',
    ],
)
def test_a_large_table_is_the_same_whether_read_quickly_or_with_care(text, monkeypatch):
    quick = read_table(text.encode())
    monkeypatch.setattr("loaders.containers.quick.SMALL", 1 << 40)
    careful = read_table(text.encode())
    assert quick.cells.equals(careful.cells, check_metadata=True)
    assert quick.lines.tolist() == careful.lines.tolist()
    assert quick.findings == careful.findings
