"""Can these figures all be true? HiGHS answers, and says which figures and rules forbid it.

The constraints are linear, so an infeasible choice of figures has a certificate by Farkas' lemma:
a combination of the constraints that nothing satisfies. HiGHS gives one as a dual ray; the figures
with a weight in it are an infeasible subset, irreducible when the ray is a vertex (Gleeson and
Ryan, "Identifying minimally infeasible subsystems of inequalities", ORSA J. Computing 2, 1990).

People are whole, but whole numbers are asked for only when needed. Sums along one classification,
or two crossing ones, have whole corners by themselves (the matrix is totally unimodular); with
more, a corner may be fractional, and then the same constraints are solved over whole numbers.
What is infeasible without asking for whole numbers is infeasible with them all the more.
"""

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from reconciliation.contradictions.system import Flags, Floats, System

INF = highspy.kHighsInf
_SMALL = 1e-6
_ANSWERS = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnbounded,
)


@dataclass(frozen=True)
class Proof:
    """Why figures cannot all be true: figure numbers by weight, the rules, and the gap.

    ``too_high`` are figures whose lower bounds take part, ``too_low`` those whose upper bounds do,
    each with its weight; the gap is how many people the two sides miss each other by.
    """

    too_high: dict[int, float]
    too_low: dict[int, float]
    rules: tuple[str, ...]
    gap: int

    @property
    def figures(self) -> set[int]:
        """Return the figures that take part."""
        return {*self.too_high, *self.too_low}


@dataclass(frozen=True)
class Bound:
    """A bound that the figures imply, and the figures that bind."""

    value: float
    figures: frozenset[int]


class Oracle:
    """The constraints of a system, loaded once; each question changes only the bounds."""

    def __init__(self, system: System, strict: bool) -> None:
        rows = np.flatnonzero(system.strict) if strict else np.arange(len(system.exact))
        self.system = system
        self.strict = strict
        self.rows = rows
        self.solution = np.zeros(system.size)
        self._columns = np.arange(system.size, dtype=np.int32)
        self._model = _load(system, rows)
        self._whole: highspy.Highs | None = None

    def conflict(self, figures: list[int]) -> Proof | None:
        """Return a proof that the figures cannot all be true; None when they can.

        A proof without rules and weights lists every figure given: whole numbers forbid it.
        """
        low, high, by_low, by_high = self._bounds(figures)
        crossed = np.flatnonzero(low > high)
        if len(crossed):
            at = crossed[0]
            gap = round(low[at] - high[at])
            return Proof({int(by_low[at]): 1.0}, {int(by_high[at]): 1.0}, (), gap)
        self._ask(self._model, low, high)
        if self._model.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return self._proof(low, high, by_low, by_high) or _all(figures)
        self.solution = np.asarray(self._model.getSolution().col_value)
        if _is_whole(self.solution):
            return None
        self._ask(self._integers(), low, high)
        if self._integers().getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return _all(figures)
        self.solution = np.round(np.asarray(self._integers().getSolution().col_value))
        return None

    def fits(self, figure: int, solution: Floats) -> bool:
        """Say whether a solution also satisfies this figure."""
        value = solution[self.system.variable[figure]]
        low, high = self.system.low[figure], self.system.high[figure]
        return bool(low - _SMALL <= value <= high + _SMALL)

    def bounds(self, variable: int, figures: list[int]) -> tuple[Bound, Bound]:
        """Return the lowest and highest number that figures without a conflict allow a variable."""
        low, high, by_low, by_high = self._bounds(figures)
        self._model.changeColsBounds(self.system.size, self._columns, low, high)
        self._model.changeColsCost(self.system.size, self._columns, np.zeros(self.system.size))
        return (
            self._extreme(variable, 1.0, (low, high, by_low, by_high)),
            self._extreme(variable, -1.0, (low, high, by_low, by_high)),
        )

    def _extreme(self, variable: int, sign: float, limits: "Limits") -> Bound:
        low, high, by_low, by_high = limits
        self._model.changeColCost(variable, sign)
        _solve(self._model)
        answer = self._model.getSolution()
        bounded = self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        # Only now: a new cost makes the model forget its answer.
        self._model.changeColCost(variable, 0.0)
        if not bounded:
            return Bound(-sign * np.inf, frozenset())
        cost, values = np.asarray(answer.col_dual), np.asarray(answer.col_value)
        # A column pushed against a bound has a reduced cost: the figure behind that bound binds.
        binding = {*by_low[cost > _SMALL].tolist(), *by_high[cost < -_SMALL].tolist()}
        value = float(values[variable])
        if not _is_whole(values):
            value = self._whole_extreme(variable, sign, low, high)
        return Bound(float(round(value)), frozenset(binding - {-1}))

    def _whole_extreme(self, variable: int, sign: float, low: Floats, high: Floats) -> float:
        model, size = self._integers(), self.system.size
        model.changeColsCost(size, self._columns, np.zeros(size))
        model.changeColCost(variable, sign)
        self._ask(model, low, high)
        return float(model.getSolution().col_value[variable])

    def _bounds(self, figures: list[int]) -> "Limits":
        """Return the bounds that the figures put on the variables, and which figure puts each."""
        size, rows = self.system.size, np.array(figures, dtype=np.int64)
        low, high = np.zeros(size), np.full(size, INF)
        by_low, by_high = np.full(size, -1), np.full(size, -1)
        at = self.system.variable[rows]
        # Later assignments win, so the figure that binds is the last in this order.
        order = np.lexsort((-rows, self.system.low[rows]))
        low[at[order]], by_low[at[order]] = self.system.low[rows][order], rows[order]
        by_low[low <= 0] = -1
        order = np.lexsort((-rows, -self.system.high[rows]))
        high[at[order]], by_high[at[order]] = self.system.high[rows][order], rows[order]
        by_high[np.isinf(high)] = -1
        return low, high, by_low, by_high

    def _ask(self, model: highspy.Highs, low: Floats, high: Floats) -> None:
        model.changeColsBounds(self.system.size, self._columns, low, high)
        _solve(model)

    def _proof(
        self,
        low: Floats,
        high: Floats,
        by_low: npt.NDArray[np.int64],
        by_high: npt.NDArray[np.int64],
    ) -> Proof | None:
        """Return the proof that the dual ray holds, or None where it holds none."""
        _, there, ray = self._model.getDualRay()
        if not there:
            return None
        ray = np.asarray(ray)
        for weights in (ray, -ray):
            columns = self._columns_of(weights)
            used_high, used_low = columns > _SMALL, columns < -_SMALL
            # The rows say: their weighted sum is at least 0; the bounds say: it is less.
            if (weights[~self.system.exact[self.rows]] < -_SMALL).any():
                continue
            if np.isinf(high[used_high]).any():
                continue
            most = columns[used_high] @ high[used_high] + columns[used_low] @ low[used_low]
            if most < -_SMALL:
                unit = np.abs(columns[used_high | used_low]).min()
                return Proof(
                    _weights(by_low, columns / unit, used_low),
                    _weights(by_high, columns / unit, used_high),
                    self._labels(weights),
                    round(-most / unit),
                )
        return None

    def _columns_of(self, weights: Floats) -> Floats:
        lengths = np.diff(self.system.start)
        every = np.zeros(len(lengths))
        every[self.rows] = weights
        columns = np.zeros(self.system.size)
        np.add.at(columns, self.system.index, np.repeat(every, lengths) * self.system.value)
        return columns

    def _labels(self, weights: Floats) -> tuple[str, ...]:
        used = self.rows[np.abs(weights) > _SMALL]
        return tuple(sorted({self.system.label[row] for row in used}))

    def _integers(self) -> highspy.Highs:
        if self._whole is None:
            self._whole = _load(self.system, self.rows)
            self._whole.setOptionValue("presolve", "on")
            self._whole.setOptionValue("solver", "choose")
            kinds = np.full(self.system.size, highspy.HighsVarType.kInteger)
            self._whole.changeColsIntegrality(self.system.size, self._columns, kinds)
        return self._whole


