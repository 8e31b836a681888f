import csv
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.dates import (
    AmbiguousDate,
    DateProblem,
    parse_date,
    parse_datetime,
    parse_period,
    read_dates,
)
from loaders.dates.build import word_rows

CHRISTMAS_EVE = date(2025, 12, 24)
DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-24",
        " 2025-12-24 ",
        "2025/12/24",
        "2025.12.24",
        "20251224",
        "24/12/2025",
        "12/24/2025",
        "24.12.2025",
        "24-12-2025",
        "24 12 2025",
        "24/12/25",
        "24/12/2568",
        "2568-12-24",
        "25681224",
        "24 Dec 2025",
        "24 DEC 2025",
        "24-Dec-25",
        "24-Dec-2025",
        "2025-Dec-24",
        "24Dec2025",
        "Dec. 24, 2025",
        "December 24, 2025",
        "December 24th, 2025",
        "24th of December 2025",
        "the 24th of December, 2025",
        "Wednesday, 24 December 2025",
        "Wed 24 Dec 2025",
        "24 décembre 2025",
        "mercredi 24 déc. 2025",
        "24 de diciembre de 2025",
        "24 dic. 2025",
        "miércoles, 24 de diciembre de 2025",
        "24 ديسمبر 2025",
        "٢٤ ديسمبر ٢٠٢٥",
        "24 كانون الأول 2025",
        "24 كانون الأول/ديسمبر 2025",
        "24 دجنبر 2025",
        "الأربعاء 24 ديسمبر 2025",
        "24 ธันวาคม 2568",
        "24 ธ.ค. 2568",
        "24 ธ.ค. 68",
        "๒๔ ธันวาคม ๒๕๖๘",
        "วันพุธที่ 24 ธันวาคม พ.ศ. 2568",
        "24 ธันวาคม ค.ศ. 2025",
        "24 ธ.ค. 2025",
        "ថ្ងៃទី២៤ ខែធ្នូ ឆ្នាំ២០២៥",
        "24 ធ្នូ 2025",
        "24 декабря 2025 г.",
        "24 декабря 2025 года",
        "24 дек. 2025",
        "24 de dezembro de 2025",
        "24. Dezember 2025",
        "Mittwoch, 24. Dez. 2025",
        "24 Desember 2025",
        "Rabu, 24 Desember 2025",
        "ngày 24 tháng 12 năm 2025",
        "24 tháng 12, 2025",
        "24 tháng Mười Hai 2025",
        "2025年12月24日",
        "2025年12月24日(水)",
        "２０２５年１２月２４日",
        "2025年12月24日 星期三",
        "2025년 12월 24일",
        "24 dicembre 2025",
        "24 Aralık 2025",
        "24 грудня 2025",
        "2025-12-24T23:30:00+07:00",
        "2025-12-24T23:30:00Z",
        "2025-12-24 00:00:00",
        "20251224T233000Z",
        "12/24/2025 11:30 PM",
        "Wed, 24 Dec 2025 23:30:00 +0700",
        "2025-W52-3",
    ],
)
def test_a_day_is_read_in_every_usual_form(text):
    assert parse_date(text) == CHRISTMAS_EVE


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1 آب 2025", 8),
        ("1 أيلول 2025", 9),
        ("1 تشرين الأول 2025", 10),
        ("1 تشرين الثاني 2025", 11),
        ("1 كانون الثاني 2025", 1),
        ("1 تموز 2025", 7),
        ("1 ก.ค. 2568", 7),
        ("1 มิ.ย. 2568", 6),
        ("1 កក្កដា 2025", 7),
        ("1er août 2025", 8),
        ("1 Mei 2025", 5),
        ("1 mars 2025", 3),
        ("1 märz 2025", 3),
        ("1 мая 2025", 5),
        ("1 de março de 2025", 3),
        ("1 de setiembre de 2025", 9),
        ("1 Sept. 2025", 9),
        ("1 Agustus 2025", 8),
    ],
)
def test_month_names_are_read_in_their_language(text, month):
    assert parse_date(text) == date(2025, month, 1)


