"""Mappings: a table that nobody has seen is an entry, not code."""

from typing import Any

import pytest

from loaders.containers import read_table
from loaders.mapping import CODES, Mapping, MappingError
from loaders.mapping.ids import with_ids
from loaders.raw import RawTable

PLAIN = """
[constants]
counting = "cumulative"
measure = "killed"
source = "mod"

[columns]
country = "Country"
as_of = "Date"
value = "Killed"
"""


def applied(text: str, mapping: str = PLAIN, name: str = "deaths.csv") -> RawTable:
    """Return what a mapping makes of a CSV text."""
    return Mapping.load(mapping + "\n").apply(read_table(text.encode(), name=name))


def told(table: RawTable, *names: str) -> list[Any]:
    """Return some columns of each figure, as tuples (or as texts for a single column)."""
    rows = [tuple(row.values()) for row in table.cells.select(list(names)).to_pylist()]
    return [row[0] for row in rows] if len(names) == 1 else rows


def found(table: RawTable, *leave: str) -> list[tuple[str, int, str, str]]:
    """Return code, line, column and value of the findings, without those of some codes."""
    return [(f.code, f.line, f.column, f.value) for f in table.findings if f.code not in leave]


def test_columns_and_constants_become_figures_with_the_lines_of_the_table():
    table = applied("Country,Date,Killed\nThailand,2025-07-24,12\nCambodge,25 July 2025,1200\n")
    assert told(table, "country", "as_of", "value", "measure", "source") == [
        ("THA", "2025-07-24", "12", "killed", "mod"),
        ("KHM", "2025-07-25", "1200", "killed", "mod"),
    ]
    assert table.lines.tolist() == [2, 3]
    assert told(table, "figure_id") == ["deaths-2-killed", "deaths-3-killed"]


def test_blank_cells_and_marks_for_nothing_give_no_figure_and_no_zero():
    cells = ["", "N/A", "NULL", "-", "n/d", "…", "0", "nobody asked"]
    lines = "".join(f"THA,2025-07-{n:02},{cell}\n" for n, cell in enumerate(cells, 1))
    mapping = PLAIN + '\n[table]\nmissing = ["nobody asked"]\n'
    table = applied("Country,Date,Killed\n" + lines, mapping)
    assert told(table, "value") == ["0"]
    (finding,) = table.findings
    assert (finding.code, finding.severity) == ("no-figure", "info")
    assert finding.problem.startswith("7 cells say nothing")


def test_na_in_a_column_of_countries_is_namibia():
    table = applied("Country,Date,Killed\nNA,2025-07-24,12\n")
    assert told(table, "country") == ["NAM"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("-72", "negative-number"),
        ("71.908916", "not-whole"),
        ("98%", "not-a-number"),
        ("a bridge", "not-a-number"),
        ("an unknown number", "unknown-number"),
        ("#REF!", "not-a-number"),
    ],
)
def test_what_is_no_number_of_people_is_a_finding_and_no_figure(cell, code):
    table = applied(f"Country,Date,Killed\nTHA,2025-07-24,{cell}\nKHM,2025-07-24,1\n")
    assert told(table, "country") == ["KHM"]
    assert found(table) == [(code, 2, "Killed", cell)]


@pytest.mark.parametrize(
    ("cell", "value", "quantifier"),
    [
        ("1e+05", "100000", "exact"),
        ("102.00000", "102", "exact"),
        ("at least 23", "23", "at_least"),
        ("plus de 150 000", "150000", "more_than"),
        ("7\u00a0326", "7326", "exact"),
        ("20-30", "20", "range"),
    ],
)
def test_numbers_in_words_keep_their_quantifier_and_their_phrase(cell, value, quantifier):
    table = applied(f"Country,Date,Killed\nTHA,2025-07-24,{cell}\n")
    assert told(table, "value", "quantifier", "expression") == [(value, quantifier, cell)]


