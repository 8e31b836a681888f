"""Who leads back to whom: the sources that a source relays, and those that these relay."""

from collections.abc import Mapping

import pandas as pd

OWN = "own"


def lineage(relays: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return for each source the sources it leads back to, nearest first.

    ``relays`` maps a source to the ids it passes on, joined by ``+``; ``own`` says that it counts
    itself and leads nowhere. Sources that relay one another are told apart by their order in
    ``relays``: only the earlier one is an ancestor of the later, so that no chain is a circle.
    """
    direct = {s: [r for r in text.split("+") if r and r != OWN] for s, text in relays.items()}
    reach = {source: _reach(source, direct) for source in direct}
    place = {source: number for number, source in enumerate(direct)}
    return {
        source: tuple(
            other
            for other in found
            if source not in reach.get(other, ()) or place[other] < place[source]
        )
        for source, found in reach.items()
    }


def _reach(source: str, direct: Mapping[str, list[str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    ring = [source]
    while ring:
        ring = [r for s in ring for r in direct.get(s, ()) if r not in found and r != source]
        found.update(dict.fromkeys(ring))
    return tuple(found)


def lineage_of(sources: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the lineage of every source of a ``sources`` frame (columns source, relays).

    It ends with ``own`` for a source that counts itself, whatever else it passes on.
    """
    names, relays = sources["source"].astype(str), sources["relays"].astype(str)
    said = dict(zip(names, relays, strict=True))
    return {
        source: (*found, OWN) if OWN in said[source].split("+") else found
        for source, found in lineage(said).items()
    }
