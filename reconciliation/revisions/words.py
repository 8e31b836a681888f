"""The sentences of the revision ledger."""

from collections.abc import Callable, Sequence

from reconciliation import wording
from reconciliation.bridges.parts import Part
from reconciliation.bridges.phrases import counted, date_of, day_of, number_of
from reconciliation.revisions.detect import Told
from reconciliation.wording import say, say_many


def told_text(told: Told, parts: Sequence[Part], names: dict[str, str]) -> str:
    """Return an entry as a sentence; ``parts`` are its figures, ``names`` those of the sources."""
    return _WORDS[told.kind](told, parts, names)


def _places(told: Told, parts: Sequence[Part], names: dict[str, str]) -> dict[str, str]:
    """Return what the sentences are filled with."""
    first, second = parts[0], parts[min(1, len(parts) - 1)]
    return {
        "source": names.get(first.source, first.source),
        "first": counted(first),
        "first_what": counted(first, with_number=False),
        "first_number": number_of(first),
        "first_day": day_of(first),
        "second": number_of(second),
        "second_day": day_of(second),
        "said": wording.day(date_of(second.said)),
    }


def _late_text(told: Told, parts: Sequence[Part], names: dict[str, str]) -> str:
    return say_many(
        "{source} put out {first} for {first_day} only on {said}, {n} day later.",
        "{source} put out {first} for {first_day} only on {said}, {n} days later.",
        told.days,
        **_places(told, parts, names),
    )


def _correction_text(told: Told, parts: Sequence[Part], names: dict[str, str]) -> str:
    message = "{source} corrected {first} ({first_day}) to {second} ({second_day}) on {said}."
    return say(message, **_places(told, parts, names))


def _silent_text(told: Told, parts: Sequence[Part], names: dict[str, str]) -> str:
    message = (
        "{source} gave {first} and {second}, both for {first_day}; nothing says that one corrects "
        "the other."
    )
    return say(message, **_places(told, parts, names))


def _fall_text(told: Told, parts: Sequence[Part], names: dict[str, str]) -> str:
    message = (
        "{source} gave {first} by {first_day} and {second} by {second_day}; a running total cannot "
        "fall, and the figures do not show why it did."
    )
    return say(message, **_places(told, parts, names))


def _restart_text(told: Told, parts: Sequence[Part], names: dict[str, str]) -> str:
    since = parts[1].since
    message = (
        "From {second_day} on, {source} counts {first_what} since {since}, later than before: "
        "{first_number} by {first_day}, {second} by {second_day}."
    )
    start = say("the start") if since is None else wording.day(date_of(since))
    return say(message, since=start, **_places(told, parts, names))


def _moved_text(told: Told, parts: Sequence[Part], names: dict[str, str]) -> str:
    message = (
        "Between {first_day} and {second_day}, {source} lowered {first_what} from {first_number} "
        "to {second} and raised {other_what} from {other_first} to {other_second}: {amount} moved "
        "from the one to the other."
    )
    return say(
        message,
        other_what=counted(parts[2], with_number=False),
        other_first=number_of(parts[2]),
        other_second=number_of(parts[3]),
        amount=wording.number(abs(told.amount)),
        **_places(told, parts, names),
    )


Words = Callable[[Told, Sequence[Part], dict[str, str]], str]
_WORDS: dict[str, Words] = {
    "late_report": _late_text,
    "correction": _correction_text,
    "silent_change": _silent_text,
    "fall": _fall_text,
    "restart": _restart_text,
    "reclassification": _moved_text,
}