def test_the_marks_of_a_column_decide_what_one_cell_cannot():
    text = "Country;Date;Killed\nTHA;2025-07-24;1.234\nKHM;2025-07-24;1.234.567\n"
    assert told(applied(text), "value") == ["1234", "1234567"]


def test_rows_that_cannot_be_read_are_findings_with_the_names_of_the_user():
    text = (
        "Country,Date,Killed\nAtlantis,2025-07-24,1\nTHA,yesterday,2\n,2025-07-24,3\n"
        "THA,2025-07-24,4\n"
    )
    table = applied(text)
    assert told(table, "value") == ["4"]
    assert found(table) == [
        ("unknown-country", 2, "Country", "Atlantis"),
        ("missing-value", 4, "Country", ""),
        ("not-a-date", 3, "Date", "yesterday"),
    ]


def test_every_cell_that_cannot_be_read_is_a_finding_of_its_own():
    mapping = """
        [constants]
        counting = "cumulative"
        source = "mod"

        [columns]
        country = "Country"
        as_of = "Date"
        measure = "Measure"
        value = "Number"
        value_high = "High"
    """
    table = applied(
        "Country,Date,Measure,Number,High\n"
        "Atlantis,2025-13-01,tears,many,more\n"
        "Atlantis,,killed,-5,\n"
        "THA,2025-13-01,killed,12,more\n"
        "THA,2025-07-24,killed,12,more\n",
        mapping,
    )
    assert told(table, "value", "value_high") == [("12", "")]
    assert sorted(f for f in found(table) if f[1]) == sorted(
        [
            ("unknown-number", 2, "Number", "many"),
            ("not-a-number", 2, "High", "more"),
            ("unknown-country", 2, "Country", "Atlantis"),
            ("impossible-date", 2, "Date", "2025-13-01"),
            ("unknown-name", 2, "Measure", "tears"),
            ("negative-number", 3, "Number", "-5"),
            ("unknown-country", 3, "Country", "Atlantis"),
            ("missing-value", 3, "Date", ""),
            ("impossible-date", 4, "Date", "2025-13-01"),
            ("not-a-number", 4, "High", "more"),
            ("not-a-number", 5, "High", "more"),
        ]
    )
    assert all(finding.problem and finding.remedy for finding in table.findings)


def test_an_ambiguous_date_is_a_finding_until_the_mapping_says_which():
    text = "Country,Date,Killed\nTHA,03/04/2025,1\nTHA,05/06/2025,2\n"
    assert [f[0] for f in found(applied(text))] == ["ambiguous-date", "ambiguous-date"]
    table = applied(text, PLAIN + "\n[dates]\ndayfirst = true\n")
    assert told(table, "as_of") == ["2025-04-03", "2025-06-05"]
    table = applied(text, PLAIN + '\n[dates]\nformat = "%m/%d/%Y"\n')
    assert told(table, "as_of") == ["2025-03-04", "2025-05-06"]


@pytest.mark.parametrize(
    ("cell", "keys", "as_of", "since"),
    [
        ("2014", 'period = "year"', "2014-12-31", "2014-01-01"),
        ("2568", 'period = "year"', "2025-12-31", "2025-01-01"),
        ("2025-02", 'period = "month"', "2025-02-28", "2025-02-01"),
        ("2025-07-24", 'period = "day"', "2025-07-24", "2025-07-24"),
        ("2025-07-24", 'period = "week_to"', "2025-07-24", "2025-07-18"),
        ("2025-07-24", 'period = "week_from"', "2025-07-30", "2025-07-24"),
        ("24-26 Dec 2025", "", "2025-12-26", "2025-12-24"),
        ("45862", 'serial = "1900"\nperiod = "day"', "2025-07-24", "2025-07-24"),
        ("24/7/2568", 'era = "buddhist"\nperiod = "day"', "2025-07-24", "2025-07-24"),
    ],
)
def test_a_period_gives_flows_their_first_day(cell, keys, as_of, since):
    mapping = PLAIN.replace("cumulative", "flow") + f"\n[dates]\n{keys}\n"
    table = applied(f"Country,Date,Killed\nTHA,{cell},1\n", mapping)
    assert told(table, "as_of", "since") == [(as_of, since)]


