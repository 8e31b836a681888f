"""Reading a folder of data sets: every row becomes a figure or a finding."""

import csv
import io
import shutil

import fsspec
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures import Figure, complete
from figures.frames import COLUMNS
from loaders import Library, load_library, read_figures
from loaders.canonical import read_canonical
from loaders.writing import to_csv
from tests.builders import crisis, figure, source, write_crisis, write_figures, write_table

HEADER = ",".join(Figure.model_fields)
FILE = "test/figures.csv"


def text(*rows, newline="\r\n"):
    """Return figures as the text of a file."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(
        target, list(Figure.model_fields), extrasaction="ignore", lineterminator=newline
    )
    writer.writeheader()
    writer.writerows({"url": "https://example.org/"} | row for row in rows)
    return target.getvalue()


def codes(found):
    """Return (line, column, code) of each finding."""
    frame = found.findings
    return list(zip(frame["line"], frame["column"], frame["code"], strict=True))


def test_a_good_folder_has_no_findings(tmp_path):
    library = load_library(write_crisis(tmp_path, figure(), figure(value=11, as_of="2025-12-25")))
    assert isinstance(library, Library)
    assert codes(library) == []
    assert list(library.figures["value"]) == [10, 11]
    assert list(library.figures["crisis"]) == ["test", "test"]
    assert tuple(library.figures.columns) == COLUMNS


def test_figures_come_with_their_types(tmp_path):
    frame = load_library(write_crisis(tmp_path, figure(published="2025-12-24 18:30"))).figures
    assert complete(frame) is frame
    assert frame["value"].dtype == "int64"
    assert all(frame[name].dtype == "datetime64[s]" for name in ("since", "as_of", "published"))
    assert isinstance(frame["source"].dtype, pd.CategoricalDtype)
    assert frame["note"].dtype == "str"
    assert frame["published"][0] == pd.Timestamp("2025-12-24 18:30")


def test_a_row_with_bad_cells_gives_a_finding_for_each_and_the_rest_loads(tmp_path):
    bad = figure(figure_id="F9", value="1,20O", as_of="24.12.2025")
    library = load_library(write_crisis(tmp_path, figure(), bad, figure()))
    assert codes(library) == [(3, "as_of", "not-a-date"), (3, "value", "not-a-number")]
    assert len(library.figures) == 2
    finding = library.findings.iloc[1]
    assert (finding["file"], finding["value"], finding["severity"]) == (FILE, "1,20O", "error")
    assert finding["remedy"].startswith("Write digits")


def test_a_country_in_words_is_told_its_code(tmp_path):
    library = load_library(write_crisis(tmp_path, figure(country="Lao PDR")))
    assert library.findings["remedy"][0] == "Write LAO."


def test_namibia_is_not_a_missing_value(tmp_path):
    row = figure(country="NAM", admin1="NA", scope="NULL", note="nan")
    frame = load_library(write_crisis(tmp_path, row, countries="NAM")).figures
    assert (frame["admin1"][0], frame["scope"][0], frame["note"][0]) == ("NA", "NULL", "nan")


def test_a_row_that_breaks_a_rule_is_left_out_by_name(tmp_path):
    row = figure(quantifier="range", value=9, value_high=7)
    library = load_library(write_crisis(tmp_path, row, figure()))
    assert codes(library) == [(2, "value_high", "low-above-high")]
    assert len(library.figures) == 1


def test_a_cumulative_figure_counts_from_the_start_of_its_crisis_unless_told(tmp_path):
    rows = [figure(), figure(since="2025-12-20"), figure(counting="stock", measure="sheltered")]
    since = load_library(write_crisis(tmp_path, *rows, start="2025-12-07")).figures["since"]
    assert since[:2].tolist() == [pd.Timestamp("2025-12-07"), pd.Timestamp("2025-12-20")]
    assert pd.isna(since[2])


def test_lineage_follows_who_relays_whom_nearest_first(tmp_path):
    listed = [
        source(source="ministry"),
        source(source="agency", relays="own+ministry"),
        source(source="paper", relays="agency"),
    ]
    rows = [figure(source=s) for s in ("ministry", "agency", "paper")]
    frame = load_library(write_crisis(tmp_path, *rows, sources=listed)).figures
    assert list(frame["lineage"]) == ["own", "ministry+own", "agency+ministry"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_endings_make_no_difference(newline):
    loaded = read_figures(text(figure(), figure(note="ก"), newline=newline).encode())
    assert len(loaded.figures) == 2
    assert list(loaded.figures["line"]) == [2, 3]


def test_a_line_is_a_record_however_many_line_breaks_its_cells_hold():
    loaded = read_figures(text(figure(note="one\ntwo\nthree"), figure(value="x")).encode())
    assert codes(loaded) == [(3, "value", "not-a-number")]
    assert loaded.figures["note"][0] == "one\ntwo\nthree"


def test_empty_rows_are_passed_over_and_still_counted():
    lines = text(figure(), figure(value="x")).splitlines()
    body = "\n".join([*lines[:2], "", "," * 22, lines[2], ""])
    assert codes(read_figures(body.encode())) == [(5, "value", "not-a-number")]


def test_a_row_with_another_number_of_cells_is_reported_with_its_line():
    good = text(figure(), figure()).splitlines()
    body = "\n".join([good[0], "too,few", good[1], good[2] + ",more", ""])
    loaded = read_figures(body.encode())
    assert codes(loaded) == [(2, "", "wrong-cell-count"), (4, "", "wrong-cell-count")]
    assert list(loaded.figures["line"]) == [3]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\n\n", "empty-file"),
        (b"a,b\n1,2\n", "no-columns"),
        (HEADER.replace("value,", "").encode() + b"\n", "missing-column"),
        ((HEADER + '\n"F1,THA,,killed\n').encode(), "unclosed-quote"),
        ((HEADER + "\nF1,THA,,killed").encode(), "truncated-file"),
        (b"\x00" * 100, "empty-file"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding(tmp_path, content, code):
    root = write_crisis(tmp_path, figure())
    (root / FILE).write_bytes(content)
    library = load_library(root)
    assert code in set(library.findings["code"])
    assert set(library.findings["file"]) == {FILE}
    assert len(library.figures) == 0
    assert library.figures["value"].dtype == "int64"


def test_a_missing_column_is_named():
    loaded = read_figures(b"figure_id,country,measure,counting,as_of,source\n")
    assert codes(loaded) == [(1, "value", "missing-column")]


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_missing():
    content = b"VALUE,source, as_of ,counting,measure,country,figure_id\n" + (
        b"12,a,2025-12-24,cumulative,killed,THA,F1\n"
    )
    loaded = read_figures(content)
    assert list(loaded.figures["quantifier"]) == ["exact"]
    assert list(loaded.figures["value"]) == [12]
    assert set(loaded.findings["code"]) == {"no-link"}


def test_a_column_of_their_own_is_mentioned_and_left_alone():
    body = text(figure(), newline="\n").replace("note\n", "note,quantifer\n").strip() + ",exact\n"
    loaded = read_figures(body.encode())
    assert codes(loaded) == [(1, "quantifer", "unknown-column")]
    assert "quantifier" in loaded.findings["remedy"][0]


def test_a_column_that_stands_there_twice_is_reported():
    body = text(figure(value=7), newline="\n").replace("note\n", "note,value\n").strip() + ",99\n"
    loaded = read_figures(body.encode())
    assert codes(loaded) == [(1, "value", "duplicate-column")]
    assert loaded.figures["value"][0] == 7


def test_files_of_an_office_in_another_encoding_are_read_too():
    body = text(figure(note="blessés à Siem Reap")).replace(",", ";")
    for encoding in ("utf-16", "cp1252", "utf-8-sig"):
        loaded = read_figures(body.encode(encoding))
        assert list(loaded.figures["note"]) == ["blessés à Siem Reap"], encoding


def test_a_cell_larger_than_a_block_is_a_finding_not_a_crash():
    loaded = read_figures(text(figure(note="x" * 9_000_000), figure()).encode())
    assert codes(loaded) == [(2, "note", "too-long")]
    assert len(loaded.figures) == 1


def test_what_is_missing_from_a_folder_is_said(tmp_path):
    write_table(tmp_path / "crises.csv", ["crisis", "name", "countries", "start"], [crisis()])
    library = load_library(tmp_path)
    said = set(zip(library.findings["file"], library.findings["code"], strict=True))
    missing = {"sources.csv", "identities.csv", FILE}
    assert said == {(file, "missing-file") for file in missing}


def test_a_folder_that_is_not_there_is_a_finding(tmp_path):
    library = load_library(tmp_path / "nowhere")
    assert "missing-folder" in set(library.findings["code"])
    assert library.figures.empty


def test_a_folder_that_crises_does_not_name_is_loaded_with_a_warning(tmp_path):
    write_crisis(tmp_path, figure())
    write_figures(tmp_path / "other" / "figures.csv", figure())
    library = load_library(tmp_path)
    assert ("other/figures.csv", "unknown-crisis") in set(
        zip(library.findings["file"], library.findings["code"], strict=True)
    )
    assert set(library.figures["crisis"]) == {"test", "other"}


def test_further_files_of_figures_belong_to_the_crisis(tmp_path):
    write_crisis(tmp_path, figure())
    write_figures(tmp_path / "test" / "figures-late.csv", figure(value=12, as_of="2025-12-26"))
    write_table(tmp_path / "test" / "shelters.csv", ["a"], [])
    library = load_library(tmp_path)
    assert sorted(library.figures["value"]) == [10, 12]
    assert codes(library) == [(0, "", "unused-file")]


def test_a_table_with_a_mapping_beside_it_is_figures_too(tmp_path):
    write_crisis(tmp_path, figure(), sources=[source(), source(source="moh")])
    (tmp_path / "test" / "toll.csv").write_text("Day,Dead\n2025-12-25,12\n", encoding="utf-8")
    (tmp_path / "test" / "toll.toml").write_text(
        '[constants]\ncountry = "THA"\ncounting = "cumulative"\nsource = "moh"\n'
        'measure = "killed"\nurl = "https://example.org/"\n'
        '[columns]\nas_of = "Day"\nvalue = "Dead"\n',
        encoding="utf-8",
    )
    library = load_library(tmp_path)
    assert "error" not in set(library.findings["severity"]), library.findings.to_string()
    late = library.figures[library.figures["file"] == "test/toll.csv"]
    assert (list(late["value"]), list(late["line"])) == ([12], [2])


def test_a_mapping_that_cannot_be_used_is_a_finding(tmp_path):
    write_crisis(tmp_path, figure())
    (tmp_path / "test" / "toll.csv").write_text("Day,Dead\n2025-12-25,12\n", encoding="utf-8")
    (tmp_path / "test" / "toll.toml").write_text("[columns\n", encoding="utf-8")
    assert "bad-mapping" in set(load_library(tmp_path).findings["code"])


def test_hidden_files_and_lock_files_are_passed_over(tmp_path):
    write_crisis(tmp_path, figure())
    for name in (".figures.csv", "~$figures.csv", ".~lock.figures.csv#"):
        (tmp_path / "test" / name).write_text("x", encoding="utf-8")
    write_figures(tmp_path / ".last-good" / "figures.csv", figure(value="x"))
    assert codes(load_library(tmp_path)) == []


def test_a_small_table_reports_its_bad_rows_too(tmp_path):
    listed = [source(), source(source="b", kind="blog")]
    library = load_library(write_crisis(tmp_path, figure(), sources=listed))
    assert codes(library) == [(3, "kind", "unknown-word")]
    assert list(library.sources["source"]) == ["a"]


def test_what_changes_in_one_crisis_leaves_the_mark_of_another(tmp_path):
    write_crisis(tmp_path, figure(figure_id="F1"), crisis="flood")
    write_crisis(tmp_path, figure(figure_id="F2"), crisis="war")
    before = load_library(tmp_path)
    write_figures(tmp_path / "war" / "figures.csv", figure(figure_id="F2", value=11))
    after = load_library(tmp_path)
    assert after.mark("flood") == before.mark("flood")
    assert after.mark("war") != before.mark("war")


def test_what_all_crises_share_changes_the_mark_of_each(tmp_path):
    write_crisis(tmp_path, figure(figure_id="F1"), crisis="flood")
    before = load_library(tmp_path)
    write_table(tmp_path / "sources.csv", ["source", "name"], [{"source": "a", "name": "Agency"}])
    assert load_library(tmp_path).mark("flood") != before.mark("flood")


def test_the_fingerprint_is_that_of_the_content_anywhere(tmp_path):
    root = write_crisis(tmp_path / "one", figure(figure_id="F1"))
    shutil.copytree(root, tmp_path / "two")
    one, two = load_library(root).fingerprint, load_library(tmp_path / "two").fingerprint
    assert one == two
    write_figures(tmp_path / "two" / FILE, figure(figure_id="F1", value=11))
    assert load_library(tmp_path / "two").fingerprint != one


def test_a_library_can_lie_behind_any_address_that_fsspec_knows(tmp_path):
    root = write_crisis(tmp_path, figure(value=23))
    memory = fsspec.filesystem("memory")
    memory.put(str(root), "/data-sets", recursive=True)
    try:
        library = load_library("memory://data-sets")
        assert list(library.figures["value"]) == [23]
        assert library.fingerprint == load_library(root).fingerprint
        assert len(read_figures(f"memory://data-sets/{FILE}").figures) == 1
    finally:
        memory.rm("/data-sets", recursive=True)


def test_figures_can_be_read_from_an_open_file_and_from_bytes(tmp_path):
    path = write_figures(tmp_path / "figures.csv", figure(value=23))
    with path.open("rb") as file:
        assert list(read_figures(file).figures["value"]) == [23]
    assert list(read_figures(path.read_bytes(), name="x.csv").figures["file"]) == ["x.csv"]


def test_a_file_that_is_not_there_is_a_finding(tmp_path):
    loaded = read_figures(tmp_path / "nowhere.csv")
    assert list(loaded.findings["code"]) == ["missing-file"]
    assert loaded.figures.empty


def test_a_column_of_crises_is_taken_as_it_stands():
    body = text(figure(), figure()).splitlines()
    body = "\n".join([body[0] + ",crisis", body[1] + ",one", body[2] + ",two", ""])
    assert list(read_figures(body.encode()).figures["crisis"]) == ["one", "two"]


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "value": st.sampled_from(["10", "12", "", "x", " 7 ", "1e3"]),
            "country": st.sampled_from(["THA", "KHM", "THA+KHM", "Siam"]),
            "as_of": st.sampled_from(["2025-12-24", "2025-12-25", "yesterday"]),
            "quantifier": st.sampled_from(["", "at_least", "range"]),
            "note": st.text(max_size=20),
            "source": st.sampled_from(["a", "b"]),
        }
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_every_row_becomes_a_figure_or_has_a_finding(rows):
    loaded = read_figures(text(*(figure(**row) for row in rows)).encode())
    grave = loaded.findings[loaded.findings["severity"] == "error"]
    kept, left_out = set(loaded.figures["line"]), set(grave["line"])
    assert kept | left_out == set(range(2, len(rows) + 2))
    assert not kept & left_out


@settings(max_examples=30, deadline=None)
@given(st.permutations([figure(value=n, as_of=f"2025-12-{n:02}") for n in range(10, 16)]))
def test_the_order_of_rows_changes_nothing_but_their_lines(rows):
    def content(listed):
        frame = read_figures(text(*listed).encode()).figures
        return frame.drop(columns="line").sort_values("figure_id", ignore_index=True)

    pd.testing.assert_frame_equal(content(rows), content(sorted(rows, key=lambda r: r["as_of"])))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda b: HEADER.encode() + b"\n" + b))
def test_any_bytes_give_figures_and_findings_and_never_a_traceback(data):
    raw = read_canonical(data, "x.csv")
    assert raw.cells.num_rows == len(raw.lines)
    loaded = read_figures(data)
    assert len(loaded.figures) <= data.count(b"\n") + data.count(b"\r") + 1


def test_what_is_written_reads_back_the_same():
    rows = [
        figure(value=9, value_high=10, quantifier="range", note='a "quoted", note\nof two lines'),
        figure(published="2025-12-25 08:30", since="2025-12-08"),
    ]
    once = read_figures(text(*rows).encode())
    again = read_figures(to_csv(once.figures).encode())
    pd.testing.assert_frame_equal(again.figures, once.figures)


def test_a_reload_reads_only_the_file_that_changed(tmp_path, monkeypatch):
    from loaders import building

    root = write_crisis(tmp_path, figure(note=str(tmp_path)))
    load_library(root)
    opened = []
    real = building._open
    monkeypatch.setattr(
        building,
        "_open",
        lambda data, path, **more: opened.append(path) or real(data, path, **more),
    )
    write_figures(root / FILE, figure(value=11, note=str(tmp_path)))
    assert list(load_library(root).figures["value"]) == [11]
    assert opened == [FILE]
