"""Proof on real files: each loads by a mapping, and its known faults become findings.

The expected numbers are counted here from the raw files in plain Python (csv, json, openpyxl),
never through the loaders.
"""

import csv
import datetime as dt
import json
import shutil
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from loaders import Mapping, load_library, read_figures, read_table
from loaders.raw import RawTable
from tests.builders import CRISIS, write_crisis

REAL = Path(__file__).parent / "real"
DERIVED = (
    "base.csv",
    "cp1252_semicolon_space_thousands.csv",
    "utf16le_tab.tsv",
    "buddhist_era.csv",
    "excel_serial_preamble.csv",
    "merged_header.xlsx",
)


@lru_cache
def applied(path: str, mapping: str = "") -> RawTable:
    """Return what the mapping beside a file (or another one) makes of it, as text."""
    toml = REAL / mapping if mapping else (REAL / path).with_suffix(".toml")
    loaded = Mapping.load(toml)
    return loaded.apply(loaded.read(REAL / path))


@lru_cache
def loaded(path: str, mapping: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return figures and findings, after all the checks."""
    toml = REAL / mapping if mapping else (REAL / path).with_suffix(".toml")
    result = read_figures(REAL / path, mapping=Mapping.load(toml))
    return result.figures, result.findings


@lru_cache
def raw(path: str, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    """Return the records of a CSV file as Python's own reader gives them."""
    with (REAL / path).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def figures(table: RawTable, **wanted: str) -> list[dict[str, str]]:
    """Return the figures whose columns hold these texts."""
    return [
        row
        for row in table.cells.to_pylist()
        if all(row[name] == text for name, text in wanted.items())
    ]


def total(rows: list[dict[str, str]]) -> int:
    return sum(int(row["value"]) for row in rows)


def codes(table: RawTable) -> Counter[str]:
    return Counter(finding.code for finding in table.findings)


def found(findings: pd.DataFrame, code: str) -> list[tuple[str, int]]:
    """Return value and line of the findings of one code."""
    chosen = findings[findings["code"] == code]
    return list(zip(chosen["value"].astype(str), chosen["line"], strict=True))


# Every file


def every_pair() -> list[tuple[str, str]]:
    """Return each mapping with each file it reads."""
    many: dict[str, Callable[[Path], list[Path]]] = {
        "guinea.toml": lambda p: sorted((p.parent / "guinea_data").glob("*.csv")),
        "sl.toml": lambda p: sorted((p.parent / "sl_data").glob("*.csv")),
        "who_data.toml": lambda p: sorted((p.parent / "who_data").glob("*.csv")),
        "gaza-casualties-24h.toml": lambda p: [p.parent / "gaza-casualties-daily.csv"],
        "by_origin.toml": lambda p: [p.parent / "HDX_EndYearPopulationTotals.csv"],
        "ethiopia.toml": lambda p: list(p.parent.glob("ethiopia*.csv")),
        "somalia.toml": lambda p: list(p.parent.glob("somalia*.csv")),
        "kenya.toml": lambda p: list(p.parent.glob("kenya*.csv")),
    }
    pairs = []
    for toml in sorted(REAL.glob("*/*.toml")):
        beside = [p for p in toml.parent.iterdir() if p.stem == toml.stem and p != toml]
        files = many[toml.name](toml) if toml.name in many else beside
        pairs += [(str(f.relative_to(REAL)), str(toml.relative_to(REAL))) for f in files]
    return pairs


PAIRS = every_pair()
# Reports in which the ministry gave no number for what the mapping reads.
SILENT = {"2014-11-14.csv", "2014-11-19-v176.csv"}


def test_every_data_file_has_a_mapping():
    read = {path for path, _ in PAIRS}
    files = {
        p.relative_to(REAL)
        for p in REAL.rglob("*")
        if p.suffix in (".csv", ".xlsx", ".json", ".tsv")
    }
    assert {str(path) for path in files} == read
    assert len(files) == 128 + 6 + 21


@pytest.mark.parametrize(("path", "mapping"), PAIRS)
def test_every_file_loads_with_valid_figures_and_ids_of_their_own(path, mapping):
    table = applied(path, mapping)
    assert table.cells.num_rows > 0 or Path(path).name in SILENT
    ids = table.cells["figure_id"].to_pylist()
    assert len(set(ids)) == len(ids)
    checked, findings = loaded(path, mapping)
    assert len(checked) == table.cells.num_rows
    errors = Counter(findings[findings["severity"] == "error"]["code"])
    known = {"negative-number", "not-whole", "unknown-country"}
    assert set(errors) <= known, findings[findings["severity"] == "error"].head()


# The same numbers in other file forms


@pytest.mark.parametrize("name", DERIVED)
def test_each_form_loads_to_the_numbers_of_the_base_file(name):
    base = raw("derived/base.csv")
    expected = sorted(
        (row["date"], measure, row[column], "PSE")
        for row in base
        for column, measure in (("killed_cum", "killed"), ("injured_cum", "injured"))
        if row[column]
    )
    table = applied(f"derived/{name}")
    rows = table.cells.select(["as_of", "measure", "value", "country"]).to_pylist()
    assert sorted(tuple(row.values()) for row in rows) == expected
    blank = sum(not row[c] for row in base for c in ("killed_cum", "injured_cum"))
    assert len(rows) == 2 * len(base) - blank
    assert codes(table)["no-figure"] == 2


def test_the_oddities_of_the_forms_are_findings():
    assert "guessed-encoding" in codes(applied("derived/cp1252_semicolon_space_thousands.csv"))
    serial = applied("derived/excel_serial_preamble.csv")
    kept = {f.code: (f.line, f.value) for f in serial.findings if f.line}
    assert kept == {
        "preamble-skipped": (1, "Gaza Strip: reported casualties"),
        "footnote": (65, "Source: Ministry of Health; Government Media Office"),
    }


# Gaza


def test_gaza_running_totals_are_those_of_the_file_and_nobody_fills_gaps():
    rows = [
        r
        for r in raw("gaza_daily_2024/gaza-casualties-daily.csv")
        if r["report_source"] != "missing"
    ]
    table = applied("gaza_daily_2024/gaza-casualties-daily.csv")
    killed = figures(table, measure="killed", population="")
    assert [r["value"] for r in killed] == [r["killed_cum"] for r in rows if r["killed_cum"]]
    assert Counter(r["source"] for r in killed) == Counter(
        {"mohtel": "moh-gaza", "gmotel": "gmo-gaza"}[r["report_source"]]
        for r in rows
        if r["killed_cum"]
    )
    assert "12 rows were left out: 'missing'" in {f.problem for f in table.findings}


def test_journalists_killed_in_gaza_fall_and_it_is_said():
    _, findings = loaded("gaza_daily_2024/gaza-casualties-daily.csv")
    lines = {
        n: r["report_date"]
        for n, r in enumerate(raw("gaza_daily_2024/gaza-casualties-daily.csv"), 2)
    }
    falls = {(lines[line], value) for value, line in found(findings, "cumulative-falls")}
    assert ("2023-12-24", "97") in falls


def test_the_day_whose_figures_disagree_keeps_both():
    path = "gaza_daily_2024/gaza-casualties-daily.csv"
    daily = figures(applied(path, "gaza_daily_2024/gaza-casualties-24h.toml"), as_of="2023-12-05")
    totals = {
        r["as_of"]: int(r["value"]) for r in figures(applied(path), measure="killed", population="")
    }
    days = [day for day in sorted(totals) if day <= "2023-12-05"][-2:]
    assert [r["value"] for r in daily] == ["725"]
    assert totals[days[1]] - totals[days[0]] != 725


def test_negative_people_are_an_artefact_and_no_figure():
    table = applied("gaza_daily_2024/daily-killed-cumulative.csv")
    rows = raw("gaza_daily_2024/daily-killed-cumulative.csv")
    negative = [n for n, row in enumerate(rows, 2) if row["palestine_unknown"].startswith("-")]
    lines = [f.line for f in table.findings if f.code == "negative-number"]
    assert lines == negative
    assert len(negative) > 5
    assert figures(table, population="unknown") == []


def test_israeli_soldiers_that_come_back_to_life_are_reported():
    _, findings = loaded("gaza_daily_2024/israel-killed.csv")
    rows = raw("gaza_daily_2024/israel-killed.csv")
    numbers = [int(row["killed_soldiers_gaza"]) for row in rows]
    fallen = [n for n in range(1, len(numbers)) if numbers[n] < numbers[n - 1]]
    assert {line for _, line in found(findings, "cumulative-falls")} >= {n + 2 for n in fallen}


# Ebola


def test_who_totals_are_read_month_first_and_country_by_country():
    rows = raw("ebola_2014/country_timeseries.csv")
    table = applied("ebola_2014/country_timeseries.csv")
    for country, code in (("Guinea", "GIN"), ("SierraLeone", "SLE"), ("UnitedStates", "USA")):
        expected = [r[f"Deaths_{country}"] for r in rows if r[f"Deaths_{country}"]]
        assert [r["value"] for r in figures(table, country=code, measure="killed")] == expected
    assert table.cells["as_of"][0].as_py() == "2015-01-05"
    assert table.cells["as_of"].to_pylist()[-1] == "2014-03-22"


def test_who_deaths_in_sierra_leone_fall_and_it_is_said():
    _, findings = loaded("ebola_2014/country_timeseries.csv")
    rows = raw("ebola_2014/country_timeseries.csv")
    (line,) = (n for n, row in enumerate(rows, 2) if row["Date"] == "11/2/2014")
    assert rows[line - 2]["Deaths_SierraLeone"] == "1070"
    assert ("1070", line) in found(findings, "cumulative-falls")


def test_all_reports_of_a_ministry_load_with_one_mapping_though_columns_drift():
    for folder, mapping, label in (
        ("guinea_data", "guinea", "Description"),
        ("sl_data", "sl", "variable"),
    ):
        keys = Mapping.load(REAL / f"ebola_2014/{mapping}.toml")
        wanted = {text for row in keys.rows for text in row.equals}
        totals = {value.column for value in keys.values}
        for path in sorted((REAL / "ebola_2014" / folder).glob("*.csv")):
            name = str(path.relative_to(REAL))
            national = [
                row[column]
                for row in raw(name)
                if row[label] in wanted
                for column in totals
                if row[column] not in ("", "NA")
            ]
            table = applied(name, f"ebola_2014/{mapping}.toml")
            read = [r["value"] for r in figures(table, admin1="")]
            assert Counter(read) == Counter(
                str(round(float(v.replace(",", "")))) for v in national
            ), name


def test_a_file_whose_name_says_another_day_is_reported():
    path = "ebola_2014/sl_data/2014-10-16-v141.csv"
    (finding,) = (
        f for f in applied(path, "ebola_2014/sl.toml").findings if f.code == "file-date-differs"
    )
    assert (finding.value, finding.severity) == ("2014-10-16", "info")
    assert set(applied(path, "ebola_2014/sl.toml").cells["as_of"].to_pylist()) == {"2014-10-15"}


def test_two_sources_of_who_stay_two_sources():
    table = applied("ebola_2014/who_data/guinea.csv", "ebola_2014/who_data.toml")
    rows = raw("ebola_2014/who_data/guinea.csv")
    for source, ours in (("Situation report", "who-sitrep"), ("Patient database", "who-patients")):
        expected = sum(
            int(float(r["Numeric"]))
            for r in rows
            if r["Numeric"] and r["Ebola data source"] == source
        )
        assert total(figures(table, source=ours)) == expected
    (week,) = figures(table, as_of="2014-10-19", source="who-sitrep")
    assert (week["since"], week["value"], week["expression"]) == ("2014-10-13", "102", "102.00000")


# Ukraine


def two_line_header(path: str) -> list[dict[str, str]]:
    """Return the records below a header of two lines, by the names in the second one."""
    with (REAL / path).open(encoding="utf-8", newline="") as file:
        _, header, *rows = csv.reader(file)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("form", ["iso", "dmy"])
def test_both_editions_of_ocha_give_the_same_kind_of_figures(form):
    path = f"ukraine_key_figures_2022/casualties_{form}_dates.csv"
    rows = two_line_header(path)
    table = applied(path)
    expected = [r["Civilian casualities(OHCHR) - Killed"] for r in rows]
    killed = figures(table, measure="killed")
    assert [r["value"] for r in killed] == [v for v in expected if v not in ("", "N/A")]
    assert killed[0]["as_of"] == "2022-03-03"
    assert {r["population"] for r in killed} == {"civilian"}


def test_days_before_months_are_ambiguous_until_the_mapping_says_so():
    path = "ukraine_key_figures_2022/casualties_dmy_dates.csv"
    mapping = Mapping.load(REAL / path.replace(".csv", ".toml"))
    unsure = mapping.model_copy(update={"dates": type(mapping.dates)()})
    result = codes(unsure.apply(read_table(REAL / path)))
    assert result["ambiguous-date"] == 2  # 3 March reads the same either way


# UCDP


def test_ucdp_best_estimates_add_up_and_their_bounds_stay_beside_them():
    rows = raw("ucdp_country_year_v25/organizedviolencecy_v25_1.csv", "utf-8")
    table = applied("ucdp_country_year_v25/organizedviolencecy_v25_1.csv")
    afghan = [r for r in rows if r["country_cy"] == "Afghanistan"]
    read = figures(table, country="AFG")
    best = [f"{kind}_total_deaths_best_cy" for kind in ("sb", "ns", "os")]
    assert total(read) == sum(int(r[column]) for r in afghan for column in best)
    assert read[0]["note"] == "(best 5174, low 1904, high 17051)"
    assert (read[0]["since"], read[0]["as_of"]) == ("1989-01-01", "1989-12-31")


def test_former_names_are_countries_and_former_states_are_findings():
    table = applied("ucdp_country_year_v25/organizedviolencecy_v25_1.csv")
    assert figures(table, country="COD")
    assert figures(table, country="RUS")
    assert {f.value for f in table.findings if f.code == "unknown-country"} <= {
        "Czechoslovakia",
        "German Democratic Republic",
        "Yemen (South Yemen)",
    }


def test_a_best_estimate_outside_its_bounds_is_reported():
    rows = raw("ucdp_country_year_v25/organizedviolencecy_v25_1.csv", "utf-8")
    outside = [
        (n, kind)
        for n, r in enumerate(rows, 2)
        for kind in ("sb", "ns", "os")
        if not int(r[f"{kind}_total_deaths_low_cy"])
        <= int(r[f"{kind}_total_deaths_best_cy"])
        <= int(r[f"{kind}_total_deaths_high_cy"])
    ]
    table = applied("ucdp_country_year_v25/organizedviolencecy_v25_1.csv")
    lines = [(f.line, f.column[:2]) for f in table.findings if f.code == "best-outside-bounds"]
    assert sorted(lines) == sorted(outside)
    assert outside


# Russia


def test_claims_keep_their_qualifier_and_are_shown_as_claims():
    data = json.loads((REAL / "russia_losses_claims/russia_losses_personnel.json").read_text())
    table = applied("russia_losses_claims/russia_losses_personnel.json")
    read = figures(table, measure="casualties")
    words = {"about": "about", "more": "more_than"}
    assert [(r["as_of"], r["value"], r["quantifier"]) for r in read] == [
        (d["date"], str(d["personnel"]), words[d["personnel*"]]) for d in data
    ]
    assert {r["status"] for r in read} == {"unconfirmed"}
    prisoners = figures(table, measure="captured")
    assert len(prisoners) == sum("POW" in d for d in data)
    assert read[-1]["expression"] == f"about {data[-1]['personnel']}"


# Missing migrants


def test_null_is_neither_zero_nor_a_death():
    rows = [
        r
        for r in raw("missing_migrants_2020/SQL.csv")
        if r["Region of Incident"] == "US-Mexico Border"
    ]
    table = applied("missing_migrants_2020/SQL.csv")
    dead = [r["Number Dead"] for r in rows]
    assert [r["value"] for r in figures(table, measure="killed")] == [
        v for v in dead if v != "NULL"
    ]
    lost = [r["Minimum Estimated Number of Missing"] for r in rows]
    assert total(figures(table, measure="missing")) == sum(int(v) for v in lost if v != "NULL")
    assert {r["quantifier"] for r in figures(table, measure="missing")} == {"at_least"}
    killed = next(f for f in table.findings if f.code == "no-figure" and f.column == "Number Dead")
    assert killed.problem.startswith(f"{dead.count('NULL')} cells say nothing ('NULL')")


def test_garbled_names_are_reported_and_left_as_they_are():
    rows = raw("missing_migrants_2020/SQL.csv")
    garbled = [n for n, r in enumerate(rows, 2) if "Ã¡" in r["Location Description"]]
    table = applied("missing_migrants_2020/SQL.csv")
    finding = next(
        f for f in table.findings if f.code == "mojibake" and f.column == "Location Description"
    )
    assert finding.line == garbled[0] == 3
    assert "JuÃ¡rez" in figures(table)[2]["scope"] or any(
        "JuÃ¡rez" in r["scope"] for r in figures(table)
    )


# IDMC


def test_stocks_and_flows_of_idmc_stay_apart_and_blank_is_missing():
    with (REAL / "idmc_gidd_hxl/displacement_data.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[1:]  # without the tags
    table = applied("idmc_gidd_hxl/displacement_data.csv")
    abyei = [n for n, r in enumerate(rows, 3) if r["ISO3"] == "AB9"]
    assert [f.line for f in table.findings if f.code == "unknown-country"] == abyei
    known = [r for r in rows if r["ISO3"] != "AB9"]
    stock = [r["Conflict Stock Displacement"] for r in known if r["Conflict Stock Displacement"]]
    read = figures(table, scope="conflict, rounded")
    assert [r["value"] for r in read] == stock
    assert {r["counting"] for r in read} == {"stock"}
    flows = [r for r in known if r["Disaster Internal Displacements"]]
    assert len(figures(table, scope="disaster, movements, rounded")) == len(flows)


def test_tags_alone_tell_stock_from_flow_and_rounded_from_raw():
    table = read_table(REAL / "idmc_gidd_hxl/displacement_data.csv")
    values = {v.column: (v.counting, v.scope) for v in Mapping.suggest(table).values}
    assert values["Conflict Stock Displacement"] == ("stock", "conflict")
    assert values["Conflict Internal Displacements (Raw)"] == ("flow", "conflict raw")


def test_displacements_in_india_keep_their_day_whatever_the_zone():
    rows = raw("idmc_idu_india_2023/ind_idmc_idu_events.csv")
    table = applied("idmc_idu_india_2023/ind_idmc_idu_events.csv")
    read = figures(table)
    assert [(r["figure_id"], r["as_of"], r["value"]) for r in read] == [
        (r["id"], r["displacement_end_date"][:10], r["figure"]) for r in rows
    ]
    words = {"total": "exact", "approximately": "about", "more than": "more_than"}
    assert [r["quantifier"] for r in read] == [words[r["qualifier"]] for r in rows]
    assert read[0]["as_of"] == "2023-11-06"
    assert "07 November" in read[0]["expression"]
    assert read[0]["published"] == "2023-11-08T19:37:23"


# UNHCR


def test_unhcr_stocks_add_up_by_country_of_asylum():
    rows = raw("unhcr_hdx_2021/HDX_EndYearPopulationTotals.csv")
    table = applied("unhcr_hdx_2021/HDX_EndYearPopulationTotals.csv")
    for country in ("IRN", "PAK", "AFG"):
        mine = [r for r in rows if r["ISO3CoA"] == country]
        expected = sum(int(float(r[c])) for r in mine for c in ("REF", "IDP", "ASY"))
        assert total(figures(table, country=country)) == expected


def test_codes_that_are_no_countries_are_findings_line_by_line():
    rows = raw("unhcr_hdx_2021/HDX_EndYearPopulationTotals.csv")
    table = applied(
        "unhcr_hdx_2021/HDX_EndYearPopulationTotals.csv", "unhcr_hdx_2021/by_origin.toml"
    )
    expected = [(n, r["ISO3CoO"]) for n, r in enumerate(rows, 2) if r["ISO3CoO"] in ("UKN", "STA")]
    assert [(f.line, f.value) for f in table.findings if f.code == "unknown-country"] == expected


# Somalia


def test_somalia_has_every_row_of_the_workbook():
    book = openpyxl.load_workbook(
        REAL / "somalia_prmn/unhcr-prmn-displacement-dataset.xlsx", read_only=True
    )
    rows = list(book.active.iter_rows(values_only=True))[1:]
    book.close()
    table = applied("somalia_prmn/unhcr-prmn-displacement-dataset.xlsx")
    assert table.cells.num_rows == len(rows) == 57_666
    assert total(figures(table)) == sum(int(row[8]) for row in rows)
    days = [dt.datetime.strptime(row[0], "%d/%m/%Y").date().isoformat() for row in rows]
    assert table.cells["as_of"].to_pylist() == days


# HXL


def test_health_workers_killed_are_those_of_the_sheet_and_blank_is_not_zero():
    book = openpyxl.load_workbook(REAL / "hxl_shcc_2021/2021-shcc-overview-data.xlsx")
    rows = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
    table = applied("hxl_shcc_2021/2021-shcc-overview-data.xlsx")
    killed = [str(row[2]) for row in rows if row[2] is not None]
    assert [r["value"] for r in figures(table, measure="killed")] == killed
    assert len(killed) < len(rows) == 49
    plain = read_table(REAL / "hxl_shcc_2021/2021-shcc-overview-data.xlsx")
    (other,) = (f for f in plain.findings if f.code == "other-tables")
    assert "MetaData&Notes" in other.problem


def third_line_down(name: str) -> list[list[str]]:
    """Return the rows below two header lines and a line of tags."""
    with (REAL / "hxl_drought_2022" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[3:]


def test_affected_in_ethiopia_is_neither_targeted_nor_reached():
    name = "ethiopia_drought_affected_targeted_reached_by_cluster.csv"
    rows = third_line_down(name)
    table = applied(f"hxl_drought_2022/{name}", "hxl_drought_2022/ethiopia.toml")
    overall = [r for r in figures(table) if r["scope"].startswith("drought; ")]
    assert total(overall) == sum(int(row[7].replace(" ", "")) for row in rows if row[7].strip("- "))
    health = [r for r in figures(table) if r["scope"].startswith("drought, health")]
    said = [row[10].replace(" ", "") for row in rows if row[10].strip("- ")]
    assert [r["value"] for r in health] == said
    suggested = Mapping.suggest(read_table(REAL / "hxl_drought_2022" / name))
    assert [v.column for v in suggested.values] == ["OVERALL FIGURES – Total Affected"]


def test_affected_in_somalia_adds_up():
    name = "somalia_drought_affected_targeted_reached_by_cluster.csv"
    rows = third_line_down(name)
    table = applied(f"hxl_drought_2022/{name}", "hxl_drought_2022/somalia.toml")
    assert total(figures(table)) == sum(int(row[5]) for row in rows)


def test_line_breaks_inside_cells_of_kenya_do_not_shift_its_lines():
    table = applied(
        "hxl_drought_2022/kenya-drought-related-idps.csv", "hxl_drought_2022/kenya.toml"
    )
    assert table.lines.tolist() == [3, 4, 5, 6, 7]
    assert figures(table)[0]["value"] == "205014"


# Plans, footnotes


def test_planned_beneficiaries_are_never_suggested_as_people_affected():
    table = read_table(REAL / "ifrc_go_appeals/appeals_data_global.csv")
    assert Mapping.suggest(table).values == []
    mapped = applied("ifrc_go_appeals/appeals_data_global.csv")
    rows = raw("ifrc_go_appeals/appeals_data_global.csv")
    assert total(figures(mapped)) == sum(int(r["initial_num_beneficiaries"] or 0) for r in rows)
    assert all("not people affected" in r["scope"] for r in figures(mapped))


def test_footnotes_of_isciii_are_kept_and_blank_is_not_zero():
    rows = [
        r
        for r in raw("spain_isciii_2020-04-03/serie_historica_acumulados.csv", "latin-1")
        if r["Fecha"]
    ]
    table = applied("spain_isciii_2020-04-03/serie_historica_acumulados.csv")
    notes = [f for f in table.findings if f.code == "footnote"]
    assert [n.line for n in notes] == [838, 839]
    assert "prevalencia" in notes[1].value
    dead = [r["Fallecidos"] for r in rows if r["Fallecidos"]]
    assert [r["value"] for r in figures(table, measure="killed")] == dead
    assert figures(table)[0]["as_of"] == "2020-02-20"


def test_a_day_that_disagrees_with_the_running_total_is_told(tmp_path: Path) -> None:
    folder = Path(__file__).parent / "real" / "gaza_daily_2024"
    write_crisis(tmp_path)
    for mapping in ("gaza-casualties-daily", "gaza-casualties-24h"):
        copy = tmp_path / CRISIS / mapping
        shutil.copy(folder / "gaza-casualties-daily.csv", copy.with_suffix(".csv"))
        shutil.copy(folder / f"{mapping}.toml", copy.with_suffix(".toml"))
    library = load_library(tmp_path)
    told = library.findings[library.findings["code"] == "flow-differs-from-rise"]
    file = f"{CRISIS}/gaza-casualties-24h.csv"
    lines = {
        n: row["report_date"]
        for n, row in enumerate(raw("gaza_daily_2024/gaza-casualties-daily.csv"), 2)
    }
    days = {lines[line] for line in told.loc[told["file"] == file, "line"]}
    assert "2023-12-05" in days
