"""DESIGN read a second time, in plain Python: what the fast engine must say."""

import datetime as dt
import math

RANK = {"un": 0, "intergovernmental": 0, "red_cross": 1, "government": 2, "military": 2}
RANK |= {"ngo": 3, "research": 4, "media": 5}
SERIES = ("crisis", "country", "admin1", "measure", "population", "cause", "counting", "since")
SERIES += ("unit", "scope")


def as_day(text):
    return dt.date.fromisoformat(str(text)[:10])


class Claims:
    """Figures (rows of a frame as dicts) with the sources that made them."""

    def __init__(self, rows, sources):
        self.rows = rows
        self.order = [source["source"] for source in sources]
        self.kinds = {source["source"]: source["kind"] for source in sources}
        relays = {s["source"]: [r for r in s["relays"].split("+") if r] for s in sources}
        self.relays = {s: [r for r in found if r != "own"] for s, found in relays.items()}

    def leads_to(self, source):
        """Return the sources reached by following relays, with their distance."""
        found, ring, distance = {}, [source], 0
        while ring:
            ring = [
                r for s in ring for r in self.relays.get(s, []) if r not in found and r != source
            ]
            found.update(dict.fromkeys(ring, distance))
            distance += 1
        return found

    def ancestors(self, source):
        """Return who the source leads back to; of a circle only those listed earlier."""
        return {
            other: distance
            for other, distance in self.leads_to(source).items()
            if source not in self.leads_to(other) or self.place(other) < self.place(source)
        }

    def place(self, source):
        return self.order.index(source) if source in self.order else len(self.order)

    def in_force(self, series, day, known_on=None):
        """Return the rows in force, one per source."""
        known = [r for r in self.rows if known_on is None or published(r).date() <= known_on]
        gone = {(r["supersedes"], r["source"]) for r in known if r["supersedes"]}
        mine = [
            r
            for r in known
            if tuple(str(r[c]) for c in SERIES) == series
            and r["status"] != "withdrawn"
            and (r["figure_id"], r["source"]) not in gone
            and covers(r, day)
        ]
        # Of a source's flows that cover the day, the one that ends first; else its newest figure.
        sign = -1 if mine and mine[0]["counting"] == "flow" else 1
        newest = {}
        for row in sorted(
            mine, key=lambda r: (sign * ordinal(r["as_of"]), published(r), number(r))
        ):
            newest[row["source"]] = row
        return list(newest.values())

    def judge(self, series, day, rule, known_on=None):
        """Return (figure_id or None, origins, figures, verdict) of a series on a day."""
        rows = self.in_force(series, day, known_on)
        independent = [r for r in rows if not self.is_echo(r, rows)]
        fresh = [r for r in independent if not self.is_stale(r, independent, day)]
        return self.chosen(fresh, rule), len(fresh), len(rows), verdict(fresh)

    def is_echo(self, row, rows):
        ancestors = self.ancestors(row["source"])
        return any(
            other["source"] in ancestors
            and other["value"] == row["value"]
            and same(other["value_high"], row["value_high"])
            and other["low"] <= row["high"] + 1
            and row["low"] <= other["high"] + 1
            for other in rows
        )

    def is_stale(self, row, independent, day):
        age = (day - as_day(row["as_of"])).days
        if row["counting"] == "stock":
            return age > 7
        newer = any(as_day(other["as_of"]) > as_day(row["as_of"]) for other in independent)
        return age > 14 and newer

    def chosen(self, fresh, rule):
        if not fresh:
            return None
        by_newness = sorted(fresh, key=self.newness)
        keys = {
            "latest": lambda r: 0,
            "priority": lambda r: self.place(r["source"]),
            "median": lambda r: r["value"] + top(r),
            "highest": lambda r: -top(r),
            "lowest": lambda r: r["value"],
        }
        ordered = sorted(by_newness, key=keys[rule])
        return ordered[(len(ordered) - 1) // 2 if rule == "median" else 0]["figure_id"]

    def newness(self, row):
        kind = RANK.get(self.kinds.get(row["source"], ""), 6)
        published_at = published(row).timestamp()
        return -as_day(row["as_of"]).toordinal(), kind, -published_at, self.place(row["source"])


def ordinal(moment):
    return as_day(moment).toordinal()


def number(row):
    return int(row["figure_id"][1:])


def covers(row, day):
    """Say whether a figure tells of the day: a flow of its period, others from their day on."""
    if row["counting"] == "flow":
        return as_day(row["since"]) <= day <= as_day(row["as_of"])
    return as_day(row["as_of"]) <= day


def published(row):
    moment = row["published"]
    if moment is None or str(moment) == "NaT":
        moment = row["as_of"]
    return dt.datetime.fromisoformat(str(moment)).replace(tzinfo=dt.UTC)


def same(first, second):
    return first == second or (math.isnan(first) and math.isnan(second))


def top(row):
    return row["value"] if math.isnan(row["value_high"]) else row["value_high"]


def verdict(fresh):
    if len(fresh) < 2:
        return ["none", "single"][len(fresh)]
    if max(r["low"] for r in fresh) <= min(r["high"] for r in fresh):
        return "agree"
    lowest, highest = min(r["value"] for r in fresh), max(top(r) for r in fresh)
    return "close" if (highest - lowest) / highest <= 0.05 else "conflict"