def test_a_year_is_no_day_unless_the_mapping_says_so():
    table = applied("Country,Date,Killed\nTHA,2014,1\n")
    assert [f[0] for f in found(table)] == ["incomplete-date"]


def test_stocks_have_no_first_day_even_when_a_constant_gives_one():
    mapping = PLAIN.replace("cumulative", "stock") + '\n[dates]\nperiod = "year"\n'
    mapping = mapping.replace("[constants]", '[constants]\nsince = "2025-01-01"')
    assert told(applied("Country,Date,Killed\nTHA,2014,1\n", mapping), "since") == [""]


def test_a_wide_table_gives_a_figure_for_each_column():
    mapping = """
    [constants]
    country = "THA"
    source = "moph"
    [columns]
    as_of = "day"
    [[values]]
    column = "dead"
    measure = "killed"
    counting = "cumulative"
    population = "civilian"
    [[values]]
    column = "in centres"
    measure = "sheltered"
    counting = "stock"
    scope = "organised centres only"
    """
    table = applied("day,dead,in centres\n2025-07-24,12,5000\n2025-07-25,,6000\n", mapping)
    assert told(table, "as_of", "measure", "population", "counting", "scope", "value") == [
        ("2025-07-24", "killed", "civilian", "cumulative", "", "12"),
        ("2025-07-24", "sheltered", "", "stock", "organised centres only", "5000"),
        ("2025-07-25", "sheltered", "", "stock", "organised centres only", "6000"),
    ]


def test_a_column_for_each_date_is_read_from_a_pattern():
    mapping = PLAIN.split("[columns]")[0] + (
        '[columns]\nadmin1 = "Province"\n[[wide]]\npattern = "{as_of}"\n'
    )
    mapping = mapping.replace("[constants]", '[constants]\ncountry = "THA"')
    text = "Province,24/07/2025,25/07/2025,01/08/2025,Remark\nSurin,1,2,3,x\nTrat,4,,6,y\n"
    table = applied(text, mapping)
    assert told(table, "admin1", "as_of", "value") == [
        ("Surin", "2025-07-24", "1"),
        ("Surin", "2025-07-25", "2"),
        ("Surin", "2025-08-01", "3"),
        ("Trat", "2025-07-24", "4"),
        ("Trat", "2025-08-01", "6"),
    ]


def test_a_pattern_reads_several_things_from_a_heading():
    mapping = """
    [constants]
    counting = "cumulative"
    source = "who"
    [columns]
    as_of = "Date"
    [[wide]]
    pattern = "{measure}_{country}"
    [names.measure]
    Deaths = "killed"
    Hurt = "injured"
    """
    table = applied("Date,Deaths_Guinea,Hurt_Mali\n2014-12-01,5,7\n", mapping)
    assert told(table, "measure", "country", "value") == [
        ("killed", "GIN", "5"),
        ("injured", "MLI", "7"),
    ]


def test_rows_that_hold_classes_say_what_they_count():
    mapping = """
    [constants]
    country = "GIN"
    source = "moh"
    [columns]
    as_of = "Date"
    value = "Total"
    [[rows]]
    column = "Indicator"
    equals = ["Total deaths", "All deaths"]
    measure = "killed"
    counting = "cumulative"
    """
    text = (
        "Date,Indicator,Total\n2014-12-01,Total deaths,5\n2014-12-01,Share,98%\n"
        "2014-12-02,all deaths,7\n"
    )
    table = applied(text, mapping)
    assert told(table, "as_of", "value") == [("2014-12-01", "5"), ("2014-12-02", "7")]
    (finding,) = table.findings
    assert (finding.code, finding.column) == ("unmapped-rows", "Indicator")
    assert "'Share' (1)" in finding.problem


