"""Make shapes.zip from Natural Earth; needs shapely 2.1 or newer, which the app itself does not.

    python -m charts.boundaries world_map.gpkg

Borders are simplified together, so that neighbours keep one line between them.
"""

import csv
import json
import re
import sqlite3
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely  # type: ignore[import-not-found, import-untyped, unused-ignore]

from charts.boundaries.codes import ALSO, CODES, NOT_SHOWN, PARTS, WHOLE
from loaders.places import parse_province

FINE, COARSE = 0.01, 0.1  # degrees
GRID = 1000  # steps to a degree
SMALLEST = 2e-4  # square degrees, about 2 km²
SEAM = 179.9  # where the source was cut at the antimeridian
TARGET = Path(__file__).with_name("shapes.zip")
KIND = re.compile(
    r"^(?:Changwat|Khett?|Provincia (?:de|da|di)|Provincie|Departement (?:de la|des|du|de|d')) ?"
    r"|'?s'?ka Oblast'|(?: Province| Governorate| Oblast| Fylke| fylke)$"
)

Province = tuple[str, str, list[str], Any]  # country, name, other names, shape


def read(path: str) -> tuple[list[Province], list[tuple[str, Any]]]:
    """Return the provinces, and the disputed lines with their names."""
    base = sqlite3.connect(path)
    columns = "adm0_a3, gu_a3, iso_a2, name, woe_name, gn_name, woe_label, geom"
    provinces = []
    for *names, geometry in base.execute(f"SELECT {columns} FROM states_provinces"):
        code = _code(*names[:4])
        spellings = _spellings(code, names[3:])
        shape = _across(code, _geometry(geometry))
        provinces.append((code, spellings[0], spellings[1:], shape))
    lines = [
        (name, _geometry(shape))
        for name, shape in base.execute("SELECT name, geom FROM disputed_borders")
    ]
    return provinces, lines


def _geometry(blob: bytes) -> Any:
    """Return the shape behind a GeoPackage header."""
    envelope = (blob[3] >> 1) & 7
    return shapely.from_wkb(blob[8 + (0, 32, 48, 48, 64)[envelope] :])


def _code(adm0: str, unit: str | None, short: str, name: str | None) -> str:
    """Return the ISO 3166-1 alpha-3 code under which a province is counted."""
    for key in (f"{adm0}/{name}", f"{adm0}/{unit}", f"{adm0}/{short}", adm0):
        if key in CODES:
            return CODES[key]
    return adm0


def _spellings(code: str, names: list[str | None]) -> list[str]:
    """Return the name as our lists spell it, and the other names of the same province."""
    name, woe, gn, label = names
    found = [name or "", woe or "", KIND.sub("", gn or ""), (label or "").partition(",")[0]]
    found += ALSO.get(f"{code}/{name}", "").split("|")
    found = [text.strip() for text in found if text.strip()]
    for text in found:
        try:
            listed = parse_province(text, code)
        except ValueError:
            continue
        found.insert(0, listed)
        break
    return list(dict.fromkeys(found)) or [""]


def _across(code: str, shape: Any) -> Any:
    """Return a shape that crosses the antimeridian in one piece, its west beyond 180°."""
    if code not in WHOLE:
        return shape

    def move(points: Any) -> Any:
        x = np.where(points[:, 0] < 0, points[:, 0] + 360, points[:, 0])
        x = np.where(np.abs(x - 180) <= 180.0002 - SEAM, 180.0, x)
        return np.column_stack([x, points[:, 1]])

    parts = [shapely.make_valid(shapely.transform(part, move)) for part in shapely.get_parts(shape)]
    return shapely.union_all(parts)


def simplified(shapes: list[Any], tolerance: float) -> list[Any]:
    """Return the shapes on the grid, simplified together."""
    tidy = shapely.coverage_clean(_on_grid([_without_specks(shape) for shape in shapes]))
    slim = shapely.coverage_simplify(tidy, tolerance)
    return list(shapely.coverage_clean(_on_grid(slim)))