@pytest.mark.parametrize("text", ["03/04/2025", "3.4.2025", "03-04-25", "01/12/2568"])
def test_a_date_that_can_be_read_both_ways_is_ambiguous(text):
    with pytest.raises(AmbiguousDate, match="day/month or month/day"):
        parse_date(text)


def test_the_order_settles_an_ambiguous_date():
    assert parse_date("03/04/2025", dayfirst=True) == date(2025, 4, 3)
    assert parse_date("03/04/2025", dayfirst=False) == date(2025, 3, 4)
    assert parse_date("24/12/2568", dayfirst=True) == CHRISTMAS_EVE


def test_a_day_equal_to_its_month_is_not_ambiguous():
    assert parse_date("03/03/2025") == date(2025, 3, 3)


def test_a_given_order_is_not_bent_to_fit():
    with pytest.raises(DateProblem, match="month 24"):
        parse_date("12/24/2025", dayfirst=True)


@pytest.mark.parametrize(
    ("text", "year"), [("1 Jan 00", 2000), ("1 Jan 68", 2068), ("1 Jan 69", 1969)]
)
def test_years_of_two_digits_turn_at_69(text, year):
    assert parse_date(text) == date(year, 1, 1)


def test_a_thai_year_of_two_digits_is_buddhist_or_ambiguous():
    assert parse_date("24 ธ.ค. 68") == CHRISTMAS_EVE
    with pytest.raises(AmbiguousDate, match="Gregorian or Buddhist"):
        parse_date("24 ธ.ค. 25")


def test_the_era_can_be_said():
    assert parse_date("24/12/68", era="buddhist") == CHRISTMAS_EVE
    with pytest.raises(DateProblem) as caught:
        parse_date("24/12/2568", era="gregorian")
    assert caught.value.code == "implausible-date"
    with pytest.raises(ValueError, match="'thai' is unknown"):
        parse_date("24/12/2568", era="thai")


