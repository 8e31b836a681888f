"""HXL tags as columns of ours: what #affected+killed+f and its like say."""

from loaders import hxl

# Tag → (our column, how good it is for it): of #country+code and #country+name the code is taken.
_PLACES = {"code": 3, "iso3": 4, "v_iso3": 4, "iso2": 2, "name": 2}
_DATES = {"end": 4, "reported": 3, "occurred": 3, "": 2, "year": 2, "month": 2, "start": 0}
_MEASURES = {
    "killed": "killed",
    "dead": "killed",
    "deaths": "killed",
    "fatalities": "killed",
    "injured": "injured",
    "wounded": "injured",
    "missing": "missing",
    "captured": "captured",
    "detained": "captured",
    "idps": "displaced",
    "displaced": "displaced",
    "refugees": "displaced",
    "asylumseekers": "displaced",
    "evacuated": "evacuated",
    "sheltered": "sheltered",
    "returnees": "returned",
    "returned": "returned",
    "casualties": "casualties",
}
_GROUPS = {
    "f": "female",
    "m": "male",
    "children": "children",
    "adults": "adults",
    "civilian": "civilian",
    "civilians": "civilian",
    "military": "military",
    "soldiers": "military",
}
_PAIRS = {
    frozenset(("adults", "f")): "women",
    frozenset(("adults", "m")): "men",
    frozenset(("children", "f")): "girls",
    frozenset(("children", "m")): "boys",
}
_COUNTINGS = {
    "stock": "stock",
    "current": "stock",
    "new": "flow",
    "internaldisp": "flow",
    "flow": "flow",
    "cumulative": "cumulative",
    "cumul": "cumulative",
}
# Said elsewhere, or about the form of the number only.
_SILENT = frozenset(("num", "ind", "total", "hh", "value", "refugees_total", "affected", "all"))


def _parts(tag: str) -> tuple[str, list[str]]:
    hashtag, *attributes = tag.lstrip("#").split("+")
    return hashtag, attributes


def column_of_tag(tag: str) -> tuple[str, int]:
    """Return the column of a figure that a tag names and how well, or ('', 0)."""
    ours = hxl.column_of(tag)
    if ours:
        return ours, 5
    hashtag, attributes = _parts(tag)
    if hashtag == "country":
        return "country", max((_PLACES.get(a, 1) for a in attributes), default=2)
    if hashtag == "adm1":
        return "admin1", 1 if "code" in attributes else 2
    if hashtag == "date":
        return _date(attributes)
    simple = {"org": "source", "meta": "source" if "source" in attributes else ""}
    return simple.get(hashtag, ""), 1


def _date(attributes: list[str]) -> tuple[str, int]:
    if "published" in attributes or "publication" in attributes:
        return "published", 2
    if "start" in attributes:
        return "since", 2
    return "as_of", max((_DATES.get(a, 1) for a in attributes or [""]), default=2)


def value_of_tag(tag: str) -> dict[str, str]:
    """Return what the numbers below a tag are about, or nothing when they count no people hurt.

    #inneed, #targeted, #reached and #population are other numbers than people affected.
    """
    hashtag, attributes = _parts(tag)
    if hashtag != "affected":
        return {}
    measures = [_MEASURES[a] for a in attributes if a in _MEASURES]
    if len(set(measures)) > 1:
        return {}
    value = {"measure": measures[0] if measures else "affected"}
    groups = frozenset(a for a in attributes if a in _GROUPS)
    if groups:
        value["population"] = _PAIRS.get(groups) or "_".join(sorted(_GROUPS[g] for g in groups))
    if countings := [_COUNTINGS[a] for a in attributes if a in _COUNTINGS]:
        value["counting"] = countings[0]
    if "hh" in attributes:
        value["unit"] = "household"
    if scope := _scope(attributes):
        value["scope"] = scope
    return value


def _scope(attributes: list[str]) -> str:
    """Return in words what the other attributes limit the number to."""
    said = (_GROUPS.keys() | _COUNTINGS.keys() | _SILENT | _MEASURES.keys()) - {
        "refugees",
        "asylumseekers",
    }
    return " ".join(a.replace("_", " ") for a in attributes if a not in said)