def test_names_are_translated_and_what_has_no_translation_is_a_finding():
    mapping = PLAIN.replace('measure = "killed"\n', "") + (
        'measure = "What"\n[names.measure]\n"Tote und Vermisste" = "casualties"\n'
    )
    text = "Country,Date,What,Killed\nTHA,2025-07-24,Tote  und vermisste,1\nTHA,2025-07-24,cows,2\n"
    table = applied(text, mapping)
    assert told(table, "measure", "value") == [("casualties", "1")]
    assert found(table) == [("unknown-name", 3, "What", "cows")]
    assert "killed" in table.findings[0].remedy


def test_a_qualifier_beside_the_number_is_kept():
    mapping = """
    [constants]
    country = "UKR"
    counting = "cumulative"
    measure = "casualties"
    source = "gs"
    [columns]
    as_of = "date"
    [[values]]
    column = "n"
    qualifier = "how"
    """
    text = (
        "date,n,how\n2022-03-01,10,about\n2022-03-02,11,more\n2022-03-03,12,total\n"
        "2022-03-04,13,blue\n"
    )
    table = applied(text, mapping)
    assert told(table, "value", "quantifier", "expression") == [
        ("10", "about", "about 10"),
        ("11", "more_than", "more 11"),
        ("12", "exact", "total 12"),
    ]
    assert found(table, "totals-row") == [("unknown-name", 5, "how", "blue")]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ("note", ("12", "", "exact", "(best 12, low 10, high 20)")),
        ("range", ("10", "20", "range", "")),
    ],
)
def test_low_best_and_high_become_a_note_or_a_range(bounds, expected):
    mapping = PLAIN.replace('value = "Killed"', "") + (
        f'[numbers]\nbounds = "{bounds}"\n[[values]]\ncolumn = "best"\nlow = "lo"\nhigh = "hi"\n'
    )
    text = "Country,Date,best,lo,hi\nTHA,2025-07-24,12,10,20\nTHA,2025-07-25,5,6,9\n"
    table = applied(text, mapping)
    assert told(table, "value", "value_high", "quantifier", "note")[0] == expected
    assert found(table) == [("best-outside-bounds", 3, "best", "")]


def test_a_name_that_stands_once_is_filled_down_only_when_asked():
    text = "Country,Date,Killed\nTHA,2025-07-24,1\n,2025-07-25,2\n"
    assert told(applied(text), "value") == ["1"]
    asked = applied(text, PLAIN + '\n[table]\nfill_down = ["Country"]\n')
    assert told(asked, "country", "value") == [("THA", "1"), ("THA", "2")]


def test_totals_are_left_out_with_a_finding_unless_they_are_wanted():
    mapping = PLAIN.replace('country = "Country"', 'admin1 = "Province"')
    mapping = mapping.replace("[constants]", '[constants]\ncountry = "THA"')
    text = "Province,Date,Killed\nSurin,2025-07-24,1\nTrat,2025-07-24,2\nTotal,2025-07-24,3\n"
    table = applied(text, mapping)
    assert told(table, "value") == ["1", "2"]
    assert found(table) == [("totals-row", 4, "Province", "Total")]
    kept = mapping + '\n[table]\ntotals = "keep"\n[names.admin1]\nTotal = ""\n'
    assert told(applied(text, kept), "admin1", "value")[-1] == ("", "3")


def test_conditions_leave_rows_out_and_say_how_many():
    mapping = PLAIN + '\n[[only]]\ncolumn = "Kind"\ndiffers = ["planned"]\n'
    text = "Country,Date,Killed,Kind\nTHA,2025-07-24,1,real\nTHA,2025-07-24,2,Planned\n"
    table = applied(text, mapping)
    assert told(table, "value") == ["1"]
    assert table.findings[0].problem == "1 rows were left out: 'Planned'"


def test_texts_are_filled_from_the_row():
    mapping = PLAIN.replace("[constants]", '[constants]\nscope = "from {Origin}; {Note}"')
    text = "Country,Date,Killed,Origin,Note\nTHA,2025-07-24,1,Trat,N/A\nTHA,2025-07-25,1,,Unknown\n"
    assert told(applied(text, mapping), "scope") == ["from Trat;", "from ; Unknown"]


