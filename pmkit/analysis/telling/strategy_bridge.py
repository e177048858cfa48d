"""A change of strategy, translated into what each project manager must now do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.aligning.alignment import Alignment, align
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.governing.status_findings import listed
from pmkit.analysis.words import moment_words
from pmkit.model.activity import is_finite
from pmkit.model.benefit import Benefit
from pmkit.model.errors import PlanError
from pmkit.model.governance import Gate
from pmkit.model.program import Program
from pmkit.model.strategy import Strategy, strategy_of

if TYPE_CHECKING:
    import pandas as pd

_SAME = 1e-9
_FALL = 0.25


@dataclass(frozen=True)
class ProjectShift:
    """What a change of strategy is to one project.

    Parameters
    ----------
    project, manager
        Its id, and who must hear of it.
    score_before, score_after, rank_before, rank_after
        From `align`; ``None`` where the program has not the project then.
    moves
        By objective, by how much it moves the score; those that move it only.
    more, less
        Benefits that it enables and that weigh more, or less, now: name, weight then and now.
        Disbenefits are left out.
    is_orphan
        Whether it serves no objective now.
    became_orphan
        Whether it served one before.
    gate
        Its next gate that is not decided; ``None`` without one.
    bring_forward
        Whether that gate, or a review, should be held now.
    carries
        Projects that require it, and are not to be reviewed.
    """

    project: str
    manager: str
    score_before: float | None
    score_after: float | None
    rank_before: int | None
    rank_after: int | None
    moves: dict[str, float]
    more: tuple[tuple[str, float, float], ...] = ()
    less: tuple[tuple[str, float, float], ...] = ()
    is_orphan: bool = False
    became_orphan: bool = False
    gate: Gate | None = None
    bring_forward: bool = False
    carries: tuple[str, ...] = ()

    @property
    def gained(self) -> str:
        """The objective that raises its score most; empty where none does."""
        best = max(self.moves, key=lambda o: self.moves[o], default="")
        return best if best and self.moves[best] > 0 else ""

    @property
    def lost(self) -> str:
        """The objective that lowers its score most; empty where none does."""
        worst = min(self.moves, key=lambda o: self.moves[o], default="")
        return worst if worst and self.moves[worst] < 0 else ""

    @property
    def is_touched(self) -> bool:
        """Whether anything is different for it."""
        return bool(self.moves or self.more or self.less
                    or self.rank_before != self.rank_after)  # fmt: skip

    @property
    def action(self) -> str:
        """What its manager must now do, one or two sentences."""
        said = [self._rank()]
        if self.rank_after is None:
            said.append("Hand over what there is and close it.")
        elif self.bring_forward and self.carries:
            verb = "needs" if len(self.carries) == 1 else "need"
            said.append(f"Its own score falls, but {listed(self.carries)} {verb} it: carry on, and "
                        "do no more than they need.")  # fmt: skip
        elif self.bring_forward:
            said.append(self._review())
        elif self.is_orphan:
            said.append("It still serves no objective.")
        elif self.more:
            names = listed([name for name, _, _ in self.more])
            verb = "weighs" if len(self.more) == 1 else "weigh"
            said.append(f"Protect what delivers {names}, which {verb} more now.")
        elif self.less:
            names = listed([name for name, _, _ in self.less])
            verb = "weighs" if len(self.less) == 1 else "weigh"
            said.append(f"Spend nothing extra on {names}, which {verb} less now.")
        elif self.is_touched:
            said.append("Carry on as planned.")
        return " ".join(said)

    def _rank(self) -> str:
        if self.rank_after is None:
            return "The program goes on without it."
        assert self.score_after is not None
        if self.rank_before is None:
            return f"New in the program, rank {self.rank_after} (score {self.score_after:.3f})."
        assert self.score_before is not None
        if not self.is_touched:
            return f"Nothing changes: rank {self.rank_after}, score {self.score_after:.3f}."
        moved = f"score {self.score_before:.3f} to {self.score_after:.3f}"
        if self.rank_after == self.rank_before:
            place = f"Rank {self.rank_after} as before, {moved}"
        else:
            way = "Up" if self.rank_after < self.rank_before else "Down"
            place = f"{way} from rank {self.rank_before} to {self.rank_after}, {moved}"
        rose = self.score_after >= self.score_before
        why = (self.gained if rose else self.lost) or self.gained or self.lost
        return f"{place}{f', because of {why}' if why else ''}."

    def _review(self) -> str:
        why = "it serves no objective now" if self.is_orphan else "it serves the strategy much less"
        if self.gate is None:
            return f"Commit nothing new and ask for a review now, because {why}."
        when = f" ({moment_words(self.gate.date)})" if self.gate.date is not None else ""
        return f"Commit nothing new and bring gate {self.gate.id}{when} forward, because {why}."


@dataclass(frozen=True, eq=False, repr=False)
class StrategyTranslation:
    """A change of strategy as each project manager must hear it.

    Attributes
    ----------
    before, after
        How the projects were aligned, and how they are now.
    projects
        One for each project of either, the best rank now first.
    """

    before: Alignment
    after: Alignment
    projects: tuple[ProjectShift, ...]

    @cached_property
    def objectives(self) -> tuple[str, ...]:
        """What is different in the strategy, a sentence each."""
        old, new = (_weights(one) for one in (self.before, self.after))
        found = []
        for id_ in dict.fromkeys([*new, *old]):
            was, now = old.get(id_), new.get(id_)
            if was is None and now is not None:
                found.append(f"{id_} is new, with a weight of {_percent(now)}")
            elif now is None and was is not None:
                found.append(f"{id_} is no objective any more; it weighed {_percent(was)}")
            elif was is not None and now is not None and abs(now - was) > _SAME:
                found.append(f"{id_} weighs {_percent(now)}, was {_percent(was)}")
        return tuple(found)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project, the best rank now first.

        ``manager rank_before rank_after score_before score_after gained lost benefits_up
        benefits_down orphan gate bring_forward action``; benefits are separated by ``;``.
        """
        import pandas as pd

        rows = [
            (
                one.manager, one.rank_before, one.rank_after, one.score_before, one.score_after,
                one.gained, one.lost, "; ".join(name for name, _, _ in one.more),
                "; ".join(name for name, _, _ in one.less), one.is_orphan,
                one.gate.id if one.gate else "", one.bring_forward, one.action,
            )
            for one in self.projects
        ]  # fmt: skip
        columns = ["manager", "rank_before", "rank_after", "score_before", "score_after", "gained",
                   "lost", "benefits_up", "benefits_down", "orphan", "gate", "bring_forward",
                   "action"]  # fmt: skip
        index = pd.Index([one.project for one in self.projects], name="project", dtype=object)
        table = pd.DataFrame(rows, index=index, columns=columns)
        return table.astype({"rank_before": "Int64", "rank_after": "Int64", "score_before": float,
                             "score_after": float})  # fmt: skip

    def __getitem__(self, project: object) -> ProjectShift:
        """Return one by the id of the project."""
        for one in self.projects:
            if one.project == str(project):
                return one
        known = ", ".join(repr(one.project) for one in self.projects)
        raise KeyError(f"no project {str(project)!r}, only {known}")

    def explain(self, project: str) -> Explanation:
        """Show how the score moves, objective by objective, and what follows."""
        one = self[project]
        old, new = (_weights(a) for a in (self.before, self.after))
        was, now = (a.strategy.contributions for a in (self.before, self.after))
        lines = []
        for id_, move in one.moves.items():
            key = (project, id_)
            then = f"{_percent(old.get(id_, 0.0))} x {was.get(key, 0.0):g}"
            here = f"{_percent(new.get(id_, 0.0))} x {now.get(key, 0.0):g}"
            lines.append(f"{id_}: {then} then, {here} now: {move:+.3f}")
        if one.score_before is not None and one.score_after is not None:
            lines.append(f"score {one.score_before:.3f} {one.score_after - one.score_before:+.3f} "
                         f"= {one.score_after:.3f}")  # fmt: skip
        for name, then_, here_ in (*one.more, *one.less):
            lines.append(f"benefit {name}: its objectives weigh {_percent(here_)} together, was "
                         f"{_percent(then_)}")  # fmt: skip
        if one.became_orphan:
            lines.append("it served an objective before, and serves none now")
        lines.append(one.action)
        who = f", to {one.manager}" if one.manager else ""
        return Explanation(f"project {project!r}{who}", tuple(lines))

    def __str__(self) -> str:
        lines = ["What is different", *(f"  {said}" for said in self.objectives or ("nothing",))]
        lines.append("What to do")
        for one in self.projects:
            who = f" ({one.manager})" if one.manager else ""
            lines.append(f"  {one.project}{who}: {one.action}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        touched = sum(one.is_touched for one in self.projects)
        parts = [f"{len(self.objectives)} objectives different",
                 f"{touched} of {len(self.projects)} projects touched"]  # fmt: skip
        forward = [one.project for one in self.projects if one.bring_forward and not one.carries]
        if forward:
            parts.append(f"review now: {listed(forward)}")
        return f"StrategyTranslation {', '.join(parts)}"

    def _repr_html_(self) -> str:
        def items(sentences: tuple[str, ...]) -> str:
            return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in sentences) + "</ul>"

        actions = tuple(
            f"{one.project}{f' ({one.manager})' if one.manager else ''}: {one.action}"
            for one in self.projects
        )
        return f"<p>{escape(repr(self))}</p>{items(self.objectives)}{items(actions)}"


