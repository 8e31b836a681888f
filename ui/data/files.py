"""Files of figures to take away, made only when they are asked for, and the blank template."""

from functools import partial

import streamlit as st

import exports
from figures import Figure
from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui import downloads, linking
from ui.data.rows import Positions
from ui.selection import Selection
from ui.text import file_name, plain

# What each kind of file is called, and what it is good for (translatable).
KINDS = {
    "csv": ("CSV", "For any program. The dashboard reads it back."),
    "xlsx": ("Excel", "With typed days and numbers, sources and code book."),
    "parquet": ("Parquet", "For analysts with large tables."),
    "json": ("JSON", "For programs, with sources and code book."),
    "hxl": ("HXL", "CSV with humanitarian tags under the column names."),
}
TEMPLATE = "template.xlsx"
BLANK = ",".join(Figure.model_fields) + "\r\n"


def offer(library: Library, view: Selection, found: Positions) -> None:
    """Offer what is listed, or the whole library, as files."""
    with st.popover(say("Download"), icon=":material/download:", width="stretch"):
        options = {
            "listed": wording.say_many(
                "The {n} figure listed here", "The {n} figures listed here", len(found)
            ),
            "all": wording.say_many(
                "The {n} figure of the whole library",
                "The {n} figures of the whole library",
                len(library.figures),
            ),
        }
        which = st.radio(say("Which figures"), list(options), format_func=options.__getitem__,
                         key="take_which")  # fmt: skip
        beside = st.checkbox(
            say("With sources and code book"),
            value=True,
            key="take_beside",
            help=say("CSV, HXL and Parquet then come as a zip with three files."),
        )
        whole = which == "all"
        count = len(library.figures) if whole else len(found)
        for kind in KINDS:
            _button(library, view, None if whole else found, kind, count, beside=bool(beside))


def _button(
    library: Library,
    view: Selection,
    found: Positions | None,
    kind: str,
    count: int,
    *,
    beside: bool,
) -> None:
    # Where the page is can only be asked while it is drawn, not when the file is made.
    address = linking.address(view, "data")
    label, about = KINDS[kind]
    form = exports.FORMATS[kind]
    in_zip = beside and not form.whole
    too_many = kind == "xlsx" and count > exports.MOST_IN_A_WORKBOOK
    ending = "zip" if in_zip else form.ending
    scope = ("all",) if found is None else (view.crisis if not view.every else "all", _trace(view))
    if too_many:
        most = wording.number(exports.MOST_IN_A_WORKBOOK)
        message = "Excel files are made of up to {most} figures; choose fewer, or take CSV."
        about = say(message, most=most)
    name = f"{file_name('figures', *scope, wording.today())}.{ending}"
    mime = "application/zip" if in_zip else form.mime
    make = partial(_made, library, view, found, kind, in_zip, address)
    st.download_button(
        say(label),
        downloads.deferred(make, name, mime),
        file_name=name,
        mime=mime,
        key=f"take_{kind}",
        on_click="ignore",
        icon=":material/download:",
        disabled=too_many or not count,
        width="stretch",
    )
    st.caption(about if too_many else say(about))


def _trace(view: Selection) -> str:
    """Return what tells a file of chosen figures from one of all in its name."""
    return "chosen" if view.asked.is_filtered() else ""


def _made(
    library: Library,
    view: Selection,
    found: Positions | None,
    kind: str,
    in_zip: bool,
    address: str,
) -> bytes:
    figures = library.figures if found is None else library.figures.iloc[found]
    about = _about(library, view, len(figures), whole=found is None) | {say("Link"): address}
    pack = exports.bundle(figures, library.sources, about)
    return exports.zipped(kind, pack) if in_zip else exports.FORMATS[kind].make(pack)


def _about(library: Library, view: Selection, count: int, *, whole: bool) -> dict[str, str]:
    """Return what a file says of itself."""
    return {
        say("Title"): say("Figures as they were published"),
        say("Crisis"): say("All crises") if whole or view.every else view.name,
        say("Chosen"): say("Everything") if whole else _chosen(view),
        say("Figures"): wording.number(count),
        say("Made on"): wording.today().isoformat(),
        say("State of the data"): library.fingerprint,
        say("To be read as"): say(
            "Each row is what one source put out. Rows of different sources must not be added; "
            "an empty cell is unknown, never 0."
        ),
    }


def _chosen(view: Selection) -> str:
    given = {name: text for name, text in view.asked.params().items() if text}
    if view.known:
        given["known"] = view.known.isoformat()
    told = [f"{name}={text}" for name, text in given.items() if name != "page"]
    return ", ".join(told) or say("Everything")


def templates(library: Library) -> None:
    """Offer the blank table to fill in: as CSV, and as a workbook with lists and notes."""
    mime = exports.FORMATS["xlsx"].mime
    st.markdown(
        plain(
            say(
                "A blank table with the columns the dashboard reads. In the Excel file each "
                "heading has a note, and words, sources and days are checked while you type."
            )
        )
    )
    with st.container(horizontal=True):
        st.download_button(
            say("Blank table, Excel"),
            downloads.deferred(partial(exports.template, library.sources), TEMPLATE, mime),
            file_name=TEMPLATE,
            mime=mime,
            key="template_xlsx",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            say("Blank table, CSV"),
            BLANK,
            file_name="template.csv",
            mime="text/csv",
            key="template_csv",
            on_click="ignore",
            icon=":material/download:",
        )
