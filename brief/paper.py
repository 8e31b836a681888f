"""A brief on paper: a tagged PDF, the same bytes for the same brief, on A4 or Letter."""

import contextlib
import dataclasses
import json
import re
from pathlib import Path
from typing import Any, Literal

import typst

import charts
from brief.model import TONES, Brief

Paper = Literal["a4", "letter"]
Standard = Literal["ua-1"]
PAPERS: dict[str, str] = {"a4": "a4", "letter": "us-letter"}
TEMPLATE = Path(__file__).with_name("template.typ")
FONTS = Path(charts.__file__).with_name("fonts")

_FAMILY = re.compile(r'font-family="[^"]*"')
# Signs that no text is made of, and breaks without width: they would show as empty boxes.
_CONTROL = re.compile("[\u200b\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def pdf(brief: Brief, paper: Paper = "a4") -> bytes:
    """Return the brief as a tagged PDF file (PDF/UA) on ``a4`` or ``letter`` paper.

    The first page holds the figures, the chart and why reports differ; sentences to cite, method
    and sources follow. Raises ``ValueError`` for another paper.
    """
    if paper not in PAPERS:
        raise ValueError(f"{paper!r} is not a paper; choose one of {', '.join(PAPERS)}")
    inputs = {"brief": json.dumps(_data(brief)), "paper": PAPERS[paper]}
    # The standard refuses a letter that no font here has, such as a Chinese one in a name. The
    # machine may have a font for it; else the file is tagged all the same, and shows a box.
    for machine in (False, True):
        with contextlib.suppress(typst.TypstError):
            return _compiled(inputs, "ua-1", machine)
    return _compiled(inputs, None, True)


def _compiled(inputs: dict[str, str], standard: Standard | None, machine: bool) -> bytes:
    """Return the file, set with the fonts shipped here and, where asked, those of the machine."""
    found = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=not machine,
        sys_inputs=inputs,
        pdf_standards=standard,
    )
    assert isinstance(found, bytes)
    return found


def _data(brief: Brief) -> dict[str, Any]:
    """Return the brief as plain values; text stays text."""
    data = dataclasses.asdict(dataclasses.replace(brief, chart=None))
    language, _, region = brief.language.replace("-", "_").partition("_")
    data["lang"], data["region"] = language.lower(), region.upper() if len(region) == 2 else None
    data["tones"] = TONES
    data["bodies"] = [
        (source, [dataclasses.asdict(one) for one in reports]) for source, reports in brief.bodies
    ]
    if brief.chart:
        data["chart"] = {
            "title": brief.chart.title,
            "subtitle": brief.chart.subtitle,
            "alt": brief.chart.alt,
            "svg": charts.by_script(_FAMILY.sub('font-family="Noto Sans"', brief.chart.light)),
        }
    clean: dict[str, Any] = _clean(data)
    return clean


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, dict):
        return {name: _clean(inside) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inside) for inside in value]
    return value
