"""The interval of a figure: which numbers of people its words allow."""

from typing import Any

import numpy as np
import numpy.typing as npt

from figures.vocabulary import Quantifier

Floats = npt.NDArray[np.float64]


def interval(value: Any, value_high: Any, quantifier: Any) -> tuple[Floats, Floats]:
    """Return the lowest and highest whole number of people each figure allows.

    ``value`` and ``value_high`` are numbers of people (``value_high`` may be missing), and
    ``quantifier`` the words of :class:`figures.Quantifier`; all of one length. The bounds are
    floats, and infinite where nothing bounds them: "at least 12" is 12 to infinity. "about" allows
    a tenth to both sides and "nearly" a tenth below, in whole people.
    """
    v = np.asarray(value, dtype=float)
    high = np.asarray(value_high, dtype=float)
    q = np.asarray(quantifier, dtype=object)
    tenth_below, tenth_above = np.ceil(np.round(v * 9) / 10), np.floor(np.round(v * 11) / 10)
    kinds = [q == word.value for word in Quantifier if word is not Quantifier.EXACT]
    lows = [v, v + 1, 0 * v, 0 * v, tenth_below, np.minimum(tenth_below, v - 1), v]
    unbounded = np.full(v.shape, np.inf)
    highs = [unbounded, unbounded, v, v - 1, tenth_above, v - 1, high]
    return np.select(kinds, lows, v), np.select(kinds, highs, v)
