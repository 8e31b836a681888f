"""The data of a crisis as files at addresses that stay: for spreadsheets and for programs."""

import json
import math
from typing import Any

import pandas as pd

import exports
from edition import live
from edition.scene import Scene, measures, put_out, version
from exports.library import to_csv, to_json
from figures import Figure, Source
from figures.codebook import type_of
from reconciliation import Contradiction, Quantity, Total
from ui import answers


def files(scene: Scene) -> dict[str, bytes]:
    """Return the files of a crisis: figures and sources as CSV, all of it and answers as JSON.

    Figures put out after the day up to which the edition knows are left out.
    """
    mine = answers.figures_of(scene.library, scene.view)
    known = mine[(put_out(mine).dt.normalize() <= pd.Timestamp(scene.known)).to_numpy()]
    pack = exports.bundle(known, scene.library.sources, _about(scene))
    made = {
        "figures.csv": to_csv(pack),
        "figures.json": to_json(pack),
        "sources.csv": exports.csv(pack.sources),
        "totals.json": _json(totals(scene)),
        "contradictions.json": _json(_contradictions(scene)),
        "datapackage.json": _json(_package(scene)),
    }
    return {f"data/{scene.slug}/{name}": content for name, content in made.items()}


def _about(scene: Scene) -> dict[str, str]:
    return {
        "crisis": scene.view.crisis,
        "name": scene.view.name,
        "day": scene.view.day.isoformat(),
        "known_on": scene.known.isoformat(),
        "rule": scene.view.rule,
        "data_version": version(scene.site, scene.view.crisis),
    }


def _json(told: object) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def totals(scene: Scene) -> dict[str, Any]:
    """Return what is shown of every measure: the sum, its parts, what is published for all."""
    found = {}
    for word in measures(scene):
        total = answers.total(scene.library, scene.view.of(measure=word))
        if total.parts or total.published is not None:
            found[word] = _total(total)
    return _about(scene) | {"totals": found}


def _total(total: Total) -> dict[str, Any]:
    return {
        "added_up": _bounds(total.low, total.high) | {"text": total.text} if total.parts else None,
        "coverage": total.coverage,
        "published_for_all": _quantity(total.published) if total.published else None,
        "verdict": total.verdict,
        "gap": total.gap,
        "narrower": list(total.narrower),
        "notes": list(total.notes),
        "missing": list(total.missing),
        "places": [_quantity(part) for part in total.parts],
    }


def _quantity(one: Quantity) -> dict[str, Any]:
    told = {
        "place": one.place,
        "figure_id": one.figure_id,
        "value": one.value,
        "value_high": _number(one.value_high),
        "quantifier": one.quantifier,
        "text": one.text,
        "population": one.population,
        "cause": one.cause,
        "counting": one.counting,
        "scope": one.scope,
        "source": one.source,
        "as_of": one.as_of.date().isoformat(),
        "verdict": one.verdict,
        "origins": one.origins,
    }
    return told | _bounds(one.low, one.high)


def _bounds(low: float, high: float) -> dict[str, int | None]:
    """Return the bounds in whole people; null for no upper bound."""
    return {"low": _number(low), "high": _number(high)}


def _number(value: float) -> int | None:
    return int(value) if math.isfinite(value) else None


def contradictions(scene: Scene) -> list[Contradiction]:
    """Return every contradiction on the view's day, each once."""
    found = {}
    for word in measures(scene):
        for one in live.contradicted(scene.library, scene.view.of(measure=word)):
            found[one.figure_ids, one.kind] = one
    return list(found.values())


def _contradictions(scene: Scene) -> dict[str, Any]:
    return _about(scene) | {
        "contradictions": [
            {
                "figure_ids": list(one.figure_ids),
                "text": one.text,
                "kind": one.kind,
                "severity": one.severity,
                "gap": one.gap,
                "suspects": sorted(one.suspects),
                "reasons": list(one.reasons),
                "corrections": sorted(sorted(way) for way in one.corrections),
            }
            for one in contradictions(scene)
        ]
    }


def _package(scene: Scene) -> dict[str, Any]:
    """Return the two tables described as Frictionless does."""
    crisis = {"name": "crisis", "type": "string", "description": "The crisis."}
    fields = [_field(name, field) for name, field in Figure.model_fields.items()]
    return {
        "name": scene.slug,
        "title": scene.view.name,
        "resources": [
            _resource("figures", [crisis, *fields]),
            _resource("sources", [_field(n, f) for n, f in Source.model_fields.items()]),
        ],
    } | {"custom": _about(scene)}


def _field(name: str, field: Any) -> dict[str, str]:
    return {"name": name, "type": type_of(field), "description": field.description or ""}


def _resource(name: str, fields: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }
