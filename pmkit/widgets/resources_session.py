"""What a levelling session holds: capacities tried, and how to level; and whether that can be."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from pmkit.analysis.resourcing.demands import demands_of
from pmkit.analysis.resourcing.joint_calendars import with_joint_calendars
from pmkit.analysis.resourcing.levelling import LevelledSchedule, level
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.widgets.history import Session
from pmkit.widgets.outcomes import changed_plan
from pmkit.widgets.runner import Progress

SECONDS = 10.0
"""For the exact engine, unless typed."""


@dataclass(frozen=True)
class Choices:
    """How to level.

    Parameters
    ----------
    aim, engine
        As for `level`.
    seconds
        Time limit of the exact engine.
    """

    aim: str = "finish"
    engine: str = "heuristic"
    seconds: float = SECONDS

    def check(self) -> None:
        """Raise the sentence that says why this cannot be had.

        Raises
        ------
        PlanError
            If the time limit is none, or the exact engine is not installed.
        """
        if not 0 < self.seconds <= 3600:
            raise PlanError(
                f"Time limit: must be more than 0 and at most 3600 seconds, got {self.seconds:g}"
            )
        if self.engine == "exact" and find_spec("ortools") is None:
            raise PlanError(
                "engine 'exact' needs OR-tools, which is not installed: pip install 'pmkit[exact]'"
            )

    @property
    def asked(self) -> dict[str, Any]:
        """Arguments of `level`. Quick answers count schedules, and are the same everywhere."""
        limit = self.seconds if self.engine == "exact" and self.aim == "finish" else None
        return {"aim": self.aim, "engine": self.engine, "time_limit": limit}


@dataclass(frozen=True)
class ResourceSession(Session):
    """A plan with capacities tried, and how to level it.

    Parameters
    ----------
    choices
        How to level.
    """

    choices: Choices = Choices()

    @property
    def key(self) -> str:
        """What its answer is remembered by."""
        return f"{self.changes!r} {self.choices.asked!r}"

    @property
    def changed(self) -> Plan:
        """The plan with the capacities tried."""
        assert self.plan is not None
        return changed_plan(Scenario("capacities", self.changes), self.plan)

    def level(self, progress: Progress | None) -> LevelledSchedule:
        """Return the levelled schedule."""
        return level(self.changed, progress=progress, **self.choices.asked)


def why_impossible(plan: Plan) -> PlanError | None:
    """Return why no schedule respects the resources, quickly; ``None`` where one may."""
    network = plan.network
    try:
        with_joint_calendars(network)
        demands_of(
            network,
            [not a.is_complete and not a.type.is_span for a in network.activities],
        )
    except PlanError as error:
        return error
    return None
