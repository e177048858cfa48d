"""Pooling: several costs held together are surer than each alone. Dates do not pool.

Money left over in one project pays for what another needs more, so that the sum of costs, each
held at its own quantile, is kept more often than each. How much more depends on their number, on
what they have in common and on their shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import ceil, exp, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.simulating.draws import Draws
from pmkit.analysis.simulating.quantiles import NORMALS, normals
from pmkit.analysis.words import money_text
from pmkit.model.activity import at_least_zero, is_finite
from pmkit.model.errors import PlanError, Problem

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.together.simulated_program import ProgramSimulation

SHAPES = ("normal", "lognormal")
TRIALS = 200_000
"""Of lognormal costs, whose sum has no formula: a chance is known to 0.001 then."""

_STANDARD = NormalDist()
_ROUNDING = 1e-8


@dataclass(frozen=True, eq=False, repr=False)
class Pool:
    """Costs that are each held at a quantile of their own, and the same as one purse.

    Attributes
    ----------
    confidence
        At which each is held.
    names, means, sds, held
        Of each: its name, mean, standard deviation, and the money at its quantile.
    pooled
        The chance that all of them together cost at most the sum of what is held.
    error
        Standard error of that chance; 0 where it comes from a formula.
    needed
        The money that is kept with `confidence` by all together, in one purse.
    how
        Where it comes from, in words.
    currency
        For words.
    dates
        Of a simulated program: the chance that every project finishes by its own quantile at the
        same confidence. Not a pool: it is below the confidence, not above.
    """

    confidence: float
    names: tuple[str, ...]
    means: tuple[float, ...]
    sds: tuple[float, ...]
    held: tuple[float, ...]
    pooled: float
    error: float
    needed: float
    how: str
    currency: str = ""
    dates: float | None = None

    @property
    def budget(self) -> float:
        """The money that is held in all: the sum of the quantiles."""
        return sum(self.held)

    @property
    def saving(self) -> float:
        """What one purse needs less than the parts hold, at the same confidence; may be below 0."""
        return self.budget - self.needed

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per part: ``mean sd held``, and `confidence` at which it is held."""
        import pandas as pd

        columns = {"mean": self.means, "sd": self.sds, "held": self.held}
        index = pd.Index(self.names, name="part", dtype=object)
        found = pd.DataFrame(columns, index=index)
        found["confidence"] = self.confidence
        return found

    def explain(self) -> Explanation:
        """Show where the chance of all together comes from."""
        each = f"P{100 * self.confidence:g}"
        lines = [
            f"each held at its {each}: "
            f"{_sum_text([money_text(one, self.currency) for one in self.held])} = "
            f"{money_text(self.budget, self.currency)}",
            f"all together cost at most that with {self.pooled:.3f}"
            + (f" +- {self.error:.3f}" if self.error else "") + f" ({self.how})",
            f"one purse at {each} needs {money_text(self.needed, self.currency)}: "
            f"{money_text(abs(self.saving), self.currency)} "
            + ("less" if self.saving >= 0 else "more"),
        ]  # fmt: skip
        if self.dates is not None:
            lines.append(
                f"dates do not pool: every project finishes by its own {each} with {self.dates:.3f}"
            )
        return Explanation(repr(self), tuple(lines))

    def __repr__(self) -> str:
        count = len(self.names)
        return (
            f"Pool {count} cost{'' if count == 1 else 's'} each at P{100 * self.confidence:g}: "
            f"together {100 * self.pooled:.3g} % sure"
        )

    def _repr_html_(self) -> str:
        table = self.table.to_html(max_rows=20, border=0, float_format="{:,.4g}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def _sum_text(parts: list[str]) -> str:
    return " + ".join(parts) if len(parts) <= 4 else f"{parts[0]} + ... + {parts[-1]}"


def pool_costs(
    means: Sequence[float] | Mapping[str, float],
    sds: Sequence[float] | float,
    confidence: float = 0.8,
    *,
    correlation: float | Sequence[Sequence[float]] = 0.0,
    shape: str = "normal",
    trials: int = TRIALS,
    seed: int = 0,
    currency: str = "",
) -> Pool:
    """Return how sure several costs are together when each is held at its own quantile.

    Parameters
    ----------
    means
        Mean of each, money; by name, or in order.
    sds
        Standard deviation of each, or one for all.
    confidence
        At which each is held, above 0 and below 1: 0.6 for P60.
    correlation
        One number for every pair, or a matrix in the order of the costs. Of costs, or of their
        logarithms where they are lognormal.
    shape
        ``"normal"``, or ``"lognormal"`` for costs that can run away: skewed to the right.
    trials, seed
        Of lognormal costs.
    currency
        For words.

    Returns
    -------
    Pool
        The chance that the sum is kept, and what one purse needs.

    Raises
    ------
    PlanError
        For amounts or correlations that cannot be.

    Notes
    -----
    The sum of normal costs is normal: held at ``z`` each, they are kept together with
    ``Phi(z sum(sd) / sd of the sum)``; of n equal ones with correlation r that is
    ``Phi(z sqrt(n) / sqrt(1 + (n - 1) r))``. So ten independent costs at P60 are kept with 79 %, at
    P50 with 50 %, and where r is 1 with what each has. The quantile of a sum is less than the sum
    of quantiles above the mean, more below it: for costs skewed to the right P50 lies below the
    mean, and their sum is kept *less* often than each (Anderson, 2004, *The trouble with
    budgeting to the 80th percentile*). The sum of lognormal costs has no formula and is drawn, with
    ranks from a Gaussian copula. This holds for costs that may be moved from one to another, and
    never for dates.

    Examples
    --------
    >>> [round(pool_costs([100] * n, 10, 0.6).pooled, 2) for n in (1, 4, 10)]
    [0.6, 0.69, 0.79]
    >>> print(pool_costs({"Depot": 100, "Fleet": 300}, [10, 40], 0.8).explain())
    Pool 2 costs each at P80: together 84.6 % sure
      each held at its P80: 108.4 + 333.7 = 442.1
      all together cost at most that with 0.846 (normal costs, independent)
      one purse at P80 needs 434.7: 7.38 less
    """
    names = tuple(map(str, means)) if isinstance(means, Mapping) else tuple(
        str(n + 1) for n in range(len(means)))  # fmt: skip
    mean = list(means.values()) if isinstance(means, Mapping) else list(means)
    spread = [float(sds)] * len(mean) if isinstance(sds, int | float) else list(sds)
    _check(mean, spread, confidence, shape)
    matrix = _matrix(correlation, len(mean))
    told = "independent" if np.allclose(matrix, np.eye(len(mean))) else "correlated"
    if shape == "normal":
        z = _STANDARD.inv_cdf(confidence)
        held = [m + z * s for m, s in zip(mean, spread, strict=True)]
        deviation = sqrt(max(float(np.array(spread) @ matrix @ np.array(spread)), 0.0))
        pooled = _STANDARD.cdf(z * sum(spread) / deviation) if deviation else 1.0
        return Pool(
            confidence, names, tuple(mean), tuple(spread), tuple(held), pooled, 0.0,
            sum(mean) + z * deviation, f"normal costs, {told}", currency,
        )  # fmt: skip
    held, sums = _lognormal(mean, spread, confidence, matrix, trials, seed)
    pooled = float(np.mean(sums <= sum(held) * (1 + 1e-12)))
    return Pool(
        confidence, names, tuple(mean), tuple(spread), tuple(held), pooled,
        sqrt(pooled * (1 - pooled) / trials), _quantile(sums, confidence),
        f"lognormal costs, {told}, {trials:,} trials", currency,
    )  # fmt: skip


def _check(mean: list[float], spread: list[float], confidence: float, shape: str) -> None:
    problems = []
    if not mean:
        problems.append("means must hold at least one cost, got none")
    problems += [
        f"cost {n + 1}: mean must be a finite amount, got {value!r}"
        for n, value in enumerate(mean) if not is_finite(value)
    ]  # fmt: skip
    problems += [
        f"cost {n + 1}: standard deviation must be a finite amount >= 0, got {value!r}"
        for n, value in enumerate(spread) if not at_least_zero(value)
    ]  # fmt: skip
    if len(spread) != len(mean):
        problems.append(
            f"sds must be one for each of {len(mean)} costs, or one for all, got {len(spread)}"
        )
    if not (is_finite(confidence) and 0 < confidence < 1):
        problems.append(f"confidence must be above 0 and below 1, got {confidence!r}")
    if shape not in SHAPES:
        problems.append(f"shape must be one of {', '.join(SHAPES)}, got {shape!r}")
    elif shape == "lognormal":
        problems += [
            f"cost {n + 1}: mean must be above 0, because a lognormal cost is, got {value!r}"
            for n, value in enumerate(mean) if is_finite(value) and value <= 0
        ]  # fmt: skip
    if problems:
        raise PlanError(Problem(f"pool_costs: {said}") for said in problems)


def _matrix(correlation: float | Sequence[Sequence[float]], count: int) -> Any:
    """The correlation of every pair, checked."""
    if isinstance(correlation, int | float):
        matrix = np.full((count, count), float(correlation))
        np.fill_diagonal(matrix, 1.0)
    else:
        matrix = np.array(correlation, dtype=np.float64)
    if matrix.shape != (count, count):
        raise PlanError(
            f"pool_costs: correlation must be one number or a matrix of {count} x {count}, got "
            f"{' x '.join(map(str, matrix.shape))}"
        )
    lowest = float(np.linalg.eigvalsh(matrix)[0]) if np.isfinite(matrix).all() else -np.inf
    if (
        not (np.abs(matrix) <= 1).all()
        or not np.allclose(matrix, matrix.T)
        or not np.allclose(np.diag(matrix), 1)
        or lowest < -_ROUNDING
    ):
        said = (
            f"{correlation:g}" if isinstance(correlation, int | float) else "a matrix that is not"
        )
        raise PlanError(
            f"pool_costs: correlation must be one that {count} costs can have (between -1 and 1, "
            f"the same both ways, 1 on the diagonal, positive semidefinite), got {said}"
        )
    return matrix


def _lognormal(
    mean: list[float], spread: list[float], confidence: float, matrix: Any, trials: int, seed: int
) -> tuple[list[float], Any]:
    """What is held of each, and the sums of the trials."""
    scale = [sqrt(log(1 + (s / m) ** 2)) for m, s in zip(mean, spread, strict=True)]
    middle = [log(m) - s * s / 2 for m, s in zip(mean, scale, strict=True)]
    z = _STANDARD.inv_cdf(confidence)
    held = [exp(m + z * s) for m, s in zip(middle, scale, strict=True)]
    draws, count = Draws(seed), len(mean)
    table = normals().astype(np.float64)
    own = np.stack([
        table[draws.numbers(f"cost {n}", 0, trials) & (NORMALS - 1)] for n in range(count)
    ])  # fmt: skip
    factor = np.linalg.cholesky((matrix + 1e-9 * np.eye(count)) / (1 + 1e-9))
    mixed = factor @ own
    costs = np.exp(np.array(middle)[:, None] + np.array(scale)[:, None] * mixed)
    return held, costs.sum(axis=0)


def _quantile(values: Any, q: float) -> float:
    rank = max(ceil(q * len(values) * (1 - 1e-9)), 1)
    return float(np.sort(values)[rank - 1])


def pool_of_simulation(simulation: ProgramSimulation, confidence: float = 0.8) -> Pool:
    """Return what it is worth that each project of a simulated program holds its own quantile.

    What belongs to no project (risks that several share) is paid out of the same purse, and held by
    nobody.
    """
    if not (is_finite(confidence) and 0 < confidence < 1):
        raise PlanError(f"pooled: confidence must be above 0 and below 1, got {confidence!r}")
    parts = [part for id_, part in simulation.parts.items() if id_]
    held = [part.cost.quantile(confidence) for part in parts]
    pooled = simulation.cost.probability(sum(held))
    in_time = np.ones(simulation.trials, dtype=bool)
    for part in parts:
        in_time &= part.finish.samples <= part.finish.reading(part.finish.quantile(confidence))
    return Pool(
        confidence,
        tuple(part.name for part in parts),
        tuple(part.cost.mean() for part in parts),
        tuple(part.cost.std() for part in parts),
        tuple(held),
        pooled,
        sqrt(pooled * (1 - pooled) / simulation.trials),
        simulation.cost.quantile(confidence),
        f"{simulation.trials:,} trials, correlation {simulation.correlation}",
        simulation.program.settings.currency,
        float(in_time.mean()),
    )
