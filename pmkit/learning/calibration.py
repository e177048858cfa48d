"""Whether a learner is as often right as sure: confidence against what came true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.learning.answers import answered, domains_of_items
from pmkit.learning.record import Record, record
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

ALL, OTHER = "all", "other"
"""Rows of the table beside the domains; `OTHER` holds what no lesson asks any more."""
GUESS = 0.25
"""Brier score of who says 50 % to everything."""
_KINDS = ("prediction", "check", "quarter")  # what asks how sure one is
_MANY = 8  # terms of a sum that are shown


@dataclass(frozen=True)
class Forecast:
    """A first answer, and how sure the learner was of it.

    Attributes
    ----------
    domain, item
        What it was about.
    confidence
        From 0 to 1.
    is_right
        What came of it.
    """

    domain: str
    item: str
    confidence: float
    is_right: bool

    @property
    def penalty(self) -> float:
        """Square of the distance between confidence and outcome, 0 to 1."""
        return (self.confidence - self.is_right) ** 2


@dataclass(frozen=True, eq=False, repr=False)
class Calibration:
    """Confidence against outcome, by domain and in all.

    Attributes
    ----------
    forecasts
        First answers to predictions, checks and the quarter, each with its confidence.
    skipped
        How many were skipped, by domain.
    """

    forecasts: tuple[Forecast, ...] = ()
    skipped: Mapping[str, int] | None = None

    def of(self, domain: str = ALL) -> tuple[Forecast, ...]:
        """Return the forecasts of one domain."""
        return tuple(f for f in self.forecasts if domain in (ALL, f.domain))

    @property
    def brier(self) -> float | None:
        """Brier score in all: 0 is best, 1 is worst; ``None`` where nothing was predicted."""
        return _mean([f.penalty for f in self.forecasts])

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per domain and one for all: ``answers confidence right brier skipped``."""
        import pandas as pd

        skipped = dict(self.skipped or {})
        names = list(dict.fromkeys([*(f.domain for f in self.forecasts), *skipped]))
        rows = []
        for name in (*names, ALL):
            own = self.of(name)
            rows.append((
                len(own), _mean([f.confidence for f in own]), _mean([f.is_right for f in own]),
                _mean([f.penalty for f in own]),
                sum(skipped.values()) if name == ALL else skipped.get(name, 0),
            ))  # fmt: skip
        columns = ["answers", "confidence", "right", "brier", "skipped"]
        table = pd.DataFrame(rows, pd.Index([*names, ALL], name="domain"), columns)
        return table.astype(dict.fromkeys(columns[1:4], float))

    @cached_property
    def groups(self) -> pd.DataFrame:
        """One row per confidence that was told: ``number right``."""
        import pandas as pd

        levels = sorted({f.confidence for f in self.forecasts})
        told = [[f.is_right for f in self.forecasts if f.confidence == level] for level in levels]
        rows = [(len(one), _mean(one)) for one in told]
        return pd.DataFrame(rows, pd.Index(levels, name="confidence", dtype=float),
                            ["number", "right"])  # fmt: skip

    def explain(self, domain: str = ALL) -> Explanation:
        """Show how the score of a domain came about.

        Raises
        ------
        PlanError
            If there is no such domain.
        """
        if domain not in self.table.index:
            known = ", ".join(self.table.index)
            raise PlanError(f"domain: must be one of {known}, got {domain!r}")
        own = self.of(domain)
        score = _mean([f.penalty for f in own])
        if score is None:
            return Explanation(f"{domain}: nothing was predicted yet, so there is no score")
        terms = [f"({f.confidence:.2f} - {int(f.is_right)})^2" for f in own[:_MANY]]
        more = " + ..." if len(own) > _MANY else ""
        total = sum(f.penalty for f in own)
        row = self.table.loc[domain]
        return Explanation(
            f"Brier score of {domain} = {score:.3f}",
            ("Brier score = mean of (confidence - outcome)^2, outcome 1 where right (Brier, 1950)",
             f"= ({' + '.join(terms)}{more}) / {len(own)}",
             f"= {total:.4g} / {len(own)} = {score:.3f}",
             f"0 is best; {GUESS} is 50 % on everything; 1 is sure and always wrong",
             f"sure: {row['confidence']:.0%} on average; right: {row['right']:.0%}"),
        )  # fmt: skip

    def __repr__(self) -> str:
        if self.brier is None:
            return "Calibration: nothing predicted yet"
        row = self.table.loc[ALL]
        return (f"Calibration: {len(self.forecasts)} answers, {row['confidence']:.0%} sure, "
                f"{row['right']:.0%} right, Brier score {self.brier:.3f}")  # fmt: skip

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:.3f}".format, na_rep="")
        return f"<p>{escape(repr(self))}</p>{table}"


def calibration(own: Record | None = None) -> Calibration:
    """Return how well a learner's confidence matches what came true.

    Parameters
    ----------
    own
        The learner's file; their own one when not told.

    Notes
    -----
    G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather
    Review 78(1), 1950. His score sums over both classes and is twice this one, which runs from 0 to
    1. The first answer to each prediction, check and event of the quarter counts; one that was
    skipped is counted apart. Messages and conversations do not ask how sure one is.

    Examples
    --------
    Somebody was 80 % sure and right, and 60 % sure and wrong: (.04 + .36) / 2 = .2.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     own = Record(Path(folder) / "progress.json")
    ...     own.add("prediction", "x", confidence=80, is_right=True)
    ...     own.add("prediction", "y", confidence=60, is_right=False)
    ...     calibration(own)
    Calibration: 2 answers, 70% sure, 50% right, Brier score 0.200
    """
    domains, forecasts = domains_of_items(), []
    skipped: dict[str, int] = {}
    for one in answered(own or record(), *_KINDS):
        domain = domains.get((one.kind, one.item), OTHER)
        if one.is_skipped:
            skipped[domain] = skipped.get(domain, 0) + 1
        elif one.confidence is not None:
            forecasts.append(Forecast(domain, one.item, one.confidence, one.is_right_first))
    return Calibration(tuple(forecasts), skipped)


def _mean(told: Sequence[float]) -> float | None:
    return sum(told) / len(told) if told else None
