"""Publishing: what will change is said before, nothing is rewritten, everything can be undone."""

import contextlib
import csv
import errno
import io
import os
import signal
import subprocess
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures import Event, Figure
from loaders import load_library
from loaders.folder import Folder
from loaders.kept import Kept
from publishing import (
    Change,
    Merge,
    PublishError,
    compare,
    contents_of,
    disk,
    history,
    note_outside,
    plan,
    publish,
    undo,
)
from publishing.dialect import add_rows
from publishing.lock import locked
from publishing.store import Store
from reconciliation import add_up
from tests.builders import figure, write_crisis
from tests.windows import lock_with
from ui import seen

FIGURES = "test/figures.csv"


def row(**overrides):
    """Return an incoming figure: seven killed in Thailand by 24 December, by source a."""
    given = {"country": "THA", "measure": "killed", "counting": "cumulative"}
    given |= {"as_of": "2025-12-24", "value": "7", "source": "a", "url": "https://example.org/n"}
    return given | overrides


def change(*rows, **tables):
    return Change("test", figures=rows, **tables)


@pytest.fixture
def root(tmp_path):
    return write_crisis(
        tmp_path / "data",
        figure(figure_id="F0001", value=10),
        figure(figure_id="F0002", value=3, country="KHM", source="b"),
    )


def files(root):
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*.csv")}


def values(root):
    return sorted(load_library(root).figures["value"])


def put(root, changed, **more):
    return publish(root, changed, **{"who": "Anna", "message": "m"} | more)


def only(planned):
    """Return the one row of a plan."""
    [found] = planned.rows
    return found


# What will change


def test_a_new_figure_is_added_under_the_next_id(root):
    found = only(plan(load_library(root), "test", change(row(source="b"))))
    assert (found.kind, found.id) == ("added", "F0003")


def test_another_value_of_the_same_source_and_day_is_offered_as_a_correction(root):
    planned = plan(load_library(root), "test", change(row(value="12")))
    found = only(planned)
    assert (found.kind, found.existing) == ("correction", "F0001")
    assert found.row["supersedes"] == "F0001"
    put(root, planned.ready)
    assert values(root) == [3, 10, 12]


def test_the_editor_may_let_it_stand_beside_the_other_or_leave_it_out(root):
    library, changed = load_library(root), change(row(value="12"))
    beside = plan(library, "test", changed, choices={("figures", 0): "beside"})
    assert "supersedes" not in only(beside).row
    left_out = plan(library, "test", changed, choices={("figures", 0): "skip"})
    assert len(left_out.ready) == 0


def test_the_same_figure_again_is_skipped(root):
    found = only(plan(load_library(root), "test", change(row(value="10"))))
    assert (found.kind, found.existing, found.row) == ("repeated", "F0001", None)


def test_the_same_figure_twice_in_one_change_is_taken_once(root):
    planned = plan(load_library(root), "test", change(row(source="b"), row(source="b")))
    assert [found.kind for found in planned.rows] == ["added", "repeated"]


def test_an_id_that_is_taken_becomes_a_fresh_one_also_where_others_refer_to_it(root):
    changed = change(
        row(figure_id="F0002", source="b"),
        row(figure_id="F0009", source="b", value="8", supersedes="F0002"),
    )
    planned = plan(load_library(root), "test", changed)
    assert [found.kind for found in planned.rows] == ["conflict", "correction"]
    first, second = planned.ready.figures
    assert first["figure_id"] == second["supersedes"] != "F0002"


def test_an_id_numbered_nought_is_free_as_long_as_nobody_has_it(root):
    found = only(plan(load_library(root), "test", change(row(figure_id="N0", source="b"))))
    assert (found.kind, found.id) == ("added", "N0")


def test_a_row_that_cannot_be_read_says_why(root):
    found = only(plan(load_library(root), "test", change(row(value="many"))))
    assert found.kind == "bad"
    assert [f.code for f in found.findings] == ["not-a-number"]
    with pytest.raises(PublishError) as caught:
        put(root, change(row(value="many")))
    assert caught.value.code == "bad-rows"


def test_a_row_may_be_a_model(root):
    made = Figure(figure_id="X1", **row(source="b"))
    planned = plan(load_library(root), "test", change(made))
    assert only(planned).id == "X1"


