"""The interval of a figure: which numbers of people its words allow."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures.vocabulary import Quantifier

Floats = npt.NDArray[np.float64]


def interval(value: Any, value_high: Any, quantifier: Any) -> tuple[Floats, Floats]:
    """Return the lowest and highest whole number of people each figure allows.

    ``value`` and ``value_high`` are numbers of people (``value_high`` may be missing) and
    ``quantifier`` the words of :class:`figures.Quantifier`; all of one length, or all single. The
    bounds are floats, and infinite where nothing bounds them: "at least 12" is 12 to infinity.
    "about" allows a tenth to both sides and "nearly" a tenth below, in whole people.
    """
    values = np.atleast_1d(np.asarray(value, dtype=float))
    highs = np.atleast_1d(np.asarray(value_high, dtype=float))
    kinds = pd.Categorical(np.atleast_1d(quantifier) if np.ndim(quantifier) == 0 else quantifier)
    low, high = values.copy(), values.copy()
    for number, word in enumerate(kinds.categories):
        rows = np.flatnonzero(kinds.codes == number)
        low[rows], high[rows] = _bounds(str(word), values[rows], highs[rows])
    return low.reshape(np.shape(value)), high.reshape(np.shape(value))


def _bounds(quantifier: str, v: Floats, value_high: Floats) -> tuple[Any, Any]:
    """Return the bounds of figures that share one quantifier."""
    tenth_below, tenth_above = np.ceil(np.round(v * 9) / 10), np.floor(np.round(v * 11) / 10)
    bounds = {
        Quantifier.EXACT: (v, v),
        Quantifier.AT_LEAST: (v, np.inf),
        Quantifier.MORE_THAN: (v + 1, np.inf),
        Quantifier.AT_MOST: (0, v),
        Quantifier.LESS_THAN: (0, v - 1),
        Quantifier.ABOUT: (tenth_below, tenth_above),
        Quantifier.NEARLY: (np.minimum(tenth_below, v - 1), v - 1),
        Quantifier.RANGE: (v, value_high),
    }
    return bounds[Quantifier(quantifier)]