def test_times_keep_their_day_whatever_their_zone():
    mapping = PLAIN + 'published = "Put out"\n'
    text = "Country,Date,Killed,Put out\nTHA,2023-11-06T23:30:00.000Z,1,2023-11-07T01:15:00+07:00\n"
    assert told(applied(text, mapping), "as_of", "published") == [
        ("2023-11-06", "2023-11-07T01:15:00")
    ]


def test_the_day_in_the_name_of_a_file_is_compared_with_the_day_inside():
    text = "Country,Date,Killed\nTHA,2014-10-15,1\n"
    table = applied(text, name="2014-10-16-v141.csv")
    assert found(table) == [("file-date-differs", 0, "as_of", "2014-10-16")]
    assert told(table, "as_of") == ["2014-10-15"]
    assert found(applied(text, name="2014-10-15.csv")) == []


def test_ids_are_the_same_however_the_table_is_cut():
    text = "Country,Date,Killed\nTHA,2025-07-24,1\nTHA,2025-07-25,2\n"
    pattern = PLAIN.replace("[constants]", 'figure_id = "{file}-{as_of}-{column}"\n[constants]', 1)
    assert told(applied(text, pattern), "figure_id") == [
        "deaths-2025-07-24-killed",
        "deaths-2025-07-25-killed",
    ]


def test_blank_ids_beside_own_ones_are_made_as_where_there_is_no_column_of_ids():
    mapping = PLAIN.replace("[columns]", '[columns]\nfigure_id = "Id"')
    table = applied("Id,Country,Date,Killed\nX1,THA,2025-07-24,1\n,THA,2025-07-25,2\n", mapping)
    assert told(table, "figure_id") == ["X1", "deaths-3-killed"]
    assert found(table) == [("ids-given", 0, "Id", "")]
    assert table.findings[0].problem == "1 row has no id in 'Id'; one was given to it"


def test_a_row_of_our_own_table_without_an_id_is_given_one_unless_it_is_blank():
    raw = read_table(b"figure_id,country,note\nX1,THA,\n,KHM,\n ,,\n", name="mine.csv")
    table = with_ids(raw)
    assert table.cells["figure_id"].to_pylist()[:2] == ["X1", "mine-3"]
    assert [finding.code for finding in table.findings] == ["ids-given"]
    whole = read_table(b"figure_id,country\nX1,THA\n", name="mine.csv")
    assert with_ids(whole).findings == ()


def test_rows_without_a_number_are_named_by_their_lines():
    text = (
        "Country,Killed,Injured,Date\nTHA,1,,2025-07-24\nTHA,,n/a,2025-07-25\nKHM,,2,2025-07-26\n"
    )
    table = read_table(text.encode())
    assert Mapping.suggest(table).without_number(table) == [3]


def test_a_suggestion_takes_columns_that_bear_our_names_and_hold_our_words():
    text = "figure_id,country,as_of,value,measure,unit\n,THA,2025-07-24,4,killed,boxes\n"
    columns = Mapping.suggest(read_table(text.encode())).columns
    assert (columns["measure"], columns["figure_id"]) == ("measure", "figure_id")
    assert "unit" not in columns


def test_ids_fit_whatever_the_file_is_called():
    table = applied("Country,Date,Killed\nTHA,2025-07-24,1\n", name="ตัวเลข " + "x" * 200 + ".csv")
    (figure_id,) = told(table, "figure_id")
    assert len(figure_id) <= 80
    assert figure_id.isascii()


def test_a_column_that_drifted_away_is_a_finding_that_names_the_nearest():
    mapping = PLAIN.replace(
        'value = "Killed"', '[[values]]\ncolumn = "Killed"\n[[values]]\ncolumn = "Kiled (new)"'
    )
    table = applied("Country,Date,Killed\nTHA,2025-07-24,1\n", mapping)
    assert told(table, "value") == ["1"]
    assert found(table) == [("absent-column", 0, "Kiled (new)", "")]
    gone = applied("Country,Date,Tués\nTHA,2025-07-24,1\n")
    assert [f[0] for f in found(gone)] == ["absent-column", "missing-column"]
    assert gone.cells.num_rows == 0


