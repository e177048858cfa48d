"""From a program and a budget to a choice problem; what cannot be asked is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pmkit.analysis.funding.choice_problem import BUDGET, ChoiceProblem, Limit, Row
from pmkit.analysis.funding.still_to_pay import still_to_pay
from pmkit.analysis.funding.to_gain import to_gain
from pmkit.model.activity import at_least_zero
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo

TOTAL = "total"


@dataclass(frozen=True)
class Question:
    """What is asked beside the program itself.

    Attributes
    ----------
    total, by_year
        Budgets; ``None`` and empty for none. Nobody waits beyond the last year that has one, where
        no budget would limit it.
    minimum
        ``{objective or sponsor: money}`` that must go to projects that serve or have it.
    choose
        ``{project: whether it is in}``, ticked by hand.
    carry_over
        Whether money left over in a year may be spent later.
    people
        Whether the ``people`` of the program limit the choice.
    horizon
        The last year in which benefits count.
    """

    total: float | None = None
    by_year: Mapping[int, float] = field(default_factory=dict)
    minimum: Mapping[str, float] = field(default_factory=dict)
    choose: Mapping[str, bool] = field(default_factory=dict)
    carry_over: bool = False
    people: bool = True
    horizon: int | None = None


def budgets(budget: float | Mapping[Any, float] | None) -> tuple[float | None, dict[int, float]]:
    """Return the budget in total and by year.

    Raises
    ------
    PlanError
        If an amount or a year is none.

    Examples
    --------
    >>> budgets(100), budgets({2026: 60, "2027": 40, "total": 90})
    ((100.0, {}), (90.0, {2026: 60.0, 2027: 40.0}))
    """
    if budget is None:
        return None, {}
    told = budget.items() if isinstance(budget, Mapping) else [(TOTAL, budget)]
    problems, total, by_year = [], None, dict[int, float]()
    for key, amount in told:
        of = "" if key == TOTAL else f" of {key}"
        if not at_least_zero(amount):
            problems.append(f"funding: budget{of} must be a finite amount >= 0, got {amount!r}")
        elif key == TOTAL:
            total = float(amount)
        elif not str(key).isdigit():
            problems.append(f"funding: budget must be an amount, or amounts by year and for "
                            f"'total', got {key!r}")  # fmt: skip
        else:
            by_year[int(key)] = float(amount)
    if problems:
        raise PlanError(map(Problem, problems))
    return total, dict(sorted(by_year.items()))


def choice_problem(program: Program, question: Question) -> ChoiceProblem:
    """Write a program and a question as a choice problem.

    Raises
    ------
    PlanError
        With everything that does not fit together.
    """
    infos = program.members
    ids = tuple(info.id for info in infos)
    place = {id_: i for i, id_ in enumerate(ids)}
    _check(program, question, infos)
    costs, notes = still_to_pay(program)
    if question.by_year:
        first = min(question.by_year)
        dateless = [i for i, told in enumerate(costs) if told.get(None)]
        for i in dateless:
            info = infos[i]
            year = info.start.year if info.start is not None else first
            costs[i] = {year: costs[i][None]}
        if dateless:
            names = ", ".join(ids[i] for i in dateless[:3])
            more = f" and {len(dateless) - 3} more" if len(dateless) > 3 else ""
            notes.append(f"{names}{more}: cost without years, counted in the year of the start, "
                         f"else in {first}")  # fmt: skip
    last = max(question.by_year, default=None)
    columns = [(i, d) for i, info in enumerate(infos) for d in range(info.may_wait + 1)
               if not d or last is None or _ends(costs[i]) + d <= last]  # fmt: skip
    problem = ChoiceProblem(
        ids,
        tuple(i for i, _ in columns),
        tuple(d for _, d in columns),
        tuple(costs),
        tuple(1.0 if info.smallest_share is None else info.smallest_share for info in infos),
        to_gain(program, place, question.horizon),
        _scores(program, ids),
        notes=tuple(notes),
    )
    limits = [*_budgets(problem, question), *_people(problem, program, question),
              *_rules(problem, infos), *_groups(problem, program),
              *_minimum(problem, program, question), *_ticked(problem, question)]  # fmt: skip
    return replace(problem, limits=tuple(limits))


def _ends(costs: Mapping[int | None, float]) -> int:
    """The last year in which a project costs something."""
    return max((year for year, amount in costs.items() if year is not None and amount), default=0)


def _check(program: Program, question: Question, infos: Sequence[ProjectInfo]) -> None:
    problems = []
    known = {info.id for info in infos}
    for info in infos:
        for column in ("requires", "excludes"):
            problems += [
                Problem(f"project {info.id!r}: {column} must be one of the program's, got {id_!r}",
                        ids=(info.id,))
                for id_ in getattr(info, column) if id_ not in known
            ]  # fmt: skip
    problems += [Problem(f"funding: choose must name projects of the program, got {id_!r}")
                 for id_ in question.choose if id_ not in known]  # fmt: skip
    objectives = {one.id for one in program.strategy.objectives}
    sponsors = {info.sponsor for info in infos if info.sponsor}
    for name, amount in question.minimum.items():
        if name in objectives and name in sponsors:
            problems.append(Problem(f"funding: minimum for {name!r} must be for one thing, it is "
                                    "an objective and a sponsor"))  # fmt: skip
        elif name not in objectives and name not in sponsors:
            problems.append(Problem(f"funding: minimum must be for an objective or a sponsor of "
                                    f"the program, got {name!r}"))  # fmt: skip
        if not at_least_zero(amount):
            problems.append(Problem(f"funding: minimum for {name!r} must be a finite amount >= 0, "
                                    f"got {amount!r}"))  # fmt: skip
    if problems:
        raise PlanError(problems)


def _scores(program: Program, ids: Sequence[str]) -> tuple[float, ...]:
    if not program.strategy.objectives:
        return (0.0,) * len(ids)
    from pmkit.analysis.aligning.alignment import align

    found = align(program).scores
    known = dict(zip(found.index, found.to_numpy(float).tolist(), strict=True))
    return tuple(known.get(id_, 0.0) for id_ in ids)


def _budgets(problem: ChoiceProblem, question: Question) -> Iterable[Limit]:
    if question.total is not None:
        told = [(j, problem.cost[i]) for j, i in enumerate(problem.project) if problem.cost[i]]
        yield _limit(BUDGET, "budget", told, high=question.total)
    years, allowed = list(question.by_year), 0.0
    for year in years:
        allowed = allowed + question.by_year[year] if question.carry_over else (
            question.by_year[year])  # fmt: skip
        told = []
        for j, (i, d) in enumerate(zip(problem.project, problem.delay, strict=True)):
            due = problem.costs[i]
            if question.carry_over:
                amount = sum(due[y] for y in due if y is not None and y + d <= year)
            else:
                amount = due.get(year - d, 0.0)
            if amount:
                told.append((j, amount))
        name = f"budget up to {year}" if question.carry_over else f"budget of {year}"
        yield _limit(BUDGET, name, told, high=allowed)


def _people(problem: ChoiceProblem, program: Program, question: Question) -> Iterable[Limit]:
    if not question.people:
        return
    needs: dict[tuple[str, int], dict[int | None, float]] = {}
    for row in program.people:
        if row.project:
            at = row.resource, problem.place[row.project]
            for year, days in row.days.items():
                needs.setdefault(at, {})[year] = needs.get(at, {}).get(year, 0.0) + days
    for row in program.people:
        if row.project:
            continue
        for year, days in row.days.items():
            told = []
            for (resource, i), need in needs.items():
                if resource != row.resource:
                    continue
                for j in problem.columns_of[i]:
                    wanted = year if year is None else year - problem.delay[j]
                    amount = sum(need.values()) if year is None else need.get(wanted, 0.0)
                    if amount:
                        told.append((j, amount))
            of = "" if year is None else f" in {year}"
            yield _limit("people", f"days of {row.resource}{of}", told, high=days)


def _rules(problem: ChoiceProblem, infos: Sequence[ProjectInfo]) -> Iterable[Limit]:
    seen: set[frozenset[int]] = set()
    for i, info in enumerate(infos):
        own = problem.columns_of[i]
        if info.mandatory:
            yield _limit("mandatory", f"{info.id} is mandatory", [(j, 1.0) for j in own], low=1)
        for other in info.requires:
            yield Limit("requires", f"{info.id} requires {other}",
                        tuple(_no_earlier(problem, i, problem.place[other])))  # fmt: skip
        for other in info.excludes:
            pair = frozenset((i, problem.place[other]))
            if pair in seen:
                continue
            seen.add(pair)
            told = [(j, 1.0) for k in sorted(pair) for j in problem.columns_of[k]]
            yield _limit("excludes", f"{info.id} excludes {other}", told, high=1, is_count=True)


def _no_earlier(problem: ChoiceProblem, one: int, needed: int) -> Iterable[Row]:
    """At each delay: of what requires it, no more is there than of what it needs."""
    own, others = problem.columns_of[one], problem.columns_of[needed]
    for d in sorted({problem.delay[j] for j in (*own, *others)}):
        told = {j: 1.0 for j in own if problem.delay[j] <= d}
        told |= {j: -1.0 for j in others if problem.delay[j] <= d}
        yield Row(tuple(told), tuple(told.values()), -float("inf"), 0.0)


def _groups(problem: ChoiceProblem, program: Program) -> Iterable[Limit]:
    for group in program.groups:
        told = [(j, 1.0) for id_ in group.projects for j in problem.columns_of[problem.place[id_]]]
        for word, number in (("least", group.at_least), ("most", group.at_most)):
            if number is not None:
                name = f"at {word} {number:g} of {group.id} ({', '.join(group.projects)})"
                bound = {"low" if word == "least" else "high": float(number)}
                yield _limit("group", name, told, is_count=True, **bound)


def _minimum(problem: ChoiceProblem, program: Program, question: Question) -> Iterable[Limit]:
    served = {
        objective: {p for (p, o), score in program.strategy.contributions.items()
                    if score > 0 and objective in _above(program, o)}
        for objective in question.minimum
    }  # fmt: skip
    for name, amount in question.minimum.items():
        wanted = served[name] | {m.id for m in program.members if m.sponsor == name}
        told = [(j, problem.cost[i]) for j, i in enumerate(problem.project)
                if problem.ids[i] in wanted and problem.cost[i]]  # fmt: skip
        yield _limit("minimum", f"at least {amount:,.12g} for {name}", told, low=float(amount))


def _above(program: Program, objective: str) -> set[str]:
    """An objective and all that it is a part of."""
    parents, found = {one.id: one.parent for one in program.strategy.objectives}, set[str]()
    while objective and objective not in found:
        found.add(objective)
        objective = parents.get(objective, "")
    return found


def _ticked(problem: ChoiceProblem, question: Question) -> Iterable[Limit]:
    for id_, is_in in question.choose.items():
        told = [(j, 1.0) for j in problem.columns_of[problem.place[id_]]]
        bound = {"low": 1.0} if is_in else {"high": 0.0}
        name = f"{id_} is ticked {'in' if is_in else 'out'}"
        yield _limit("choice", name, told, is_count=True, **bound)


def _limit(
    kind: str, name: str, told: Iterable[tuple[int, float]], *,
    low: float = -float("inf"), high: float = float("inf"), is_count: bool = False,
) -> Limit:  # fmt: skip
    entries = dict(told)
    return Limit(kind, name, (Row(tuple(entries), tuple(entries.values()), low, high, is_count),))
