"""Sentences to cite: a figure, its day, according to whom, and what others say and why."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
from babel.dates import format_date

from brief.answers import Answers
from figures import Verdict
from reconciliation import Bridge, Quantity, Total, judging, wording
from reconciliation.bridges import ItemKind
from reconciliation.bridges.asking import explains_half, main_reason
from reconciliation.bridges.parts import Part
from reconciliation.bridges.phrases import counted, group_of, phrase
from reconciliation.naming import place_name
from reconciliation.wording import POP_ISOLATE, RTL_ISOLATE, say, say_many, sentence_case

# Of these kinds one says "the Thai government", "the Royal Thai Army"; names of one word and
# those of media and agencies go without.
_WITH_ARTICLE = {"government", "military", "red_cross"}
_OWN_ARTICLE = re.compile(r"(the|a|an)\s", re.IGNORECASE)
_OUTER = re.compile(f"^{RTL_ISOLATE}(.*){POP_ISOLATE}$", re.DOTALL)


def long_day(value: Any) -> str:
    """Return a day with its month in full: 24 December 2025."""
    date: dt.date = pd.Timestamp(value).date()
    spoken = wording.language()
    # "December 24, 2025" is how only one country writes it.
    return str(format_date(date, "long", locale="en_GB" if spoken == "en" else spoken))


def clause(sentence: str, names: Iterable[str] = ()) -> str:
    """Return a sentence as a clause within another; one that begins with a name keeps it."""
    found = _OUTER.match(sentence)
    bare = wording.without_stop(found[1] if found else sentence)
    named = any(name and bare.startswith(name) for name in names)
    return bare if named else f"{bare[:1].lower()}{bare[1:]}"


def subject(part: Part) -> str:
    """Return a figure in words with what it is limited to: "5 people … (camps only)"."""
    text = sentence_case(counted(part))
    return say("{figure} ({scope})", figure=text, scope=part.scope) if part.scope else text


def named(answers: Answers, source: str) -> str:
    """Return a source as a sentence names it: "the Thai government", "Reuters"."""
    name = answers.names.get(source, source)
    row = answers.sources.get(source)
    kind = str(row["kind"]) if row else ""
    article = kind in _WITH_ARTICLE and " " in name and not _OWN_ARTICLE.match(name)
    return say("the {source}", source=name) if article else name


def cited(answers: Answers, shown: Quantity, links: list[Bridge]) -> str:
    """Return the sentence to cite for a shown figure; ``links`` lead from it to its rivals."""
    places = {
        "figure": subject(answers.parts[shown.figure_id]),
        "day": long_day(shown.as_of),
        "source": named(answers, shown.source),
    }
    if shown.counting == "stock":
        # What is counted on a day is not a total up to it.
        said = say("{figure} on {day}, according to {source}", **places)
    else:
        said = say("{figure} as of {day}, according to {source}", **places)
    return _differs(answers, said, links[0]) if links else _agrees(said, shown)


def _differs(answers: Answers, said: str, link: Bridge) -> str:
    """Word why the most notable other number is another."""
    item = main_reason(link)
    start, end = (answers.rows[one.figure_id] for one in (link.start, link.end))
    places = {
        "said": said,
        # A number of other people is none without them.
        "number": link.end.text if start["measure"] == end["measure"] else link.end.counts,
        "other": named(answers, str(end["source"])),
        "day": wording.day(link.end.as_of),
    }
    if item is None:
        return say(
            "{said}; figures differ, and nothing published explains why: {other} gives {number} "
            "({day}).",
            **places,
        )
    if len(link.items) == 1 and item.kind == ItemKind.TIMING:
        return say(
            "{said}; figures differ from day to day: {other} gives {number} ({day}).", **places
        )
    if len(link.items) == 1 and item.kind == ItemKind.SOURCE:
        return say(
            "{said}; figures differ from source to source: {other} gives {number} ({day}).",
            **places,
        )
    places["reason"] = clause(item.text, answers.names.values())
    if not link.unexplained and explains_half(item, link):
        return say(
            "{said}; {other} gives {number} ({day}), and the two differ because {reason}.", **places
        )
    return say(
        "{said}; {other} gives {number} ({day}), and the two differ in part because {reason}.",
        **places,
    )


def _agrees(said: str, shown: Quantity) -> str:
    """Word what the independent sources say together."""
    if shown.origins <= 1:
        return say("{said}; no other independent source has a recent figure.", said=said)
    spread = judging.spread_of(shown.lowest, shown.highest)
    messages = {
        Verdict.AGREE: "{said}; {n} independent sources agree."
        if shown.lowest == shown.highest
        else "{said}; {n} independent sources can all be right ({spread}).",
        Verdict.CLOSE: "{said}; {n} independent sources nearly agree ({spread}).",
        Verdict.CONFLICT: "{said}; {n} independent sources give {spread}.",
    }
    message = messages[Verdict(shown.verdict)]
    return say_many(message, message, shown.origins, said=said, spread=spread)


def _days(total: Total) -> str:
    """Return the day that the parts of a sum describe, the last one where they differ."""
    first, last = (long_day(f(part.as_of for part in total.parts)) for f in (min, max))
    return first if first == last else say("{day} and earlier", day=last)


def added_up(answers: Answers, total: Total, measure: str) -> str:
    """Return the sentence to cite for a sum of places."""
    who = group_of("all", total.value, total.text)
    where = place_name("+".join(sorted(total.places)))
    parts = wording.listing(
        say(
            "{figure} ({source}, {day})",
            figure=counted(answers.parts[part.figure_id]),
            source=answers.names.get(part.source, part.source),
            day=wording.day(part.as_of),
        )
        for part in total.parts
    )
    places = {
        "figure": sentence_case(phrase(who, measure, "all", where, total.value)),
        "day": _days(total),
        "parts": parts,
    }
    if total.published is None:
        return say(
            "{figure} as of {day}, added up from {parts}; no source gives one number for all.",
            **places,
        )
    message = (
        "{figure} as of {day}, added up from {parts}; {other} gives {number} for both together "
        "({published})."
        if len(total.places) == 2
        else "{figure} as of {day}, added up from {parts}; {other} gives {number} for all together "
        "({published})."
    )
    return say(
        message,
        other=named(answers, total.published.source),
        number=answers.printed(total.published),
        published=wording.day(total.published.as_of),
        **places,
    )
