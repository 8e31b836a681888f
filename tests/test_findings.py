"""The catalogue of findings: complete, consistent and printed."""

import csv
import re
from pathlib import Path

import pytest

from figures.cells import IDENTIFIER
from figures.codebook import findings_page
from figures.findings import CATALOGUE, report
from figures.rules import RULES
from loaders import containers, mapping

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*(ROOT / "figures").rglob("*.py"), *(ROOT / "loaders").rglob("*.py")]
# Words with a dash that are no codes of findings.
OTHER_WORDS = {"reported-figures", "tabular-data-package", "tabular-data-resource", "stand-alone"}


def codes_in_the_source():
    """Return every text that looks like a code, by the module that holds it."""
    found = {}
    for path in SOURCES:
        for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', path.read_text(encoding="utf-8")):
            found.setdefault(code, path.relative_to(ROOT))
    return {code: path for code, path in found.items() if code not in OTHER_WORDS}


def test_every_code_that_may_be_reported_is_in_the_catalogue():
    unknown = {c: str(path) for c, path in codes_in_the_source().items() if c not in CATALOGUE}
    assert unknown == {}, "add them to figures/findings.csv"


def test_the_catalogue_holds_no_code_that_nothing_reports():
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    composed = {"unknown-source", "unknown-publisher"}
    assert [code for code in CATALOGUE if f'"{code}"' not in text and code not in composed] == []


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_each_kind_of_finding_is_fully_described(entry):
    assert entry.severity in ("error", "warning", "info")
    assert re.fullmatch(IDENTIFIER, entry.code)
    assert entry.title
    assert entry.meaning.endswith((".", "…"))
    assert entry.remedy.endswith(".")


def test_a_code_is_declared_once():
    with (ROOT / "figures/findings.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("declared", [containers.CODES, mapping.CODES], ids=["table", "mapping"])
def test_a_code_means_equally_much_wherever_it_is_reported(declared):
    differing = [code for code, severity, *_ in declared if CATALOGUE[code].severity != severity]
    assert differing == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_between_cells_has_the_same_remedy_everywhere(rule):
    assert CATALOGUE[rule.code].remedy == rule.remedy


def test_the_page_lists_every_code():
    page = findings_page()
    assert page == (ROOT / "docs/findings.md").read_text(encoding="utf-8")
    assert all(f"| `{code}` |" in page for code in CATALOGUE)


def test_a_long_cell_is_shown_in_part():
    assert len(report("too-long", "x.csv", value="x" * 10_000).value) == 200
