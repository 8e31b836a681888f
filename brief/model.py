"""What a brief says, as plain data: every sentence worded, every number with its reference."""

import itertools
from dataclasses import dataclass, field

import pandas as pd

# What a verdict, and a comparison with a sum, say of a number.
TONES = {
    **dict.fromkeys(("agree", "close", "sums", "compatible"), "good"),
    **dict.fromkeys(("conflict", "gap"), "odd"),
}


def tone(word: str) -> str:
    """Return whether a verdict is ``good`` or ``odd``; nothing where it is neither."""
    return TONES.get(word, "")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the numbers of the references it rests on."""

    text: str
    refs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Number:
    """One published figure: what was printed, whose it is, of which day, what others say.

    ``group`` says who is counted where that is less than asked ("civilians only") and is
    empty elsewhere; ``whose`` is the source and the day; ``verdict`` what the independent sources
    say together.
    ``value`` is the number printed; ``sign`` the word of the vocabulary for the verdict.
    """

    place: str
    figure_id: str
    value: int
    text: str
    group: str
    source: str
    as_of: str
    whose: str
    verdict: str
    sign: str
    ref: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """What is said below a number: with its references; ``sign`` is set where it is a verdict.

    ``sign`` is the word of the vocabulary, from which :func:`tone` makes a colour.
    """

    text: str
    refs: tuple[int, ...] = ()
    sign: str = ""


@dataclass(frozen=True)
class Entry:
    """A number as every form of a brief shows it: large, what it is beside it, the rest below.

    ``number`` is empty where nobody has a recent figure; ``figure_id`` is empty for a sum.
    """

    number: str
    basis: str
    lines: tuple[Line, ...] = ()
    figure_id: str = ""


@dataclass(frozen=True)
class Headline:
    """One measure: the number for all places together, and that of each place.

    ``number`` is the sum of the places where there is one, else the number published for all;
    ``places`` has one entry per place asked for, ``None`` where nobody has a recent figure.
    ``made_of`` opens numbers into published parts that add up. ``together`` and ``each`` are what
    to show: of all places, the sum and what is published, for neither is the truer one; of each
    place, its number.
    """

    measure: str
    label: str
    meaning: str
    number: str
    value: int
    places: tuple[Number | None, ...]
    made_of: tuple[Sentence, ...]
    sentences: tuple[Sentence, ...]
    together: tuple[Entry, ...]
    each: tuple[Entry, ...]


@dataclass(frozen=True)
class Difference:
    """Why two published numbers differ: the main reason, and every step from one to the other."""

    title: str
    ends: Sentence
    main: Sentence
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True)
class Reference:
    """A figure's report: who counted, who printed it, where, of which day, put out when."""

    number: int
    source: str
    text: str
    url: str
    figures: str


@dataclass(frozen=True)
class Chart:
    """A picture of one measure for both themes, what it says in words, and the rows behind it.

    ``table`` has the words of the rows: a head, then one row each.
    """

    measure: str
    title: str
    subtitle: str
    alt: str
    light: str
    dark: str
    table: tuple[tuple[str, ...], ...]
    rows: pd.DataFrame = field(compare=False)


@dataclass(frozen=True)
class Brief:
    """A situation brief of one crisis and day, in the language it was composed in.

    ``places`` are the places asked for, in words, as the columns of the table; ``together`` heads
    the column of all of them, empty where only one place was asked for. ``made`` is the day on
    which it was composed, ``made_on`` the same as an ISO date.
    """

    language: str
    direction: str
    title: str
    heading: str
    crisis: str
    day: str
    circumstances: str
    lead: str
    places: tuple[str, ...]
    together: str
    headlines: tuple[Headline, ...]
    absent: str
    chart: Chart | None
    differences: tuple[Difference, ...]
    news: tuple[Sentence, ...]
    no_news: str
    references: tuple[Reference, ...]
    method: tuple[str, ...]
    cite: str
    link: str
    made: str
    made_on: str
    words: dict[str, str] = field(compare=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence to cite, in the order of the measures."""
        return tuple(sentence for headline in self.headlines for sentence in headline.sentences)

    @property
    def bodies(self) -> tuple[tuple[str, tuple[Reference, ...]], ...]:
        """Every source once, each with its reports, in the order of their numbers."""
        groups = itertools.groupby(self.references, key=lambda one: one.source)
        return tuple((source, tuple(reports)) for source, reports in groups)