def translate_strategy(
    before: Program, after: Program, *, fall: float = _FALL
) -> StrategyTranslation:
    """Translate a change of strategy into what each project manager must now do.

    Parameters
    ----------
    before, after
        The program with the strategy as it was, and as it is now: other weights or judgements, new
        or removed objectives, other contributions or benefits.
    fall
        A project that loses this share of its score, or more, should be reviewed now; one that
        serves no objective any more should, whatever its score.

    Returns
    -------
    StrategyTranslation
        ``.table``, ``.explain(project)``; printed, a memo with one or two sentences per project.

    Raises
    ------
    PlanError
        If one of them is no program or has no objectives, or `fall` is not a share.

    Notes
    -----
    Scores and ranks are those of `align`. A benefit weighs as much as its objectives together.

    Examples
    --------
    >>> from pmkit.model.settings import ProjectInfo
    >>> from pmkit.model.strategy import Objective
    >>> infos = (ProjectInfo("Depot", manager="Amara"), ProjectInfo("Shop", manager="Jonas"))
    >>> served = {("Depot", "Air"): 1.0, ("Shop", "Money"): 1.0}
    >>> def weighed(air, money):
    ...     objectives = Objective("Air", weight=air), Objective("Money", weight=money)
    ...     return Program((), candidates=infos, strategy=Strategy(objectives, served))
    >>> print(translate_strategy(weighed(40, 60), weighed(70, 30)))
    What is different
      Air weighs 70 %, was 40 %
      Money weighs 30 %, was 60 %
    What to do
      Depot (Amara): Up from rank 2 to 1, score 0.400 to 0.700, because of Air. Carry on as planned.
      Shop (Jonas): Down from rank 1 to 2, score 0.600 to 0.300, because of Money. Commit nothing
    new and ask for a review now, because it serves the strategy much less.
    """
    for word, program in (("before", before), ("after", after)):
        if not isinstance(program, Program):
            raise PlanError(
                f"translate strategy: {word} must be a program, got {type(program).__name__}"
            )
    if not (is_finite(fall) and 0 < fall <= 1):
        raise PlanError(
            f"translate strategy: fall must be a share above 0 and up to 1, got {fall!r}"
        )
    aligned = align(before), align(after)
    ids = dict.fromkeys([*aligned[1].projects, *aligned[0].projects])
    shifts = [_shift(id_, before, after, aligned, fall) for id_ in ids]
    falling = {one.project for one in shifts if one.bring_forward or one.rank_after is None}
    shifts = [replace(one, carries=_carried(one.project, after, falling)) for one in shifts]
    last = len(shifts) + 1
    shifts.sort(key=lambda one: one.rank_after or last)
    return StrategyTranslation(*aligned, tuple(shifts))