def test_excel_day_counts_are_read_only_when_asked():
    assert parse_date("46015", serial="1900") == CHRISTMAS_EVE
    assert parse_date("46015.75", serial="1900") == CHRISTMAS_EVE
    assert parse_date("44553", serial="1904") == CHRISTMAS_EVE
    assert parse_date("2025-12-24", serial="1900") == CHRISTMAS_EVE
    with pytest.raises(DateProblem, match="not a date"):
        parse_date("46015")
    with pytest.raises(ValueError, match="'1905' is unknown"):
        parse_date("46015", serial="1905")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-a-date"),
        ("  ", "not-a-date"),
        ("soon", "not-a-date"),
        ("24", "incomplete-date"),
        ("2025", "incomplete-date"),
        ("Dec 2025", "incomplete-date"),
        ("24 Dec", "incomplete-date"),
        ("24/12", "incomplete-date"),
        ("31/02/2025", "impossible-date"),
        ("2025-02-29", "impossible-date"),
        ("2025-13-01", "impossible-date"),
        ("24/13/2025", "impossible-date"),
        ("0/5/2025", "impossible-date"),
        ("2025-12-24T25:00", "impossible-date"),
        ("2025-W54-1", "impossible-date"),
        ("1899-12-31", "implausible-date"),
        ("2101-01-01", "implausible-date"),
        ("9/9/9999", "implausible-date"),
        ("24 Foo 2025", "not-a-date"),
        ("24 Dec 2025 and later", "not-a-date"),
        ("1,200", "not-a-date"),
        ("2025-12-24" * 30, "not-a-date"),
    ],
)
def test_what_is_no_date_says_why_and_what_would_be_right(text, code):
    with pytest.raises(DateProblem, match="write") as caught:
        parse_date(text, dayfirst=True)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("24–26 Dec 2025", "2025-12-24", "2025-12-26"),
        ("24-26 Dec 2025", "2025-12-24", "2025-12-26"),
        ("24 to 26 December 2025", "2025-12-24", "2025-12-26"),
        ("from 24 to 26 December 2025", "2025-12-24", "2025-12-26"),
        ("between 24 and 26 December 2025", "2025-12-24", "2025-12-26"),
        ("Dec 24-26, 2025", "2025-12-24", "2025-12-26"),
        ("24-26/12/2025", "2025-12-24", "2025-12-26"),
        ("24/12/2025-26/12/2025", "2025-12-24", "2025-12-26"),
        ("2025-12-24/2025-12-26", "2025-12-24", "2025-12-26"),
        ("2025-12-24/26", "2025-12-24", "2025-12-26"),
        ("2025-12-24 to 2025-12-26", "2025-12-24", "2025-12-26"),
        ("2025-12-24 - 2025-12-26", "2025-12-24", "2025-12-26"),
        ("du 24 au 26 décembre 2025", "2025-12-24", "2025-12-26"),
        ("del 24 al 26 de diciembre de 2025", "2025-12-24", "2025-12-26"),
        ("24 ถึง 26 ธันวาคม 2568", "2025-12-24", "2025-12-26"),
        ("24-26 ธ.ค. 2568", "2025-12-24", "2025-12-26"),
        ("2025年12月24日至26日", "2025-12-24", "2025-12-26"),
        ("24 Dec 2025 – 3 Jan 2026", "2025-12-24", "2026-01-03"),
        ("24 Dec – 3 Jan 2026", "2025-12-24", "2026-01-03"),
        ("Dec 24 - Jan 3, 2026", "2025-12-24", "2026-01-03"),
        ("Jan-Mar 2025", "2025-01-01", "2025-03-31"),
        ("Mar–May 2025", "2025-03-01", "2025-05-31"),
        ("2024-2025", "2024-01-01", "2025-12-31"),
        ("2025-12-24", "2025-12-24", "2025-12-24"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("12/2025", "2025-12-01", "2025-12-31"),
        ("December 2025", "2025-12-01", "2025-12-31"),
        ("ธันวาคม 2568", "2025-12-01", "2025-12-31"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2568", "2025-01-01", "2025-12-31"),
        ("2025-W52", "2025-12-22", "2025-12-28"),
        ("Q4 2025", "2025-10-01", "2025-12-31"),
    ],
)
def test_a_period_is_its_first_and_last_day(text, first, last):
    assert parse_period(text) == (date.fromisoformat(first), date.fromisoformat(last))


def test_an_ambiguous_period_needs_the_order():
    with pytest.raises(AmbiguousDate):
        parse_period("03/04/2025 to 05/04/2025")
    expected = (date(2025, 4, 3), date(2025, 4, 5))
    assert parse_period("03/04/2025 to 05/04/2025", dayfirst=True) == expected


@pytest.mark.parametrize(
    "text", ["26-24 Dec 2025", "2026-01-03 to 2025-12-24", "soon", "24 Dec", ""]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="write"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-12-24T23:30:00+07:00", datetime(2025, 12, 24, 23, 30)),
        ("2025-12-24 23:30", datetime(2025, 12, 24, 23, 30)),
        ("24 Dec 2025, 2:30 pm ICT", datetime(2025, 12, 24, 14, 30)),
        ("24 Dec 2025 12:05 a.m.", datetime(2025, 12, 24, 0, 5)),
        ("24 décembre 2025 à 14h30", datetime(2025, 12, 24, 14, 30)),
        ("2025-12-24", datetime(2025, 12, 24)),
    ],
)
def test_a_moment_keeps_its_clock_and_drops_its_zone(text, expected):
    assert parse_datetime(text) == expected


def test_one_value_above_twelve_settles_a_column():
    column = read_dates(["03/04/2025", "13/04/2025"])
    assert column.dates == (date(2025, 4, 3), date(2025, 4, 13))
    assert column.dayfirst is True
    assert read_dates(["03/04/2025", "04/13/2025"]).dates[0] == date(2025, 3, 4)