def test_headings_are_found_in_any_case_and_by_the_last_of_their_parts():
    text = "PEOPLE,,\nCOUNTRY, date ,killed\nTHA,2025-07-24,1\n"
    assert told(applied(text), "value") == ["1"]


def test_what_nothing_says_is_one_finding_and_no_guess():
    table = applied("Country,Date,Killed\nTHA,2025-07-24,1\n", PLAIN.replace('source = "mod"', ""))
    assert found(table) == [("mapping-incomplete", 0, "source", "")]
    assert table.cells.num_rows == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[constant]\na = 1", "there is no key `constant`; a mapping may hold"),
        ("[constant]\na = 1", "did you mean 'constants'?"),
        ('[constants]\nmeasure = "kiled"', "`constants.measure` is 'kiled'; it may be killed,"),
        ('[constants]\nmeasure = "kiled"', "did you mean 'killed'?"),
        ('[table]\ntotals = "maybe"', "`table.totals` is 'maybe'; it may be 'drop' or 'keep'"),
        ("[dates]\ndayfirst = 'often'", "`dates.dayfirst` is 'often'; it may be true or false"),
        ('[columns]\ncontry = "C"', "there is no key `columns.contry`"),
        ('[columns]\ncontry = "C"', "did you mean 'country'?"),
        ('[[values]]\nmeasure = "killed"', "`values[1].column` is missing"),
        ('[[values]]\ncolumn = "a"\ncolour = "b"', "there is no key `values[1].colour`"),
        ('[[wide]]\npattern = "{day}"', "`wide[1].pattern` is '{day}'; it may be {country}"),
        ("[table]\nheader_rows = 'two'", "`table.header_rows` is 'two'; it may be a list in [ ]"),
        ("[constants\na = 1", "this is not TOML"),
        ("[constants\na = 1", "line 1"),
        ('[[only]]\ncolumn = "a"', "only[1]"),
    ],
)
def test_a_wrong_mapping_names_the_key_what_it_found_and_what_it_may_be(text, message):
    with pytest.raises(MappingError) as error:
        Mapping.load(text + "\n")
    assert message in str(error.value)


DOTTED = ".".join("abcdefghijklmnopqrstuvwxyz")


def test_a_text_with_many_dots_is_no_deep_key():
    mapping = Mapping.model_validate({"constants": {"source": DOTTED, "note": f'"{DOTTED}"'}})
    assert Mapping.load(mapping.dump()) == mapping


@pytest.mark.parametrize(
    "text",
    [
        f'{DOTTED} = "a"',
        f'a = "b"\n{DOTTED} = "c"',
        f"a = ['''\nb = \"''', {{{DOTTED} = 1}}] # \"",
        f'a = ["""\nb = "\\"""", {{{DOTTED} = 1}}] # "',
    ],
)
def test_a_key_of_many_parts_is_refused_wherever_it_stands(text):
    with pytest.raises(MappingError, match="nested too deeply"):
        Mapping.load(text + "\n")


def test_a_mapping_is_written_and_read_back_as_it_was(tmp_path):
    mapping = Mapping.load("""
    assumed = ["counting"]
    [table]
    skip_rows = [3]
    [dates]
    dayfirst = true
    [constants]
    since = 2025-07-24
    note = 'says "hello" \\ or so'
    [columns]
    as_of = "วันที่"
    [[values]]
    column = "a"
    measure = "killed"
    [[rows]]
    column = "b"
    equals = "one"
    [names.country]
    "Bande de Gaza" = "PSE"
    """)
    assert mapping.constants.since == "2025-07-24"
    path = tmp_path / "mapping.toml"
    path.write_text(mapping.dump(), encoding="utf-8")
    assert Mapping.load(path) == mapping
    assert Mapping.load(str(path)) == mapping


