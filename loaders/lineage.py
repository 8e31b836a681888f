"""Whose numbers a source passes on, followed back to those who counted."""

import pandas as pd

OWN = "own"


def lineages(sources: pd.DataFrame) -> dict[str, str]:
    """Return for each source the sources it leads back to, nearest first, joined by ``+``.

    ``relays`` is followed from source to source; a source that counts itself, or of which nothing
    is known, has "". Sources that relay each other are each listed once and never lead to
    themselves.
    """
    relays = {
        source: [name for name in names.split("+") if name and name != OWN]
        for source, names in zip(sources["source"], sources["relays"], strict=True)
    }
    return {source: "+".join(_behind(source, relays)) for source in relays}


def _behind(source: str, relays: dict[str, list[str]]) -> list[str]:
    seen, waiting = [source], list(relays[source])
    while waiting:
        nearest, waiting = waiting[0], waiting[1:]
        if nearest not in seen:
            seen.append(nearest)
            waiting += relays.get(nearest, [])
    return seen[1:]


def with_lineage(figures: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with the column ``lineage`` filled in from the sources."""
    known = lineages(sources)
    names = figures["source"].cat.categories
    texts = [known.get(name, "") for name in names]
    words = sorted({*texts, ""})
    place = {word: number for number, word in enumerate(words)}
    mapped = pd.Series([place[text] for text in texts], dtype="int64").to_numpy()
    codes = figures["source"].cat.codes.to_numpy()
    lineage = pd.Categorical.from_codes(
        mapped[codes] if len(mapped) else codes, categories=pd.Index(words, dtype="str")
    )
    return figures.assign(lineage=lineage)