def _on_grid(shapes: Iterable[Any]) -> list[Any]:
    return [
        _areas(shapely.make_valid(shapely.transform(shape, lambda p: np.round(p * GRID) / GRID)))
        for shape in shapes
    ]


def _areas(shape: Any) -> Any:
    """Return what of a shape has an area, without the lines that repair may leave."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.multipolygons([part for part in parts if part.geom_type == "Polygon"])


def _without_specks(shape: Any) -> Any:
    """Return the shape without its smallest islands; the largest always stays."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return shapely.multipolygons([p for n, p in enumerate(parts) if not n or p.area > SMALLEST])


def rings(shape: Any) -> list[list[int]]:
    """Return a shape as rings of whole steps: a first point, then the way to each next one."""
    flat = []
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type != "Polygon":
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            flat += _steps(ring)
    return flat


def _steps(line: Any) -> list[list[int]]:
    points = np.round(shapely.get_coordinates(line) * GRID).astype(int)
    moves = np.diff(points, axis=0, prepend=[[0, 0]])
    kept = moves[np.r_[True, np.any(moves[1:] != 0, axis=1)]]
    return [kept.ravel().tolist()] if len(kept) > 3 or line.geom_type == "LineString" else []


def centre(shape: Any) -> list[int]:
    """Return the point of a shape that is furthest from its border, in steps."""
    largest = max(shapely.get_parts(shape), key=lambda part: float(part.area))
    circle = shapely.maximum_inscribed_circle(largest, 0.01)
    return [round(value * GRID) for value in shapely.get_coordinates(circle)[0]]


def members(path: str) -> dict[str, object]:
    """Return what goes into the archive: one member for each country, the world, the lines."""
    provinces, lines = read(path)
    shapes = simplified([shape for *_, shape in provinces], FINE)
    by_country: dict[str, list[tuple[str, list[str], Any]]] = defaultdict(list)
    for (code, name, others, _), shape in zip(provinces, shapes, strict=True):
        by_country[code].append((name, others, shape))
    outlines = {c: shapely.coverage_union_all([s for *_, s in m]) for c, m in by_country.items()}
    coarse = dict(zip(outlines, simplified(list(outlines.values()), COARSE), strict=True))
    found: dict[str, object] = {
        f"{code}.json": {"outline": rings(outlines[code]), "provinces": _provinces(code, mine)}
        for code, mine in by_country.items()
    }
    found["index.json"] = {
        code: [
            *[round(value * GRID) for value in shape.bounds],
            *centre(shape),
        ]
        for code, shape in outlines.items()
    }
    found["world.json"] = {code: rings(shape) for code, shape in coarse.items()}
    found["disputed.json"] = [
        [name, step]
        for name, shape in lines
        for part in shapely.get_parts(shapely.simplify(shape, FINE / 2))
        for step in _steps(part)
    ]
    return found


def _provinces(code: str, mine: list[tuple[str, list[str], Any]]) -> list[list[object]]:
    if f"{code}" in PARTS:
        return []
    return [
        [name, others, centre(shape), rings(shape)]
        for name, others, shape in sorted(mine, key=lambda row: row[0])
        if name and f"{code}/{name}" not in NOT_SHOWN
    ]


def write(found: dict[str, object], target: Path = TARGET) -> None:
    """Write the archive, the same bytes for the same content."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(found):
            text = json.dumps(found[name], ensure_ascii=False, separators=(",", ":"))
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(),
                             zipfile.ZIP_DEFLATED, 9)  # fmt: skip


def report(found: dict[str, object]) -> None:
    """Print which countries of the loader's table have no shape."""
    table = Path(__file__).parents[2] / "loaders" / "places" / "codes.csv"
    with table.open(encoding="utf-8", newline="") as file:
        codes = {row["iso3"] for row in csv.DictReader(file)}
    print("countries without a shape:", *sorted(codes - {name[:-5] for name in found}))
    print("shapes of no country:", *sorted({name[:-5] for name in found} - codes))


if __name__ == "__main__":
    made = members(sys.argv[1])
    write(made)
    report(made)