def test_a_withdrawal_is_a_new_row(root):
    put(root, change(row(value="10", status="withdrawn", supersedes="F0001")))
    library = load_library(root)
    assert len(library.figures) == 3
    total = add_up(library.figures, measure="killed", places=["THA"], on="2025-12-24")
    assert total.text == "no figure"


def test_the_effect_on_a_headline_number_is_said(root):
    planned = plan(load_library(root), "test", change(row(value="12")))
    texts = [effect.text for effect in planned.changed if effect.places == ("THA",)]
    assert texts == ["Killed, Thailand, 24 Dec 2025: 10 becomes 12."]


def test_a_published_total_is_a_headline_number_of_its_own(tmp_path):
    given = row(country="KHM+THA", value="101", source="b")
    countries = [figure(country=place, value=20) for place in ("KHM", "THA")]
    root = write_crisis(tmp_path, figure(**given), *countries, countries="KHM+THA")
    planned = plan(load_library(root), "test", change(given | {"value": "103"}))
    assert [effect.text for effect in planned.changed] == [
        "Killed, Published for both together, 24 Dec 2025: 101 becomes 103."
    ]


def test_findings_that_the_change_brings_are_said(root):
    changed = change(row(as_of="2025-12-25", value="4", url=""))
    planned = plan(load_library(root), "test", changed)
    assert sorted(planned.findings["code"]) == ["cumulative-falls", "no-link"]


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "value": st.sampled_from(["0", "7", "10", "900", "x"]),
            "as_of": st.sampled_from(["2025-12-23", "2025-12-24", "2025-12-25"]),
            "country": st.sampled_from(["THA", "KHM"]),
            "source": st.sampled_from(["a", "b", "new"]),
            "figure_id": st.sampled_from(["", "F0001", "Z9"]),
            "url": st.sampled_from(["", "https://example.org/n"]),
            "note": st.sampled_from(["", 'a "b", c', "=1+1", "two\nlines", "ไทย"]),
        }
    ),
    min_size=1,
    max_size=4,
)
LAW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow,
                                                           HealthCheck.function_scoped_fixture]
)  # fmt: skip


def findings(library):
    return sorted(map(tuple, library.findings.astype(str).to_numpy().tolist()))


@LAW
@given(rows=ROWS)
def test_what_a_plan_foretells_is_what_comes(tmp_path_factory, rows):
    root = write_crisis(
        tmp_path_factory.mktemp("law") / "data",
        figure(figure_id="F0001", value=10),
        figure(figure_id="F0002", value=3, country="KHM", source="b"),
    )
    before, bytes_before = load_library(root), files(root)
    changed = change(
        *(row(**r) for r in rows), sources=[{"source": "new", "name": "N", "kind": "ngo"}]
    )
    planned = plan(before, "test", changed, day=before.figures["as_of"].max().date())
    version = put(root, planned.ready, base=planned.base)
    after = load_library(root)
    assert len(after.figures) == len(before.figures) + len(planned.ready.figures)
    for path, content in bytes_before.items():
        assert files(root)[path].startswith(content)
    for effect in planned.effects:
        for library, total in ((before, effect.before), (after, effect.after)):
            again = add_up(
                library.figures, library.sources, measure=effect.measure, places=effect.places,
                on=effect.day, identities=library.identities, crises=library.crises, crisis="test",
            )  # fmt: skip
            assert (again.text, again.verdict) == (total.text, total.verdict)
    assert sorted(set(findings(after)) - set(findings(before))) == sorted(
        map(tuple, planned.findings.astype(str).to_numpy().tolist())
    )
    undo(root, version.number, who="Bo", message="no")
    assert files(root) == bytes_before


# The file keeps its own way of writing