def test_an_undecidable_column_is_reported_and_never_guessed():
    column = read_dates(["03/04/2025", "2025-04-05", "05/06/2025"])
    assert column.dates == (None, date(2025, 4, 5), None)
    assert [problem and problem.code for problem in column.problems] == [
        "ambiguous-date",
        None,
        "ambiguous-date",
    ]


def test_both_orders_in_one_column_are_a_problem():
    column = read_dates(["13/04/2025", "04/14/2025", "03/04/2025"])
    assert column.conflict is not None
    assert column.conflict.code == "mixed-date-order"
    assert column.dates == (date(2025, 4, 13), date(2025, 4, 14), None)
    assert column.problems[2] is not None
    assert column.problems[2].code == "mixed-date-order"


def test_the_order_that_a_caller_gives_beats_the_column():
    assert read_dates(["03/04/2025", "05/04/2025"], dayfirst=True).dates[0] == date(2025, 4, 3)


def test_a_column_of_day_counts_is_excel():
    column = read_dates(["46015", "", "46016.5"])
    assert column.serial == "1900"
    assert column.dates == (CHRISTMAS_EVE, None, date(2025, 12, 25))


def test_a_day_count_among_dates_is_a_problem():
    column = read_dates(["46015", "2025-12-24"])
    assert column.serial is None
    assert column.problems[0] is not None
    assert column.problems[0].code == "not-a-date"


def test_one_buddhist_year_shows_the_era_of_the_short_ones():
    column = read_dates(["24/12/68", "24/12/2568", "24/12/2025"])
    assert column.era == "buddhist"
    assert column.dates == (CHRISTMAS_EVE,) * 3


def test_a_blank_is_neither_date_nor_problem():
    column = read_dates(["", "  "])
    assert column.dates == (None, None)
    assert column.problems == (None, None)


def test_a_long_column_of_few_days_is_fast():
    start = time.perf_counter()
    read_dates([f"{1 + day % 28:02d}/12/2025" for day in range(100_000)])
    assert time.perf_counter() - start < 2


def test_the_checked_in_words_are_those_the_build_writes():
    path = Path("loaders/dates/words.csv")
    with path.open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == word_rows()


@given(
    DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%d-%b-%y", "%B %d, %Y"])
)
def test_a_date_comes_back_from_any_unambiguous_form(day, form):
    assert parse_date(day.strftime(form)) == day


@given(DAYS, st.sampled_from("/-. "), st.booleans())
def test_a_date_comes_back_when_the_order_is_known(day, mark, dayfirst):
    form = f"%d{mark}%m{mark}%Y" if dayfirst else f"%m{mark}%d{mark}%Y"
    assert parse_date(day.strftime(form), dayfirst=dayfirst) == day


@given(DAYS)
def test_a_buddhist_date_comes_back(day):
    assert parse_date(f"{day.day}/{day.month}/{day.year + 543}", dayfirst=True) == day


@given(DAYS, DAYS)
def test_a_range_comes_back_or_is_refused_when_it_runs_backwards(first, last):
    text = f"{first:%d %b %Y} – {last:%d %b %Y}"
    if first <= last:
        assert parse_period(text) == (first, last)
    else:
        with pytest.raises(DateProblem, match="ends before"):
            parse_period(text)


@settings(max_examples=300)
@given(st.text(max_size=220) | st.text("0123456789/-. :tTzDec年月日ธ.ค<>~", max_size=40))
def test_any_text_is_a_date_or_a_value_error(text):
    for read in (parse_date, parse_period, parse_datetime):
        try:
            read(text)
        except ValueError as error:
            assert "write" in str(error)  # noqa: PT017 - raising nothing is right too


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "-" * 199, "1-" * 99, "( " * 99, "24 Dec " * 28, "t1:" * 66]
)
def test_long_and_hostile_texts_are_refused_fast(text):
    start = time.perf_counter()
    for read in (parse_date, parse_period, parse_datetime):
        with pytest.raises(ValueError, match="write"):
            read(text)
    assert time.perf_counter() - start < 1
