"""Libraries that are not on any disk: of contents in memory, and with a change added."""

import csv
import io
from collections.abc import Mapping, Sequence

import pandas as pd

from figures import Figure, Finding, Table
from loaders import Library
from loaders.building import Builder
from loaders.canonical import read_canonical
from loaders.checks import check_figures, check_tables
from loaders.figure_table import FigureTable, figures_of
from loaders.folder import digest
from loaders.frames import as_frame, joined
from loaders.guarding import guarded
from loaders.lineage import with_lineage
from loaders.rows import Rows, rows_of
from publishing.change import TABLES, Change, Row

SMALL = tuple(table for table in TABLES if table != "figures")


def library_of(contents: Mapping[str, bytes]) -> Library:
    """Return the library of these files, by path."""
    hashes = {path: digest(content) for path, content in contents.items()}
    return Library.of(Builder(hashes, contents.__getitem__).parts())


def parsed(rows: Sequence[Row], model: type[Table], file: str) -> Rows:
    """Return rows of a small table as the loader reads them; row n of them is line n + 2."""
    return rows_of(read_canonical(_csv(rows, model), file), model)


def parsed_figures(
    rows: Sequence[Row], crisis: str, library: Library, file: str = "figures.csv"
) -> FigureTable:
    """Return figures as the loader reads them; row n of them is line n + 2."""
    starts = library.crises.loc[library.crises["crisis"] == crisis, "start"]
    start = starts.iloc[0] if len(starts) else None
    return figures_of(read_canonical(_csv(rows, Figure), file), crisis, start)


def _csv(rows: Sequence[Row], model: type[Table]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(model.model_fields), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows([{name: guarded(cell) for name, cell in row.items()} for row in rows])
    return target.getvalue().encode()


def after(library: Library, change: Change) -> Library:
    """Return the library with the change's rows, checked as the loader checks them.

    Rows that cannot be read are left out, as the loader leaves them out. The fingerprint is empty,
    since there are no such files.
    """
    crisis = change.crisis
    frames = {name: getattr(library, name) for name in (*TABLES, "crises", "identities")}
    for table in SMALL:
        file = f"{table}.csv" if table == "sources" else f"{crisis}/{table}.csv"
        new = parsed(change.rows(table), TABLES[table], file).frame
        new = new if table == "sources" else new.assign(crisis=crisis)
        new = new.assign(line=new["line"] + _last_line(frames[table], file) - 1)
        if len(new):
            frames[table] = pd.concat([frames[table], new], ignore_index=True)
    figures = frames["figures"]
    file = f"{crisis}/figures.csv"
    new = parsed_figures(change.figures, crisis, library, file).figures
    new = new.assign(line=new["line"] + _last_line(figures, file) - 1)
    known = {name: frames[name] for name in ("crises", "sources", "identities")}
    mine, others = figures[figures["crisis"] == crisis], figures[figures["crisis"] != crisis]
    checked = check_figures(_together([mine, new]), **known)
    figures = _together([others, checked.figures])
    frames["figures"] = with_lineage(figures, frames["sources"])
    before = check_figures(mine, **{name: getattr(library, name) for name in known})
    findings = _exchanged(
        library.findings,
        [*before.findings, *check_tables({n: getattr(library, n) for n in frames})],
        [*checked.findings, *check_tables(frames)],
    )
    return Library(**frames, findings=findings, fingerprint="")


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame.reset_index(drop=True) for frame in frames if len(frame)]
    return joined(filled or [frames[0]])


def _last_line(frame: pd.DataFrame, file: str) -> int:
    lines = frame.loc[frame["file"] == file, "line"]
    return int(lines.max()) if len(lines) else 1


def _exchanged(
    findings: pd.DataFrame, before: Sequence[Finding], now: Sequence[Finding]
) -> pd.DataFrame:
    """Return the findings with those of the checks before exchanged for those of now."""
    old = set(before)
    columns = list(findings.columns)
    rows = findings.to_dict("records")
    kept = [Finding(**{str(name): cell for name, cell in row.items()}) for row in rows]
    return as_frame([*(f for f in kept if f not in old), *now])[columns]
