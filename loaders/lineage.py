"""Whose numbers a figure passes on, as a column of the figures."""

import numpy as np
import pandas as pd

from figures.lineage import lineage_of


def with_lineage(figures: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with ``lineage``: where their source leads back to, joined by ``+``.

    The nearest comes first; ``own`` comes last for a source that counts itself; "" where nothing is
    known of a source.
    """
    known = {source: "+".join(found) for source, found in lineage_of(sources).items()}
    texts = [known.get(name, "") for name in figures["source"].cat.categories]
    words = sorted({*texts, ""})
    place = {word: number for number, word in enumerate(words)}
    mapped = np.array([place[text] for text in texts], dtype=np.int32)
    codes = figures["source"].cat.codes.to_numpy()
    lineage = pd.Categorical.from_codes(
        mapped[codes] if len(mapped) else codes, categories=pd.Index(words, dtype="str")
    )
    return figures.assign(lineage=lineage)
