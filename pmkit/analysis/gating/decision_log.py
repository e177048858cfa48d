"""The decision log: how good decisions were on what was known, apart from what luck did after."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import sqrt
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.words import moment_words, money_text
from pmkit.model.errors import PlanError
from pmkit.model.governance import LoggedDecision
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

DESERVED_SUCCESS, BAD_BREAK = "deserved success", "bad break"
DUMB_LUCK, POETIC_JUSTICE = "dumb luck", "poetic justice"
OPEN = "not known yet"
UNWEIGHED = "not weighed"

MEANINGS = {
    DESERVED_SUCCESS: "a good decision, and luck was with it",
    BAD_BREAK: "a good decision, and luck was against it",
    DUMB_LUCK: "a bad decision, and luck was with it",
    POETIC_JUSTICE: "a bad decision, and luck was against it",
    OPEN: "what came of it is not known yet",
    UNWEIGHED: "nothing says what was expected then, so it cannot be judged",
}
"""What each case means."""

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Judged:
    """One decision, judged.

    Parameters
    ----------
    decision
        From the log.
    """

    decision: LoggedDecision

    @property
    def quality(self) -> float | None:
        """Expected - best rejected, money: what was gained, on what was known, by choosing so."""
        one = self.decision
        if one.expected is None or one.best_rejected is None:
            return None
        return one.expected - one.best_rejected

    @property
    def luck(self) -> float | None:
        """Realised - expected, money: what came that nobody could know."""
        one = self.decision
        if one.expected is None or one.realised is None:
            return None
        return one.realised - one.expected

    @property
    def case(self) -> str:
        """Which of the four cases it is; or why none."""
        quality, luck = self.quality, self.luck
        if quality is None or self.decision.expected is None:
            return UNWEIGHED
        if luck is None:
            return OPEN
        room = _SAME * max(1.0, abs(self.decision.expected))
        good, lucky = quality >= -room, luck >= -room
        if good:
            return DESERVED_SUCCESS if lucky else BAD_BREAK
        return DUMB_LUCK if lucky else POETIC_JUSTICE


@dataclass(frozen=True, eq=False, repr=False)
class DecisionLog:
    """Every decision of a program, with its quality and its luck.

    Attributes
    ----------
    decisions
        In the order of the log.
    currency
        Of the amounts; may be empty.
    """

    decisions: tuple[Judged, ...]
    currency: str = ""

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per decision.

        ``date name project gate verdict decided_by known expected best_rejected realised quality
        luck case``: money; quality = expected - best_rejected, luck = realised - expected, NaN
        where one of them is not known.
        """
        import pandas as pd

        rows = [
            (
                moment_words(one.decision.date), one.decision.name, one.decision.project,
                one.decision.gate, one.decision.verdict, one.decision.decided_by,
                one.decision.known, one.decision.expected, one.decision.best_rejected,
                one.decision.realised, one.quality, one.luck, one.case,
            )
            for one in self.decisions
        ]  # fmt: skip
        columns = ["date", "name", "project", "gate", "verdict", "decided_by", "known", "expected",
                   "best_rejected", "realised", "quality", "luck", "case"]  # fmt: skip
        index = pd.Index([one.decision.id for one in self.decisions], name="decision", dtype=object)
        table = pd.DataFrame(rows, index=index, columns=columns)
        return table.astype(dict.fromkeys(columns[7:12], float))

    def __getitem__(self, id: object) -> Judged:
        """Return one by id."""
        for one in self.decisions:
            if one.decision.id == str(id):
                return one
        known = ", ".join(repr(one.decision.id) for one in self.decisions) or "none"
        raise KeyError(f"no decision {str(id)!r} in the log, only {known}")

    @property
    def mean_luck(self) -> float | None:
        """Mean of realised - expected; ``None`` where nothing is realised yet.

        Not 0 but below where options were weighed honestly and the one that looked best was taken:
        what looks best is often what was overestimated (Smith & Winkler, 2006).
        """
        told = self._lucks
        return sum(told) / len(told) if told else None

    @property
    def luck_error(self) -> float | None:
        """Standard error of the mean; ``None`` with fewer than two."""
        told, mean = self._lucks, self.mean_luck
        if len(told) < 2 or mean is None:
            return None
        return sqrt(sum((luck - mean) ** 2 for luck in told) / (len(told) - 1) / len(told))

    @property
    def _lucks(self) -> list[float]:
        return [one.luck for one in self.decisions if one.luck is not None]

    def explain(self, id: str) -> Explanation:
        """Show what was known, and how quality and luck come about."""
        one = self[id]
        told = one.decision
        lines = [f"known then: {told.known}"] if told.known else []
        if one.quality is not None:
            assert told.expected is not None
            assert told.best_rejected is not None
            worst = "" if one.quality >= 0 else "not "
            good = f"{worst}the best on what was known"
            lines.append(
                f"quality = expected - best rejected = {self._money(told.expected)} - "
                f"{self._put(told.best_rejected)} = {self._money(one.quality)}: {good}"
            )
        if one.luck is not None:
            assert told.expected is not None
            assert told.realised is not None
            lines.append(f"luck = realised - expected = {self._money(told.realised)} - "
                         f"{self._put(told.expected)} = {self._money(one.luck)}")  # fmt: skip
        lines.append(f"{one.case}: {MEANINGS[one.case]}")
        who = f", by the {told.decided_by}" if told.decided_by else ""
        when = f", {moment_words(told.date)}" if told.date is not None else ""
        return Explanation(f"decision {told.id}: {told.name or told.verdict}{who}{when}",
                           tuple(lines))  # fmt: skip

    def _money(self, amount: float) -> str:
        return money_text(amount, self.currency)

    def _put(self, amount: float) -> str:
        """An amount as it stands behind a minus."""
        return f"({self._money(amount)})" if amount < 0 else self._money(amount)

    def __repr__(self) -> str:
        if not self.decisions:
            return "DecisionLog empty"
        counts = [(sum(one.case == case for one in self.decisions), case) for case in MEANINGS]
        told = ", ".join(f"{count} {case}" for count, case in counts if count)
        many = len(self.decisions)
        return f"DecisionLog {many} decision{'' if many == 1 else 's'}: {told}"

    def _repr_html_(self) -> str:
        shown = self.table[["name", "decided_by", "expected", "best_rejected", "realised",
                            "quality", "luck", "case"]]  # fmt: skip
        table = shown.to_html(border=0, float_format="{:,.0f}".format, na_rep="")
        return f"<p>{escape(repr(self))}</p>{table}"