HEADER = list(Figure.model_fields)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_a_row_is_written_as_the_file_is(tmp_path, encoding, delimiter, end, closed, quoting):
    root = write_crisis(tmp_path / "data", figure(figure_id="F0001", source="a"))
    target = io.StringIO(newline="")
    columns = ["note", *(name for name in reversed(HEADER) if name != "note")]
    writer = csv.DictWriter(target, columns, "", delimiter=delimiter, lineterminator=end,
                            quoting=quoting)  # fmt: skip
    writer.writeheader()
    old = {k: str(v) for k, v in figure(figure_id="F0001", note="Kräfte").items() if k in HEADER}
    writer.writerow(old)
    text = target.getvalue() if closed else target.getvalue().removesuffix(end)
    before = text.encode(encoding)
    (root / FIGURES).write_bytes(before)
    put(root, change(row(source="b", note='say "ไทย"; a, b', value="5")))
    after = (root / FIGURES).read_bytes()
    assert after.startswith(before)
    added = after.decode(encoding)[len(text.removeprefix("﻿")) :]
    assert added.endswith(end)
    assert (end == "\n") == ("\r" not in added)
    assert added.lstrip("\r\n").startswith('"') == True  # noqa: E712
    library = load_library(root)
    assert dict(zip(library.figures["figure_id"], library.figures["note"], strict=True)) == {
        "F0001": "Kräfte",
        "F0002": 'say "ไทย"; a, b',
    }


@given(
    cells=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=3),
    end=st.sampled_from(["\n", "\r\n"]),
    closed=st.booleans(),
)
def test_adding_never_changes_a_byte_of_what_is_there(cells, end, closed):
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    for cell in cells:
        writer.writerow(["E1", "2025-12-24", "", "", cell, ""])
    text = ",".join(Event.model_fields) + end + target.getvalue()
    before = (text if closed else text[:-2]).encode()
    new = {"event_id": "E2", "date": "2025-12-25", "label": 'a "b",\nc'}
    after = add_rows(before, "events.csv", Event, [new]).content
    assert after.startswith(before)
    records = list(csv.reader(io.StringIO(after.decode(), newline="")))
    assert records[-1] == ["E2", "2025-12-25", "", "", 'a "b",\nc', ""]
    assert len(records) == len(cells) + 2


def test_a_letter_that_the_encoding_lacks_is_refused_or_the_file_turned_into_utf_8(root):
    path = root / FIGURES
    text = path.read_text(encoding="utf-8").replace(",,,\n", ",,,\n")
    before = text.replace("https://example.org/report", "https://example.org/r").encode("cp1252")
    before = before.replace(b"F0001,THA,,", "F0001,THA,Préah,".encode("cp1252"), 1)
    path.write_bytes(before)
    with pytest.raises(PublishError) as caught:
        put(root, change(row(source="b", note="ไทย")))
    assert caught.value.code == "encoding"
    assert path.read_bytes() == before
    version = put(root, change(row(source="b", note="ไทย")), convert=True)
    assert version.rewrites == (f"{FIGURES} was written anew as UTF-8.",)
    library = load_library(root)
    assert list(library.figures["note"]) == ["", "", "ไทย"]
    assert "Préah" in list(library.figures["admin1"])
    undo(root, version.number, who="Bo", message="no")
    assert path.read_bytes() == before


def test_a_column_that_the_file_lacks_is_added_at_its_right(root):
    path = root / FIGURES
    required = [name for name, field in Figure.model_fields.items() if field.is_required()]
    line = "F0001,THA,killed,cumulative,2025-12-24,10,a\r\n"
    path.write_bytes(("﻿" + ",".join(required) + "\r\n" + line).encode())
    version = put(root, change({**row(value="12", supersedes="F0001"), "url": ""}))
    assert version.rewrites == (f"{FIGURES} was given the column supersedes.",)
    lines = path.read_bytes().decode().splitlines()
    assert lines[1:] == [
        "F0001,THA,killed,cumulative,2025-12-24,10,a,",
        "F0002,THA,killed,cumulative,2025-12-24,12,a,F0001",
    ]


def test_figures_go_beside_a_file_that_rows_cannot_be_added_to(root):
    (root / "test" / "figures.toml").write_text("", encoding="utf-8")
    before = (root / FIGURES).read_bytes()
    version = put(root, change(row(source="b")))
    assert version.paths == ("test/figures-added.csv",)
    assert (root / FIGURES).read_bytes() == before


def test_a_damaged_file_is_left_alone(root):
    with (root / FIGURES).open("ab") as file:
        file.write(b'F0009,THA,"')
    before = files(root)
    with pytest.raises(PublishError) as caught:
        put(root, change(row(source="b")))
    assert caught.value.code == "broken-file"
    assert files(root) == before


