"""Number phrases, in digits and in the words of six languages, are read as they are meant."""

import contextlib
import csv
import math
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_to_num import text2num

from figures import Quantifier, interval
from loaders.numbers import (
    Amount,
    Reading,
    UnknownNumber,
    parse_column,
    parse_number,
    read_expression,
)
from loaders.numbers.lexicon import LEXICON

DATA = Path(__file__).parent / "data"
KINDS = {"=": "exact", "~": "about", ">=": "at_least", ">": "more_than"}
KINDS |= {"<=": "at_most", "<": "less_than"}
# The slowest phrase may take this many seconds of processor time.
PATIENCE = 0.5
# Other work on the machine must not fail a law, so hypothesis does not watch the clock.
unhurried = settings(deadline=None)


def shared_examples():
    with (DATA / "number_expressions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            numbers = (int(row[name]) if row[name] else None for name in ("low", "high"))
            flags = (_flag(row[name]) for name in ("low_open", "high_open"))
            reading = Reading(*numbers, *flags, row["approximate"] == "true", row["kind"])
            yield pytest.param(row["expression"], reading, id=row["expression"])


def _flag(text):
    return text == "true" if text else None


def phrases():
    language = ""
    for line in (DATA / "number_phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            language = line.strip("# ")
        elif line:
            phrase, _, wanted = line.rpartition(" => ")
            yield pytest.param(phrase, wanted, id=f"{language}: {phrase}")


def notation(wanted):
    """Return the reading that a line of number_phrases.txt wants, or None for an error."""
    if wanted == "?":
        return Reading(None, None, None, None, False, "unknown")
    sign, _, rest = wanted.partition(" ")
    if rest.startswith("to "):
        high = int(rest.split()[1])
        return Reading(int(sign), high, False, False, wanted.endswith("~"), "range")
    number, low = int(rest.split()[0]), "<" not in sign
    high = ">" not in sign
    return Reading(
        number if low else None,
        number if high else None,
        sign == ">" if low else None,
        sign == "<" if high else None,
        "~" in wanted,
        KINDS[sign],
    )


@pytest.mark.parametrize(("expression", "reading"), list(shared_examples()))
def test_a_shared_example_has_the_shared_reading(expression, reading):
    assert read_expression(expression) == reading


@pytest.mark.parametrize(("phrase", "wanted"), list(phrases()))
def test_a_phrase_is_read_as_it_is_meant(phrase, wanted):
    if wanted == "!":
        with pytest.raises(ValueError, match=";"):
            parse_number(phrase)
    else:
        assert read_expression(phrase) == notation(wanted)


@pytest.mark.parametrize(
    ("text", "low", "high", "quantifier", "value", "value_high"),
    [
        ("150,000", 150_000, 150_000, "exact", 150_000, None),
        ("more than 150,000", 150_001, math.inf, "more_than", 150_000, None),
        ("at least 86", 86, math.inf, "at_least", 86, None),
        ("up to 25", 0, 25, "at_most", 25, None),
        ("fewer than 20", 0, 19, "less_than", 20, None),
        ("about 85", 77, 93, "about", 85, None),
        ("nearly 600", 540, 599, "nearly", 600, None),
        ("nearly 5", 4, 4, "nearly", 5, None),
        ("just under 3,000", 2700, 2999, "nearly", 3000, None),
        ("8–11", 8, 11, "range", 8, 11),
        ("more than 50 but fewer than 100", 51, 99, "range", 50, 100),
        ("over 50, up to 100", 51, 100, "range", 50, 100),
        ("dozens", 24, 99, "range", 24, 99),
        ("at least dozens", 24, math.inf, "at_least", 24, None),
        ("none", 0, 0, "exact", 0, None),
    ],
)
def test_an_amount_allows_the_whole_people_its_words_allow(
    text, low, high, quantifier, value, value_high
):
    assert parse_number(text) == Amount(low, high, quantifier, value, value_high)


@unhurried
@given(
    st.sampled_from([q for q in Quantifier if q is not Quantifier.RANGE]), st.integers(1, 10**10)
)
def test_the_interval_is_that_of_a_figure_with_the_same_words(quantifier, value):
    words = {"exact": "", "at_most": "up to", "about": "about", "nearly": "nearly"}
    found = parse_number(f"{words.get(quantifier, quantifier.replace('_', ' '))} {value}")
    low, high = interval([value], [math.nan], [quantifier.value])
    assert (found.quantifier, found.low, found.high) == (quantifier, low[0], high[0])


@pytest.mark.parametrize("text", ["unknown", "no figure", "--", "", "inconnu", "ไม่ทราบ", "n/a"])
def test_unknown_is_never_zero(text):
    with pytest.raises(UnknownNumber):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("1,20O", "1,20"),
        ("12O", "12"),
        ("12.5", "whole number"),
        ("-5", "negative"),
        ("12 %", "share"),
        ("one in five", "share"),
        ("$5 million", "money"),
        ("65+21", "sum"),
        ("24 December 2025", "date"),
        ("20-10", "backwards"),
        ("1,234,56", "mixes"),
        ("5, 300", "one number or two"),
        ("5 ± 10", "not possible"),
        ("12 34", "not clearly one number"),
        ("singleو", "no number"),
        ("1e30", "people"),
        ("9" * 201, "too long"),
    ],
)
def test_a_refusal_says_what_was_found_and_what_to_write(text, named):
    with pytest.raises(ValueError, match=named) as refusal:
        parse_number(text)
    assert "write" in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "marks", "value"),
    [
        ("1.234", {"thousands": "."}, 1234),
        ("1,234", {"decimal": "."}, 1234),
        ("1,234 million", {"thousands": ","}, 1_234_000_000),
        ("1,234 million", {"decimal": ","}, 1_234_000),
        ("1 234,0", {"decimal": ",", "thousands": " "}, 1234),
    ],
)
def test_declared_marks_go_before_the_convention(text, marks, value):
    assert parse_number(text, **marks).value == value