def decision_log(program: Program) -> DecisionLog:
    """Judge the decisions of a program on what was known, apart from what came of them.

    Parameters
    ----------
    program
        With its log in ``program.governance.decisions``.

    Returns
    -------
    DecisionLog
        Quality, luck and case of each.

    Raises
    ------
    PlanError
        If it is no program.

    Notes
    -----
    A good decision can have a bad outcome: it is judged by what was known when it was taken (Howard
    & Abbas, *Foundations of Decision Analysis*, 2015, ch. 1). The four cases have the names of
    Russo & Schoemaker (*Winning Decisions*, 2002): deserved success, bad break, dumb luck, poetic
    justice. What came exactly as expected counts as no bad luck, and a decision between equals as
    good.

    Examples
    --------
    >>> from pmkit.model.governance import Governance
    >>> from pmkit.model.settings import ProjectInfo
    >>> rain = LoggedDecision("D1", "Open in May", expected=80, best_rejected=60, realised=10)
    >>> plan = Program((), candidates=(ProjectInfo("Fair"),),
    ...                governance=Governance(decisions=(rain,)))
    >>> log = decision_log(plan)
    >>> log
    DecisionLog 1 decision: 1 bad break
    >>> print(log.explain("D1"))
    decision D1: Open in May
      quality = expected - best rejected = 80 - 60 = 20: the best on what was known
      luck = realised - expected = 10 - 80 = -70
      bad break: a good decision, and luck was against it
    """
    if not isinstance(program, Program):
        raise PlanError(f"decision log: needs a program, got {type(program).__name__}")
    return DecisionLog(
        tuple(Judged(one) for one in program.governance.decisions), program.settings.currency
    )
