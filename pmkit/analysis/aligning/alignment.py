"""Projects against the strategy: scores, ranks, what drives them, and what would turn them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.aligning.conflicts import Conflicts, of_alignment
from pmkit.analysis.aligning.pairwise import PairwiseWeights, weigh
from pmkit.analysis.aligning.robustness import Robustness, robustness
from pmkit.analysis.aligning.weight_flips import WeightFlip, weight_flips
from pmkit.analysis.explanation import Explanation
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.strategy import Strategy, strategy_of

if TYPE_CHECKING:
    import pandas as pd

_SAME = 1e-12


@dataclass(frozen=True, eq=False, repr=False)
class Alignment:
    """Projects scored against strategic objectives.

    Attributes
    ----------
    projects
        Ids, in the order of the program.
    strategy
        Objectives, contributions and judgements.
    judged
        By parent, the weights that come from judgements of pairs.
    plan
        The program that was scored; ``None`` where there is none behind it.
    """

    projects: tuple[str, ...]
    strategy: Strategy
    judged: dict[str, PairwiseWeights]
    plan: Plan | None = None

    @cached_property
    def weights(self) -> pd.Series:
        """Weight of each objective without parts, adding up to 1."""
        import pandas as pd

        found = self._spread("", 1.0)
        index = pd.Index(list(found), name="objective", dtype=object)
        return pd.Series(list(found.values()), index=index, name="weight", dtype=float)

    def _spread(self, parent: str, share: float) -> dict[str, float]:
        """Share out a weight over the parts of an objective, down to the leaves."""
        parts = self.strategy.children(parent)
        if parent in self.judged:
            own = self.judged[parent].weights
        else:
            told = [1.0 if one.weight is None else float(one.weight) for one in parts]
            own = {one.id: weight / sum(told) for one, weight in zip(parts, told, strict=True)}
        found: dict[str, float] = {}
        for one in parts:
            weight = share * own[one.id]
            below = self._spread(one.id, weight) if self.strategy.children(one.id) else {}
            found |= below or {one.id: weight}
        return found

    @property
    def consistency_ratio(self) -> float | None:
        """The largest of the judged groups; ``None`` where nothing was judged in pairs."""
        return max((one.consistency_ratio for one in self.judged.values()), default=None)

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """One row per project, one column per objective: scores from -1 to 1; 0 where none is."""
        import pandas as pd

        known = self.strategy.contributions
        rows = [[known.get((p, o), 0.0) for o in self.weights.index] for p in self.projects]
        index = pd.Index(self.projects, name="project", dtype=object)
        return pd.DataFrame(rows, index=index, columns=self.weights.index, dtype=float)

    @cached_property
    def scores(self) -> pd.Series:
        """Score of each project: weights times contributions, from -1 to 1."""
        return (self.contributions @ self.weights).rename("score")

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project, the best first: ``score rank driven_by held_back_by``.

        Equal scores share a rank. What drives it is the objective that adds most to the score;
        what holds it back, one that it opposes.
        """
        import pandas as pd

        parts = self.contributions * self.weights
        top = parts.idxmax(axis=1).where(parts.max(axis=1) > _SAME, "")
        low = parts.idxmin(axis=1).where(parts.min(axis=1) < -_SAME, "")
        rank = self.scores.round(12).rank(method="min", ascending=False).astype(int)
        columns = {"score": self.scores, "rank": rank, "driven_by": top, "held_back_by": low}
        table = pd.DataFrame(columns)
        return table.sort_values(["rank"], kind="stable")

    @property
    def orphans(self) -> tuple[str, ...]:
        """Projects that serve no objective."""
        best = self.contributions.max(axis=1)
        return tuple(p for p in self.projects if best[p] <= 0)

    @property
    def unserved(self) -> tuple[str, ...]:
        """Objectives that no project serves."""
        best = self.contributions.max()
        return tuple(str(o) for o in self.weights.index if best[o] <= 0)

    @property
    def opposed(self) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        """Objectives that some projects serve and others oppose, with the two groups."""
        found = []
        for objective in self.weights.index:
            column = self.contributions[objective]
            serve = tuple(p for p in self.projects if column[p] > 0)
            oppose = tuple(p for p in self.projects if column[p] < 0)
            if serve and oppose:
                found.append((str(objective), serve, oppose))
        return tuple(found)

    @cached_property
    def conflicts(self) -> Conflicts:
        """Where projects stand in each other's way: resources, people, objectives, deliverables."""
        return of_alignment(self)

    def robustness(self, draws: int = 10_000, seed: int = 0) -> Robustness:
        """Return how often each project takes each rank when weights and scores are a little off.

        Raises
        ------
        PlanError
            If it is asked for less than one draw.
        """
        return robustness(self.weights, self.contributions, draws, seed)

    def flips(self, first: str, second: str) -> tuple[WeightFlip, ...]:
        """Return every weight of one objective at which two projects change places.

        The other weights keep their proportions. The smallest change comes first.

        Raises
        ------
        PlanError
            If one of them is not a project of the program.
        """
        for project in (first, second):
            if project not in self.projects:
                known = ", ".join(map(repr, self.projects))
                raise PlanError(f"flips: project must be one of {known}, got {project!r}")
        return weight_flips(self.weights, self.contributions, first, second)

    @property
    def smallest_flip(self) -> WeightFlip | None:
        """The smallest change of one weight that gives another project the first place."""
        leader = str(self.table.index[0])
        found = [flip for p in self.projects if p != leader for flip in self.flips(leader, p)]
        return min(found, key=lambda flip: abs(flip.change), default=None)

    def explain(self, project: str) -> Explanation:
        """Show how the score of a project comes about.

        Raises
        ------
        PlanError
            If there is no such project.
        """
        if project not in self.projects:
            known = ", ".join(map(repr, self.projects))
            raise PlanError(f"alignment: project must be one of {known}, got {project!r}")
        row: dict[str, Any] = self.table.loc[project].to_dict()  # type: ignore[assignment]
        scores = dict(zip(self.weights.index, self.contributions.loc[project], strict=True))
        parts = [f"{w:.3g} x {scores[o]:g} ({o})" for o, w in self.weights.items() if scores[o]]
        lines = [f"{' + '.join(parts) or '0'} = {row['score']:.3f}"]
        if row["driven_by"]:
            lines.append(f"driven by {row['driven_by']}")
        if row["held_back_by"]:
            lines.append(f"held back by {row['held_back_by']}, which it opposes")
        if project in self.orphans:
            lines.append("it serves no objective")
        title = f"project {project!r}: score {row['score']:.3f}, rank {row['rank']} of "
        return Explanation(f"{title}{len(self.projects)}", tuple(lines))

    def __repr__(self) -> str:
        told = ", ".join(f"{p} {score:.3f}" for p, score in self.table["score"].head(4).items())
        more = f" and {len(self.projects) - 4} more" if len(self.projects) > 4 else ""
        rest = "".join(
            f"; {len(names)} {word}{'' if len(names) == 1 else 's'}{rest}"
            for names, word, rest in (
                (self.orphans, "orphan", ""),
                (self.unserved, "objective", " unserved"),
            )
            if names
        )
        return f"Alignment {told}{more}{rest}"

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:.3f}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def align(plan: Plan, *, random_index: str = "saaty") -> Alignment:
    """Score the projects of a program against its strategic objectives.

    Parameters
    ----------
    plan
        A program with objectives and contributions in its strategy; where judgements compare
        objectives in pairs, their weights come from there.
    random_index
        Table behind the consistency ratio; see `weigh`.

    Returns
    -------
    Alignment
        Scores and ranks, what drives them, how robust they are, and what nobody serves.

    Raises
    ------
    PlanError
        If the plan has no projects or no objectives, or with everything wrong in the judgements.

    Notes
    -----
    A weighted sum (Keeney & Raiffa, 1976): the weights of an objective's parts share out its own.

    Examples
    --------
    >>> from pmkit.data import sample
    >>> align(sample())
    Alignment Fleet 0.615, Service 0.525, LineNine 0.475, Ticketing 0.325 and 7 more; 1 orphan
    """
    projects = tuple(info.id for info in plan.members if info.id)
    if not projects:
        raise PlanError("alignment: the plan must have projects, got none")
    strategy = strategy_of(plan)
    if not strategy.objectives:
        raise PlanError("objectives: must have at least one, got none")
    judged = {
        parent: weigh(told, random_index=random_index)
        for parent, told in strategy.judgements.items()
    }
    for parent, found in judged.items():
        left = [one.id for one in strategy.children(parent) if one.id not in found.weights]
        if left:
            whose = f"the parts of {parent!r}" if parent else "those at the top"
            raise PlanError(
                f"judgements: must compare all of {whose}, got nothing on "
                f"{', '.join(map(repr, left))}"
            )
    return Alignment(projects, strategy, judged, plan)