Limits = tuple[Floats, Floats, npt.NDArray[np.int64], npt.NDArray[np.int64]]


def _load(system: System, rows: npt.NDArray[np.int64]) -> highspy.Highs:
    model = highspy.Highs()
    model.silent()
    # Presolve would hide the dual ray; one thread keeps the answer the same everywhere.
    for option, value in (("presolve", "off"), ("solver", "simplex"), ("threads", 1)):
        model.setOptionValue(option, value)
    lengths = np.diff(system.start)[rows]
    chosen: Flags = np.zeros(len(system.exact), dtype=bool)
    chosen[rows] = True
    entries = np.repeat(chosen, np.diff(system.start))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = system.size, len(rows)
    # The solution with the fewest people: its corner is nearly always whole.
    lp.col_cost_ = np.ones(system.size)
    lp.col_lower_, lp.col_upper_ = np.zeros(system.size), np.full(system.size, INF)
    lp.row_lower_ = np.zeros(len(rows))
    lp.row_upper_ = np.where(system.exact[rows], 0.0, INF)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    lp.a_matrix_.index_ = system.index[entries].astype(np.int32)
    lp.a_matrix_.value_ = system.value[entries]
    model.passModel(lp)
    return model


def _solve(model: highspy.Highs) -> None:
    """Solve the model; raise ``RuntimeError`` should HiGHS not come to an answer."""
    model.run()
    if model.getModelStatus() not in _ANSWERS:
        # An answer that is far from the last one is sometimes missed on the way from it.
        model.clearSolver()
        model.run()
        if model.getModelStatus() not in _ANSWERS:
            raise RuntimeError(f"HiGHS gave no answer: {model.getModelStatus()}")


def _weights(by: npt.NDArray[np.int64], columns: Floats, used: Flags) -> dict[int, float]:
    figures = by[used].tolist()
    weights = np.abs(columns[used]).tolist()
    return {figure: w for figure, w in zip(figures, weights, strict=True) if figure >= 0}


def _all(figures: list[int]) -> Proof:
    return Proof(dict.fromkeys(figures, 1.0), dict.fromkeys(figures, 1.0), (), 0)


def _is_whole(values: Floats) -> bool:
    return bool((np.abs(values - np.round(values)) < _SMALL).all())
