"""The questions there are, and how an address becomes an answer."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd

import languages
import settings
from api import findings, models, parameters, problems, tables
from api.library import about
from api.parameters import Paged, Question
from exports import csv
from loaders import Library
from ui import loading

PREFIX = "/api/v1/"
# A browser or a proxy may show an answer for this long, and an old one while it asks again.
CACHE = "public, max-age=60, stale-while-revalidate=600"
JSON, CSV = "application/json", "text/csv; charset=utf-8"
PROBLEM, HTML = "application/problem+json", "text/html; charset=utf-8"
# What an answer is made by besides the data.
MADE_BY = ("api", "exports", "figures", "languages", "loaders", "reconciliation", "ui")


@dataclass(frozen=True)
class Reply:
    """What goes back: the status, the body, what it is, and headers."""

    status: int
    body: bytes
    kind: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Endpoint:
    """One question: its name in the address, its parameters, its answer, and who works it out.

    ``rows`` gives rows in pages, ``work`` one answer; one of the two is there.
    """

    name: str
    about: str
    asks: type[Question]
    answers: type[models.Answer]
    rows: Callable[[Library, Any], tables.Found] | None = None
    work: Callable[[Library, Any], models.Answer] | None = None

    @property
    def path(self) -> str:
        """The address."""
        return PREFIX + self.name


ENDPOINTS = (
    Endpoint("crises", "The crises, with how many figures each has.", parameters.Crises,
             models.CrisesPage, rows=tables.crises),
    Endpoint("sources", "Who counts, in the order of the rule priority.", parameters.Sources,
             models.SourcesPage, rows=tables.sources),
    Endpoint("figures", "Every figure as it was published, and what its words allow.",
             parameters.Figures, models.FiguresPage, rows=tables.figures),
    Endpoint("totals", "What the shown figures of places add up to on a day, as the screens say.",
             parameters.Totals, models.TotalAnswer, work=findings.totals),
    Endpoint("contradictions", "Which figures in force on a day cannot all be true.",
             parameters.Contradictions, models.ContradictionsAnswer, work=findings.contradictions),
    Endpoint("differences", "Why one figure differs from another, in items that add up.",
             parameters.Differences, models.DifferenceAnswer, work=findings.differences),
)  # fmt: skip
BY_PATH = {endpoint.path: endpoint for endpoint in ENDPOINTS}


def answer(path: str, query: str, held: Collection[str] = ()) -> Reply:
    """Return the answer to a question.

    ``query`` is the text after the question mark and ``held`` the marks (ETag) of the answers that
    the asker has: one that is still right is not sent again.
    """
    try:
        return _answer(path, query, held)
    except problems.RequestError as error:
        return refusal(error)


def refusal(error: problems.RequestError) -> Reply:
    """Return a problem as what goes back."""
    body = error.problem().model_dump_json().encode("utf-8", "replace")
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "5"} if error.status == 503 else {})
    return Reply(error.status, body, PROBLEM, headers)


def _answer(path: str, query: str, held: Collection[str]) -> Reply:
    if not settings.current().api:
        raise problems.switched_off()
    endpoint = BY_PATH.get(path)
    if endpoint is None:
        raise problems.no_such_address(path, [*BY_PATH, PREFIX, PREFIX + "openapi.json"])
    asked = parameters.read(endpoint.asks, query)
    library = loading.current()
    if (library.findings["code"] == "not-fetched").any():
        raise problems.not_fetched()
    headers = {"ETag": mark(library, path, query), "Cache-Control": CACHE}
    if headers["ETag"] in held:
        return Reply(304, b"", JSON, headers)
    with languages.speak(getattr(asked, "lang", languages.DEFAULT)):
        return _told(endpoint, library, asked, headers)


def mark(library: Library, path: str, query: str) -> str:
    """Return the mark of an answer: of the data and the question, so that none is worked out."""
    text = "\n".join((code_mark(), library.fingerprint, path, query))
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'


@lru_cache(maxsize=1)
def code_mark() -> str:
    """Return a mark of the code: a newer release may tell the same data otherwise."""
    found = hashlib.sha256()
    root = Path(__file__).parents[1]
    for package in MADE_BY:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in {".py", ".toml", ".csv", ".po", ".mo", ".json"}:
                found.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def _told(endpoint: Endpoint, library: Library, asked: Any, headers: dict[str, str]) -> Reply:
    if endpoint.rows is None:
        assert endpoint.work is not None
        body = endpoint.work(library, asked).model_dump_json().encode("utf-8", "replace")
        return Reply(200, body, JSON, headers)
    if asked.fingerprint not in (None, library.fingerprint):
        raise problems.changed()
    total, rows = endpoint.rows(library, asked)
    following = _next(endpoint.path, library, asked, total)
    more = {"X-Total-Count": str(total)}
    if following:
        more["Link"] = f'<{following}>; rel="next"'
    if asked.format == "csv":
        body = csv(pd.DataFrame(rows, columns=_columns(asked), dtype=object))
        return Reply(200, body, CSV, headers | more | _file(endpoint.name))
    known = getattr(asked, "known_on", None)
    page = about(library, getattr(asked, "crisis", None), known)
    page |= {"total": total, "limit": asked.limit, "offset": asked.offset, "next": following}
    return Reply(200, _json(page | {"data": rows}), JSON, headers | more)


def _next(path: str, library: Library, asked: Paged, total: int) -> str | None:
    """Return the address of the next page, which is one of the same data or none."""
    after = asked.offset + asked.limit
    if after >= total:
        return None
    given = asked.model_dump(mode="json", by_alias=True, exclude_unset=True)
    given |= {"offset": after, "limit": asked.limit, "fingerprint": library.fingerprint}
    return f"{path}?{urlencode(given, doseq=True)}"


def _columns(asked: Paged) -> list[str]:
    """Return the columns of an answer, which a table without rows shows too."""
    if isinstance(asked, parameters.Figures):
        return list((models.HapiRow if asked.names == "hapi" else models.FigureRow).model_fields)
    row = models.CrisisRow if isinstance(asked, parameters.Crises) else models.SourceRow
    return list(row.model_fields)


def _file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="{name}.csv"'}


def _json(page: Mapping[str, Any]) -> bytes:
    text = json.dumps(page, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str)
    return text.encode("utf-8", "replace")