def _shift(
    id_: str, before: Program, after: Program, aligned: tuple[Alignment, Alignment], fall: float
) -> ProjectShift:
    old, new = (_places(one).get(id_) for one in aligned)
    info = (after if new else before).member(id_)
    moves = _moves(id_, aligned)
    more, less = _benefits(id_, aligned, strategy_of(before), strategy_of(after))
    orphan = id_ in aligned[1].orphans
    was_orphan = old is None or id_ in aligned[0].orphans
    gate = _next_gate(after, id_) if new else None
    score_before = old[0] if old else None
    score_after = new[0] if new else None
    much = (
        score_before is not None and score_after is not None and score_before > 0
        and score_after <= score_before * (1 - fall) + _SAME
    )  # fmt: skip
    return ProjectShift(
        id_, info.manager, score_before, score_after, old[1] if old else None,
        new[1] if new else None, moves, more, less, orphan, orphan and not was_orphan, gate,
        new is not None and ((orphan and not was_orphan) or much),
    )  # fmt: skip


def _carried(id_: str, program: Program, falling: set[str]) -> tuple[str, ...]:
    """Who would lose something with it: a score of its own does not tell what others need."""
    return tuple(
        info.id for info in program.members if id_ in info.requires and info.id not in falling
    )


def _places(alignment: Alignment) -> dict[str, tuple[float, int]]:
    table = alignment.table
    scores, ranks = table["score"].tolist(), table["rank"].tolist()
    return {str(id_): (float(s), int(r)) for id_, s, r in zip(table.index, scores, ranks,
                                                              strict=True)}  # fmt: skip