def test_modes_and_links_are_kept(root, tmp_path):
    real = tmp_path / "elsewhere.csv"
    (root / FIGURES).rename(real)
    real.chmod(0o640)
    (root / FIGURES).symlink_to(real)
    put(root, change(row(source="b")))
    assert (root / FIGURES).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert values(root) == [3, 7, 10]


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''-5", "+41 dead", "'quoted'", "@x", "-"])
def test_a_cell_that_a_spreadsheet_could_run_is_guarded_in_the_file_and_read_as_typed(root, text):
    put(root, change(row(source="b", note=text, scope=text)))
    added = files(root)[FIGURES].decode().splitlines()[-1]
    written = next(csv.reader([added]))
    assert not [cell for cell in written if cell.startswith(("=", "+", "-", "@"))]
    kept = load_library(root).figures.iloc[-1]
    assert (kept["note"], kept["scope"]) == (text, text)
    assert (
        only(plan(load_library(root), "test", change(row(source="b", note=text, scope=text)))).kind
        == "repeated"
    )


# What is refused


@pytest.mark.parametrize(
    "crisis", ["../x", "/etc", "a/b", "a\\b", "..", ".", "", "a\x00b", "nul", "COM1.x", "a.", "a:b"]
)
def test_a_crisis_is_no_path(crisis):
    with pytest.raises(PublishError) as caught:
        Change(crisis, figures=(row(),))
    assert caught.value.code == "bad-crisis"


@pytest.mark.parametrize("name", ["CON", "nul", "aux.csv", "com1.x", "a.", "a:b"])
def test_a_crisis_that_cannot_be_published_to_is_told_when_it_is_loaded(tmp_path, name):
    root = write_crisis(tmp_path / "data", figure(crisis=name), crisis=name)
    library = load_library(root)
    assert len(library.figures) == 1
    told = library.findings[library.findings["code"] == "unsafe-crisis"]
    assert told[["file", "line", "value"]].values.tolist() == [["crises.csv", 2, name]]
    with pytest.raises(PublishError) as caught:
        Change(name, figures=(row(),))
    assert "Rename its folder" in caught.value.remedy


@pytest.mark.parametrize("name", ["THA-KHM", "a.b", "console", "aux1", "x_1"])
def test_other_names_are_good_for_loading_and_publishing(tmp_path, name):
    root = write_crisis(tmp_path / "data", figure(crisis=name), crisis=name)
    assert "unsafe-crisis" not in set(load_library(root).findings["code"])
    assert put(root, Change(name, figures=(row(source="b"),))).number == 2


@pytest.mark.parametrize(
    ("call", "error", "code"),
    [
        ("write", errno.ENOSPC, "disk-full"),
        ("fsync", errno.EIO, "disk"),
        ("open", errno.EROFS, "read-only"),
        ("replace", errno.EACCES, "read-only"),
    ],
)
def test_whatever_the_disk_refuses_nothing_is_changed(root, monkeypatch, call, error, code):
    put(root, change(row(source="b")))
    before, versions = files(root), history(root)
    real = getattr(os, call)
    # The first thing written is who holds the lock, which nobody needs.
    for refused in range(1 + (call == "write"), 200):
        left = [refused]

        def refusing(*arguments, left=left, **named):
            left[0] -= 1
            if left[0] == 0:
                raise OSError(error, os.strerror(error))
            return real(*arguments, **named)

        monkeypatch.setattr(os, call, refusing)
        try:
            put(root, change(row(source="c", value="8"), sources=[
                {"source": "c", "name": "C", "kind": "ngo"}]))  # fmt: skip
        except PublishError as problem:
            assert problem.code == code  # noqa: PT017 - the last round raises nothing
            monkeypatch.setattr(os, call, real)
            assert (files(root), history(root)) == (before, versions)
        else:
            break
    monkeypatch.setattr(os, call, real)
    assert refused > 3
    assert values(root) == [3, 7, 8, 10]


def test_a_full_disk_leaves_everything_as_it_was(root):
    resource = pytest.importorskip("resource")
    before = files(root)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    kept = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400, limits[1]))
        with pytest.raises(PublishError) as caught:
            put(root, change(row(source="b")))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, kept)
    assert caught.value.code == "disk-full"
    assert files(root) == before
    put(root, change(row(source="b")))


