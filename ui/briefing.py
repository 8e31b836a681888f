"""The situation brief on screen, and as files: the same plain data as the files hold."""

import html
from collections.abc import Callable, Iterable
from dataclasses import replace

import streamlit as st

import brief
from brief import Brief, Headline, Sentence
from brief.entries import named
from brief.model import Entry
from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui import downloads, keeping, linking, lists, words
from ui.selection import Selection
from ui.text import file_name, link, plain

# The sign and colour of each judgement of a number, by its word of the vocabulary.
SIGNS = {**words.TOTALS, **{verdict.value: sign for verdict, sign in words.VERDICTS.items()}}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def composed(library: Library, view: Selection) -> Brief:
    """Return the brief of the view, worked out once for all readers of one language."""

    def work() -> Brief:
        return brief.compose(
            library,
            crisis=view.crisis,
            day=view.day,
            known_on=view.known,
            rule=view.rule,
            places=view.places,
        )

    day, made = view.day.isoformat(), wording.today().isoformat()
    found = keeping.answer(work, "brief", *keeping.base(library, view), day, view.places, made)
    return replace(found, link=linking.address(view, "brief"))


def situation(library: Library, view: Selection) -> None:
    """Show the brief of the view with its files, from the headline to the sources."""
    found = composed(library, view)
    st.title(plain(found.title), anchor=False)
    st.caption(plain(wording.line(found.day, "·", found.circumstances, found.made)))
    _files(found, view)
    st.markdown(f"**{plain(found.lead)}**")
    if found.headlines:
        _told(library, view, found)
    if found.absent:
        st.caption(plain(found.absent))
    st.header(plain(found.words["method"]), anchor=False)
    for text in found.method:
        st.markdown(plain(text))
    st.header(plain(found.words["cite"]), anchor=False)
    _copied(f"{found.cite} {found.link}")


def _files(found: Brief, view: Selection) -> None:
    """Offer the brief as files, each made once it is asked for."""
    # (translatable)
    kinds: list[tuple[str, str, str, Callable[[], bytes]]] = [
        ("PDF, A4", "pdf", "application/pdf", lambda: brief.pdf(found, "a4")),
        ("PDF, Letter", "pdf", "application/pdf", lambda: brief.pdf(found, "letter")),
        ("Word document", "docx", WORD, lambda: brief.docx(found, _paper(found))),
        ("Web page", "html", "text/html", lambda: brief.html(found).encode()),
    ]
    with st.container(horizontal=True, gap="small"):
        for name, ending, kind, make in kinds:
            paper = "letter" if name.endswith("Letter") else ""
            parts = ("brief", view.crisis, view.day, paper, found.language)
            file = f"{file_name(*parts)}.{ending}"
            st.download_button(
                say(name),
                downloads.deferred(make, file, kind),
                file_name=file,
                mime=kind,
                key=f"brief_{file_name(name)}",
                icon=":material/download:",
                on_click="ignore",
            )


def _paper(found: Brief) -> brief.Paper:
    """Return the paper of most readers of a language, for a file that can be set anew."""
    return "letter" if found.language in ("en_US", "en_CA") else "a4"


def _told(library: Library, view: Selection, found: Brief) -> None:
    """Show figures beside the chart, then what explains them and what they rest on."""
    figures, side = st.columns([2, 1], gap="large")
    with figures:
        for headline in found.headlines:
            _headline(found, headline)
    with side:
        if found.chart:
            lists.small_chart(library, view.of(measure=found.chart.measure))
        st.header(plain(found.words["differences"]), anchor=False)
        _differences(found)
        st.header(plain(found.words["news"]), anchor=False)
        _listed(found.news, found.no_news)
    st.header(plain(found.words["sources"]), anchor=False)
    for source, reports in found.bodies:
        lines = [f"**{plain(source)}**", "", *(_report(one) for one in reports)]
        st.markdown("\n".join(lines))


def _headline(found: Brief, headline: Headline) -> None:
    with st.container(border=True):
        with st.container(gap="xxsmall"):
            st.header(plain(headline.label), anchor=False)
            st.caption(plain(headline.meaning))
        together = 1 if found.together else 0
        columns = st.columns([1.3] * together + [1] * len(headline.places))
        if together:
            with columns[0].container(gap="xxsmall"):
                for place, entry in named(found.together, headline.together):
                    _entry(place, entry)
        for column, place, entry in zip(
            columns[together:], found.places, headline.each, strict=True
        ):
            with column.container(gap="xxsmall"):
                _entry(place, entry)
        with st.expander(plain(found.words["sentences"]), icon=":material/format_quote:"):
            for sentence in (*headline.sentences, *headline.made_of):
                _copied(sentence.text)


def _large(label: str, number: str) -> None:
    style = "font-size:1.55rem;font-weight:650;line-height:1.5"
    top = f'<div style="font-size:0.9rem">{html.escape(label)}</div>'
    st.html(f'{top}<div style="{style}">{html.escape(number)}</div>')


def _entry(place: str, one: Entry) -> None:
    """Show a number, large, with what it is of above and all that is said of it below."""
    _large(place, one.number or "–")
    if one.basis:
        st.caption(plain(one.basis))
    for line in one.lines:
        if line.sign in SIGNS:
            words.judged(line.text, SIGNS[line.sign])
        elif line.text:
            st.caption(f"{plain(line.text)}{_numbered(line.refs)}")


def _copied(text: str) -> None:
    """Show a text with a button that copies it, letter for letter."""
    # As text: that runs as the reader's language does, code never (ui/direction.py).
    st.code(text, language="text", wrap_lines=True)


def _differences(found: Brief) -> None:
    if not found.differences:
        st.caption(plain(found.words["no_differences"]))
    for one in found.differences:
        with st.container(gap="xxsmall"):
            st.markdown(f"**{plain(one.title)}**  \n{plain(one.main.text)}{_refs(one.main)}")
            if len(one.reasons) > 1:
                with st.expander(plain(found.words["steps"])):
                    st.caption(plain(one.ends.text))
                    _listed(one.reasons, "")


def _listed(sentences: Iterable[Sentence], nothing: str) -> None:
    lines = [f"- {plain(one.text)}{_refs(one)}" for one in sentences]
    if lines:
        st.markdown("\n".join(lines))
    elif nothing:
        st.caption(plain(nothing))


def _refs(sentence: Sentence) -> str:
    found = _numbered(sentence.refs)
    return f" :small[{found.strip()}]" if found else ""


def _numbered(refs: Iterable[int]) -> str:
    return "".join(f" {plain(f'[{number}]')}" for number in refs)


def _report(one: brief.Reference) -> str:
    return f"{one.number}. {link(one.text, one.url)}"