def _weights(alignment: Alignment) -> dict[str, float]:
    index = map(str, alignment.weights.index)
    return dict(zip(index, map(float, alignment.weights.tolist()), strict=True))


def _moves(id_: str, aligned: tuple[Alignment, Alignment]) -> dict[str, float]:
    """By how much each objective moves the score of a project that is in both."""
    parts = []
    for one in aligned:
        if id_ not in one.projects:
            return {}
        scores = one.strategy.contributions
        parts.append({o: w * scores.get((id_, o), 0.0) for o, w in _weights(one).items()})
    old, new = parts
    moves = {o: new.get(o, 0.0) - old.get(o, 0.0) for o in dict.fromkeys([*new, *old])}
    return {o: move for o, move in moves.items() if abs(move) > _SAME}


def _benefits(
    id_: str, aligned: tuple[Alignment, Alignment], before: Strategy, after: Strategy
) -> tuple[tuple[tuple[str, float, float], ...], tuple[tuple[str, float, float], ...]]:
    """Benefits that a project enables and that weigh more now, and those that weigh less."""
    old = {one.id: one for one in before.benefits}
    more: list[tuple[str, float, float]] = []
    less: list[tuple[str, float, float]] = []
    for one in after.benefits:
        if id_ not in one.enablers or sum(one.money.values()) < 0:
            continue  # nobody is asked to protect what it costs others
        then = _importance(old[one.id], aligned[0]) if one.id in old else 0.0
        now = _importance(one, aligned[1])
        if abs(now - then) > _SAME:
            (more if now > then else less).append((one.name or one.id, then, now))
    return tuple(more), tuple(less)


def _importance(benefit: Benefit, alignment: Alignment) -> float:
    """What the objectives of a benefit weigh together, each part of the strategy once."""
    within: set[str] = set(benefit.objectives)
    new = within
    while new:
        new = {o.id for o in alignment.strategy.objectives if o.parent in new} - within
        within |= new
    return sum(weight for o, weight in _weights(alignment).items() if o in within)


def _next_gate(program: Program, project: str) -> Gate | None:
    decided = {one.gate for one in program.governance.decisions}
    ahead = [g for g in program.governance.gates if g.project == project and g.id not in decided]
    return min(ahead, key=lambda g: (g.date is None, str(g.date)), default=None)


def _percent(weight: float) -> str:
    return f"{100 * weight:.3g} %"
