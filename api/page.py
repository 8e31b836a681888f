"""The page at /api/v1/ for whoever opens it in a browser: what can be asked, with links."""

from functools import lru_cache
from html import escape
from typing import Any

from api.asking import ENDPOINTS, PREFIX, Endpoint
from api.openapi import PROBLEMS, described, parameters

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = (
    ":root{color-scheme:light dark}body{background:#fff;color:#111}a{color:#0645ad}"
    "@media(prefers-color-scheme:dark){body{background:#121212;color:#eee}a{color:#9db8ff}}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;"
    "border-bottom:1px solid #8888}"
    "code{font-size:.95em}@media(min-width:40rem){th:nth-child(2){width:30%}th:first-child{width:20%}}"
    "@media(max-width:40rem){td,th{font-size:.9rem}}"
)
KINDS = {
    "bad-parameter": "422",
    "not-there": "404",
    "changed": "409",
    "too-long": "414",
    "busy": "503",
    "not-fetched": "503",
}


@lru_cache(maxsize=1)
def page() -> bytes:
    """Return the page as HTML."""
    title = escape("Figures for programs")
    lead = escape(
        "Read only, no key. Every address below answers with JSON; tables also with CSV "
        "(format=csv). A number that nothing bounds above has high = null and "
        "high_unbounded = true; what is missing is null and never 0."
    )
    link = f'<a href="{PREFIX}openapi.json">openapi.json</a>'
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>",
        f"<h1>{title}</h1><p>{lead}</p>",
        f"<p>The same for machines: {link}</p>",
        *(_endpoint(endpoint) for endpoint in ENDPOINTS),
        f"<h2>Problems</h2>{_problems()}",
        "</main></body></html>",
    ]
    return "\n".join(parts).encode()


def _endpoint(endpoint: Endpoint) -> str:
    rows = "".join(_parameter(each) for each in parameters(endpoint))
    names = ["Parameter", "What it takes", "Meaning"]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    path = f"<code>{escape(endpoint.path)}</code>"
    if not any(each["required"] for each in parameters(endpoint)):
        path = f'<a href="{escape(endpoint.path)}">{path}</a>'
    return (
        f'<h2 id="{escape(endpoint.name)}">{path}</h2><p>{escape(endpoint.about)}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _parameter(each: dict[str, Any]) -> str:
    needed = " (needed)" if each["required"] else ""
    cells = (f"<code>{escape(each['name'])}</code>{needed}", escape(_takes(each["schema"])),
             escape(each["description"]))  # fmt: skip
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _takes(schema: dict[str, Any]) -> str:
    if schema.get("type") == "array":
        return f"{_takes(schema['items'])}; may be repeated"
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _takes(described()["components"]["schemas"][name])
    kind = schema.get("format") or schema.get("type", "")
    return {"date": "a day: 2025-12-24", "integer": "a whole number"}.get(kind, "text")


def _problems() -> str:
    rows = (
        f'<tr id="{kind}"><td><code>{kind}</code></td><td>{status}</td>'
        f"<td>{escape(PROBLEMS[status])}</td></tr>"
        for kind, status in KINDS.items()
    )
    return f"<table><tbody>{''.join(rows)}</tbody></table>"
