"""The OpenAPI document, made from the models of the questions and the answers."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from api.asking import CSV, ENDPOINTS, JSON, PROBLEM, Endpoint
from api.parameters import Paged
from api.problems import Problem

REF = "#/components/schemas/{model}"
ABOUT = """Casualty and evacuation figures of crises: who said how many, as of when, counting what;
what they add up to, which cannot all be true and why they differ. Read only, no key.

Days are ISO 8601. Where nothing bounds a number above ("at least 86"), `high` is null and
`high_unbounded` true. Missing is null and never 0. Every answer carries the `fingerprint` of the
data it was made from, and an ETag."""
# Parameters that many questions have; they are told last.
EVERYWHERE = ("known_on", "lang", "names", "format", "limit", "offset", "fingerprint")
PROBLEMS = {
    "404": "The data hold nothing under a name that was given.",
    "409": "The data changed since the first page.",
    "414": "The question is too long.",
    "422": "A parameter does not fit.",
    "503": "Too many questions wait, or the figures could not be fetched yet.",
}


@lru_cache(maxsize=1)
def document() -> bytes:
    """Return the document as JSON."""
    return json.dumps(described(), ensure_ascii=False, indent=1).encode()


def described() -> dict[str, Any]:
    """Return the document."""
    schemas = _schemas(Problem)
    paths = {}
    for endpoint in ENDPOINTS:
        schemas |= _schemas(endpoint.answers)
        schemas |= endpoint.asks.model_json_schema(ref_template=REF).get("$defs", {})
        paths[endpoint.path] = {"get": _operation(endpoint)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Displacement figures", "version": "1", "description": ABOUT},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _schemas(model: type[BaseModel]) -> dict[str, Any]:
    made = model.model_json_schema(mode="serialization", ref_template=REF)
    inner: dict[str, Any] = made.pop("$defs", {})
    return inner | {model.__name__: made}


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "operationId": endpoint.name,
        "summary": endpoint.about,
        "parameters": list(parameters(endpoint)),
        "responses": {
            "200": _found(endpoint),
            "304": {"description": "What the asker has is still right."},
            **{status: _problem(about) for status, about in PROBLEMS.items()},
        },
    }


def parameters(endpoint: Endpoint) -> Iterator[dict[str, Any]]:
    """Yield the parameters of a question."""
    made = endpoint.asks.model_json_schema(ref_template=REF)
    needed = made.get("required", [])
    order = sorted(made["properties"], key=lambda name: (name not in needed, name in EVERYWHERE))
    for name in order:
        schema = made["properties"][name]
        schema = {key: value for key, value in schema.items() if key != "title"}
        found = {"name": name, "in": "query", "required": name in needed}
        found["description"] = schema.pop("description", "")
        if schema.get("type") == "array":
            found |= {"style": "form", "explode": True}
        yield found | {"schema": _without_null(schema)}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what may be written: a parameter that is not given has no value."""
    kinds = [kind for kind in schema.get("anyOf", []) if kind.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    rest: dict[str, Any] = {
        key: value for key, value in schema.items() if key not in ("anyOf", "default")
    }
    rest.update(kinds[0])
    return rest


def _found(endpoint: Endpoint) -> dict[str, Any]:
    content: dict[str, Any] = {
        JSON: {"schema": {"$ref": REF.format(model=endpoint.answers.__name__)}}
    }
    text: dict[str, Any] = {"schema": {"type": "string"}}
    headers: dict[str, Any] = {"ETag": text | {"description": "Send it back as If-None-Match."}}
    if issubclass(endpoint.asks, Paged):
        content[CSV.partition(";")[0]] = text
        headers["Link"] = text | {"description": "The address of the next page, if there is one."}
        number = {"schema": {"type": "integer"}, "description": "How many rows there are."}
        headers["X-Total-Count"] = number
    return {"description": endpoint.about, "headers": headers, "content": content}


def _problem(about: str) -> dict[str, Any]:
    schema = {"$ref": REF.format(model="Problem")}
    return {"description": about, "content": {PROBLEM: {"schema": schema}}}