@pytest.mark.parametrize("marks", [{"decimal": "."}, {"thousands": ","}])
def test_three_digits_behind_a_declared_decimal_mark_are_not_thousands(marks):
    with pytest.raises(ValueError, match="whole number"):
        parse_number("1.234", **marks)


def indian(number):
    head, tail = f"{number}"[:-3], f"{number}"[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return ",".join([*pairs, tail])


STYLES = {
    mark: lambda n, mark=mark: f"{n:,}".replace(",", mark) for mark in ",. '’٬\u00a0\u202f\u2009"
}
STYLES |= {"plain": str, "indian": indian}
SCRIPTS = [
    "0123456789",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "๐๑๒๓๔๕๖๗๘๙",
    "០១២៣៤៥៦៧៨៩",
    "０１２３４５６７８９",
]


@unhurried
@given(st.integers(0, 10**10), st.sampled_from(sorted(STYLES)), st.sampled_from(SCRIPTS))
def test_a_whole_number_comes_back_from_every_way_to_print_it(number, style, script):
    text = STYLES[style](number).translate(str.maketrans(SCRIPTS[0], script))
    assert parse_number(text) == Amount(number, number, "exact", number)
    assert parse_number(f"at least {text} people").low == number


ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
ONES += ["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
ONES += ["eighteen", "nineteen"]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number):
    for size, word in (
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if number >= size:
            rest = f" {spell(number % size)}" if number % size else ""
            return f"{spell(number // size)} {word}{rest}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


@unhurried
@given(st.integers(0, 10**10))
def test_a_spelled_number_is_what_an_independent_reader_reads(number):
    words = spell(number)
    assert parse_number(words).value == number == text2num(words, "en")


@pytest.mark.parametrize("language", ["fr", "es"])
@unhurried
@given(data=st.data())
def test_french_and_spanish_words_add_up_as_an_independent_reader_adds_them(language, data):
    hundreds = {"fr": "deux cent", "es": "doscientos"}[language]
    thousand = {"fr": "mille", "es": "mil"}[language]
    tens = {
        "fr": ["vingt", "trente-deux", "soixante-dix", "quatre-vingt-douze", "soixante et onze"]
    }
    tens["es"] = ["veinte", "treinta y dos", "setenta", "noventa y nueve", "dieciséis"]
    parts = [hundreds, data.draw(st.sampled_from(tens[language])), thousand]
    words = " ".join([*parts, data.draw(st.sampled_from(tens[language]))])
    assert parse_number(words).value == text2num(words, language)


def took_no_time(text):
    started = time.process_time()
    with contextlib.suppress(ValueError):
        parse_number(text)
    return time.process_time() - started < PATIENCE


@unhurried
@given(st.text(max_size=260))
def test_any_text_is_read_or_refused_at_once(text):
    assert took_no_time(text)


@unhurried
@given(st.lists(st.sampled_from([*sorted(LEXICON), "12", "1,5", "450,000", "3.4"]), max_size=60))
def test_any_jumble_of_number_words_is_read_or_refused_at_once(words):
    assert took_no_time(" ".join(words)[:200])
    assert took_no_time("".join(words)[:200])


@pytest.mark.parametrize(
    "unit", ["1,", "1 ", "a", "and ", "one ", "- ", "5-", "()", "หลาย", "و", "between 1 and ", "'"]
)
def test_long_junk_is_refused_at_once(unit):
    assert took_no_time(unit * 10_000)
    assert took_no_time((unit * 200)[:200])


def values(column):
    return [amount and amount.value for amount in column.amounts]


def codes(column):
    return [(problem.position, problem.code) for problem in column.problems]


@pytest.mark.parametrize(
    ("texts", "read", "problems"),
    [
        (["1.234", "9.214"], [1234, 9214], []),
        (["1.234", "1.234.567"], [1234, 1_234_567], []),
        (["1,234", "2.500"], [1234, 2500], []),
        (["1.234", "12.50"], [None, None], [(0, "ambiguous-number"), (1, "not-a-number")]),
        (["1.200", "1,5"], [1200, None], [(1, "not-a-number")]),
        (["1,200", "12.5"], [1200, None], [(1, "not-a-number")]),
        (["1.234.567", "2.5"], [1_234_567, None], [(1, "not-a-number")]),
        (["1.234.567", "2.5", "1.234"], [1_234_567, None, None], [(1, "not-a-number"), (2, "ambiguous-number")]),  # noqa: E501
        (["8,4 million", "1.200"], [8_400_000, 1200], []),
        (["8.4 million", "9.214"], [8_400_000, None], [(1, "ambiguous-number")]),
        (["1,234.50", "1,234", "12"], [None, 1234, 12], [(0, "not-a-number")]),
        (["unknown", "", "5"], [None, None, 5], [(0, "unknown-number"), (1, "unknown-number")]),
    ],
)  # fmt: skip
def test_the_cells_of_a_column_decide_its_marks_together(texts, read, problems):
    column = parse_column(texts)
    assert (values(column), codes(column)) == (read, problems)


def test_a_column_with_declared_marks_does_not_guess():
    column = parse_column(["1.234", "12.0"], decimal=".")
    assert values(column) == [None, 12]


def test_a_repeated_cell_is_reported_at_each_of_its_places():
    assert codes(parse_column(["x", "1", "x"])) == [(0, "not-a-number"), (2, "not-a-number")]


@unhurried
@given(st.lists(st.text(max_size=20)))
def test_every_cell_of_a_column_is_read_or_reported(texts):
    column = parse_column(texts)
    unread = [place for place, amount in enumerate(column.amounts) if amount is None]
    assert len(column.amounts) == len(texts)
    assert unread == [problem.position for problem in column.problems]