@pytest.mark.parametrize(
    ("header", "measures"),
    [
        ("Country,Date,Killed,Injured", [("Killed", "killed"), ("Injured", "injured")]),
        ("Pays,Date,Tués (cumulé),Blessés", [("Tués (cumulé)", "killed"), ("Blessés", "injured")]),
        ("País,Fecha,Fallecidos,Heridos", [("Fallecidos", "killed"), ("Heridos", "injured")]),
        ("ประเทศ,วันที่,ผู้เสียชีวิตสะสม,ผู้บาดเจ็บ", [("ผู้เสียชีวิตสะสม", "killed"), ("ผู้บาดเจ็บ", "injured")]),
        ("الدولة,التاريخ,قتلى,جرحى", [("قتلى", "killed"), ("جرحى", "injured")]),
        ("Country,Date,planned beneficiaries,killed_target", []),
    ],
)
def test_a_suggestion_knows_headings_in_several_languages(header, measures):
    table = read_table(f"{header}\nTHA,2025-07-24,12,5\nKHM,2025-07-25,13,6\n".encode())
    mapping = Mapping.suggest(table)
    assert [(value.column, value.measure) for value in mapping.values] == measures
    assert set(mapping.columns) >= {"country", "as_of"}


def test_a_suggestion_for_columns_named_by_years_reads_them_as_years():
    table = read_table(b"Country,2023,2024\nTHA,1,2\nKHM,3,4\n", name="killed.csv")
    mapping = Mapping.suggest(table)
    constants = mapping.constants.model_copy(update={"measure": "killed"})
    figures = mapping.model_copy(update={"constants": constants}).apply(table)
    assert told(figures, "country", "as_of", "value") == [
        ("THA", "2023-12-31", "1"),
        ("THA", "2024-12-31", "2"),
        ("KHM", "2023-12-31", "3"),
        ("KHM", "2024-12-31", "4"),
    ]


def test_a_suggestion_says_what_it_assumed():
    table = read_table(b"Country,Date,Killed\nTHA,2025-07-24,12\n", name="mine.csv")
    mapping = Mapping.suggest(table)
    assert mapping.assumed == ["counting of Killed", "source"]
    figures = mapping.apply(table)
    assert [f.severity for f in figures.findings] == ["warning", "warning"]
    assert told(figures, "source", "counting") == [("mine", "cumulative")]


def test_a_suggestion_does_not_choose_between_two_columns_of_countries():
    table = read_table(b"Origin here,Host there,IDP,Year\nTHA,KHM,12,2014\nKHM,THA,5,2015\n")
    assert "country" not in Mapping.suggest(table).columns


def test_a_canonical_table_passes_through_as_it_is():
    text = (
        "figure_id,country,measure,counting,as_of,value,quantifier,source\n"
        "F1,THA,killed,cumulative,2025-07-24,12,at_least,mod\n"
    )
    table = read_table(text.encode())
    figures = Mapping.suggest(table).apply(table)
    assert figures.findings == ()
    names = table.cells.column_names
    assert figures.cells.select(names).to_pylist() == table.cells.to_pylist()


@pytest.mark.parametrize(
    ("mapping", "nothing"),
    [
        ('[columns]\ncountry = "Country"\nvalue = "value"', True),
        ('[columns]\ncountry = "Land"\nvalue = "value"', False),
        ('[columns]\ncountry = "country"\n[dates]\ndayfirst = true', False),
        ('[columns]\nvalue = "value"\n[constants]\nmeasure = "killed"', False),
    ],
)
def test_a_mapping_that_keeps_every_name_says_nothing_new(mapping, nothing):
    assert Mapping.load(mapping + "\n").says_nothing_new() is nothing


def test_every_code_is_declared_once_with_all_its_words():
    names = [entry[0] for entry in CODES]
    assert len(set(names)) == len(names)
    assert all(all(entry) and entry[1] in ("error", "warning", "info") for entry in CODES)