class Windows:
    """Locks of bytes as Windows has them: one holder each, set where the file stands."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self):
        self.held = {}

    def locking(self, handle, mode, count):
        where = os.fstat(handle).st_ino, os.lseek(handle, 0, os.SEEK_CUR), count
        if mode == self.LK_UNLCK:
            assert self.held.pop(where) == handle
        elif where in self.held:
            raise PermissionError(errno.EACCES, "locked")
        else:
            self.held[where] = handle


def test_the_lock_of_windows_is_held_by_one_and_freed(tmp_path):
    windows = Windows()
    module = lock_with(windows)
    path = tmp_path / "lock"
    with module.locked(path, "Anna"):
        [(_, where, count)] = windows.held
        # Nobody can read a locked part on Windows; who holds the lock can be read.
        assert (where > path.stat().st_size, count) == (True, 1)
        assert b"Anna" in path.read_bytes()
        with pytest.raises(PublishError, match="Anna"), module.locked(path, "Ben", wait=0.05):
            pass
    assert windows.held == {}
    with module.locked(path, "Ben", wait=0):
        assert b"Ben" in path.read_bytes()


@pytest.mark.parametrize(("system", "refusals", "there"), [
    ("nt", 3, True), ("nt", 99, False), ("posix", 1, False),
])  # fmt: skip
def test_where_a_reader_keeps_a_file_windows_is_asked_again(
    tmp_path, monkeypatch, system, refusals, there
):
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("new")
    old.write_text("old")
    real, left = os.replace, [refusals]

    def refusing(*arguments):
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(errno.EACCES, "in use")
        real(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refusing)
        patched.setattr(os, "name", system)
        patched.setattr(disk.time, "sleep", lambda _: None)
        with contextlib.suppress(PermissionError):
            disk.move(new, old)
    assert (old.read_text() == "new") is there


# Two editors


def test_two_editors_of_different_questions_both_succeed(root):
    library = load_library(root)
    one = plan(library, "test", change(row(source="b")))
    two = plan(library, "test", change(row(source="a", measure="injured")))
    put(root, one.ready, base=one.base)
    put(root, two.ready, base=two.base)
    found = load_library(root).figures
    assert list(found["figure_id"]) == ["F0001", "F0002", "F0003", "F0004"]


def test_the_second_editor_of_the_same_question_is_shown_the_merge(root):
    library = load_library(root)
    one = plan(library, "test", change(row(value="12")))
    two = plan(library, "test", change(row(value="13")))
    put(root, one.ready, base=one.base)
    before = files(root)
    with pytest.raises(Merge) as caught:
        put(root, two.ready, base=two.base, who="Bo")
    assert files(root) == before
    assert list(caught.value.theirs["value"]) == ["12"]
    assert list(caught.value.mine["value"]) == ["13"]
    assert [other.who for other in caught.value.others] == ["Anna"]
    put(root, two.ready, base=caught.value.now, who="Bo")
    assert values(root) == [3, 10, 12, 13]


def test_the_same_row_by_both_is_written_once(root):
    library = load_library(root)
    one = plan(library, "test", change(row(value="12")))
    put(root, one.ready, base=one.base)
    with pytest.raises(PublishError) as caught:
        put(root, one.ready, base=one.base)
    assert caught.value.code == "nothing-new"
    assert values(root) == [3, 10, 12]


def test_whoever_waits_too_long_is_told_who_publishes(root):
    put(root, change(row(source="b")))
    held, done = threading.Event(), threading.Event()

    def hold():
        with locked(Store(root).home / "lock", "Bo"):
            held.set()
            done.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    with pytest.raises(PublishError, match="Bo") as caught:
        put(root, change(row(source="b", value="9")), wait=0)
    done.set()
    holder.join()
    assert caught.value.code == "locked"


# The history


def test_the_history_says_who_did_what(root):
    put(root, change(row(source="b")), who="=Anna\n\u202e<b>", message="first\nline")
    start, version = history(root)
    assert (start.kind, start.number) == ("start", 1)
    assert (version.who, version.message) == ("Anna <b>", "first line")
    assert version.what == "Added 1 figure."
    assert version.at.utcoffset().total_seconds() == 0
    assert version.after == load_library(root).fingerprint


def test_the_history_tells_corrections_and_withdrawals_from_what_was_added(root):
    put(root, change(row(value="12", supersedes="F0001")))
    put(
        root,
        change(
            row(country="KHM", value="4", supersedes="F0002", source="b"),
            row(country="LAO"),
            row(value="12", status="withdrawn", supersedes="F0003"),
        ),
    )
    assert [version.what for version in history(root)[1:]] == [
        "Corrected 1 figure.",
        "Added 1 figure. Corrected 1 figure. Withdrew 1 figure.",
    ]


def test_an_edit_outside_is_noticed_and_can_be_undone(root):
    put(root, change(row(source="b")))
    path = root / FIGURES
    before = path.read_bytes()
    path.write_bytes(before.replace(b",10,", b",11,"))
    version = note_outside(root)
    assert (version.kind, version.what) == ("outside", f"Edited outside the dashboard: {FIGURES}.")
    assert note_outside(root) == version
    changed = compare(root, 2, 3).changed
    assert changed[["id", "column", "before", "after"]].to_numpy().tolist() == [
        ["F0001", "value", "10", "11"]
    ]
    put(root, change(row(source="b", value="9", as_of="2025-12-25")))
    undo(root, 3, who="Bo", message="typo")
    assert values(root) == [3, 7, 9, 10]


def test_compare_names_what_was_added(root):
    put(root, change(row(source="b")))
    found = compare(root, 1)
    assert list(found.added["id"]) == ["F0003"]
    assert found.removed.empty
    assert found.files == (FIGURES,)


def test_an_undo_can_be_undone_and_later_rows_stay(root):
    first = put(root, change(row(source="b")))
    middle = files(root)
    put(root, change(row(source="b", value="9", as_of="2025-12-25")))
    gone = undo(root, first.number, who="Bo", message="no")
    assert values(root) == [3, 9, 10]
    undo(root, gone.number, who="Bo", message="yes")
    assert values(root) == [3, 7, 9, 10]
    assert contents_of(root, first.number) == {
        path: content for path, content in middle.items() if not path.startswith(".")
    }


def test_what_later_rows_refer_to_is_not_undone(root):
    first = put(root, change(row(source="b", figure_id="F0003")))
    put(root, change(row(source="b", value="9", supersedes="F0003")))
    with pytest.raises(PublishError, match="F0003") as caught:
        undo(root, first.number, who="Bo", message="no")
    assert caught.value.code == "needed-later"


def test_an_id_that_was_undone_is_not_given_again(root):
    first = put(root, change(row(source="b")))
    undo(root, first.number, who="Bo", message="no")
    put(root, change(row(source="b", value="9")))
    assert list(load_library(root).figures["figure_id"]) == ["F0001", "F0002", "F0004"]


# Git


def git(folder, *arguments):
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def checkout(root):
    git(root, "init", "-q")
    git(root, "config", "user.name", "T")
    git(root, "config", "user.email", "t@example.org")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "start")
    return root


def test_a_publish_commits_its_own_files_and_no_other_change(checkout):
    (checkout / "other.txt").write_text("mine")
    git(checkout, "add", "other.txt")
    version = put(checkout, change(row(source="b")), who="Anna", message="-- new\nfigure", git=True)
    assert version.git.startswith("Committed as ")
    shown = git(checkout, "show", "--name-only", "--format=%an|%s")
    assert shown.split("\n\n") == ["Anna|new figure", f"{FIGURES}\n"]
    assert git(checkout, "status", "--porcelain") == "A  other.txt\n"


def test_what_the_dashboard_keeps_beside_the_data_is_no_change_for_git(checkout):
    library, folder = load_library(checkout), Folder.at(checkout)
    seen.Store(checkout).keep("test", seen.records(library, "test"))
    Kept(folder).keep({FIGURES: "new"}, folder.read)
    put(checkout, change(row(source="b")), git=True)
    kept = {path.name for path in checkout.iterdir() if path.is_dir()}
    assert {".seen", ".last-good", ".history"} <= kept
    assert git(checkout, "status", "--porcelain") == ""


def test_a_hook_that_refuses_does_not_lose_the_publish(checkout):
    hook = checkout / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    version = put(checkout, change(row(source="b")), git=True)
    assert "not today" in version.git
    assert values(checkout) == [3, 7, 10]


def test_a_folder_has_no_history_before_anything_is_published(root):
    assert note_outside(root) is None
    assert history(root) == []
    assert not (root / ".history").exists()
    put(root, change(row(source="b")))
    assert [version.kind for version in history(root)] == ["start", "publish"]
    assert note_outside(root).number == 2
